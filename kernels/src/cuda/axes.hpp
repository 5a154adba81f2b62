// Resizing on a device: first all rows, then all columns, in the same order of additions as on the CPU.
#pragma once

#include <cstdint>
#include <type_traits>
#include <vector>

#include "../steps/image_resizes.hpp"
#include "pixels.hpp"
#include "uploads.hpp"

namespace vision_kernels {

VISION_KERNELS_HOST_DEVICE void add_product(float& sum, float number, float weight) { sum += number * weight; }

VISION_KERNELS_HOST_DEVICE void add_product(std::int16_t& sum, std::int16_t number, std::int16_t weight) {
    sum = formulas::fixed_sum(sum, formulas::fixed_product(number, weight));
}

VISION_KERNELS_HOST_DEVICE void store_level(float* to, float number, int) { *to = number; }
VISION_KERNELS_HOST_DEVICE void store_level(std::uint8_t* to, float number, int) { *to = formulas::single_to_byte(number); }
VISION_KERNELS_HOST_DEVICE void store_level(std::uint8_t* to, std::int16_t number, int behind) {
    *to = formulas::fixed_to_byte(number, behind);
}

/// An axis with its weights as the numbers that are computed with.
template <class Number>
struct DeviceAxis {
    const std::int64_t* first;
    const std::int32_t* count;
    const Number* weight;
    std::int64_t taps;
};

/// New rows of an image; `step` numbers make a row.
template <class Number, class Pixel>
struct FirstAxis {
    DeviceAxis<Number> axis;
    const Pixel* image;
    Number* between;
    std::int64_t step, size;
    int widen;

    VISION_KERNELS_HOST_DEVICE void operator()(std::int64_t from, std::int64_t to) const {
        for (std::int64_t i = from; i < to; ++i) {
            const std::int64_t row = i / step;
            const Pixel* const source = image + axis.first[row] * step + i % step;
            Number sum = 0;
            for (std::int32_t k = 0; k < axis.count[row]; ++k) {
                add_product(sum, read(source[k * step]), axis.weight[row * axis.taps + k]);
            }
            between[i] = sum;
        }
    }

private:
    VISION_KERNELS_HOST_DEVICE Number read(Pixel pixel) const {
        if constexpr (std::is_same_v<Number, float>) {
            return static_cast<float>(pixel);
        } else {
            return formulas::widened(pixel, widen);
        }
    }
};

/// New columns of these; `step` numbers make a row before, `width` thereafter, `channels` a pixel.
template <class Number, class Resized>
struct SecondAxis {
    DeviceAxis<Number> axis;
    const Number* between;
    Resized* resized;
    std::int64_t step, width, channels, size;
    int behind;

    VISION_KERNELS_HOST_DEVICE void operator()(std::int64_t from, std::int64_t to) const {
        for (std::int64_t i = from; i < to; ++i) {
            const std::int64_t column = i % width / channels;
            const Number* const source = between + i / width * step + axis.first[column] * channels + i % channels;
            Number sum = 0;
            for (std::int32_t k = 0; k < axis.count[column]; ++k) {
                add_product(sum, source[k * channels], axis.weight[column * axis.taps + k]);
            }
            store_level(resized + i, sum, behind);
        }
    }
};

/// The axes of all plans, one array behind the other.
class AxisArrays {
public:
    /// Where the axes of a plan begin.
    struct Place {
        std::size_t pixel, weight, fixed;
    };

    template <class All>
    explicit AxisArrays(const All& all) {
        for (const auto& plan : all.plans) {
            views.push_back(plan->view());
            rows.push_back(add(views.back().rows));
            columns.push_back(add(views.back().columns));
        }
    }

    std::vector<formulas::ResizeView> views;
    std::vector<Place> rows, columns;
    std::vector<std::int64_t> first;
    std::vector<std::int32_t> count;
    std::vector<float> weight;
    std::vector<std::int16_t> fixed;

private:
    Place add(const formulas::AxisView& axis) {
        const Place place{first.size(), weight.size(), fixed.size()};
        const std::int64_t weights = axis.out * axis.taps;
        first.insert(first.end(), axis.first, axis.first + axis.out);
        count.insert(count.end(), axis.count, axis.count + axis.out);
        weight.insert(weight.end(), axis.weight, axis.weight + weights);
        if (axis.fixed != nullptr) fixed.insert(fixed.end(), axis.fixed, axis.fixed + weights);
        return place;
    }
};

/// All plans in the memory of the device.
class DevicePlans {
public:
    template <class All>
    DevicePlans(const All& all, const Context& context)
        : arrays_(all), first_(arrays_.first, context), count_(arrays_.count, context), weight_(arrays_.weight, context),
          fixed_(arrays_.fixed, context) {}

    template <class Number>
    DeviceAxis<Number> rows(std::size_t plan) const {
        return axis<Number>(arrays_.rows[plan], host(plan).rows.taps);
    }

    template <class Number>
    DeviceAxis<Number> columns(std::size_t plan) const {
        return axis<Number>(arrays_.columns[plan], host(plan).columns.taps);
    }

    const formulas::ResizeView& host(std::size_t plan) const { return arrays_.views[plan]; }

private:
    template <class Number>
    DeviceAxis<Number> axis(const AxisArrays::Place& place, std::int64_t taps) const {
        const std::int64_t* const first = first_.data() + place.pixel;
        if constexpr (std::is_same_v<Number, float>) {
            return {first, count_.data() + place.pixel, weight_.data() + place.weight, taps};
        } else {
            return {first, count_.data() + place.pixel, fixed_.data() + place.fixed, taps};
        }
    }

    AxisArrays arrays_;
    Uploaded<std::int64_t> first_;
    Uploaded<std::int32_t> count_;
    Uploaded<float> weight_;
    Uploaded<std::int16_t> fixed_;
};

}  // namespace vision_kernels
