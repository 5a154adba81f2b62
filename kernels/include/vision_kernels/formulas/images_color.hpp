// Colours of pixels, red first, in single precision.
#pragma once

#include "vision_kernels/formulas/clip.hpp"
#include "vision_kernels/formulas/elementary.hpp"
#include "vision_kernels/formulas/images_resize.hpp"
#include "vision_kernels/formulas/images_trigonometry.hpp"

namespace vision_kernels::formulas {

/// Hue, lightness and saturation as OpenCV keeps them in bytes: hue in half degrees, from 0 to 180.
struct Hls {
    std::int32_t hue, lightness, saturation;
};

struct Rgb {
    std::uint8_t red, green, blue;
};

/// One of two numbers, without a branch: loops over pixels become vector instructions.
VISION_KERNELS_HOST_DEVICE float choose(bool first, float a, float b) {
    const std::uint32_t mask = first ? 0xffffffffu : 0u;
    return float_of((bits_of(a) & mask) | (bits_of(b) & ~mask));
}

/// OpenCV's cvtColor(COLOR_RGB2HLS) on bytes. Half of all lightnesses are ties that single precision decides.
VISION_KERNELS_HOST_DEVICE Hls hls_of(Rgb pixel) {
    const float r = static_cast<float>(pixel.red) * (1.0f / 255.0f);
    const float g = static_cast<float>(pixel.green) * (1.0f / 255.0f);
    const float b = static_cast<float>(pixel.blue) * (1.0f / 255.0f);
    const float larger = choose(r > g, r, g), smaller = choose(r < g, r, g);
    const float most = choose(larger > b, larger, b), least = choose(smaller < b, smaller, b);
    const float span = most - least;
    const float sum = most + least;
    const float lightness = sum * 0.5f;
    // Where there is no colour, these may be NaN, and are not looked at.
    const float share = span / choose(lightness < 0.5f, sum, 2.0f - most - least);
    const float turn = 60.0f / span;
    const float from_green = (b - r) * turn + 120.0f, from_blue = (r - g) * turn + 240.0f;
    const float angle = choose(most == r, (g - b) * turn, choose(most == g, from_green, from_blue));
    const bool coloured = span > 1.1920929e-7f;
    const float hue = choose(coloured, choose(angle < 0.0f, angle + 360.0f, angle), 0.0f);
    const float saturation = choose(coloured, share, 0.0f);
    return {single_to_byte(hue * 0.5f), single_to_byte(lightness * 255.0f), single_to_byte(saturation * 255.0f)};
}

/// OpenCV's cvtColor(COLOR_HLS2RGB) on bytes.
VISION_KERNELS_HOST_DEVICE Rgb rgb_of(Hls pixel) {
    const float l = static_cast<float>(pixel.lightness) * (1.0f / 255.0f);
    const float s = static_cast<float>(pixel.saturation) * (1.0f / 255.0f);
    const float p2 = choose(l <= 0.5f, l * (1.0f + s), l + s - l * s);
    const float p1 = 2.0f * l - p2;
    const float around = static_cast<float>(pixel.hue) * (6.0f / 180.0f);
    const float hue = choose(around >= 6.0f, around - 6.0f, around);
    const auto sector = static_cast<std::int32_t>(hue);
    const float part = hue - static_cast<float>(sector);
    const float falling = p1 + (p2 - p1) * (1.0f - part);
    const float rising = p1 + (p2 - p1) * part;
    const float red = choose((sector == 0) | (sector == 5), p2, choose(sector == 1, falling, choose(sector == 4, rising, p1)));
    const float green = choose((sector == 1) | (sector == 2), p2, choose(sector == 0, rising, choose(sector == 3, falling, p1)));
    const float blue = choose((sector == 3) | (sector == 4), p2, choose(sector == 2, rising, choose(sector == 5, falling, p1)));
    return {single_to_byte(red * 255.0f), single_to_byte(green * 255.0f), single_to_byte(blue * 255.0f)};
}

VISION_KERNELS_HOST_DEVICE std::int32_t within(std::int32_t number, std::int32_t most) {
    return number < 0 ? 0 : number > most ? most : number;
}

/// MXNet's jitter of its record reader, by shifts within 255 of 0. Hue stops at either end and does not go round.
VISION_KERNELS_HOST_DEVICE Rgb shifted(Rgb pixel, std::int32_t hue, std::int32_t saturation, std::int32_t lightness) {
    const Hls from = hls_of(pixel);
    return rgb_of({within(from.hue + hue, 180), within(from.lightness + lightness, 255),
                   within(from.saturation + saturation, 255)});
}

struct Color {
    float red, green, blue;

    VISION_KERNELS_HOST_DEVICE float grey() const { return red * 0.299f + green * 0.587f + blue * 0.114f; }
    VISION_KERNELS_HOST_DEVICE Color times(float factor) const { return {red * factor, green * factor, blue * factor}; }
    VISION_KERNELS_HOST_DEVICE Color plus(float term) const { return {red + term, green + term, blue + term}; }
};

/// A share by which saturation, contrast or brightness grows. No larger one has a use, and three of this size are finite.
VISION_KERNELS_HOST_DEVICE float share_of_growth(float given) { return clip(given, 1e6f); }

/// The hue and the saturation of MXNet's Python augmenters.
class HueAndSaturation {
public:
    /// The hue turns the chrominance by `hue` halves of a turn; at 0 it is left alone.
    VISION_KERNELS_HOST_DEVICE HueAndSaturation(float hue, float saturation)
        : turns_(hue != 0.0f), factor_(1.0f + share_of_growth(saturation)), grey_(-share_of_growth(saturation)) {
        const double rgb[3][3] = {{1.0, 0.956, 0.621}, {1.0, -0.272, -0.647}, {1.0, -1.107, 1.705}};
        const double yiq[3][3] = {{0.299, 0.587, 0.114}, {0.596, -0.274, -0.321}, {0.211, -0.523, 0.311}};
        const double angle = static_cast<double>(hue) * 0.5;
        const double u = cosine_of_turns(angle), w = sine_of_turns(angle);
        for (int i = 0; i < 3; ++i) {
            const double second = rgb[i][1] * u + rgb[i][2] * w, third = rgb[i][2] * u - rgb[i][1] * w;
            for (int k = 0; k < 3; ++k) {
                matrix_[i][k] = static_cast<float>(rgb[i][0] * yiq[0][k] + second * yiq[1][k] + third * yiq[2][k]);
            }
        }
    }

    VISION_KERNELS_HOST_DEVICE Color operator()(Color pixel) const {
        if (turns_) pixel = {row(0, pixel), row(1, pixel), row(2, pixel)};
        return pixel.times(factor_).plus(pixel.grey() * grey_);
    }

private:
    VISION_KERNELS_HOST_DEVICE float row(int i, Color pixel) const {
        return pixel.red * matrix_[i][0] + pixel.green * matrix_[i][1] + pixel.blue * matrix_[i][2];
    }

    bool turns_;
    float factor_, grey_;
    float matrix_[3][3];
};

/// A pixel less the mean of its channel, as a share of the standard deviation.
VISION_KERNELS_HOST_DEVICE float normalized(float pixel, float scale, float mean, float deviation) {
    return (scale * pixel - mean) / deviation;
}

}  // namespace vision_kernels::formulas
