#include "vision_kernels/parallel.hpp"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <exception>
#include <memory>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace vision_kernels {
namespace {

constexpr int most_threads = 1024;

/// One call of parallel_for.
struct Job {
    void (*work)(void*, std::int64_t);
    void* argument;
    std::int64_t count;
    std::atomic<std::int64_t> next{0};
    std::mutex failing{};
    std::exception_ptr failure{};

    void run() {
        try {
            for (std::int64_t index = next++; index < count; index = next++) work(argument, index);
        } catch (...) {
            next = count;
            const std::lock_guard<std::mutex> lock(failing);
            if (!failure) failure = std::current_exception();
        }
    }
};

/// How long a thread looks for work before it sleeps. Waking a thread takes longer than a small loss; calls often follow
/// each other sooner than this.
constexpr std::chrono::microseconds patience(200);

/// Whether `ready` came true before patience ran out.
template <class Ready>
bool spin_until(Ready ready) {
    const auto end = std::chrono::steady_clock::now() + patience;
    do {
        for (int round = 0; round < 64; ++round) {
            if (ready()) return true;
#if defined(__x86_64__)
            __builtin_ia32_pause();
#endif
        }
    } while (std::chrono::steady_clock::now() < end);
    return false;
}

/// Threads that wait for a job. A thread that comes late finds no job, and nobody waits for it.
class Pool {
public:
    explicit Pool(int threads) {
        for (int made = 0; made < threads; ++made) threads_.emplace_back([this] { wait_for_jobs(); });
    }

    ~Pool() {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            stopping_ = true;
            ++number_;
        }
        woken_.notify_all();
        for (std::thread& thread : threads_) thread.join();
    }

    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    int size() const { return static_cast<int>(threads_.size()); }

    void run(Job& job) {
        bool sleeping = false;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            job_ = &job;
            ++number_;
            sleeping = sleepers_ > 0;
        }
        if (sleeping) woken_.notify_all();
        job.run();
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            job_ = nullptr;
        }
        if (spin_until([this] { return working_ == 0; })) return;
        std::unique_lock<std::mutex> lock(mutex_);
        finished_.wait(lock, [this] { return working_ == 0; });
    }

private:
    void wait_for_jobs() {
        std::uint64_t last = 0;
        while (true) {
            spin_until([&] { return number_ != last; });
            std::unique_lock<std::mutex> lock(mutex_);
            ++sleepers_;
            woken_.wait(lock, [&] { return number_ != last; });
            --sleepers_;
            last = number_;
            if (stopping_) return;
            if (job_ == nullptr) continue;
            Job& job = *job_;
            ++working_;
            lock.unlock();
            job.run();
            lock.lock();
            if (--working_ == 0) finished_.notify_one();
        }
    }

    std::mutex mutex_;
    std::condition_variable woken_, finished_;
    /// These change only while the mutex is held; the two that are atomic are also looked at without it.
    Job* job_ = nullptr;
    std::atomic<std::uint64_t> number_{0};
    std::atomic<int> working_{0};
    int sleepers_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

/// The number that set_thread_count gave; 0: none.
std::atomic<int> chosen_count{0};
/// Whether a call is using the pool. Whoever sets it owns `pool` until it is cleared.
std::atomic<bool> busy{false};
/// Never destroyed: threads may still wait when the program ends.
Pool* pool = nullptr;

/// A child of fork has no threads but its own. The parent's pool is left where it is, as its threads cannot be joined.
void forget_pool() {
    pool = nullptr;
    busy = false;
}

int processors() {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) return std::min(CPU_COUNT(&set), most_threads);
    return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, most_threads);
}

int default_count() {
    const char* const text = std::getenv("VISION_KERNELS_THREADS");
    if (text == nullptr || *text == '\0') return processors();
    const std::string_view whole(text);
    int count = 0;
    const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), count);
    if (error != std::errc() || end != whole.data() + whole.size() || count < 1 || count > most_threads) {
        throw std::invalid_argument("VISION_KERNELS_THREADS must be a number from 1 to 1024; it is '" + std::string(whole) + "'");
    }
    return count;
}

/// The pool of this many threads; the caller owns it.
Pool& pool_of(int threads) {
    static const int registered = pthread_atfork(nullptr, nullptr, forget_pool);
    if (registered != 0) throw std::bad_alloc();
    if (pool != nullptr && pool->size() != threads) {
        delete pool;
        pool = nullptr;
    }
    if (pool == nullptr) pool = new Pool(threads);
    return *pool;
}

/// The pool is ours while this lives, unless someone else was first.
class Ownership {
public:
    Ownership() : owns_(!busy.exchange(true)) {}
    ~Ownership() {
        if (owns_) busy = false;
    }
    Ownership(const Ownership&) = delete;
    Ownership& operator=(const Ownership&) = delete;
    explicit operator bool() const { return owns_; }

private:
    bool owns_;
};

}  // namespace

int thread_count() {
    const int chosen = chosen_count;
    return chosen != 0 ? chosen : default_count();
}

void set_thread_count(int count) {
    if (count < 0 || count > most_threads) {
        throw std::invalid_argument("set_thread_count: count must lie in [0, 1024]; it is " + std::to_string(count));
    }
    chosen_count = count;
}

void detail::parallel_for(std::int64_t count, void (*work)(void*, std::int64_t), void* argument) {
    Job job{work, argument, count};
    const int threads = thread_count() - 1;
    if (count > 1 && threads > 0) {
        if (const Ownership ownership; ownership) {
            pool_of(threads).run(job);
            if (job.failure) std::rethrow_exception(job.failure);
            return;
        }
    }
    job.run();
    if (job.failure) std::rethrow_exception(job.failure);
}

}  // namespace vision_kernels
