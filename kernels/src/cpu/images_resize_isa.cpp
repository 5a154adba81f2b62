// Resizing for one instruction set.
//
// A band of new rows is computed at a time: each row of the band from rows of the image, then, turned so that the rows
// lie side by side in vectors, each new column from columns. Both passes are additions of whole vectors times one
// weight, whatever the kernel and the number of channels. A stripe of columns at a time stays in the first-level cache.
#include <algorithm>
#include <vector>

#include "images_lanes_isa.hpp"
#include "images_resize.hpp"

namespace vision_kernels::cpu::VISION_KERNELS_ISA {
namespace {

/// Numbers of a row in a stripe.
constexpr std::int64_t stripe = 256;

/// The weights of both axes as the numbers that are computed with.
template <class Number>
struct Weights {
    const Number* rows;
    const Number* columns;
    int widen;

    static Weights of(const formulas::ResizePlan& plan) {
        if constexpr (std::is_same_v<Number, float>) {
            return {plan.rows.weight.data(), plan.columns.weight.data(), 0};
        } else {
            return {plan.fixed_rows.weight.data(), plan.fixed_columns.weight.data(), plan.widen};
        }
    }
};

/// Numbers of part of a new row, from `taps` rows of the image that lie `step` apart.
template <class Number, class Pixel>
VISION_KERNELS_HOST_DEVICE void combine_rows(const Pixel* image, std::int64_t step, const Number* weight,
                                             std::int32_t taps, int widen, Number* out, std::int64_t size) {
    constexpr std::int64_t width = lanes<Number>;
    for (std::int64_t i = 0; i + width <= size; i += width) {
        Vector<Number> sum{};
        for (std::int32_t k = 0; k < taps; ++k) {
            Vector<Number> pixels = numbers<Number>(image + k * step + i);
            if constexpr (std::is_same_v<Number, std::int16_t>) pixels <<= widen;
            sum += product(pixels, spread(weight[k]));
        }
        stored(out + i, sum);
    }
    for (std::int64_t i = size / width * width; i < size; ++i) {
        Number sum = 0;
        for (std::int32_t k = 0; k < taps; ++k) {
            const auto pixel = static_cast<Number>(image[k * step + i]);
            if constexpr (std::is_same_v<Number, std::int16_t>) {
                sum = static_cast<Number>(sum + formulas::fixed_product(static_cast<Number>(pixel << widen), weight[k]));
            } else {
                sum += pixel * weight[k];
            }
        }
        out[i] = sum;
    }
}

/// The band before its second axis: for each column and channel of the image, the rows_of_band rows side by side.
template <class Number, class Pixel, class Resized>
void first_axis(const Band<Pixel, Resized>& band, const Weights<Number>& weights, Number* turned) {
    const formulas::AxisWeights& rows = band.plan->rows;
    const std::int64_t step = band.plan->columns.size * band.channels;
    alignas(64) Number lines[rows_of_band * stripe];
    for (std::int64_t start = 0; start < step; start += stripe) {
        const std::int64_t size = std::min(stripe, step - start);
        for (std::int64_t row = 0; row < band.rows; ++row) {
            const auto i = static_cast<std::size_t>(band.from + row);
            const Pixel* const image = band.image + rows.first[i] * step + start;
            const Number* const weight = weights.rows + static_cast<std::int64_t>(i) * rows.taps;
            combine_rows(image, step, weight, rows.count[i], weights.widen, lines + row * stripe, size);
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
            sum += product(loaded<Vector<Number>>(turned + k * step + row), spread(weight[k]));
        }
        store(row, sum);
    }
}

VISION_KERNELS_HOST_DEVICE void store_rounded(std::uint8_t* to, Vector<std::int16_t> sum, int behind) {
    Vector<std::int16_t> levels = (sum + static_cast<std::int16_t>(1 << (behind - 1))) >> behind;
    levels = levels < 0 ? Vector<std::int16_t>{} : levels;
    levels = levels > 255 ? spread<std::int16_t>(255) : levels;
    stored(to, __builtin_convertvector(levels, Vector<std::uint8_t, lanes<std::int16_t>>));
}

VISION_KERNELS_HOST_DEVICE void store_rounded(float* to, Vector<float> sum, int) { stored(to, sum); }

VISION_KERNELS_HOST_DEVICE void store_rounded(std::uint8_t* to, Vector<float> sum, int) {
    for (int i = 0; i < lanes<float>; ++i) to[i] = formulas::single_to_byte(sum[i]);
}

/// The second axis of a band; a stripe of new numbers is turned back and written at a time.
template <class Number, class Pixel, class Resized>
void second_axis(const Band<Pixel, Resized>& band, const Weights<Number>& weights, const Number* turned) {
    const formulas::AxisWeights& columns = band.plan->columns;
    const std::int64_t width = columns.out * band.channels;
    alignas(64) Resized lines[rows_of_band * stripe];
    std::int64_t filled = 0, written = 0;
    const auto write = [&] {
        transpose(lines, filled, band.rows, rows_of_band, band.resized + band.from * width + written, width);
        written += filled;
        filled = 0;
    };
    for (std::int64_t i = 0; i < columns.out; ++i) {
        const auto place = static_cast<std::size_t>(i);
        for (std::int64_t channel = 0; channel < band.channels; ++channel) {
            const Number* const from = turned + (columns.first[place] * band.channels + channel) * rows_of_band;
            Resized* const to = lines + filled * rows_of_band;
            const auto store = [&](std::int64_t row, Vector<Number> sum) {
                store_rounded(to + row, sum, band.plan->behind);
            };
            combine_columns(from, band.channels * rows_of_band, weights.columns + i * columns.taps, columns.count[place], store);
            if (++filled == stripe) write();
        }
    }
    write();
}

template <class Number, class Pixel, class Resized>
void resize(const Band<Pixel, Resized>& band) {
    // Kept from call to call, as getting fresh memory costs as much as an axis.
    thread_local std::vector<Vector<Number>> memory;
    const std::int64_t size = band.plan->columns.size * band.channels * rows_of_band / lanes<Number>;
    if (memory.size() < static_cast<std::size_t>(size)) memory.resize(static_cast<std::size_t>(size));
    auto* const turned = reinterpret_cast<Number*>(memory.data());
    const auto weights = Weights<Number>::of(*band.plan);
    first_axis(band, weights, turned);
    second_axis(band, weights, turned);
}

}  // namespace

void resize_bytes(const Band<std::uint8_t, std::uint8_t>& band) {
    if (band.plan->fixed) {
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
