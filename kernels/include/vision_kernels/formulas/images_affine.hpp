// Affine maps of images: those that training draws, and OpenCV 3.4's warpAffine in its fixed-point numbers.
#pragma once

#include <algorithm>

#include "vision_kernels/formulas/images_interpolation.hpp"
#include "vision_kernels/formulas/images_trigonometry.hpp"

namespace vision_kernels::formulas {

/// The edge of a warped image, before it is rounded down.
inline float mxnet_warped_edge(float scale, float edge, float least, float most) {
    return std::max(least, std::min(most, scale * edge));
}

/// The map of MXNet's record reader from drawn numbers; sizes in pixels. Six numbers, in single precision as there.
inline void mxnet_affine_matrix(const double* drawn, float width, float height, float least, float most, float* matrix) {
    const double turns = drawn[1] / 360.0;
    const auto shear = static_cast<float>(drawn[0]), scale = static_cast<float>(drawn[2]);
    const auto ratio = static_cast<float>(drawn[3]);
    const auto a = static_cast<float>(cosine_of_turns(turns)), b = static_cast<float>(sine_of_turns(turns));
    const float across = 2.0f * scale / (1.0f + ratio);
    const float down = ratio * across;
    matrix[0] = across * a - shear * b * down;
    matrix[1] = across * b + shear * a * down;
    matrix[3] = -b * down;
    matrix[4] = a * down;
    matrix[2] = (mxnet_warped_edge(scale, width, least, most) - (matrix[0] * width + matrix[1] * height)) / 2.0f;
    matrix[5] = (mxnet_warped_edge(scale, height, least, most) - (matrix[3] * width + matrix[4] * height)) / 2.0f;
}

/// Keras's RandomRotation: eight numbers for a turn about the centre.
inline void keras_rotation(double turn, double width, double height, float* transform) {
    const double cos = cosine_of_turns(turn), sin = sine_of_turns(turn);
    const double x = (width - 1.0) / 2.0, y = (height - 1.0) / 2.0;
    const double numbers[8] = {cos, -sin, x - x * cos + y * sin, sin, cos, y - x * sin - y * cos, 0.0, 0.0};
    for (int i = 0; i < 8; ++i) transform[i] = static_cast<float>(numbers[i]);
}

/// Keras's RandomZoom: eight numbers for a zoom about the centre.
inline void keras_zoom(float vertical, float horizontal, float width, float height, float* transform) {
    const float down = 1.0f + vertical, across = 1.0f + horizontal;
    const float x = (width - 1.0f) / 2.0f * (1.0f - across), y = (height - 1.0f) / 2.0f * (1.0f - down);
    const float numbers[8] = {across, 0.0f, x, 0.0f, down, y, 0.0f, 0.0f};
    for (int i = 0; i < 8; ++i) transform[i] = numbers[i];
}

/// A number rounded to the nearest integer, to even from the middle, and bounded.
VISION_KERNELS_HOST_DEVICE std::int64_t rounded_to_integer(double number) {
    constexpr double most = 1099511627776.0;  // 2^40: far outside of any image
    const double above = number > -most ? number : -most;
    const double bounded = above < most ? above : most;
    // Adding 1.5 * 2^52 rounds to an integer.
    return static_cast<std::int64_t>((bounded + 6755399441055744.0) - 6755399441055744.0);
}

/// OpenCV's inverse of a map, from which it takes places in the image in units of 1/1024 pixel.
class OpencvPlaces {
public:
    static constexpr double unit = 1024.0;

    VISION_KERNELS_HOST_DEVICE OpencvPlaces(const float* matrix, bool nearest) : half_(nearest ? 512 : 16) {
        double m[6];
        for (int i = 0; i < 6; ++i) m[i] = static_cast<double>(matrix[i]);
        const double determinant = m[0] * m[4] - m[1] * m[3];
        const double d = determinant != 0.0 ? 1.0 / determinant : 0.0;
        m_[0] = m[4] * d;
        m_[4] = m[0] * d;
        m_[1] = m[1] * -d;
        m_[3] = m[3] * -d;
        m_[2] = -m_[0] * m[2] - m_[1] * m[5];
        m_[5] = -m_[3] * m[2] - m_[4] * m[5];
    }

    /// What a row of the result has in common.
    struct Row {
        std::int64_t column, row;
        double column_step, row_step;

        /// The column and the row in the image for a column of the result.
        VISION_KERNELS_HOST_DEVICE std::int64_t column_at(std::int64_t x) const {
            return column + rounded_to_integer(column_step * static_cast<double>(x) * unit);
        }
        VISION_KERNELS_HOST_DEVICE std::int64_t row_at(std::int64_t x) const {
            return row + rounded_to_integer(row_step * static_cast<double>(x) * unit);
        }
    };

    VISION_KERNELS_HOST_DEVICE Row row(std::int64_t y) const {
        return {half_ + rounded_to_integer((m_[1] * static_cast<double>(y) + m_[2]) * unit),
                half_ + rounded_to_integer((m_[4] * static_cast<double>(y) + m_[5]) * unit), m_[0], m_[3]};
    }

private:
    double m_[6];
    std::int64_t half_;
};

/// Weights in units of 1/32768 for a place y/32 and x/32 behind a pixel: two rows of two.
VISION_KERNELS_HOST_DEVICE void fixed_bilinear(std::int32_t y, std::int32_t x, std::int32_t* weights) {
    weights[0] = (32 - y) * (32 - x) * 32;
    weights[1] = (32 - y) * x * 32;
    weights[2] = y * (32 - x) * 32;
    weights[3] = y * x * 32;
}

/// Four rows of four. What rounding leaves over goes to the largest or smallest of the last two rows' last two, as in
/// OpenCV.
VISION_KERNELS_HOST_DEVICE void fixed_cubic(std::int32_t y, std::int32_t x, std::int32_t* weights) {
    float rows[4], columns[4];
    opencv_cubic(static_cast<float>(y) * (1.0f / 32.0f), rows);
    opencv_cubic(static_cast<float>(x) * (1.0f / 32.0f), columns);
    std::int32_t sum = 0;
    for (int i = 0; i < 16; ++i) {
        const double share = static_cast<double>(rows[i / 4] * columns[i % 4] * 32768.0f);
        const std::int64_t fixed = rounded_to_integer(share);
        weights[i] = static_cast<std::int32_t>(fixed > 32767 ? 32767 : fixed);
        sum += weights[i];
    }
    int least = 10, most = 10;
    for (const int i : {10, 11, 14, 15}) {
        if (weights[i] < weights[least]) least = i;
        if (weights[i] > weights[most]) most = i;
    }
    if (sum != 32768) weights[sum < 32768 ? most : least] -= sum - 32768;
}

/// A sum of pixels by such weights as a byte.
VISION_KERNELS_HOST_DEVICE std::uint8_t fixed_sum_to_byte(std::int32_t sum) {
    const std::int32_t level = (sum + (1 << 14)) >> 15;
    return static_cast<std::uint8_t>(level < 0 ? 0 : level > 255 ? 255 : level);
}

}  // namespace vision_kernels::formulas
