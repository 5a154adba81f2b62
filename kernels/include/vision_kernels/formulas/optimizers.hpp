// The updates of the optimizers, on registers. See the parts for their sources.
#pragma once

#include "vision_kernels/formulas/keras_optimizers.hpp"
#include "vision_kernels/formulas/mxnet_optimizers.hpp"
