// The losses on the device, or in the emulator: VISION_KERNELS_BACKEND is cuda or emulated.
#include "vision_kernels/functions/losses.hpp"

#include <type_traits>

#include "../steps/maps.hpp"
#include "../steps/positions.hpp"
#include "../steps/rows.hpp"
#include "squares.hpp"
#include "team.hpp"
#include "vision_kernels/launch.hpp"

namespace vision_kernels::VISION_KERNELS_BACKEND {
namespace {

constexpr int element_threads = 256;
constexpr int position_threads = 128;

/// A block computes a row, then the next one that falls to it.
template <class Row>
struct RowKernel {
    Row row;
    std::int64_t n;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        BlockTeam<Block> team(block);
        for (std::int64_t number = block.index(); number < n; number += block.count()) row(team, number);
    }
};

/// Call `work(i)` for each i that falls to this block.
template <class Block, class Work>
VISION_KERNELS_DEVICE void for_elements(Block& block, std::int64_t size, Work work) {
    block.threads([&](int thread) {
        const std::int64_t step = block.count() * block.thread_count();
        for (std::int64_t i = block.index() * block.thread_count() + thread; i < size; i += step) work(i);
    });
}

template <class Positions>
struct PositionKernel {
    Positions positions;
    std::int64_t n;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        const std::int64_t s = positions.s;
        for_elements(block, n * s, [&](std::int64_t i) { positions.template tile<1>(i / s, i % s, 1); });
    }
};

template <class Map>
struct MapKernel {
    Map map;
    std::int64_t size;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        for_elements(block, size, [&](std::int64_t i) { map(i); });
    }
};

template <class Label>
struct CountKernel {
    const Label* labels;
    std::int64_t size, ignore_label;
    std::int64_t* count;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        auto own = block.template local<std::int64_t>();
        block.threads([&](int thread) { own[thread] = 0; });
        block.threads([&](int thread) {
            const std::int64_t step = block.count() * block.thread_count();
            for (std::int64_t i = block.index() * block.thread_count() + thread; i < size; i += step) {
                if (formulas::class_of(labels[i]) != ignore_label) ++own[thread];
            }
        });
        block.threads([&](int thread) {
            if (own[thread] > 0) atomic_add(count, own[thread]);
        });
    }
};

/// The value of l2_regularization, from the sum of the squares.
struct PenaltyKernel {
    const double* total;
    float* value;
    float factor;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        for_elements(block, 1, [&](std::int64_t) { *value = factor * static_cast<float>(*total); });
    }
};

std::int64_t blocks_for(std::int64_t size, int threads) {
    return std::min((size + threads - 1) / threads, most_blocks());
}

template <class Row>
void run_rows(const Row& row, std::int64_t n, const Context& context) {
    const DeviceOf device(row.loss);
    launch(RowKernel<Row>{row, n}, std::min(n, most_blocks()), sum_lanes, context);
}

template <class Positions>
void run_positions(const Positions& positions, std::int64_t n, const Context& context) {
    const DeviceOf device(positions.loss);
    const PositionKernel<Positions> kernel{positions, n};
    launch(kernel, blocks_for(n * positions.s, position_threads), position_threads, context);
}

void run_sum_of_squares(
    const float* values, std::int64_t size, float factor, float* value, const Context& context) {
    const DeviceOf device(value);
    const Scratch<double> total(1, context);
    // Nothing writes through this pointer; a list has the type of arrays that are changed.
    const std::vector<InPlaceArrays<float>> arrays{{const_cast<float*>(values), size}};
    for_lists(arrays, sum_chunk, [&](const TensorList<InPlaceArrays<float>>& list, std::size_t) {
        sum_squares(list, total.data(), context);
    });
    launch(PenaltyKernel{total.data(), value, factor}, 1, sum_lanes, context);
}

template <class Map>
void run_map(const Map& map, std::int64_t size, const Context& context) {
    const DeviceOf device(map.read());
    launch(MapKernel<Map>{map, size}, blocks_for(size, element_threads), element_threads, context);
}

template <class Label>
class CountOfLabels {
public:
    CountOfLabels(const Label* labels, std::int64_t size, std::int64_t ignore_label, const Context& context)
        : device_(labels), count_(1, context) {
        const CountKernel<Label> kernel{labels, size, ignore_label, count_.data()};
        launch(kernel, blocks_for(size, element_threads), element_threads, context);
    }

    const std::int64_t* count() const { return count_.data(); }

private:
    DeviceOf device_;
    Scratch<std::int64_t> count_;
};

}  // namespace
}  // namespace vision_kernels::VISION_KERNELS_BACKEND

#include "../steps/losses.hpp"
