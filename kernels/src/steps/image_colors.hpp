// Colours of images; see image_windows.hpp.
#pragma once

#include <cstdint>

#include "vision_kernels/formulas/images_color.hpp"

namespace vision_kernels::pixels {

/// mxnet_jitter_hsl.
struct ShiftHsl {
    const std::uint8_t* image;
    std::uint8_t* jittered;
    const std::int32_t* shift;
    std::int64_t size;

    const void* written() const { return jittered; }

    VISION_KERNELS_HOST_DEVICE void operator()(std::int64_t from, std::int64_t to) const {
        // Larger shifts do as much as these.
        const std::int32_t hue = bounded(shift[0]), saturation = bounded(shift[1]), lightness = bounded(shift[2]);
        for (; from < to; from += tile) {
            const int count = static_cast<int>(to - from < tile ? to - from : tile);
            run(image + 3 * from, jittered + 3 * from, count, hue, saturation, lightness);
        }
    }

private:
#if defined(__CUDACC__)
    static constexpr std::int64_t tile = 1;
#else
    static constexpr std::int64_t tile = 128;
#endif

    VISION_KERNELS_HOST_DEVICE static std::int32_t bounded(std::int32_t number) {
        return number < -255 ? -255 : number > 255 ? 255 : number;
    }

    /// Pixels with their colours apart, so that they fit into vectors.
    VISION_KERNELS_HOST_DEVICE static void run(const std::uint8_t* from, std::uint8_t* to, int count, std::int32_t hue,
                                               std::int32_t saturation, std::int32_t lightness) {
        std::uint8_t red[tile], green[tile], blue[tile];
        for (int i = 0; i < count; ++i) {
            red[i] = from[3 * i];
            green[i] = from[3 * i + 1];
            blue[i] = from[3 * i + 2];
        }
        VISION_KERNELS_INDEPENDENT
        for (int i = 0; i < count; ++i) {
            const formulas::Rgb result = formulas::shifted({red[i], green[i], blue[i]}, hue, saturation, lightness);
            red[i] = result.red;
            green[i] = result.green;
            blue[i] = result.blue;
        }
        for (int i = 0; i < count; ++i) {
            to[3 * i] = red[i];
            to[3 * i + 1] = green[i];
            to[3 * i + 2] = blue[i];
        }
    }
};

template <class Pixel>
VISION_KERNELS_HOST_DEVICE formulas::Color color_at(const Pixel* pixel) {
    return {static_cast<float>(pixel[0]), static_cast<float>(pixel[1]), static_cast<float>(pixel[2])};
}

/// mxnet_jitter_color: hue and saturation first; contrast needs the mean of all grey levels after these.
template <class Pixel>
struct JitterColor {
    const Pixel* image;
    float* jittered;
    const float* amount;
    /// Sum of the grey levels.
    const double* total;
    std::int64_t size;

    const void* written() const { return jittered; }

    VISION_KERNELS_HOST_DEVICE void operator()(std::int64_t from, std::int64_t to) const {
        const formulas::HueAndSaturation turn(amount[0], amount[1]);
        const float more_contrast = formulas::share_of_growth(amount[2]);
        const float contrast = 1.0f + more_contrast, brightness = 1.0f + formulas::share_of_growth(amount[3]);
        const float grey = -more_contrast * static_cast<float>(*total / static_cast<double>(size));
        for (std::int64_t i = from; i < to; ++i) {
            const formulas::Color pixel = turn(color_at(image + 3 * i)).times(contrast).plus(grey).times(brightness);
            jittered[3 * i] = pixel.red;
            jittered[3 * i + 1] = pixel.green;
            jittered[3 * i + 2] = pixel.blue;
        }
    }
};

/// The grey levels of JitterColor, to be added up.
template <class Pixel>
struct GreyLevels {
    const Pixel* image;
    const float* amount;
    std::int64_t size;

    /// What gives the term of each pixel.
    VISION_KERNELS_HOST_DEVICE auto terms() const {
        const formulas::HueAndSaturation turn(amount[0], amount[1]);
        const Pixel* const first = image;
        return [=](std::int64_t i) { return static_cast<double>(turn(color_at(first + 3 * i)).grey()); };
    }
};

/// normalize and normalize_channels_first.
template <class Pixel, bool channels_first>
struct Normalize {
    const Pixel* image;
    float* normalized;
    const float* mean;
    const float* deviation;
    float scale;
    std::int64_t c, size;

    const void* written() const { return normalized; }

    VISION_KERNELS_HOST_DEVICE void operator()(std::int64_t from, std::int64_t to) const {
        for (std::int64_t k = 0; k < c; ++k) {
            const float own_mean = mean[k], own_deviation = deviation[k];
            const Pixel* const source = image + k;
            float* const result = channels_first ? normalized + k * size : normalized + k;
            const std::int64_t step = channels_first ? 1 : c;
            for (std::int64_t i = from; i < to; ++i) {
                result[i * step] = formulas::normalized(static_cast<float>(source[i * c]), scale, own_mean, own_deviation);
            }
        }
    }
};

}  // namespace vision_kernels::pixels
