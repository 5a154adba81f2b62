// Images cut, mirrored, coloured and sampled in every way there is; known random numbers.
#include "images.hpp"

#include <cmath>

#include "vision_kernels/formulas/images_philox.hpp"
#include "vision_kernels/functions/images.hpp"

namespace {

using namespace vision_kernels;
using namespace images;

template <class Pixel>
void check_windows() {
    check("crop and flip", [](Memory& memory, bool emulated) {
        for (const auto [h, w, c] : sizes) {
            Crop scalars;
            scalars.height = (h + 1) / 2;
            scalars.width = (w + 2) / 3;
            CropTensors<Pixel> window{};
            window.image = pixels_of<Pixel>(memory, h * w * c);
            window.cropped = pixels_of<Pixel>(memory, scalars.height * scalars.width * c);
            window.h = h;
            window.w = w;
            window.c = c;
            CropShared corner{};
            corner.corner = memory.labels<std::int32_t>(2, 50);
            BOTH(crop<Pixel>, scalars, &window, 1, corner);
            FlipTensors<Pixel> mirror{};
            mirror.image = window.image;
            mirror.flipped = pixels_of<Pixel>(memory, h * w * c);
            mirror.h = h;
            mirror.w = w;
            mirror.c = c;
            FlipShared direction{};
            direction.direction = memory.bytes(2);
            BOTH(flip<Pixel>, Flip(), &mirror, 1, direction);
        }
    });
}

void check_warp(OpencvWarpAffine::Interpolation interpolation) {
    check("opencv_warp_affine", [=](Memory& memory, bool emulated) {
        for (const auto [h, w, c] : sizes) {
            OpencvWarpAffine scalars;
            scalars.height = 21;
            scalars.width = 34;
            scalars.interpolation = interpolation;
            scalars.fill_value = 99;
            OpencvWarpAffineTensors tensors;
            tensors.image = memory.bytes(h * w * c);
            tensors.warped = memory.bytes(21 * 34 * c);
            tensors.h = h;
            tensors.w = w;
            tensors.c = c;
            OpencvWarpAffineShared shared;
            shared.matrix = memory.numbers<float>(6);
            BOTH(opencv_warp_affine, scalars, &tensors, 1, shared);
        }
    });
}

template <class Pixel>
void check_transform(KerasTransform::FillMode mode, KerasTransform::Interpolation interpolation) {
    check("keras_transform", [=](Memory& memory, bool emulated) {
        for (const auto [h, w, c] : sizes) {
            KerasTransform scalars;
            scalars.fill_mode = mode;
            scalars.interpolation = interpolation;
            scalars.fill_value = 5;
            KerasTransformTensors<Pixel> tensors;
            tensors.image = pixels_of<Pixel>(memory, h * w * c);
            tensors.transformed = memory.numbers<float>(h * w * c);
            tensors.h = h;
            tensors.w = w;
            tensors.c = c;
            KerasTransformShared shared;
            float* const transform = memory.numbers<float>(8);
            // Far outside, where nothing of the place is left, and nowhere at all.
            if (h == 9) transform[2] = 1e30f;
            if (h == 40) transform[5] = std::nanf("");
            shared.transform = transform;
            BOTH(keras_transform<Pixel>, scalars, &tensors, 1, shared);
        }
    });
}

template <class Pixel>
void check_colours() {
    check("colours", [](Memory& memory, bool emulated) {
        for (const auto [h, w, c] : sizes) {
            MxnetJitterColorTensors<Pixel> jitter{};
            jitter.image = pixels_of<Pixel>(memory, h * w * 3);
            jitter.jittered = memory.numbers<float>(h * w * 3);
            jitter.h = h;
            jitter.w = w;
            MxnetJitterColorShared amount{};
            amount.amount = memory.numbers<float>(4);
            BOTH(mxnet_jitter_color<Pixel>, MxnetJitterColor(), &jitter, 1, amount);
            NormalizeTensors<Pixel> tensors{};
            tensors.image = pixels_of<Pixel>(memory, h * w * c);
            tensors.normalized = memory.numbers<float>(h * w * c);
            tensors.h = h;
            tensors.w = w;
            NormalizeShared shared{};
            shared.mean = memory.numbers<float>(c);
            shared.deviation = memory.positive<float>(c);
            shared.c = c;
            BOTH(normalize<Pixel>, Normalize(), &tensors, 1, shared);
            NormalizeChannelsFirstTensors<Pixel> first{};
            first.image = tensors.image;
            first.normalized = memory.numbers<float>(h * w * c);
            first.h = h;
            first.w = w;
            NormalizeChannelsFirstShared numbers{};
            numbers.mean = shared.mean;
            numbers.deviation = shared.deviation;
            numbers.c = c;
            BOTH(normalize_channels_first<Pixel>, NormalizeChannelsFirst(), &first, 1, numbers);
        }
    });
}

void check_hsl() {
    check("mxnet_jitter_hsl", [](Memory& memory, bool emulated) {
        for (const auto [h, w, c] : sizes) {
            MxnetJitterHslTensors tensors;
            tensors.image = memory.bytes(h * w * 3);
            tensors.jittered = memory.bytes(h * w * 3);
            tensors.h = h;
            tensors.w = w;
            MxnetJitterHslShared shared;
            shared.shift = memory.labels<std::int32_t>(3, 300);
            BOTH(mxnet_jitter_hsl, MxnetJitterHsl(), &tensors, 1, shared);
        }
    });
}

void check_random_numbers() {
    check("random_uniform", [](Memory& memory, bool emulated) {
        for (const std::int64_t count : {0, 1, 5, 70000}) {
            RandomUniform scalars;
            scalars.seed = 1234567890123;
            scalars.sequence = 1;
            scalars.start = 3;
            scalars.length = count;
            scalars.low = -2;
            scalars.high = 3;
            RandomUniformTensors tensors;
            tensors.number = memory.numbers<float>(count);
            BOTH(random_uniform, scalars, tensors);
        }
    });
}

/// The known answers of Random123 for Philox 4x32 with ten rounds.
void check_philox() {
    using formulas::PhiloxWords;
    const auto same = [](PhiloxWords a, PhiloxWords b) {
        return a.words[0] == b.words[0] && a.words[1] == b.words[1] && a.words[2] == b.words[2] && a.words[3] == b.words[3];
    };
    const std::uint32_t ones = 0xffffffffu;
    CHECK(same(formulas::philox({{0, 0, 0, 0}}, 0, 0), {{0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u}}));
    CHECK(same(formulas::philox({{ones, ones, ones, ones}}, ones, ones),
               {{0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu}}));
    CHECK(same(formulas::philox({{0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u}}, 0xa4093822u, 0x299f31d0u),
               {{0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u}}));
}

}  // namespace

int main() {
    check_windows<std::uint8_t>();
    check_windows<float>();
    for (const auto interpolation : {OpencvWarpAffine::Interpolation::nearest, OpencvWarpAffine::Interpolation::bilinear,
                                     OpencvWarpAffine::Interpolation::cubic}) {
        check_warp(interpolation);
    }
    using FillMode = KerasTransform::FillMode;
    for (const auto mode : {FillMode::reflect, FillMode::constant, FillMode::wrap, FillMode::nearest}) {
        for (const auto interpolation : {KerasTransform::Interpolation::bilinear, KerasTransform::Interpolation::nearest}) {
            check_transform<std::uint8_t>(mode, interpolation);
            check_transform<float>(mode, interpolation);
        }
    }
    check_colours<std::uint8_t>();
    check_colours<float>();
    check_hsl();
    check_random_numbers();
    check_philox();
    return checking::done();
}
