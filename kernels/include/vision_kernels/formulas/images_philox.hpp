// Philox 4x32 with ten rounds: J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, Parallel random numbers: as easy
// as 1, 2, 3 (2011). A number depends on nothing but the key and the counter.
#pragma once

#include <cstdint>

#include "vision_kernels/host_device.hpp"

namespace vision_kernels::formulas {

struct PhiloxWords {
    std::uint32_t words[4];
};

VISION_KERNELS_HOST_DEVICE PhiloxWords philox(PhiloxWords counter, std::uint32_t key_low, std::uint32_t key_high) {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t first = std::uint64_t{0xD2511F53u} * counter.words[0];
        const std::uint64_t second = std::uint64_t{0xCD9E8D57u} * counter.words[2];
        counter = {{static_cast<std::uint32_t>(second >> 32) ^ counter.words[1] ^ key_low,
                    static_cast<std::uint32_t>(second),
                    static_cast<std::uint32_t>(first >> 32) ^ counter.words[3] ^ key_high,
                    static_cast<std::uint32_t>(first)}};
        key_low += 0x9E3779B9u;
        key_high += 0xBB67AE85u;
    }
    return counter;
}

/// The four words of a block of numbers.
VISION_KERNELS_HOST_DEVICE PhiloxWords random_words(std::uint64_t seed, std::uint64_t sequence, std::uint64_t block) {
    const PhiloxWords counter = {{static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32),
                                  static_cast<std::uint32_t>(sequence), static_cast<std::uint32_t>(sequence >> 32)}};
    return philox(counter, static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32));
}

/// A word as a number in [low, high), with `span` = high - low.
VISION_KERNELS_HOST_DEVICE float uniform_of(std::uint32_t word, float low, float span) {
    return static_cast<float>(word >> 8) * 0x1p-24f * span + low;
}

}  // namespace vision_kernels::formulas
