// Where a call runs.
#pragma once

namespace vision_kernels {

/// Where a call runs. The CPU ignores it.
struct Context {
    /// A CUDA stream (`cudaStream_t`); null is the default stream.
    void* stream = nullptr;
};

}  // namespace vision_kernels
