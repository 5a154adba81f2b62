// A block of threads, as device code sees it.
//
// Code is written at the level of a block, in phases. `block.threads(work)` calls work(thread) for each thread, and all
// threads are done before what follows. Outside of phases every thread of a block computes the same. So the same code
// runs on a GPU, one thread each, and in the emulator, where a phase is a loop over the threads in any order.
//
//     block.index(), block.count()     the number of this block, and of all blocks
//     block.thread_count()             threads of a block
//     block.threads(work)              a phase
//     block.barrier()                  all threads have read what comes before; nothing is written earlier
//     block.shared<Type>()             memory of the block, one object for each type, not initialised
//     block.local<Type>()[thread]      a number that a thread keeps from phase to phase
//     block.warps(work)                work(warp) for each 32 threads, which know nothing of the others:
//
//         warp.index(), warp.count()   the number of this warp, and of those of all blocks
//         warp.lanes(work)             a phase of its lanes, with the numbers 0 to 31
//         warp.local<Type>()[lane]     a number that a lane keeps
//         warp.fold(local, combine)    such numbers combined: the upper half of the lanes with the lower one, until one is left
#pragma once

#include <cstdint>

#include "vision_kernels/host_device.hpp"

#if !defined(__CUDACC__)
#include <cstddef>
#include <cstring>
#include <map>
#include <memory>
#include <typeindex>
#include <utility>
#include <vector>
#endif

namespace vision_kernels {

/// Threads of a warp.
constexpr int warp_size = 32;

#if defined(__CUDACC__)

/// A number that each thread has; its index says whose it is.
template <class Type>
struct Local {
    Type value;
    __device__ __forceinline__ Type& operator[](int) { return value; }
};

/// A thread of a warp on a GPU.
class Warp {
public:
    __device__ std::int64_t index() const { return std::int64_t{blockIdx.x} * warps() + threadIdx.x / warp_size; }
    __device__ std::int64_t count() const { return std::int64_t{gridDim.x} * warps(); }

    template <class Work>
    __device__ __forceinline__ void lanes(Work work) {
        work(static_cast<int>(threadIdx.x % warp_size));
        __syncwarp();
    }

    template <class Type>
    __device__ __forceinline__ Local<Type> local() {
        return {};
    }

    template <class Type, class Combine>
    __device__ __forceinline__ Type fold(Local<Type>& numbers, Combine combine) {
        Type number = numbers.value;
        for (int width = warp_size / 2; width > 0; width /= 2) {
            number = combine(number, __shfl_down_sync(~0u, number, static_cast<unsigned>(width)));
        }
        return __shfl_sync(~0u, number, 0);
    }

private:
    __device__ unsigned warps() const { return blockDim.x / warp_size; }
};

/// A thread of a block on a GPU.
class Block {
public:
    __device__ std::int64_t index() const { return blockIdx.x; }
    __device__ std::int64_t count() const { return gridDim.x; }
    __device__ int thread_count() const { return static_cast<int>(blockDim.x); }

    template <class Work>
    __device__ __forceinline__ void threads(Work work) {
        work(static_cast<int>(threadIdx.x));
        __syncthreads();
    }

    __device__ __forceinline__ void barrier() { __syncthreads(); }

    template <class Type>
    __device__ __forceinline__ Type& shared() {
        __shared__ Type object;
        return object;
    }

    template <class Type>
    __device__ __forceinline__ Local<Type> local() {
        return {};
    }

    template <class Work>
    __device__ __forceinline__ void warps(Work work) {
        Warp warp;
        work(warp);
    }
};

#else

/// Orders in which the emulator runs blocks, and the threads of a phase.
enum class Order { forwards, backwards, shuffled };

/// The numbers from 0 to count - 1, in an order. Shuffled is a fixed permutation, the same in each run.
inline std::vector<int> in_order(int count, Order order) {
    std::vector<int> numbers(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) numbers[static_cast<std::size_t>(i)] = order == Order::backwards ? count - 1 - i : i;
    if (order != Order::shuffled) return numbers;
    std::uint32_t state = 2463534242u;
    for (std::size_t left = numbers.size(); left > 1; --left) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        std::swap(numbers[left - 1], numbers[state % left]);
    }
    return numbers;
}

template <class Type>
struct Local {
    std::vector<Type> values;
    Type& operator[](int thread) { return values[static_cast<std::size_t>(thread)]; }
};

/// A warp in the emulator.
class Warp {
public:
    Warp(std::int64_t index, std::int64_t count, const std::vector<int>& lanes)
        : index_(index), count_(count), lanes_(lanes) {}

    std::int64_t index() const { return index_; }
    std::int64_t count() const { return count_; }

    template <class Work>
    void lanes(Work work) {
        for (const int lane : lanes_) work(lane);
    }

    template <class Type>
    Local<Type> local() {
        return {std::vector<Type>(static_cast<std::size_t>(warp_size))};
    }

    template <class Type, class Combine>
    Type fold(Local<Type>& numbers, Combine combine) {
        for (int width = warp_size / 2; width > 0; width /= 2) {
            for (int lane = 0; lane < width; ++lane) numbers[lane] = combine(numbers[lane], numbers[lane + width]);
        }
        return numbers[0];
    }

private:
    std::int64_t index_, count_;
    const std::vector<int>& lanes_;
};

/// A block in the emulator.
class Block {
public:
    Block(std::int64_t index, std::int64_t count, const std::vector<int>& threads)
        : index_(index), count_(count), threads_(threads) {}

    std::int64_t index() const { return index_; }
    std::int64_t count() const { return count_; }
    int thread_count() const { return static_cast<int>(threads_.size()); }

    template <class Work>
    void threads(Work work) {
        for (const int thread : threads_) work(thread);
    }

    void barrier() {}

    /// All bits are set at first: a number that is read before it is written is NaN, or -1.
    template <class Type>
    Type& shared() {
        std::shared_ptr<void>& object = shared_[std::type_index(typeid(Type))];
        if (object == nullptr) {
            object = std::make_shared<Type>();
            std::memset(object.get(), 0xff, sizeof(Type));
        }
        return *static_cast<Type*>(object.get());
    }

    template <class Type>
    Local<Type> local() {
        return {std::vector<Type>(threads_.size())};
    }

    /// A warp runs once all its threads have had their turn.
    template <class Work>
    void warps(Work work) {
        const int count = thread_count() / warp_size;
        std::vector<std::vector<int>> lanes(static_cast<std::size_t>(count));
        for (const int thread : threads_) {
            std::vector<int>& own = lanes[static_cast<std::size_t>(thread / warp_size)];
            own.push_back(thread % warp_size);
            if (own.size() < static_cast<std::size_t>(warp_size)) continue;
            Warp warp(index_ * count + thread / warp_size, count_ * count, own);
            work(warp);
        }
    }

private:
    std::int64_t index_, count_;
    const std::vector<int>& threads_;
    std::map<std::type_index, std::shared_ptr<void>> shared_{};
};

#endif

/// The number as it was, to which one is added; other threads of the block do so as well.
VISION_KERNELS_DEVICE std::int32_t atomic_next(std::int32_t* number) {
#if defined(__CUDACC__)
    return atomicAdd(number, 1);
#else
    return (*number)++;
#endif
}

/// Add to a number that other threads add to as well.
VISION_KERNELS_DEVICE void atomic_add(std::int64_t* number, std::int64_t summand) {
#if defined(__CUDACC__)
    // Adding is the same with and without a sign.
    atomicAdd(reinterpret_cast<unsigned long long*>(number), static_cast<unsigned long long>(summand));
#else
    *number += summand;
#endif
}

}  // namespace vision_kernels
