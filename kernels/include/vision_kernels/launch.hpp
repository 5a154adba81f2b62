// Launching kernels: on a GPU where nvcc compiles this, else in the emulator.
//
// A kernel is a structure of its arguments that is called with a block:
//
//     struct Kernel { template <class Block> VISION_KERNELS_DEVICE void operator()(Block& block) const; };
//
// Failures of CUDA are std::runtime_error.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "vision_kernels/block.hpp"
#include "vision_kernels/context.hpp"

#if !defined(__CUDACC__)
#include <atomic>
#include <cstdlib>
#include <string_view>
#endif

namespace vision_kernels {

#if defined(__CUDACC__)

inline void check(cudaError_t error, const char* what) {
    if (error == cudaSuccess) return;
    throw std::runtime_error(std::string("CUDA: ") + what + ": " + cudaGetErrorString(error));
}

inline cudaStream_t stream_of(const Context& context) { return static_cast<cudaStream_t>(context.stream); }

/// The device that holds an array is the current one while this lives. Null changes nothing.
class DeviceOf {
public:
    explicit DeviceOf(const void* array) {
        check(cudaGetDevice(&before_), "no device");
        if (array == nullptr) return;
        cudaPointerAttributes attributes{};
        check(cudaPointerGetAttributes(&attributes, array), "no array of a device");
        if (attributes.type == cudaMemoryTypeDevice && attributes.device != before_) {
            check(cudaSetDevice(attributes.device), "device not usable");
            changed_ = true;
        }
    }
    ~DeviceOf() {
        if (changed_) cudaSetDevice(before_);
    }
    DeviceOf(const DeviceOf&) = delete;
    DeviceOf& operator=(const DeviceOf&) = delete;

private:
    int before_ = 0;
    bool changed_ = false;
};

/// Memory of the device, zero at first, that is given back in the order of the stream.
template <class Type>
class Scratch {
public:
    Scratch(std::size_t count, const Context& context) : stream_(stream_of(context)) {
        const std::size_t bytes = std::max<std::size_t>(count, 1) * sizeof(Type);
        check(cudaMallocAsync(reinterpret_cast<void**>(&data_), bytes, stream_), "no memory");
        const cudaError_t error = cudaMemsetAsync(data_, 0, bytes, stream_);
        if (error != cudaSuccess) cudaFreeAsync(data_, stream_);
        check(error, "memory not usable");
    }
    ~Scratch() { cudaFreeAsync(data_, stream_); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    Type* data() const { return data_; }

private:
    cudaStream_t stream_;
    Type* data_ = nullptr;
};

/// Blocks that keep a device busy; more gain nothing, as kernels go on to the next part by themselves.
inline std::int64_t most_blocks() {
    int device = 0;
    int processors = 0;
    check(cudaGetDevice(&device), "no device");
    check(cudaDeviceGetAttribute(&processors, cudaDevAttrMultiProcessorCount, device), "device not usable");
    return 32 * static_cast<std::int64_t>(processors);
}

template <class Kernel>
__global__ void __launch_bounds__(256) run_kernel(const __grid_constant__ Kernel kernel) {
    Block block;
    kernel(block);
}

/// Run a kernel on `blocks` blocks of `threads` threads, at most 256. No blocks, no launch.
template <class Kernel>
void launch(const Kernel& kernel, std::int64_t blocks, int threads, const Context& context) {
    if (blocks <= 0) return;
    run_kernel<<<static_cast<unsigned>(blocks), static_cast<unsigned>(threads), 0, stream_of(context)>>>(kernel);
    check(cudaGetLastError(), "kernel not launched");
}

#else

/// The order of the emulator: that of set_emulator_order, else of the environment variable
/// VISION_KERNELS_EMULATOR_ORDER (forwards, backwards or shuffled), else forwards.
inline std::atomic<int> emulator_order{-1};

inline void set_emulator_order(Order order) { emulator_order = static_cast<int>(order); }

inline Order order_in_use() {
    if (emulator_order >= 0) return static_cast<Order>(emulator_order.load());
    const char* const text = std::getenv("VISION_KERNELS_EMULATOR_ORDER");
    const std::string_view name(text == nullptr ? "" : text);
    if (name.empty() || name == "forwards") return Order::forwards;
    if (name == "backwards") return Order::backwards;
    if (name == "shuffled") return Order::shuffled;
    throw std::invalid_argument("VISION_KERNELS_EMULATOR_ORDER must be forwards, backwards or shuffled; it is '" +
                                std::string(name) + "'");
}

class DeviceOf {
public:
    explicit DeviceOf(const void*) {}
};

template <class Type>
class Scratch {
public:
    Scratch(std::size_t count, const Context&) : data_(count) {}
    Type* data() const { return data_.data(); }

private:
    mutable std::vector<Type> data_;
};

/// Few, so that each block computes several parts.
inline std::int64_t most_blocks() { return 5; }

template <class Kernel>
void launch(const Kernel& kernel, std::int64_t blocks, int threads, const Context&) {
    const Order order = order_in_use();
    const std::vector<int> numbers = in_order(threads, order);
    for (const int index : in_order(static_cast<int>(blocks), order)) {
        Block block(index, blocks, numbers);
        kernel(block);
    }
}

#endif

}  // namespace vision_kernels
