// The arrays of one tensor of an update, whatever the optimizer calls them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include "vision_kernels/half.hpp"

namespace vision_kernels {

/// The arrays that an update of `states` numbers for each weight reads and writes.
template <class Storage_, class State_, std::size_t states_>
struct UpdateArrays {
    using Storage = Storage_;
    using State = State_;
    static constexpr std::size_t states = states_;

    Storage* weight;
    const Storage* gradient;
    /// What is kept between updates; one entry that nobody reads where there is nothing.
    State* state[states == 0 ? 1 : states];
    /// The weights in single precision; null where `weight` is all there is.
    float* master;
    std::int64_t size;
};

/// How a formula keeps its state: in single precision, unless it computes in half precision.
template <class Formula>
struct StateOfFormula {
    using Type = float;
};

template <template <class> class Formula>
struct StateOfFormula<Formula<HalfArithmetic>> {
    using Type = Half;
};

template <class Formula>
using StateOf = typename StateOfFormula<Formula>::Type;

/// The numbers that an update computes with: those of its state, half precision rounding after each operation.
template <class State>
using NumberOf = std::conditional_t<std::is_same_v<State, Half>, HalfArithmetic, float>;

/// Whether an update reads and writes a master copy of the weights.
template <class Arrays>
constexpr bool has_master = !std::is_same_v<typename Arrays::Storage, typename Arrays::State>;

/// Call a formula with the numbers of one weight.
template <class Formula, class Number, std::size_t... index>
VISION_KERNELS_HOST_DEVICE void call_formula(
    const Formula& formula, Number& weight, Number gradient, Number* state, std::index_sequence<index...>) {
    formula(weight, gradient, state[index]...);
}

/// One array that is changed in place.
template <class Storage_>
struct InPlaceArrays {
    using Storage = Storage_;

    Storage* values;
    std::int64_t size;
};

/// Where the chunks of each tensor end, when all tensors are cut into chunks of this size and these are counted through.
template <class Arrays>
std::vector<std::int64_t> ends_of_chunks(const std::vector<Arrays>& tensors, std::int64_t chunk) {
    std::vector<std::int64_t> ends;
    ends.reserve(tensors.size());
    std::int64_t total = 0;
    for (const Arrays& tensor : tensors) {
        total += (tensor.size + chunk - 1) / chunk;
        ends.push_back(total);
    }
    return ends;
}

/// The first index whose end lies above `chunk`: the tensor that a chunk belongs to.
VISION_KERNELS_HOST_DEVICE int tensor_of_chunk(const std::int64_t* ends, int count, std::int64_t chunk) {
    int low = 0;
    int high = count - 1;
    while (low < high) {
        const int middle = (low + high) / 2;
        if (ends[middle] > chunk) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

}  // namespace vision_kernels
