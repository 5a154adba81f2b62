// Where a call runs.
#pragma once

namespace vision_kernels {

/// Where a call runs. The CPU ignores it.
struct Context {
    /// A CUDA stream (`cudaStream_t`); null is the default stream.
    void* stream = nullptr;
    /// The number of the CUDA device that holds the arrays and the stream; -1 is the one that is current.
    int device = -1;
};

}  // namespace vision_kernels
