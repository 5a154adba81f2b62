// Waiting for what was launched.
#pragma once

#include "vision_kernels/context.hpp"

namespace vision_kernels {

namespace cpu {
inline void wait(const Context&) {}
}  // namespace cpu

namespace emulated {
inline void wait(const Context&) {}
}  // namespace emulated

namespace cuda {
/// Returns when all work on the stream is done. Failures of CUDA, those of the work among them, are std::runtime_error.
void wait(const Context& context);
}  // namespace cuda

}  // namespace vision_kernels
