// Images of odd sizes for the tests.
#pragma once

#include <array>
#include <vector>

#include "agreement.hpp"

namespace images {

using agreement::Case;
using agreement::Memory;

struct Size {
    std::int64_t h, w, c;
};

/// Single pixels, lines, around the width of vectors and of stripes, more rows than a band.
constexpr std::array<Size, 8> sizes = {
    {{1, 1, 3}, {1, 70, 3}, {37, 1, 1}, {9, 11, 4}, {33, 86, 3}, {40, 257, 1}, {70, 31, 2}, {2, 701, 3}}};

template <class Pixel>
Pixel* pixels_of(Memory& memory, std::int64_t size) {
    if constexpr (sizeof(Pixel) == 1) {
        return memory.bytes(size);
    } else {
        return memory.numbers<Pixel>(size);
    }
}

template <class Call>
void check(const char* name, Call call) {
    agreement::check(Case{name, call});
}

}  // namespace images

// Calls a function of both backends on all images.
#define BOTH(function, ...)                                                             \
    do {                                                                                \
        if (emulated) {                                                                 \
            vision_kernels::emulated::function(__VA_ARGS__, vision_kernels::Context()); \
        } else {                                                                        \
            vision_kernels::cpu::function(__VA_ARGS__, vision_kernels::Context());      \
        }                                                                               \
    } while (false)
