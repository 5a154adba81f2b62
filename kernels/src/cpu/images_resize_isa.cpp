// Resizing for one instruction set.
//
// A band of new rows is computed at a time: each row of the band from rows of the image, then, turned so that the rows
// lie side by side in vectors, each new column from columns. Both passes are additions of whole vectors times one
// weight, whatever the kernel and the number of channels.
#include <type_traits>

#include "images_lanes_isa.hpp"
#include "images_resize.hpp"

namespace vision_kernels::cpu::VISION_KERNELS_ISA {
namespace {

/// New numbers that are turned back at a time; they stay in the first-level cache.
constexpr std::int64_t tile = 256;

/// The weights of an axis as the numbers that are computed with.
template <class Number>
VISION_KERNELS_HOST_DEVICE const Number* weights_of(const formulas::AxisView& axis) {
    if constexpr (std::is_same_v<Number, float>) {
        return axis.weight;
    } else {
        return axis.fixed;
    }
}

/// Numbers of part of a new row, from `taps` rows of the image that lie `step` apart.
template <class Number, class Pixel>
VISION_KERNELS_HOST_DEVICE void combine_rows(const Pixel* image, std::int64_t step, const Number* weight,
                                             std::int32_t taps, int widen, Number* out, std::int64_t size) {
    constexpr std::int64_t width = lanes<Number>;
    for (std::int64_t i = 0; i + width <= size; i += width) {
        Vector<Number> sum{};
        for (std::int32_t k = 0; k < taps; ++k) {
            Vector<Number> pixels = numbers<Number>(image + k * step + i);
            if constexpr (std::is_same_v<Number, std::int16_t>) pixels <<= spread(static_cast<std::int16_t>(widen));
            sum = sum_of(sum, product(pixels, spread(weight[k])));
        }
        stored(out + i, sum);
    }
    for (std::int64_t i = size / width * width; i < size; ++i) {
        Number sum = 0;
        for (std::int32_t k = 0; k < taps; ++k) {
            if constexpr (std::is_same_v<Number, std::int16_t>) {
                const Number pixel = formulas::widened(image[k * step + i], widen);
                sum = formulas::fixed_sum(sum, formulas::fixed_product(pixel, weight[k]));
            } else {
                sum += static_cast<float>(image[k * step + i]) * weight[k];
            }
        }
        out[i] = sum;
    }
}

/// The band before its second axis: for each column and channel of the image, the rows_of_band rows side by side. There is
/// room for a stripe of each row in `lines`.
template <class Number, class Pixel, class Resized>
void first_axis(const Band<Pixel, Resized>& band, Number* turned, Number* lines) {
    const formulas::AxisView rows = band.weights.rows;
    const Number* const weights = weights_of<Number>(rows);
    const std::int64_t step = band.weights.columns.size * band.channels;
    for (std::int64_t start = 0; start < step; start += stripe) {
        const std::int64_t size = step - start < stripe ? step - start : stripe;
        for (std::int64_t row = 0; row < band.rows; ++row) {
            const std::int64_t i = band.from + row;
            const Pixel* const image = band.image + rows.first[i] * step + start;
            combine_rows(image, step, weights + i * rows.taps, rows.count[i], band.weights.widen, lines + row * stripe, size);
        }
        transpose(lines, band.rows, size, stripe, turned + start * rows_of_band, rows_of_band);
    }
}

/// One number of a new column in all rows of the band, from `taps` numbers that lie `step` apart.
template <class Number, class Store>
VISION_KERNELS_HOST_DEVICE void combine_columns(
    const Number* turned, std::int64_t step, const Number* weight, std::int32_t taps, Store store) {
    constexpr std::int64_t width = lanes<Number>;
    for (std::int64_t row = 0; row < rows_of_band; row += width) {
        Vector<Number> sum{};
        for (std::int32_t k = 0; k < taps; ++k) {
            sum = sum_of(sum, product(loaded<Vector<Number>>(turned + k * step + row), spread(weight[k])));
        }
        store(row, sum);
    }
}

VISION_KERNELS_HOST_DEVICE void store_rounded(std::uint8_t* to, Vector<std::int16_t> sum, int behind) {
    const auto bits = static_cast<std::int16_t>(behind);
    const auto half = static_cast<std::int16_t>(1 << (behind - 1));
    Vector<std::int16_t> levels = sum_of(sum, spread(half)) >> spread(bits);
    levels = levels < 0 ? Vector<std::int16_t>{} : levels;
    levels = levels > 255 ? spread<std::int16_t>(255) : levels;
    stored(to, __builtin_convertvector(levels, Vector<std::uint8_t, lanes<std::int16_t>>));
}

VISION_KERNELS_HOST_DEVICE void store_rounded(float* to, Vector<float> sum, int) { stored(to, sum); }

VISION_KERNELS_HOST_DEVICE void store_rounded(std::uint8_t* to, Vector<float> sum, int) {
    for (int i = 0; i < lanes<float>; ++i) to[i] = formulas::single_to_byte(sum[i]);
}

/// The second axis of a band; a tile of new numbers is turned back and written at a time.
template <class Number, class Pixel, class Resized>
void second_axis(const Band<Pixel, Resized>& band, const Number* turned) {
    const formulas::AxisView columns = band.weights.columns;
    const Number* const weights = weights_of<Number>(columns);
    const std::int64_t width = columns.out * band.channels;
    alignas(64) Resized lines[rows_of_band * tile];
    std::int64_t filled = 0, written = 0;
    const auto write = [&] {
        transpose(lines, filled, band.rows, rows_of_band, band.resized + band.from * width + written, width);
        written += filled;
        filled = 0;
    };
    for (std::int64_t i = 0; i < columns.out; ++i) {
        for (std::int64_t channel = 0; channel < band.channels; ++channel) {
            const Number* const from = turned + (columns.first[i] * band.channels + channel) * rows_of_band;
            Resized* const to = lines + filled * rows_of_band;
            const auto store = [&](std::int64_t row, Vector<Number> sum) {
                store_rounded(to + row, sum, band.weights.behind);
            };
            combine_columns(from, band.channels * rows_of_band, weights + i * columns.taps, columns.count[i], store);
            if (++filled == tile) write();
        }
    }
    write();
}

template <class Number, class Pixel, class Resized>
void resize(const Band<Pixel, Resized>& band) {
    auto* const turned = static_cast<Number*>(band.scratch);
    first_axis(band, turned, turned + band.weights.columns.size * band.channels * rows_of_band);
    second_axis(band, static_cast<const Number*>(turned));
}

}  // namespace

void resize_bytes(const Band<std::uint8_t, std::uint8_t>& band) {
    if (band.weights.fixed) {
        resize<std::int16_t>(band);
    } else {
        resize<float>(band);
    }
}

template <class Pixel>
void resize_singles(const Band<Pixel, float>& band) {
    resize<float>(band);
}

template void resize_singles(const Band<std::uint8_t, float>&);
template void resize_singles(const Band<float, float>&);

}  // namespace vision_kernels::cpu::VISION_KERNELS_ISA
