// The losses on the CPU.
#include "vision_kernels/functions/losses.hpp"

#include <algorithm>
#include <type_traits>
#include <vector>

#include "../steps/sums.hpp"
#include "elementwise.hpp"
#include "isa.hpp"
#include "pieces.hpp"
#include "rows.hpp"
#include "vision_kernels/parallel.hpp"

namespace vision_kernels::cpu {
namespace {

/// Elements of a piece of work; a row costs much more an element than an update does.
constexpr std::int64_t row_piece = 8192;

/// Call `work(from, to)` for parts that make up `count` rows of `size` elements, on several threads.
template <class Work>
void for_rows(std::int64_t count, std::int64_t size, Work work) {
    const std::int64_t rows = std::max<std::int64_t>(1, row_piece / std::max<std::int64_t>(1, size));
    parallel_for((count + rows - 1) / rows, [&](std::int64_t number) {
        work(number * rows, std::min(count, (number + 1) * rows));
    });
}

template <class Row>
void run_rows(const Row& row, std::int64_t n, const Context&) {
    const auto run = VISION_KERNELS_CHOOSE(compute_rows<Row>);
    for_rows(n, row.k, [&](std::int64_t from, std::int64_t to) { run(row, from, to); });
}

template <class Positions>
void run_positions(const Positions& positions, std::int64_t n, const Context&) {
    const auto run = VISION_KERNELS_CHOOSE(compute_positions<Positions>);
    const std::int64_t tiles = n * ((positions.s + position_tile - 1) / position_tile);
    const std::int64_t size = positions.k * std::min<std::int64_t>(position_tile, positions.s);
    for_rows(tiles, size, [&](std::int64_t from, std::int64_t to) { run(positions, from, to); });
}

template <class Map>
void run_map(const Map& map, std::int64_t size, const Context&) {
    const auto run = VISION_KERNELS_CHOOSE(compute_map<Map>);
    parallel_for((size + piece - 1) / piece, [&](std::int64_t number) {
        run(map, number * piece, std::min(size, (number + 1) * piece));
    });
}

void run_sum_of_squares(const float* values, std::int64_t size, float factor, float* value, const Context&) {
    const auto run = VISION_KERNELS_CHOOSE(sum_of_squares<float>);
    std::vector<double> sums(static_cast<std::size_t>((size + sum_chunk - 1) / sum_chunk));
    for_rows(static_cast<std::int64_t>(sums.size()), sum_chunk / 8, [&](std::int64_t from, std::int64_t to) {
        for (std::int64_t chunk = from; chunk < to; ++chunk) {
            const std::int64_t start = chunk * sum_chunk;
            sums[static_cast<std::size_t>(chunk)] = run(values + start, std::min(sum_chunk, size - start));
        }
    });
    const auto term = [&](std::int64_t i) { return sums[static_cast<std::size_t>(i)]; };
    *value = factor * static_cast<float>(sum_over_lanes<double>(static_cast<std::int64_t>(sums.size()), term));
}

template <class Label>
class CountOfLabels {
public:
    CountOfLabels(const Label* labels, std::int64_t size, std::int64_t ignore_label, const Context&) {
        for (std::int64_t i = 0; i < size; ++i) count_ += formulas::class_of(labels[i]) != ignore_label;
    }

    const std::int64_t* count() const { return &count_; }

private:
    std::int64_t count_ = 0;
};

}  // namespace
}  // namespace vision_kernels::cpu

#define VISION_KERNELS_BACKEND cpu
#include "../steps/losses.hpp"
