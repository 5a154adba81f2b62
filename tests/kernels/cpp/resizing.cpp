// Images resized in every way there is; bytes within a level of single precision.
#include <cmath>

#include "images.hpp"
#include "vision_kernels/formulas/images_fixed_point.hpp"
#include "vision_kernels/functions/images.hpp"

namespace {

using namespace vision_kernels;
using namespace images;

struct NewSize {
    std::int64_t height, width;
};

constexpr std::array<NewSize, 6> new_sizes = {{{1, 1}, {1, 40}, {35, 1}, {8, 8}, {33, 64}, {70, 19}}};

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
    check_elementary();
    return checking::done();
}
