// The bits of a number, and a number of these bits.
#pragma once

#include <cstdint>

#include "vision_kernels/host_device.hpp"

namespace vision_kernels {

VISION_KERNELS_HOST_DEVICE std::uint32_t bits_of(float number) {
#if defined(__CUDA_ARCH__)
    return __float_as_uint(number);
#else
    std::uint32_t bits;
    __builtin_memcpy(&bits, &number, sizeof bits);
    return bits;
#endif
}

VISION_KERNELS_HOST_DEVICE float float_of(std::uint32_t bits) {
#if defined(__CUDA_ARCH__)
    return __uint_as_float(bits);
#else
    float number;
    __builtin_memcpy(&number, &bits, sizeof number);
    return number;
#endif
}

}  // namespace vision_kernels
