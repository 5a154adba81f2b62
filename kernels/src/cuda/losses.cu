// The losses on the device, or in the emulator: VISION_KERNELS_BACKEND is cuda or emulated.
#include "vision_kernels/functions/losses.hpp"

#include <type_traits>

#include "../steps/maps.hpp"
#include "../steps/positions.hpp"
#include "../steps/rows.hpp"
#include "elements.hpp"
#include "squares.hpp"
#include "team.hpp"

namespace vision_kernels::VISION_KERNELS_BACKEND {
namespace {

constexpr int position_threads = 128;

/// A warp computes a row, then the next one that falls to it.
template <class Row>
struct RowKernel {
    Row row;
    std::int64_t n;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        each_warp(block, n, [&](auto& team, std::int64_t number) { row(team, number); });
    }
};

template <class Positions>
struct PositionKernel {
    Positions positions;
    std::int64_t n;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        const std::int64_t s = positions.s;
        each_element(block, n * s, [&](std::int64_t i) { positions.template tile<1>(i / s, i % s, 1); });
    }
};

/// Numbers that a thread reads before it writes the first: one at a time would leave memory idle.
constexpr std::int64_t numbers_at_once = 4;

template <class Map>
struct MapKernel {
    Map map;
    std::int64_t size;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        const std::int64_t step = block.count() * block.thread_count();
        block.threads([&](int thread) {
            std::int64_t i = block.index() * block.thread_count() + thread;
            for (; i + (numbers_at_once - 1) * step < size; i += numbers_at_once * step) {
                float numbers[numbers_at_once];
                VISION_KERNELS_UNROLLED
                for (int k = 0; k < numbers_at_once; ++k) numbers[k] = rows::given(map.read() + i + k * step);
                VISION_KERNELS_UNROLLED
                for (int k = 0; k < numbers_at_once; ++k) map.write(i + k * step, numbers[k]);
            }
            for (; i < size; i += step) map(i);
        });
    }
};

/// Whether a label counts.
template <class Label>
struct LabelCounts {
    const Label* labels;
    std::int64_t ignore_label;

    VISION_KERNELS_DEVICE bool operator()(std::int64_t i) const { return formulas::class_of(labels[i]) != ignore_label; }
};

/// The value of l2_regularization, from the sum of the squares.
struct PenaltyKernel {
    const double* total;
    float* value;
    float factor;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        each_element(block, 1, [&](std::int64_t) { *value = factor * static_cast<float>(*total); });
    }
};

template <class Row>
void run_rows(const Row& row, std::int64_t n, const Context& context) {
    const OnDevice device(context);
    launch_warps(RowKernel<Row>{row, n}, n, context);
}

template <class Positions>
void run_positions(const Positions& positions, std::int64_t n, const Context& context) {
    const OnDevice device(context);
    const PositionKernel<Positions> kernel{positions, n};
    const std::int64_t blocks = (n * positions.s + position_threads - 1) / position_threads;
    launch(kernel, std::min(blocks, most_blocks()), position_threads, context);
}

void run_sum_of_squares(
    const float* values, std::int64_t size, float factor, float* value, const Context& context) {
    const OnDevice device(context);
    const Zeros<double> total(1, context);
    // Nothing writes through this pointer; a list has the type of arrays that are changed.
    const std::vector<InPlaceArrays<float>> arrays{{const_cast<float*>(values), size}};
    for_lists(arrays, sum_chunk, [&](const TensorList<InPlaceArrays<float>>& list, std::size_t) {
        sum_squares(list, total.data(), context);
    });
    launch(PenaltyKernel{total.data(), value, factor}, 1, sum_lanes, context);
}

template <class Map>
void run_map(const Map& map, std::int64_t size, const Context& context) {
    const OnDevice device(context);
    const std::int64_t blocks = blocks_of_elements((size + numbers_at_once - 1) / numbers_at_once);
    launch(MapKernel<Map>{map, size}, blocks, threads_of_elements, context);
}

template <class Label>
class CountOfLabels {
public:
    CountOfLabels(const Label* labels, std::int64_t size, std::int64_t ignore_label, const Context& context)
        : device_(context), count_(1, context) {
        count_elements(LabelCounts<Label>{labels, ignore_label}, size, count_.data(), context);
    }

    const std::int64_t* count() const { return count_.data(); }

private:
    OnDevice device_;
    Zeros<std::int64_t> count_;
};

}  // namespace
}  // namespace vision_kernels::VISION_KERNELS_BACKEND

#include "../steps/losses.hpp"
