// Threads of the CPU backend.
//
// The pool holds one thread less than asked for, as the calling thread works too. Threads take the next index when they
// are free, so that nothing may depend on which thread computes what. A call made while the pool is busy, be it from
// another thread or from inside a call, runs on its own thread. A child of fork starts with a new pool.
#pragma once

#include <cstdint>

namespace vision_kernels {

/// The number of threads that a call uses: that of `set_thread_count`, else of the environment variable
/// VISION_KERNELS_THREADS, else of the processors that this process may run on.
///
/// Throws std::invalid_argument if the variable is no number from 1 to 1024.
int thread_count();

/// Use this many threads, 1 to 1024; 0 goes back to the default.
///
/// Throws std::invalid_argument for any other number.
void set_thread_count(int count);

namespace detail {
void parallel_for(std::int64_t count, void (*work)(void* argument, std::int64_t index), void* argument);
}

/// Call `work(index)` for each index from 0 to count - 1, on several threads. After an exception the rest is left out;
/// the first exception reaches the caller.
template <class Work>
void parallel_for(std::int64_t count, Work&& work) {
    const auto call = [](void* argument, std::int64_t index) { (*static_cast<Work*>(argument))(index); };
    detail::parallel_for(count, call, &work);
}

}  // namespace vision_kernels
