#pragma once

#include <nanobind/ndarray.h>

#include <vector>

namespace vision_kernels::binding {

namespace nb = nanobind;

/// Where a backend computes, in DLPack's terms: the kinds of memory that it can read and write.
struct Memory {
    const char* name;
    std::vector<int> kinds;
};

inline const Memory& host_memory() {
    static const Memory memory{"host memory", {nb::device::cpu::value, nb::device::cuda_host::value}};
    return memory;
}

inline const Memory& device_memory() {
    static const Memory memory{"the memory of a CUDA device",
                               {nb::device::cuda::value, nb::device::cuda_managed::value}};
    return memory;
}

}  // namespace vision_kernels::binding
