// Images sampled at other places; see image_windows.hpp.
#pragma once

#include <cstdint>

#include "image_windows.hpp"
#include "vision_kernels/formulas/images_affine.hpp"
#include "vision_kernels/formulas/images_projective.hpp"

namespace vision_kernels::pixels {

/// opencv_warp_affine, with kernels of `taps` by `taps` pixels: 1 for the nearest one, 2, or 4 for cubic.
template <int taps>
struct WarpAffine {
    const std::uint8_t* image;
    std::uint8_t* warped;
    const formulas::OpencvPlaces* inverse;
    std::int64_t h, w, c, width, size;
    std::int32_t fill;

    const void* written() const { return warped; }

    VISION_KERNELS_HOST_DEVICE void operator()(std::int64_t from, std::int64_t to) const {
        for_runs(from, to, width, [&](std::int64_t row, std::int64_t column, std::int64_t count) VISION_KERNELS_INLINED {
            const formulas::OpencvPlaces::Row line = inverse->row(row);
            for (std::int64_t x = column; x < column + count; ++x) {
                sample(line.row_at(x), line.column_at(x), warped + (row * width + x) * c);
            }
        });
    }

private:
    VISION_KERNELS_HOST_DEVICE bool inside(std::int64_t y, std::int64_t x) const { return y >= 0 && y < h && x >= 0 && x < w; }

    /// A pixel of the result, from a place in 1/1024 pixel.
    VISION_KERNELS_HOST_DEVICE void sample(std::int64_t y, std::int64_t x, std::uint8_t* result) const {
        if constexpr (taps == 1) {
            const bool covered = inside(y >> 10, x >> 10);
            const std::int64_t pixel = ((y >> 10) * w + (x >> 10)) * c;
            for (std::int64_t k = 0; k < c; ++k) result[k] = covered ? image[pixel + k] : static_cast<std::uint8_t>(fill);
        } else {
            std::int32_t weights[16];
            const auto y_part = static_cast<std::int32_t>(y >> 5 & 31), x_part = static_cast<std::int32_t>(x >> 5 & 31);
            if constexpr (taps == 2) {
                formulas::fixed_bilinear(y_part, x_part, weights);
            } else {
                formulas::fixed_cubic(y_part, x_part, weights);
            }
            combine((y >> 10) - taps / 2 + 1, (x >> 10) - taps / 2 + 1, weights, result);
        }
    }

    VISION_KERNELS_HOST_DEVICE void combine(
        std::int64_t top, std::int64_t left, std::int32_t* weights, std::uint8_t* result) const {
        // Taps outside of the image lose their weight to what fills.
        std::int64_t places[16];
        std::int32_t rest = 0;
        for (int i = 0; i < taps * taps; ++i) {
            const std::int64_t y = top + i / taps, x = left + i % taps;
            const bool covered = inside(y, x);
            places[i] = covered ? (y * w + x) * c : 0;
            rest += covered ? 0 : weights[i] * fill;
            weights[i] = covered ? weights[i] : 0;
        }
        for (std::int64_t k = 0; k < c; ++k) {
            std::int32_t sum = rest;
            for (int i = 0; i < taps * taps; ++i) sum += weights[i] * image[places[i] + k];
            result[k] = formulas::fixed_sum_to_byte(sum);
        }
    }
};

/// keras_transform.
template <class Pixel, class FillMode>
struct Transform {
    const Pixel* image;
    float* transformed;
    const float* transform;
    std::int64_t h, w, c, size;
    FillMode fill_mode;
    bool bilinear;
    float fill;

    const void* written() const { return transformed; }

    VISION_KERNELS_HOST_DEVICE void operator()(std::int64_t from, std::int64_t to) const {
        for_runs(from, to, w, [&](std::int64_t row, std::int64_t column, std::int64_t count) VISION_KERNELS_INLINED {
            for (std::int64_t x = column; x < column + count; ++x) {
                place(formulas::projected(transform, static_cast<float>(x), static_cast<float>(row)),
                      transformed + (row * w + x) * c);
            }
        });
    }

private:
    VISION_KERNELS_HOST_DEVICE void place(const formulas::ProjectedPlace& from, float* result) const {
        if (from.none) {
            for (std::int64_t k = 0; k < c; ++k) result[k] = fill;
            return;
        }
        const float y = formulas::filled(fill_mode, from.y, static_cast<float>(h));
        const float x = formulas::filled(fill_mode, from.x, static_cast<float>(w));
        if (bilinear) {
            interpolate(y, x, result);
        } else {
            const Tap tap = tap_at(formulas::rounded_away(y), formulas::rounded_away(x));
            for (std::int64_t k = 0; k < c; ++k) result[k] = read(tap, k);
        }
    }

    VISION_KERNELS_HOST_DEVICE void interpolate(float y, float x, float* result) const {
        const float top = formulas::floored(y), left = formulas::floored(x);
        const float bottom = top + 1.0f, right = left + 1.0f;
        const Tap taps[4] = {tap_at(top, left), tap_at(top, right), tap_at(bottom, left), tap_at(bottom, right)};
        for (std::int64_t k = 0; k < c; ++k) {
            const float upper = (right - x) * read(taps[0], k) + (x - left) * read(taps[1], k);
            const float lower = (right - x) * read(taps[2], k) + (x - left) * read(taps[3], k);
            result[k] = (bottom - y) * upper + (y - top) * lower;
        }
    }

    /// A pixel of the image; outside of it, and at NaN, what fills.
    struct Tap {
        std::int64_t place;
        bool inside;
    };

    VISION_KERNELS_HOST_DEVICE Tap tap_at(float y, float x) const {
        const bool inside = y >= 0.0f && y < static_cast<float>(h) && x >= 0.0f && x < static_cast<float>(w);
        return {inside ? (static_cast<std::int64_t>(y) * w + static_cast<std::int64_t>(x)) * c : 0, inside};
    }

    VISION_KERNELS_HOST_DEVICE float read(Tap tap, std::int64_t k) const {
        return tap.inside ? static_cast<float>(image[tap.place + k]) : fill;
    }
};

}  // namespace vision_kernels::pixels
