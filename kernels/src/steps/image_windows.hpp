// Images that are cut out or mirrored. Like all that is computed pixel by pixel: a structure of what one image needs,
// with the number of its new pixels in `size` and what it writes at `written()`, that is called with a range of them.
#pragma once

#include <cstdint>

#include "vision_kernels/host_device.hpp"

// Lambdas are inlined for the same reason as functions; see host_device.hpp.
#if defined(__CUDACC__)
#define VISION_KERNELS_INLINED
#else
#define VISION_KERNELS_INLINED __attribute__((always_inline))
#endif

namespace vision_kernels::pixels {

/// Call `work(row, column, count)` for the parts of rows that make up a range of pixels.
template <class Work>
VISION_KERNELS_HOST_DEVICE void for_runs(std::int64_t from, std::int64_t to, std::int64_t width, const Work& work) {
    while (from < to) {
        const std::int64_t row = from / width, column = from % width;
        const std::int64_t count = width - column < to - from ? width - column : to - from;
        work(row, column, count);
        from += count;
    }
}

/// The first pixel of a window along one axis, moved so that the window lies in the image.
VISION_KERNELS_HOST_DEVICE std::int64_t moved_inside(std::int64_t first, std::int64_t window, std::int64_t size) {
    const std::int64_t last = size - window;
    return first < 0 ? 0 : first > last ? last : first;
}

/// crop.
template <class Pixel>
struct Window {
    const Pixel* image;
    Pixel* cropped;
    const std::int32_t* corner;
    std::int64_t h, w, c, height, width, size;

    const void* written() const { return cropped; }

    VISION_KERNELS_HOST_DEVICE void operator()(std::int64_t from, std::int64_t to) const {
        const std::int64_t top = moved_inside(corner[0], height, h), left = moved_inside(corner[1], width, w);
        for_runs(from, to, width, [&](std::int64_t row, std::int64_t column, std::int64_t count) VISION_KERNELS_INLINED {
            const Pixel* const source = image + ((top + row) * w + left + column) * c;
            Pixel* const result = cropped + (row * width + column) * c;
            for (std::int64_t i = 0; i < count * c; ++i) result[i] = source[i];
        });
    }
};

/// flip.
template <class Pixel>
struct Mirror {
    const Pixel* image;
    Pixel* flipped;
    const std::uint8_t* direction;
    std::int64_t h, w, c, size;

    const void* written() const { return flipped; }

    VISION_KERNELS_HOST_DEVICE void operator()(std::int64_t from, std::int64_t to) const {
        const bool left_right = direction[0] != 0, up_down = direction[1] != 0;
        for_runs(from, to, w, [&](std::int64_t row, std::int64_t column, std::int64_t count) VISION_KERNELS_INLINED {
            const Pixel* const line = image + (up_down ? h - 1 - row : row) * w * c;
            Pixel* const result = flipped + (row * w + column) * c;
            if (!left_right) {
                for (std::int64_t i = 0; i < count * c; ++i) result[i] = line[column * c + i];
                return;
            }
            for (std::int64_t i = 0; i < count; ++i) {
                for (std::int64_t k = 0; k < c; ++k) result[i * c + k] = line[(w - 1 - column - i) * c + k];
            }
        });
    }
};

/// The pixel that a new one takes along one axis, as formulas::tensorflow_nearest and opencv_nearest tell.
struct TensorflowNearest {
    float scale;

    VISION_KERNELS_HOST_DEVICE std::int64_t operator()(std::int64_t i, std::int64_t size) const {
        const auto pixel = static_cast<std::int64_t>((static_cast<float>(i) + 0.5f) * scale);
        return pixel < size - 1 ? pixel : size - 1;
    }
};

struct OpencvNearest {
    double scale;

    VISION_KERNELS_HOST_DEVICE std::int64_t operator()(std::int64_t i, std::int64_t size) const {
        const auto pixel = static_cast<std::int64_t>(static_cast<double>(i) * scale);
        return pixel < size - 1 ? pixel : size - 1;
    }
};

/// resize, resize_uint8 and opencv_resize to the nearest pixel.
template <class Nearest, class Pixel, class Resized>
struct NearestPixels {
    const Pixel* image;
    Resized* resized;
    Nearest rows, columns;
    std::int64_t h, w, c, width, size;

    const void* written() const { return resized; }

    VISION_KERNELS_HOST_DEVICE void operator()(std::int64_t from, std::int64_t to) const {
        for_runs(from, to, width, [&](std::int64_t row, std::int64_t column, std::int64_t count) VISION_KERNELS_INLINED {
            const Pixel* const line = image + rows(row, h) * w * c;
            Resized* result = resized + (row * width + column) * c;
            for (std::int64_t i = column; i < column + count; ++i, result += c) {
                const Pixel* const pixel = line + columns(i, w) * c;
                for (std::int64_t k = 0; k < c; ++k) result[k] = static_cast<Resized>(pixel[k]);
            }
        });
    }
};

}  // namespace vision_kernels::pixels
