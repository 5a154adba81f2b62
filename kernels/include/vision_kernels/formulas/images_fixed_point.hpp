// Resizing of bytes in 16-bit fixed-point numbers.
//
// A pixel is widened to `pixel << widen`, and each product is (a * b + 2^14) >> 15, for which processors have an
// instruction. Between the two axes a pixel keeps `between` bits behind the point, in the end `behind`. How many there
// are is chosen so that no sum leaves 16 bits; from them follows the largest error, and where this bound does not keep
// a result within one level, the call computes in single precision instead.
#pragma once

#include <cmath>
#include <utility>

#include "vision_kernels/formulas/images_resize.hpp"
#include "vision_kernels/formulas/images_weights.hpp"

namespace vision_kernels::formulas {

/// What the weights of an axis can do to a pixel.
struct WeightBounds {
    /// The largest weight, and the largest sum of weights of a new pixel, without their signs.
    double weight = 0.0, sum = 0.0;

    explicit WeightBounds(const AxisWeights& axis) {
        for (std::int64_t i = 0; i < axis.out; ++i) {
            double total = 0.0;
            for (std::int64_t k = 0; k < axis.taps; ++k) {
                const double size = std::fabs(static_cast<double>(axis.row(i)[k]));
                weight = std::max(weight, size);
                total += size;
            }
            sum = std::max(sum, total);
        }
    }
};

/// The largest n with number * 2^n <= bound.
inline int bits_below(double number, double bound) {
    return static_cast<int>(std::floor(std::log2(bound / number)));
}

/// The weights of an axis in fixed point, `bits` of them behind the point.
struct FixedWeights {
    std::vector<std::int16_t> weight;
    /// The largest sum of what rounding took from or added to the weights of a new pixel.
    double error = 0.0;

    FixedWeights() = default;

    /// Sums of weights are rounded, rather than weights: a plain surface stays as it is.
    FixedWeights(const AxisWeights& axis, int bits) : weight(axis.weight.size()) {
        const double unit = std::ldexp(1.0, bits);
        for (std::int64_t i = 0; i < axis.out; ++i) {
            double sum = 0.0, kept = 0.0, lost = 0.0;
            for (std::int64_t k = 0; k < axis.taps; ++k) {
                const double share = static_cast<double>(axis.row(i)[k]);
                sum += share;
                const double fixed = std::nearbyint(sum * unit) - kept;
                kept += fixed;
                lost += std::fabs(fixed / unit - share);
                weight[static_cast<std::size_t>(i * axis.taps + k)] = static_cast<std::int16_t>(fixed);
            }
            error = std::max(error, lost);
        }
    }
};

/// How to resize images of one size.
struct ResizePlan {
    AxisWeights rows, columns;
    /// Whether fixed-point numbers keep within a level; else what follows is not set.
    bool fixed = false;
    FixedWeights fixed_rows, fixed_columns;
    int widen = 0, between = 0, behind = 0;

    ResizePlan(AxisWeights of_rows, AxisWeights of_columns) : rows(std::move(of_rows)), columns(std::move(of_columns)) {
        const WeightBounds row(rows), column(columns);
        constexpr double largest = 32767.0, unit = 1.0;
        // Weights keep a little room, as rounding of sums may make one larger by a unit.
        const int row_bits = std::min(bits_below(row.weight, largest - unit), 15 + room(255.0 * row.sum, rows.taps));
        widen = std::min(7, 15 + room(255.0 * row.sum, rows.taps) - row_bits);
        between = widen + row_bits - 15;
        const int most = room(255.0 * row.sum * column.sum, rows.taps + columns.taps);
        const int column_bits = std::min(bits_below(column.weight, largest - unit), 15 + most - between);
        behind = between + column_bits - 15;
        if (widen < 0 || between < 1 || behind < 1) return;
        fixed_rows = FixedWeights(rows, row_bits);
        fixed_columns = FixedWeights(columns, column_bits);
        fixed = largest_error(row.sum, column.sum) < 0.9;
    }

    ResizeView view() const { return {view_of(rows, fixed_rows), view_of(columns, fixed_columns), fixed, widen, behind}; }

private:
    AxisView view_of(const AxisWeights& axis, const FixedWeights& weights) const {
        return {axis.size, axis.out, axis.taps, axis.first.data(), axis.count.data(), axis.weight.data(),
                fixed ? weights.weight.data() : nullptr};
    }

    /// The bits behind the point of sums up to `level`, with half a level and half a unit of each tap for rounding.
    static int room(double level, std::int64_t taps) {
        return bits_below(level + 0.5, 32767.0 - 0.5 * static_cast<double>(taps));
    }

    /// The largest error of a result before it is rounded, in levels.
    double largest_error(double row_sum, double column_sum) const {
        const double first = 0.5 * static_cast<double>(rows.taps) * std::ldexp(1.0, -between) + 255.0 * fixed_rows.error;
        const double second = 0.5 * static_cast<double>(columns.taps) * std::ldexp(1.0, -behind);
        return first * (column_sum + fixed_columns.error) + second + 255.0 * row_sum * fixed_columns.error;
    }
};

}  // namespace vision_kernels::formulas
