// The kernels of interpolation, in single precision and in the order of the libraries: TensorFlow's sampling_kernels.h,
// and interpolateCubic and interpolateLanczos4 of OpenCV 3.4's imgproc.
#pragma once

#include "vision_kernels/formulas/elementary.hpp"
#include "vision_kernels/formulas/images_trigonometry.hpp"

namespace vision_kernels::formulas {

inline float triangle(float x) { return x < 1.0f ? 1.0f - x : 0.0f; }

/// Keys's cubic with a = -0.5.
inline float keys_cubic(float x) {
    if (x >= 2.0f) return 0.0f;
    if (x >= 1.0f) return ((-0.5f * x + 2.5f) * x - 4.0f) * x + 2.0f;
    return ((1.5f * x - 2.5f) * x) * x + 1.0f;
}

/// The cubic of Mitchell and Netravali with B = C = 1/3.
inline float mitchell_cubic(float x) {
    if (x >= 2.0f) return 0.0f;
    if (x >= 1.0f) return ((-7.0f / 18.0f * x + 2.0f) * x - 10.0f / 3.0f) * x + 16.0f / 9.0f;
    return ((7.0f / 6.0f * x - 2.0f) * x) * x + 8.0f / 9.0f;
}

/// A Gaussian of standard deviation 0.5, cut at 1.5.
inline float gaussian(float x) {
    if (x >= 1.5f) return 0.0f;
    const float exponent = -x * x / 0.5f;
    return static_cast<float>(exponential_below_zero(static_cast<double>(exponent)));
}

inline float lanczos(float radius, float x) {
    if (x > radius) return 0.0f;
    if (x <= 1e-3f) return 1.0f;
    const float angle = static_cast<float>(pi) * x;
    const float inner = static_cast<float>(sine(static_cast<double>(angle)));
    const float outer = static_cast<float>(sine(static_cast<double>(angle / radius)));
    return radius * inner * outer / (angle * angle);
}

/// A kernel of TensorFlow's, by the name of the method.
template <class Method>
float kernel_at(Method method, float x) {
    switch (method) {
        case Method::bicubic: return keys_cubic(x);
        case Method::lanczos3: return lanczos(3.0f, x);
        case Method::lanczos5: return lanczos(5.0f, x);
        case Method::gaussian: return gaussian(x);
        case Method::mitchellcubic: return mitchell_cubic(x);
        default: return triangle(x);
    }
}

/// Where a kernel of TensorFlow's ends.
template <class Method>
float kernel_radius(Method method) {
    switch (method) {
        case Method::bicubic:
        case Method::mitchellcubic: return 2.0f;
        case Method::lanczos3: return 3.0f;
        case Method::lanczos5: return 5.0f;
        case Method::gaussian: return 1.5f;
        default: return 1.0f;
    }
}

/// OpenCV's cubic, a = -0.75, at the four pixels around a place that lies `part` behind the second.
VISION_KERNELS_HOST_DEVICE void opencv_cubic(float part, float* taps) {
    const float a = -0.75f;
    taps[0] = ((a * (part + 1.0f) - 5.0f * a) * (part + 1.0f) + 8.0f * a) * (part + 1.0f) - 4.0f * a;
    taps[1] = ((a + 2.0f) * part - (a + 3.0f)) * part * part + 1.0f;
    taps[2] = ((a + 2.0f) * (1.0f - part) - (a + 3.0f)) * (1.0f - part) * (1.0f - part) + 1.0f;
    taps[3] = 1.0f - taps[0] - taps[1] - taps[2];
}

/// OpenCV's Lanczos kernel of radius 4 at the eight pixels around a place that lies `part` behind the fourth.
inline void opencv_lanczos4(float part, float* taps) {
    for (int k = 0; k < 8; ++k) taps[k] = k == 3 ? 1.0f : 0.0f;
    if (part < 1.1920929e-7f) return;
    float sum = 0.0f;
    for (int k = 0; k < 8; ++k) {
        const double quarter = -(static_cast<double>(part) + 3.0 - k) * pi * 0.25;
        taps[k] = static_cast<float>(sine(quarter * 4.0) * sine(quarter) / (quarter * quarter));
        sum += taps[k];
    }
    for (int k = 0; k < 8; ++k) taps[k] *= 1.0f / sum;
}

}  // namespace vision_kernels::formulas
