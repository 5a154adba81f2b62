// What runs on the host and on the device alike.
//
// Host functions are always inlined: the CPU backend compiles the same formulas for several instruction sets, and an
// out-of-line copy of one could be chosen by the linker for all of them.
#pragma once

#if defined(__CUDACC__)
#define VISION_KERNELS_HOST_DEVICE __host__ __device__ __forceinline__
#define VISION_KERNELS_DEVICE __device__ __forceinline__
#else
#define VISION_KERNELS_HOST_DEVICE inline __attribute__((always_inline))
#define VISION_KERNELS_DEVICE inline __attribute__((always_inline))
#endif

// Before a loop whose rounds do not read what another one writes. The device has no need of it.
#if defined(__GNUC__) && !defined(__CUDACC__) && !defined(__clang__)
#define VISION_KERNELS_INDEPENDENT _Pragma("GCC ivdep")
#else
#define VISION_KERNELS_INDEPENDENT
#endif
