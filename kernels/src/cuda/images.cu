// Images on the device, or in the emulator: VISION_KERNELS_BACKEND is cuda or emulated.
#include <algorithm>
#include <vector>

#include "axes.hpp"
#include "elements.hpp"
#include "pixels.hpp"
#include "vision_kernels/formulas/images_affine.hpp"
#include "vision_kernels/functions/images.hpp"

namespace vision_kernels::VISION_KERNELS_BACKEND {
namespace {

template <class Job>
void run_pixels(const std::vector<Job>& jobs, const Context& context) {
    if (jobs.empty()) return;
    const OnDevice device(context);
    launch_pixels(jobs, context);
}

/// The sum of the terms of each image, in the memory of the device.
template <class Terms>
class Totals {
public:
    Totals(const std::vector<Terms>& jobs, const Context& context)
        : device_(context), totals_(jobs.size(), context) {
        launch_totals(jobs, totals_.data(), context);
    }

    const double* data() const { return totals_.data(); }

private:
    OnDevice device_;
    Scratch<double> totals_;
};

struct Invert {
    const float* matrix;
    formulas::OpencvPlaces* places;
    bool nearest;

    VISION_KERNELS_DEVICE void operator()(std::int64_t i) const {
        places[i] = formulas::OpencvPlaces(matrix + 6 * i, nearest);
    }
};

/// Inverted once: a division in double precision for each pixel would cost more than the pixel.
class Inverses {
public:
    Inverses(const float* matrix, std::size_t count, bool nearest, const Context& context)
        : device_(context), places_(count, context) {
        for_each_element(Invert{matrix, places_.data(), nearest}, static_cast<std::int64_t>(count), context);
    }

    const formulas::OpencvPlaces* data() const { return places_.data(); }

private:
    OnDevice device_;
    Scratch<formulas::OpencvPlaces> places_;
};

/// Bytes between the axes at a time; a longer list of images goes in several turns.
constexpr std::size_t most_between = std::size_t{1} << 28;

/// Some images of a call, and the numbers that lie between their axes.
template <class Number, class Pixel, class Resized>
struct Turn {
    std::vector<FirstAxis<Number, Pixel>> first;
    std::vector<SecondAxis<Number, Resized>> second;
    std::size_t numbers = 0;

    void add(const DevicePlans& plans, const Resizing<Pixel, Resized>& one) {
        const formulas::ResizeView& host = plans.host(one.plan);
        const std::int64_t step = host.columns.size * one.channels, width = host.columns.out * one.channels;
        const std::int64_t size = host.rows.out * step;
        first.push_back({plans.rows<Number>(one.plan), one.image, nullptr, step, size, host.widen});
        second.push_back({plans.columns<Number>(one.plan), nullptr, one.resized, step, width, one.channels,
                          host.rows.out * width, host.behind});
        numbers += static_cast<std::size_t>(size);
    }

    void run(const Context& context) {
        if (first.empty()) return;
        const Scratch<Number> memory(numbers, context);
        Number* between = memory.data();
        for (std::size_t i = 0; i < first.size(); ++i) {
            first[i].between = between;
            second[i].between = between;
            between += first[i].size;
        }
        launch_pixels(first, context);
        launch_pixels(second, context);
        *this = Turn();
    }
};

/// The images whose plan is in fixed point, or the others.
template <class Number, class Pixel, class Resized>
void run_axes(const Resizings<Pixel, Resized>& all, const DevicePlans& plans, bool fixed, const Context& context) {
    Turn<Number, Pixel, Resized> turn;
    for (const Resizing<Pixel, Resized>& one : all.images) {
        if ((sizeof(Resized) == 1 && plans.host(one.plan).fixed) != fixed) continue;
        turn.add(plans, one);
        if (turn.numbers * sizeof(Number) >= most_between) turn.run(context);
    }
    turn.run(context);
}

template <class Pixel, class Resized>
void run_resizes(const Resizings<Pixel, Resized>& all, const Context& context) {
    if (all.images.empty()) return;
    const OnDevice device(context);
    const DevicePlans plans(all, context);
    if constexpr (sizeof(Resized) == 1) run_axes<std::int16_t>(all, plans, true, context);
    run_axes<float>(all, plans, false, context);
}

}  // namespace
}  // namespace vision_kernels::VISION_KERNELS_BACKEND

#include "../steps/images.hpp"
#include "../steps/images_resize.hpp"
