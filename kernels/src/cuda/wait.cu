// Waiting for a GPU; the emulator is never ahead.
#include "vision_kernels/wait.hpp"

#include "vision_kernels/launch.hpp"

#if defined(__CUDACC__)

void vision_kernels::cuda::wait(const Context& context) {
    const OnDevice here(context);
    check(cudaStreamSynchronize(stream_of(context)), "kernel failed");
}

#endif
