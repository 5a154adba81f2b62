#pragma once

#include "vision_kernels/binding/backend.hpp"

#include <nanobind/nanobind.h>

#include <string>

#define VISION_KERNELS_QUOTED(text) #text
#define VISION_KERNELS_TEXT(macro) VISION_KERNELS_QUOTED(macro)

namespace vision_kernels::binding {

/// What a module offers beside the kernels: the name of its backend.
inline void bind_others(nanobind::module_& module) { module.attr("BACKEND") = VISION_KERNELS_TEXT(VISION_KERNELS_BACKEND); }

}  // namespace vision_kernels::binding
