// The optimizers on the CPU.
#include "vision_kernels/functions/optimizers.hpp"

#include "../steps/arrays.hpp"
#include "../steps/sums.hpp"
#include "elementwise.hpp"
#include "isa.hpp"
#include "pieces.hpp"
#include "vision_kernels/formulas/optimizers.hpp"
#include "vision_kernels/parallel.hpp"

namespace vision_kernels::cpu {
namespace {

template <class Arrays>
Arrays part_of(Arrays arrays, std::int64_t from, std::int64_t size) {
    arrays.weight += from;
    arrays.gradient += from;
    if constexpr (Arrays::states > 0) {
        for (auto& state : arrays.state) state += from;
    }
    if (arrays.master != nullptr) arrays.master += from;
    arrays.size = size;
    return arrays;
}

template <class Formula, class Arrays>
void update_all(const Formula& formula, const std::vector<Arrays>& tensors, const Context&) {
    const auto run = VISION_KERNELS_CHOOSE(update<Formula, Arrays>);
    for_pieces(tensors, [&](std::size_t index, std::int64_t from, std::int64_t size) {
        run(formula, part_of(tensors[index], from, size));
    });
}

template <class Formula, class Storage>
void transform_all(const Formula& formula, const std::vector<InPlaceArrays<Storage>>& tensors, const Context&) {
    const auto run = VISION_KERNELS_CHOOSE(transform<Formula, Storage>);
    for_pieces(tensors, [&](std::size_t index, std::int64_t from, std::int64_t size) {
        run(formula, {tensors[index].values + from, size});
    });
}

/// The sum of the squares of each chunk of each tensor; `ends` are those of ends_of_chunks.
template <class Storage>
std::vector<double> squares_of_chunks(
    const std::vector<InPlaceArrays<Storage>>& tensors, const std::vector<std::int64_t>& ends) {
    const auto run = VISION_KERNELS_CHOOSE(sum_of_squares<Storage>);
    std::vector<double> sums(static_cast<std::size_t>(ends.empty() ? 0 : ends.back()));
    constexpr std::int64_t chunks = piece / sum_chunk;
    const auto count = static_cast<std::int64_t>(sums.size());
    parallel_for((count + chunks - 1) / chunks, [&](std::int64_t number) {
        const std::int64_t last = std::min((number + 1) * chunks, count);
        for (std::int64_t chunk = number * chunks; chunk < last; ++chunk) {
            const int index = tensor_of_chunk(ends.data(), static_cast<int>(ends.size()), chunk);
            const InPlaceArrays<Storage>& tensor = tensors[static_cast<std::size_t>(index)];
            const std::int64_t first = index == 0 ? 0 : ends[static_cast<std::size_t>(index) - 1];
            const std::int64_t from = (chunk - first) * sum_chunk;
            sums[static_cast<std::size_t>(chunk)] = run(tensor.values + from, std::min(sum_chunk, tensor.size - from));
        }
    });
    return sums;
}

template <class Storage>
void clip_norms(float bound, const std::vector<InPlaceArrays<Storage>>& tensors, const Context&) {
    const auto run = VISION_KERNELS_CHOOSE(transform<formulas::KerasClipNormFormula, Storage>);
    const std::vector<std::int64_t> ends = ends_of_chunks(tensors, sum_chunk);
    const std::vector<double> sums = squares_of_chunks(tensors, ends);
    std::vector<formulas::KerasClipNormFormula> formulas;
    formulas.reserve(tensors.size());
    std::int64_t first = 0;
    for (const std::int64_t end : ends) {
        const auto term = [&](std::int64_t i) { return sums[static_cast<std::size_t>(first + i)]; };
        formulas.emplace_back(bound, sum_over_lanes<double>(end - first, term));
        first = end;
    }
    for_pieces(tensors, [&](std::size_t index, std::int64_t from, std::int64_t size) {
        run(formulas[index], {tensors[index].values + from, size});
    });
}

}  // namespace
}  // namespace vision_kernels::cpu

#define VISION_KERNELS_BACKEND cpu
#include "../steps/optimizers.hpp"
