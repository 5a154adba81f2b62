// random_uniform; see image_windows.hpp.
#pragma once

#include "vision_kernels/formulas/images_philox.hpp"

namespace vision_kernels::pixels {

struct UniformNumbers {
    float* number;
    std::uint64_t seed, sequence, start;
    float low, span;
    std::int64_t size;

    const void* written() const { return number; }

    /// The words of the block of four that a number belongs to.
    VISION_KERNELS_HOST_DEVICE formulas::PhiloxWords words_at(std::int64_t i) const {
        return formulas::random_words(seed, sequence, (start + static_cast<std::uint64_t>(i)) / 4);
    }

    VISION_KERNELS_HOST_DEVICE void operator()(std::int64_t from, std::int64_t to) const {
        formulas::PhiloxWords words{};
        std::uint64_t block = ~std::uint64_t{0};
        for (std::int64_t i = from; i < to; ++i) {
            const std::uint64_t place = start + static_cast<std::uint64_t>(i);
            if (place / 4 != block) words = formulas::random_words(seed, sequence, block = place / 4);
            number[i] = formulas::uniform_of(words.words[place % 4], low, span);
        }
    }
};

}  // namespace vision_kernels::pixels
