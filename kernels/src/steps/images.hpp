// The functions on images, for the backend VISION_KERNELS_BACKEND, which has
//
//     run_pixels(jobs, context)        what image_windows.hpp tells, for all images
//     Totals<Terms>(jobs, context)     for each image the sum of its terms, at `data()`
//     Inverses(matrix, count, nearest, context)  for each image formulas::OpencvPlaces, at `data()`
//     run_resizes(resizings, context)  what image_resizes.hpp tells
#include <vector>

#include "image_colors.hpp"
#include "image_numbers.hpp"
#include "image_places.hpp"
#include "image_windows.hpp"
#include "vision_kernels/functions/images.hpp"

namespace vision_kernels::VISION_KERNELS_BACKEND {
namespace {

/// `job_of(tensors, number)` for each image.
template <class Tensors, class JobOf>
auto jobs_of(const Tensors* tensors, std::size_t count, JobOf job_of) {
    std::vector<decltype(job_of(*tensors, std::int64_t{0}))> jobs;
    jobs.reserve(count);
    for (std::size_t i = 0; i < count; ++i) jobs.push_back(job_of(tensors[i], static_cast<std::int64_t>(i)));
    return jobs;
}

template <int taps>
void warp(const OpencvWarpAffine& scalars, const OpencvWarpAffineTensors* tensors, std::size_t count,
          const OpencvWarpAffineShared& shared, const Context& context) {
    const Inverses inverses(shared.matrix, count, taps == 1, context);
    const formulas::OpencvPlaces* const places = inverses.data();
    const auto job = [&](const OpencvWarpAffineTensors& one, std::int64_t i) {
        return pixels::WarpAffine<taps>{one.image, one.warped, places + i, one.h, one.w, one.c, scalars.width,
                                        scalars.height * scalars.width, static_cast<std::int32_t>(scalars.fill_value)};
    };
    run_pixels(jobs_of(tensors, count, job), context);
}

template <bool channels_first, class Pixel, class Tensors, class Shared>
void normalize_all(double scale, const Tensors* tensors, std::size_t count, const Shared& shared, const Context& context) {
    const auto job = [&](const Tensors& one, std::int64_t) {
        return pixels::Normalize<Pixel, channels_first>{one.image, one.normalized, shared.mean, shared.deviation,
                                                        static_cast<float>(scale), shared.c, one.h * one.w};
    };
    run_pixels(jobs_of(tensors, count, job), context);
}

}  // namespace

template <class Image>
void crop(const Crop& scalars, const CropTensors<Image>* tensors, std::size_t count, const CropShared& shared,
          const Context& context) {
    const auto job = [&](const CropTensors<Image>& one, std::int64_t i) {
        return pixels::Window<Image>{one.image, one.cropped, shared.corner + 2 * i, one.h, one.w, one.c, scalars.height,
                                     scalars.width, scalars.height * scalars.width};
    };
    run_pixels(jobs_of(tensors, count, job), context);
}

template <class Image>
void flip(const Flip&, const FlipTensors<Image>* tensors, std::size_t count, const FlipShared& shared,
          const Context& context) {
    const auto job = [&](const FlipTensors<Image>& one, std::int64_t i) {
        return pixels::Mirror<Image>{one.image, one.flipped, shared.direction + 2 * i, one.h, one.w, one.c, one.h * one.w};
    };
    run_pixels(jobs_of(tensors, count, job), context);
}

void mxnet_jitter_hsl(const MxnetJitterHsl&, const MxnetJitterHslTensors* tensors, std::size_t count,
                      const MxnetJitterHslShared& shared, const Context& context) {
    const auto job = [&](const MxnetJitterHslTensors& one, std::int64_t i) {
        return pixels::ShiftHsl{one.image, one.jittered, shared.shift + 3 * i, one.h * one.w};
    };
    run_pixels(jobs_of(tensors, count, job), context);
}

void opencv_warp_affine(const OpencvWarpAffine& scalars, const OpencvWarpAffineTensors* tensors, std::size_t count,
                        const OpencvWarpAffineShared& shared, const Context& context) {
    switch (scalars.interpolation) {
        case OpencvWarpAffine::Interpolation::nearest: return warp<1>(scalars, tensors, count, shared, context);
        case OpencvWarpAffine::Interpolation::bilinear: return warp<2>(scalars, tensors, count, shared, context);
        case OpencvWarpAffine::Interpolation::cubic: return warp<4>(scalars, tensors, count, shared, context);
    }
}

template <class Image>
void keras_transform(const KerasTransform& scalars, const KerasTransformTensors<Image>* tensors, std::size_t count,
                     const KerasTransformShared& shared, const Context& context) {
    const bool bilinear = scalars.interpolation == KerasTransform::Interpolation::bilinear;
    const auto job = [&](const KerasTransformTensors<Image>& one, std::int64_t i) {
        return pixels::Transform<Image, KerasTransform::FillMode>{
            one.image, one.transformed, shared.transform + 8 * i, one.h, one.w, one.c, one.h * one.w,
            scalars.fill_mode, bilinear, static_cast<float>(scalars.fill_value)};
    };
    run_pixels(jobs_of(tensors, count, job), context);
}

template <class Image>
void mxnet_jitter_color(const MxnetJitterColor&, const MxnetJitterColorTensors<Image>* tensors, std::size_t count,
                        const MxnetJitterColorShared& shared, const Context& context) {
    const auto grey = [&](const MxnetJitterColorTensors<Image>& one, std::int64_t i) {
        return pixels::GreyLevels<Image>{one.image, shared.amount + 4 * i, one.h * one.w};
    };
    const Totals<pixels::GreyLevels<Image>> totals(jobs_of(tensors, count, grey), context);
    const double* const total = totals.data();
    const auto job = [&](const MxnetJitterColorTensors<Image>& one, std::int64_t i) {
        return pixels::JitterColor<Image>{one.image, one.jittered, shared.amount + 4 * i, total + i, one.h * one.w};
    };
    run_pixels(jobs_of(tensors, count, job), context);
}

template <class Image>
void normalize(const Normalize& scalars, const NormalizeTensors<Image>* tensors, std::size_t count,
               const NormalizeShared& shared, const Context& context) {
    normalize_all<false, Image>(scalars.scale, tensors, count, shared, context);
}

template <class Image>
void normalize_channels_first(const NormalizeChannelsFirst& scalars, const NormalizeChannelsFirstTensors<Image>* tensors,
                              std::size_t count, const NormalizeChannelsFirstShared& shared, const Context& context) {
    normalize_all<true, Image>(scalars.scale, tensors, count, shared, context);
}

void random_uniform(const RandomUniform& scalars, const RandomUniformTensors& tensors, const Context& context) {
    const auto low = static_cast<float>(scalars.low);
    const pixels::UniformNumbers job{tensors.number, static_cast<std::uint64_t>(scalars.seed),
                                     static_cast<std::uint64_t>(scalars.sequence), static_cast<std::uint64_t>(scalars.start),
                                     low, static_cast<float>(scalars.high) - low, scalars.length};
    run_pixels(std::vector<pixels::UniformNumbers>{job}, context);
}

#define VISION_KERNELS_LISTED(function, Scalars, Image)                                                         \
    template void function<Image>(const Scalars&, const Scalars##Tensors<Image>*, std::size_t,                  \
                                  const Scalars##Shared&, const Context&);
#define VISION_KERNELS_IMAGES(function, Scalars)            \
    VISION_KERNELS_LISTED(function, Scalars, std::uint8_t) \
    VISION_KERNELS_LISTED(function, Scalars, float)

VISION_KERNELS_IMAGES(crop, Crop)
VISION_KERNELS_IMAGES(flip, Flip)
VISION_KERNELS_IMAGES(keras_transform, KerasTransform)
VISION_KERNELS_IMAGES(mxnet_jitter_color, MxnetJitterColor)
VISION_KERNELS_IMAGES(normalize, Normalize)
VISION_KERNELS_IMAGES(normalize_channels_first, NormalizeChannelsFirst)

#undef VISION_KERNELS_IMAGES
#undef VISION_KERNELS_LISTED

}  // namespace vision_kernels::VISION_KERNELS_BACKEND
