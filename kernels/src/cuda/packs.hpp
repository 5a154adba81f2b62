// Neighbours in memory, loaded and stored at once.
#pragma once

#include <cstddef>
#include <cstdint>

#include "vision_kernels/host_device.hpp"

namespace vision_kernels {

// Before a loop over a pack, whose elements stay in registers only if no index is left.
#if defined(__CUDACC__)
#define VISION_KERNELS_UNROLLED _Pragma("unroll")
#else
#define VISION_KERNELS_UNROLLED
#endif

/// Elements of a pack where arrays are aligned: 128 bits of single precision.
constexpr int pack_width = 4;

template <class Type, int width>
struct alignas(sizeof(Type) * static_cast<std::size_t>(width)) Pack {
    Type values[static_cast<std::size_t>(width)];
};

#if defined(__CUDACC__)
/// What the device loads and stores at once.
template <std::size_t bytes>
struct Word;
template <>
struct Word<2> {
    using Type = unsigned short;
};
template <>
struct Word<4> {
    using Type = unsigned int;
};
template <>
struct Word<8> {
    using Type = uint2;
};
template <>
struct Word<16> {
    using Type = uint4;
};
#endif

template <int width, class Type>
VISION_KERNELS_DEVICE Pack<Type, width> load_pack(const Type* from) {
#if defined(__CUDACC__)
    using Bits = typename Word<sizeof(Pack<Type, width>)>::Type;
    const Bits bits = *reinterpret_cast<const Bits*>(from);
    Pack<Type, width> pack;
    memcpy(&pack, &bits, sizeof pack);
    return pack;
#else
    return *reinterpret_cast<const Pack<Type, width>*>(from);
#endif
}

template <int width, class Type>
VISION_KERNELS_DEVICE void store_pack(Type* to, const Pack<Type, width>& pack) {
#if defined(__CUDACC__)
    using Bits = typename Word<sizeof(Pack<Type, width>)>::Type;
    Bits bits;
    memcpy(&bits, &pack, sizeof bits);
    // One store: the compiler takes an assignment apart. What is written is not read again soon.
    __stcs(reinterpret_cast<Bits*>(to), bits);
#else
    *reinterpret_cast<Pack<Type, width>*>(to) = pack;
#endif
}

/// Whether an array may be read in packs; null may.
template <class Type>
VISION_KERNELS_DEVICE bool packs(const Type* array) {
    return reinterpret_cast<std::uintptr_t>(array) % (sizeof(Type) * static_cast<std::size_t>(pack_width)) == 0;
}

/// Call `work.template run<width>(i)` for packs that make up `size` elements: wide ones if `aligned`, single elements for
/// the rest. The threads of a block take turns, so that neighbours in memory are neighbours in time.
template <class Work>
VISION_KERNELS_DEVICE void for_packs(int thread, int threads, std::int64_t size, bool aligned, const Work& work) {
    const std::int64_t wide = aligned ? size / pack_width * pack_width : 0;
    for (std::int64_t i = std::int64_t{thread} * pack_width; i < wide; i += std::int64_t{threads} * pack_width) {
        work.template run<pack_width>(i);
    }
    for (std::int64_t i = wide + thread; i < size; i += threads) work.template run<1>(i);
}

}  // namespace vision_kernels
