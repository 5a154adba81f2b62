// What a prediction counts as.
#pragma once

#include <cstdint>

#include "vision_kernels/host_device.hpp"

namespace vision_kernels::formulas {

/// Whether a class of another number comes before one with a score that is a number: a higher score does, and an equal
/// one of a lower number. NaN comes last.
VISION_KERNELS_HOST_DEVICE bool comes_before(float other, bool is_lower, float score) {
    return is_lower ? other >= score : other > score;
}

/// Whether one does if the score is NaN.
VISION_KERNELS_HOST_DEVICE bool comes_before_not_a_number(float other, bool is_lower) {
    return (other == other) | is_lower;
}

VISION_KERNELS_HOST_DEVICE bool applies(float label) { return label > 0.5f; }
VISION_KERNELS_HOST_DEVICE bool applies(std::uint8_t label) { return label != 0; }
VISION_KERNELS_HOST_DEVICE bool applies(bool label) { return label; }

/// The interval between two of `last + 1` evenly spaced thresholds that a prediction within [0, 1] falls into, `last`
/// being a whole number of at most 2^24. The prediction is above the thresholds up to this one.
VISION_KERNELS_HOST_DEVICE std::int32_t threshold_interval(float prediction, float last) {
    const float below = prediction < 1.0f ? prediction : 1.0f;
    const float bounded = below > 0.0f ? below : 0.0f;
    const float place = bounded * last;
    const std::int32_t whole = static_cast<std::int32_t>(place);
    const std::int32_t up = static_cast<std::int32_t>(place > static_cast<float>(whole));
    // One less than the ceiling, but at least 0.
    return whole + up - static_cast<std::int32_t>(whole + up > 0);
}

}  // namespace vision_kernels::formulas
