// Images of odd sizes, computed in every way there is; bytes within a level of single precision; known random numbers.
#include "vision_kernels/functions/images.hpp"

#include <array>
#include <cmath>

#include "agreement.hpp"
#include "vision_kernels/formulas/images_fixed_point.hpp"
#include "vision_kernels/formulas/images_philox.hpp"

namespace {

using namespace vision_kernels;
using agreement::Case;
using agreement::Memory;

struct Size {
    std::int64_t h, w, c;
};

struct NewSize {
    std::int64_t height, width;
};

/// Single pixels, lines, around the width of vectors and of stripes, more rows than a band.
constexpr std::array<Size, 7> sizes = {{{1, 1, 3}, {1, 70, 3}, {37, 1, 1}, {9, 11, 4}, {33, 86, 3}, {40, 257, 1}, {70, 31, 2}}};
constexpr std::array<NewSize, 6> new_sizes = {{{1, 1}, {1, 40}, {35, 1}, {8, 8}, {33, 64}, {70, 19}}};


// Calls a function of both backends on all images.
#define BOTH(function, ...)                                    \
    do {                                                       \
        if (emulated) {                                        \
            emulated::function(__VA_ARGS__, Context());        \
        } else {                                               \
            cpu::function(__VA_ARGS__, Context());             \
        }                                                      \
    } while (false)

template <class Pixel>
Pixel* pixels_of(Memory& memory, std::int64_t size) {
    if constexpr (sizeof(Pixel) == 1) {
        return memory.bytes(size);
    } else {
        return memory.numbers<Pixel>(size);
    }
}

template <class Call>
void check(const char* name, Call call) {
    agreement::check(Case{name, call});
}

template <class Tensors, class Pixel, class Resized, class Call>
void check_resizing(const char* name, NewSize to, Resized* Tensors::*result, Call call) {
    check(name, [=](Memory& memory, bool emulated) {
        std::vector<Tensors> tensors(sizes.size());
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            const auto [h, w, c] = sizes[i];
            tensors[i].image = pixels_of<Pixel>(memory, h * w * c);
            tensors[i].*result = pixels_of<Resized>(memory, to.height * to.width * c);
            tensors[i].h = h;
            tensors[i].w = w;
            tensors[i].c = c;
        }
        call(tensors, emulated);
    });
}

template <class Pixel>
void check_resize(NewSize to) {
    using Method = Resize::Method;
    for (const Method method : {Method::bilinear, Method::nearest, Method::bicubic, Method::area, Method::lanczos3,
                                Method::lanczos5, Method::gaussian, Method::mitchellcubic}) {
        for (const bool antialias : {false, true}) {
            using Tensors = ResizeTensors<Pixel>;
            check_resizing<Tensors, Pixel>("resize", to, &Tensors::resized, [=](const auto& tensors, bool emulated) {
                Resize scalars;
                scalars.height = to.height;
                scalars.width = to.width;
                scalars.method = method;
                scalars.antialias = antialias;
                BOTH(resize<Pixel>, scalars, tensors.data(), tensors.size());
            });
        }
    }
}

ResizeUint8 resizing_of(NewSize to, ResizeUint8::Method method, bool antialias) {
    ResizeUint8 scalars;
    scalars.height = to.height;
    scalars.width = to.width;
    scalars.method = method;
    scalars.antialias = antialias;
    return scalars;
}

constexpr ResizeUint8::Method methods[] = {
    ResizeUint8::Method::bilinear, ResizeUint8::Method::nearest,  ResizeUint8::Method::bicubic,
    ResizeUint8::Method::area,     ResizeUint8::Method::lanczos3, ResizeUint8::Method::lanczos5,
    ResizeUint8::Method::gaussian, ResizeUint8::Method::mitchellcubic};

void check_resize_uint8(NewSize to) {
    for (const auto method : methods) {
        for (const bool antialias : {false, true}) {
            using Tensors = ResizeUint8Tensors;
            check_resizing<Tensors, std::uint8_t>("resize_uint8", to, &Tensors::resized, [=](const auto& tensors, bool emulated) {
                BOTH(resize_uint8, resizing_of(to, method, antialias), tensors.data(), tensors.size());
            });
        }
    }
}

void check_opencv_resize(NewSize to) {
    using Interpolation = OpencvResize::Interpolation;
    for (const auto interpolation : {Interpolation::nearest, Interpolation::bilinear, Interpolation::cubic,
                                     Interpolation::area, Interpolation::lanczos4}) {
        using Tensors = OpencvResizeTensors;
        check_resizing<Tensors, std::uint8_t>("opencv_resize", to, &Tensors::resized, [=](const auto& tensors, bool emulated) {
            OpencvResize scalars;
            scalars.height = to.height;
            scalars.width = to.width;
            scalars.interpolation = interpolation;
            BOTH(opencv_resize, scalars, tensors.data(), tensors.size());
        });
    }
}

/// What fixed point makes is within a level of what single precision makes, at any ratio of sizes.
void check_bytes_are_within_a_level(std::int64_t size, std::int64_t out, ResizeUint8::Method method, bool antialias) {
    Memory memory;
    ResizeUint8Tensors bytes;
    bytes.image = memory.bytes(size * size);
    bytes.resized = memory.bytes(out * out);
    bytes.h = bytes.w = size;
    bytes.c = 1;
    ResizeTensors<std::uint8_t> singles;
    singles.image = bytes.image;
    singles.resized = memory.numbers<float>(out * out);
    singles.h = singles.w = size;
    singles.c = 1;
    const ResizeUint8 scalars = resizing_of({out, out}, method, antialias);
    Resize same;
    same.height = same.width = out;
    same.method = static_cast<Resize::Method>(method);
    same.antialias = antialias;
    cpu::resize_uint8(scalars, &bytes, 1, Context());
    cpu::resize(same, &singles, 1, Context());
    for (std::int64_t i = 0; i < out * out; ++i) {
        const float level = std::fmin(std::fmax(std::nearbyint(singles.resized[i]), 0.0f), 255.0f);
        CHECK(std::fabs(level - static_cast<float>(bytes.resized[i])) <= 1.0f);
    }
}

/// Both ways of computing are taken: few taps are in fixed point, very many are not.
void check_ways_of_computing() {
    using Method = ResizeUint8::Method;
    const auto plan = [](std::int64_t size, std::int64_t out, Method method) {
        const auto weights = formulas::tensorflow_weights(method, true, size, out);
        return formulas::ResizePlan(weights, weights).fixed;
    };
    CHECK(plan(500, 224, Method::lanczos3));
    CHECK(plan(224, 500, Method::lanczos5));
    CHECK(!plan(3000, 2, Method::lanczos5));
}

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

/// Sine, cosine and exponential are those of the C library, to far more than single precision.
void check_elementary() {
    for (double x = -40.0; x <= 40.0; x += 0.0137) {
        CHECK(std::fabs(formulas::sine(x) - std::sin(x)) < 2e-15);
        CHECK(std::fabs(formulas::cosine(x) - std::cos(x)) < 2e-15);
        CHECK(std::fabs(formulas::sine_of_turns(x) - std::sin(2.0 * formulas::pi * (x - std::floor(x)))) < 2e-15);
        if (x <= 0.0 && x >= -8.0) CHECK(std::fabs(formulas::exponential_below_zero(x) / std::exp(x) - 1.0) < 1e-14);
    }
}

}  // namespace

int main() {
    for (const NewSize to : new_sizes) {
        check_resize<std::uint8_t>(to);
        check_resize<float>(to);
        check_resize_uint8(to);
        check_opencv_resize(to);
    }
    for (const auto method : methods) {
        for (const bool antialias : {false, true}) {
            for (const std::int64_t out : {1, 7, 50, 64, 100}) check_bytes_are_within_a_level(64, out, method, antialias);
            check_bytes_are_within_a_level(400, 3, method, antialias);
        }
    }
    check_ways_of_computing();
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
    check_elementary();
    return checking::done();
}
