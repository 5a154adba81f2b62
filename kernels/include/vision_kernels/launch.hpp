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

#if defined(__CUDACC__)
#include <map>
#include <mutex>
#else
#include <atomic>
#include <cstdlib>
#include <string_view>
#endif

namespace vision_kernels {

#if defined(__CUDACC__)

/// Throws for what failed. CUDA forgets it, so that nobody who asks it next takes our failure for his.
inline void check(cudaError_t error, const char* what) {
    if (error == cudaSuccess) return;
    cudaGetLastError();
    throw std::runtime_error(std::string("CUDA: ") + what + ": " + cudaGetErrorString(error));
}

inline cudaStream_t stream_of(const Context& context) { return static_cast<cudaStream_t>(context.stream); }

/// The device of a call is the current one while this lives. No array tells: an empty one may have no address.
class OnDevice {
public:
    explicit OnDevice(const Context& context) {
        check(cudaGetDevice(&before_), "no device");
        if (context.device < 0 || context.device == before_) return;
        check(cudaSetDevice(context.device), "device not usable");
        changed_ = true;
    }
    ~OnDevice() {
        if (changed_) cudaSetDevice(before_);
    }
    OnDevice(const OnDevice&) = delete;
    OnDevice& operator=(const OnDevice&) = delete;

private:
    int before_ = 0;
    bool changed_ = false;
};

/// The memory of Scratch on the current device. It keeps what is given back: the default pool returns all of it whenever
/// the host waits for the device, and maps it anew at the next call.
inline cudaMemPool_t scratch_pool() {
    static std::mutex mutex;
    static std::map<int, cudaMemPool_t> pools;
    int device = 0;
    check(cudaGetDevice(&device), "no device");
    const std::lock_guard<std::mutex> lock(mutex);
    const auto found = pools.find(device);
    if (found != pools.end()) return found->second;
    cudaMemPoolProps properties{};
    properties.allocType = cudaMemAllocationTypePinned;
    properties.location.type = cudaMemLocationTypeDevice;
    properties.location.id = device;
    cudaMemPool_t pool = nullptr;
    check(cudaMemPoolCreate(&pool, &properties), "no pool of memory");
    std::uint64_t kept = ~std::uint64_t{0};
    check(cudaMemPoolSetAttribute(pool, cudaMemPoolAttrReleaseThreshold, &kept), "pool of memory not usable");
    pools.emplace(device, pool);
    return pool;
}

/// Memory of the device, not initialised, that is given back in the order of the stream.
template <class Type>
class Scratch {
public:
    Scratch(std::size_t count, const Context& context)
        : stream_(stream_of(context)), bytes_(std::max<std::size_t>(count, 1) * sizeof(Type)) {
        void* memory = nullptr;
        check(cudaMallocFromPoolAsync(&memory, bytes_, scratch_pool(), stream_), "no memory");
        data_ = static_cast<Type*>(memory);
    }
    ~Scratch() { cudaFreeAsync(data_, stream_); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    Type* data() const { return data_; }

protected:
    void clear() { check(cudaMemsetAsync(data_, 0, bytes_, stream_), "memory not usable"); }

private:
    cudaStream_t stream_;
    std::size_t bytes_;
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
    void* arguments[] = {const_cast<void*>(static_cast<const void*>(&kernel))};
    // What cudaGetLastError tells may be a failure of another library, of long ago.
    check(cudaLaunchKernel(run_kernel<Kernel>, dim3(static_cast<unsigned>(blocks)), dim3(static_cast<unsigned>(threads)),
                           arguments, 0, stream_of(context)),
          "kernel not launched");
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

class OnDevice {
public:
    explicit OnDevice(const Context&) {}
};

/// All bits are set at first: a number that is read before it is written is NaN, or -1.
template <class Type>
class Scratch {
public:
    Scratch(std::size_t count, const Context&) : memory_(count * sizeof(Type), std::byte{0xff}) {}
    Type* data() const { return reinterpret_cast<Type*>(memory_.data()); }

protected:
    void clear() { std::fill(memory_.begin(), memory_.end(), std::byte{0}); }

private:
    mutable std::vector<std::byte> memory_;
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

/// Scratch that is zero at first.
template <class Type>
class Zeros : public Scratch<Type> {
public:
    Zeros(std::size_t count, const Context& context) : Scratch<Type>(count, context) { this->clear(); }
};

/// Run a kernel whose warps compute one item after the other, `items` in all. Few items spread over the device in small
/// blocks; many get blocks of so many warps that the number of blocks does not limit those at work.
template <class Kernel>
void launch_warps(const Kernel& kernel, std::int64_t items, const Context& context) {
    constexpr int most = 8;
    int warps = 1;
    while (warps < most && items > most_blocks() / 4 * warps) warps *= 2;
    launch(kernel, std::min((items + warps - 1) / warps, most_blocks()), warps * warp_size, context);
}

}  // namespace vision_kernels
