// Images on the CPU.
#include "images.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "../steps/arrays.hpp"
#include "../steps/image_resizes.hpp"
#include "../steps/sums.hpp"
#include "images_resize.hpp"
#include "pieces.hpp"
#include "vision_kernels/formulas/images_affine.hpp"
#include "vision_kernels/functions/images.hpp"
#include "vision_kernels/parallel.hpp"

namespace vision_kernels::cpu {
namespace {

template <class Job>
void run_pixels(const std::vector<Job>& jobs, const Context&) {
    const auto run = VISION_KERNELS_CHOOSE(compute_pixels<Job>);
    for_pieces(jobs, [&](std::size_t index, std::int64_t from, std::int64_t size) { run(jobs[index], from, from + size); });
}

/// The sum of the terms of each image.
template <class Terms>
class Totals {
public:
    Totals(const std::vector<Terms>& jobs, const Context&) : totals_(jobs.size()) {
        const auto run = VISION_KERNELS_CHOOSE(sum_of_terms<Terms>);
        parallel_for(static_cast<std::int64_t>(jobs.size()), [&](std::int64_t index) {
            const Terms& job = jobs[static_cast<std::size_t>(index)];
            const auto chunk = [&](std::int64_t i) {
                return run(job, i * sum_chunk, std::min(sum_chunk, job.size - i * sum_chunk));
            };
            totals_[static_cast<std::size_t>(index)] = sum_over_lanes<double>((job.size + sum_chunk - 1) / sum_chunk, chunk);
        });
    }

    const double* data() const { return totals_.data(); }

private:
    std::vector<double> totals_;
};

/// Inverted once, not for each piece of an image.
class Inverses {
public:
    Inverses(const float* matrix, std::size_t count, bool nearest, const Context&) {
        places_.reserve(count);
        for (std::size_t i = 0; i < count; ++i) places_.emplace_back(matrix + 6 * i, nearest);
    }

    const formulas::OpencvPlaces* data() const { return places_.data(); }

private:
    std::vector<formulas::OpencvPlaces> places_;
};

inline void run_band(const Band<std::uint8_t, std::uint8_t>& band) {
    VISION_KERNELS_CHOOSE(resize_bytes)(band);
}

template <class Pixel>
void run_band(const Band<Pixel, float>& band) {
    VISION_KERNELS_CHOOSE(resize_singles<Pixel>)(band);
}

/// Memory of this thread, aligned to 64 bytes. It is kept from call to call, as fresh memory costs as much as an axis.
inline void* scratch(std::size_t bytes) {
    struct alignas(64) Line {
        std::byte bytes[64];
    };
    thread_local std::vector<Line> lines;
    if (lines.size() * sizeof(Line) < bytes) lines.resize((bytes + sizeof(Line) - 1) / sizeof(Line));
    return lines.data();
}

template <class Pixel, class Resized>
void run_resizes(const Resizings<Pixel, Resized>& all, const Context&) {
    if (all.images.empty()) return;
    const std::int64_t height = all.plans.front()->rows.out;
    const std::int64_t bands = (height + rows_of_band - 1) / rows_of_band;
    parallel_for(bands * static_cast<std::int64_t>(all.images.size()), [&](std::int64_t number) {
        const auto& one = all.images[static_cast<std::size_t>(number / bands)];
        const std::int64_t from = number % bands * rows_of_band;
        Band<Pixel, Resized> band{all.plans[one.plan]->view(), one.image, one.resized, one.channels, from,
                                  std::min(rows_of_band, height - from), nullptr};
        band.scratch = scratch(scratch_of(band));
        run_band(band);
    });
}

}  // namespace

void mxnet_affine_matrix(const MxnetAffineMatrix& scalars, const MxnetAffineMatrixTensors& tensors, const Context&) {
    for (std::int64_t i = 0; i < tensors.n; ++i) {
        formulas::mxnet_affine_matrix(tensors.drawn + 4 * i, static_cast<float>(scalars.width),
                                      static_cast<float>(scalars.height), static_cast<float>(scalars.min_size),
                                      static_cast<float>(scalars.max_size), tensors.matrix + 6 * i);
    }
}

void keras_rotation(const KerasRotation& scalars, const KerasRotationTensors& tensors, const Context&) {
    for (std::int64_t i = 0; i < tensors.n; ++i) {
        formulas::keras_rotation(static_cast<double>(tensors.turn[i]), static_cast<double>(scalars.width),
                                 static_cast<double>(scalars.height), tensors.transform + 8 * i);
    }
}

void keras_zoom(const KerasZoom& scalars, const KerasZoomTensors& tensors, const Context&) {
    for (std::int64_t i = 0; i < tensors.n; ++i) {
        formulas::keras_zoom(tensors.factor[2 * i], tensors.factor[2 * i + 1], static_cast<float>(scalars.width),
                             static_cast<float>(scalars.height), tensors.transform + 8 * i);
    }
}

}  // namespace vision_kernels::cpu

#define VISION_KERNELS_BACKEND cpu
#include "../steps/images.hpp"
#include "../steps/images_resize.hpp"
