// One launch for the updates of many tensors. Their pointers travel as parameters of the kernel.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "../steps/arrays.hpp"
#include "packs.hpp"
#include "vision_kernels/launch.hpp"

namespace vision_kernels {

/// Elements that a block computes before it looks for the next chunk.
constexpr std::int64_t update_chunk = 4096;
constexpr int update_threads = 256;

/// Bytes of the parameters of a kernel: CUDA 12.1 lifted the limit from 4 KiB to 32764 bytes.
#if defined(__CUDACC__) && CUDART_VERSION < 12010
constexpr std::size_t parameter_bytes = 4000;
#else
constexpr std::size_t parameter_bytes = 32000;
#endif

/// A list of tensors as a kernel gets it.
template <class Arrays>
struct TensorList {
    static constexpr int most = static_cast<int>((parameter_bytes - 256) / (sizeof(Arrays) + sizeof(std::int64_t)));

    int count;
    std::int64_t ends[static_cast<std::size_t>(most)];
    Arrays tensors[static_cast<std::size_t>(most)];

    VISION_KERNELS_HOST_DEVICE std::int64_t chunks() const { return ends[count - 1]; }

    /// Call `work(tensor, from, size)` for each chunk that falls to this block.
    template <class Block, class Work>
    VISION_KERNELS_DEVICE void for_chunks(Block& block, std::int64_t chunk_size, Work work) const {
        for (std::int64_t chunk = block.index(); chunk < chunks(); chunk += block.count()) {
            const int tensor = tensor_of_chunk(ends, count, chunk);
            const std::int64_t from = (chunk - (tensor == 0 ? 0 : ends[tensor - 1])) * chunk_size;
            const std::int64_t left = tensors[tensor].size - from;
            work(tensor, from, left < chunk_size ? left : chunk_size);
        }
    }
};

/// Call `run(list, first)` for lists that make up all tensors; `first` is the number of a list's first tensor.
template <class Arrays, class Run>
void for_lists(const std::vector<Arrays>& tensors, std::int64_t chunk_size, Run run) {
    TensorList<Arrays> list;
    std::size_t first = 0;
    while (first < tensors.size()) {
        list.count = static_cast<int>(std::min<std::size_t>(TensorList<Arrays>::most, tensors.size() - first));
        std::int64_t end = 0;
        for (int i = 0; i < list.count; ++i) {
            list.tensors[i] = tensors[first + static_cast<std::size_t>(i)];
            list.ends[i] = end += (list.tensors[i].size + chunk_size - 1) / chunk_size;
        }
        if (end > 0) run(list, first);
        first += static_cast<std::size_t>(list.count);
    }
}

/// Whether all arrays of a tensor may be read in packs.
template <class Arrays>
VISION_KERNELS_DEVICE bool all_pack(const Arrays& tensor) {
    constexpr int width = pack_width<typename Arrays::Storage>;
    bool aligned = packs<width>(tensor.weight) && packs<width>(tensor.gradient) && packs<width>(tensor.master);
    for (int i = 0; i < static_cast<int>(Arrays::states); ++i) aligned = aligned && packs<width>(tensor.state[i]);
    return aligned;
}

/// The update of a pack of weights.
template <class Formula, class Arrays>
struct PackUpdate {
    const Formula& formula;
    const Arrays& tensor;
    std::int64_t from;

    template <int width>
    VISION_KERNELS_DEVICE void run(std::int64_t offset) const {
        using State = typename Arrays::State;
        using Number = NumberOf<State>;
        constexpr int states = static_cast<int>(Arrays::states);
        const std::int64_t i = from + offset;
        auto weight = load_pack<width>(tensor.weight + i);
        const auto gradient = load_pack<width>(tensor.gradient + i);
        Pack<State, width> state[Arrays::states + 1];
        Pack<float, width> master;
        for (int s = 0; s < states; ++s) state[s] = load_pack<width>(tensor.state[s] + i);
        if constexpr (has_master<Arrays>) master = load_pack<width>(tensor.master + i);
        VISION_KERNELS_UNROLLED
        for (int lane = 0; lane < width; ++lane) {
            Number numbers[Arrays::states + 1];
            for (int s = 0; s < states; ++s) numbers[s] = load<Number>(state[s].values[lane]);
            Number number = has_master<Arrays> ? Number(master.values[lane]) : load<Number>(weight.values[lane]);
            const Number slope = load<Number>(gradient.values[lane]);
            call_formula(formula, number, slope, numbers, std::make_index_sequence<Arrays::states>());
            for (int s = 0; s < states; ++s) state[s].values[lane] = store<State>(numbers[s]);
            if constexpr (has_master<Arrays>) master.values[lane] = number;
            weight.values[lane] = store<typename Arrays::Storage>(number);
        }
        for (int s = 0; s < states; ++s) store_pack<width>(tensor.state[s] + i, state[s]);
        if constexpr (has_master<Arrays>) store_pack<width>(tensor.master + i, master);
        store_pack<width>(tensor.weight + i, weight);
    }
};

template <class Formula, class Arrays>
struct UpdateKernel {
    Formula formula;
    TensorList<Arrays> list;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        list.for_chunks(block, update_chunk, [&](int index, std::int64_t from, std::int64_t size) {
            const Arrays& tensor = list.tensors[index];
            const bool aligned = all_pack(tensor);
            block.threads([&](int thread) {
                const PackUpdate<Formula, Arrays> work{formula, tensor, from};
                for_packs<pack_width<typename Arrays::Storage>>(thread, block.thread_count(), size, aligned, work);
            });
        });
    }
};

/// Numbers replaced by what a formula makes of them.
template <class Formula, class Storage>
struct PackTransform {
    const Formula& formula;
    Storage* values;

    template <int width>
    VISION_KERNELS_DEVICE void run(std::int64_t i) const {
        auto pack = load_pack<width>(values + i);
        VISION_KERNELS_UNROLLED
        for (int lane = 0; lane < width; ++lane) {
            pack.values[lane] = store<Storage>(formula(load<float>(pack.values[lane])));
        }
        store_pack<width>(values + i, pack);
    }
};

/// `formula_of(tensor)` is the formula of a tensor.
template <class FormulaOf, class Storage>
struct TransformKernel {
    FormulaOf formula_of;
    TensorList<InPlaceArrays<Storage>> list;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        list.for_chunks(block, update_chunk, [&](int index, std::int64_t from, std::int64_t size) {
            Storage* const values = list.tensors[index].values;
            const auto formula = formula_of(index);
            block.threads([&](int thread) {
                const PackTransform<std::decay_t<decltype(formula)>, Storage> work{formula, values + from};
                for_packs<pack_width<Storage>>(thread, block.thread_count(), size, packs<pack_width<Storage>>(values), work);
            });
        });
    }
};

}  // namespace vision_kernels
