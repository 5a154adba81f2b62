// Resizing images of differing sizes. The weights of a size are formed once in a call.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "image_windows.hpp"
#include "vision_kernels/formulas/images_fixed_point.hpp"
#include "vision_kernels/formulas/images_opencv_weights.hpp"
#include "vision_kernels/functions/images.hpp"

namespace vision_kernels {

/// One image to resize, by weights that belong to `plan`.
template <class Pixel, class Resized>
struct Resizing {
    const Pixel* image;
    Resized* resized;
    std::int64_t channels;
    std::size_t plan;
};

/// The images of a call, and the plan of each size among them.
template <class Pixel, class Resized>
struct Resizings {
    std::vector<std::unique_ptr<const formulas::ResizePlan>> plans;
    std::vector<Resizing<Pixel, Resized>> images;
};

/// Collect the images of a call; `plan_of(h, w)` makes a plan.
template <class Pixel, class Resized, class Tensors, class PlanOf>
Resizings<Pixel, Resized> resizings_of(const Tensors* tensors, std::size_t count, PlanOf plan_of) {
    Resizings<Pixel, Resized> all;
    std::map<std::pair<std::int64_t, std::int64_t>, std::size_t> known;
    for (std::size_t i = 0; i < count; ++i) {
        const Tensors& one = tensors[i];
        const auto [place, is_new] = known.try_emplace({one.h, one.w}, all.plans.size());
        if (is_new) all.plans.push_back(std::make_unique<const formulas::ResizePlan>(plan_of(one.h, one.w)));
        all.images.push_back({one.image, one.resized, one.c, place->second});
    }
    return all;
}

/// What makes the plans of resize and resize_uint8.
template <class Scalars>
auto tensorflow_plans(const Scalars& scalars) {
    return [&scalars](std::int64_t h, std::int64_t w) {
        return formulas::ResizePlan(formulas::tensorflow_weights(scalars.method, scalars.antialias, h, scalars.height),
                                    formulas::tensorflow_weights(scalars.method, scalars.antialias, w, scalars.width));
    };
}

/// What makes those of opencv_resize.
inline auto opencv_plans(const OpencvResize& scalars) {
    return [&scalars](std::int64_t h, std::int64_t w) {
        const bool shrinks = scalars.height <= h && scalars.width <= w;
        return formulas::ResizePlan(formulas::opencv_weights(scalars.interpolation, shrinks, h, scalars.height),
                                    formulas::opencv_weights(scalars.interpolation, shrinks, w, scalars.width));
    };
}

/// The images of a call to `nearest` as pixels; `scale_of(size, out)` is what `Nearest` multiplies by.
template <class Nearest, class Pixel, class Resized, class Scalars, class Tensors, class ScaleOf>
auto nearest_pixels(const Scalars& scalars, const Tensors* tensors, std::size_t count, ScaleOf scale_of) {
    std::vector<pixels::NearestPixels<Nearest, Pixel, Resized>> jobs;
    for (std::size_t i = 0; i < count; ++i) {
        const Tensors& one = tensors[i];
        jobs.push_back({one.image, one.resized, {scale_of(one.h, scalars.height)}, {scale_of(one.w, scalars.width)}, one.h,
                        one.w, one.c, scalars.width, scalars.height * scalars.width});
    }
    return jobs;
}

inline float single_scale(std::int64_t size, std::int64_t out) {
    return static_cast<float>(size) / static_cast<float>(out);
}

}  // namespace vision_kernels
