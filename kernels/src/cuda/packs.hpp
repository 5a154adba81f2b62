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

/// What is loaded at once: 128 bits.
constexpr std::size_t word_bytes = 16;

/// Elements of a pack of arrays whose narrowest ones have this type: no load is narrower than need be.
template <class Type>
constexpr int pack_width = static_cast<int>(word_bytes / sizeof(Type));

template <class Type, int width>
constexpr std::size_t pack_alignment = sizeof(Type) * width < word_bytes ? sizeof(Type) * width : word_bytes;

template <class Type, int width>
struct alignas(pack_alignment<Type, width>) Pack {
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
    using Bits = typename Word<pack_alignment<Type, width>>::Type;
    constexpr int words = static_cast<int>(sizeof(Pack<Type, width>) / sizeof(Bits));
    Bits bits[words];
    VISION_KERNELS_UNROLLED
    for (int i = 0; i < words; ++i) bits[i] = reinterpret_cast<const Bits*>(from)[i];
    Pack<Type, width> pack;
    memcpy(&pack, bits, sizeof pack);
    return pack;
#else
    return *reinterpret_cast<const Pack<Type, width>*>(from);
#endif
}

template <int width, class Type>
VISION_KERNELS_DEVICE void store_pack(Type* to, const Pack<Type, width>& pack) {
#if defined(__CUDACC__)
    using Bits = typename Word<pack_alignment<Type, width>>::Type;
    constexpr int words = static_cast<int>(sizeof(Pack<Type, width>) / sizeof(Bits));
    Bits bits[words];
    memcpy(bits, &pack, sizeof bits);
    // Whole words: the compiler takes an assignment apart. What is written is not read again soon.
    VISION_KERNELS_UNROLLED
    for (int i = 0; i < words; ++i) __stcs(reinterpret_cast<Bits*>(to) + i, bits[i]);
#else
    *reinterpret_cast<Pack<Type, width>*>(to) = pack;
#endif
}

/// Whether an array may be read in packs; null may.
template <int width, class Type>
VISION_KERNELS_DEVICE bool packs(const Type* array) {
    return reinterpret_cast<std::uintptr_t>(array) % pack_alignment<Type, width> == 0;
}

/// Call `work.template run<width>(i)` for packs that make up `size` elements: wide ones if `aligned`, single elements for
/// the rest. The threads of a block take turns, so that neighbours in memory are neighbours in time.
template <int width, class Work>
VISION_KERNELS_DEVICE void for_packs(int thread, int threads, std::int64_t size, bool aligned, const Work& work) {
    const std::int64_t wide = aligned ? size / width * width : 0;
    for (std::int64_t i = std::int64_t{thread} * width; i < wide; i += std::int64_t{threads} * width) {
        work.template run<width>(i);
    }
    for (std::int64_t i = wide + thread; i < size; i += threads) work.template run<1>(i);
}

}  // namespace vision_kernels
