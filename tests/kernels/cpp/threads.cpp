// The thread pool: every index once, exceptions, calls inside and beside calls, other numbers of threads, fork.
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "checking.hpp"
#include "vision_kernels/parallel.hpp"

namespace {

using vision_kernels::parallel_for;
using vision_kernels::set_thread_count;

/// How often each index was called.
std::vector<int> calls(std::int64_t count) {
    std::vector<std::atomic<int>> seen(static_cast<std::size_t>(count));
    parallel_for(count, [&](std::int64_t index) { ++seen[static_cast<std::size_t>(index)]; });
    return {seen.begin(), seen.end()};
}

void check_each_index_once() {
    for (const int threads : {1, 2, 3, 8}) {
        set_thread_count(threads);
        for (const std::int64_t count : {0, 1, 2, 7, 1000}) {
            for (int round = 0; round < 20; ++round) {
                CHECK(calls(count) == std::vector<int>(static_cast<std::size_t>(count), 1));
            }
        }
    }
}

/// Threads that wait for each other can only end if there are as many as were asked for.
void check_threads_run_together() {
    set_thread_count(3);
    std::atomic<int> arrived{0};
    std::mutex mutex;
    std::set<std::thread::id> names;
    parallel_for(3, [&](std::int64_t) {
        ++arrived;
        while (arrived < 3) std::this_thread::yield();
        const std::lock_guard<std::mutex> lock(mutex);
        names.insert(std::this_thread::get_id());
    });
    CHECK(names.size() == 3);
}

/// A pool whose threads went to sleep works as before.
void check_sleeping_threads_wake() {
    set_thread_count(4);
    for (int round = 0; round < 5; ++round) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        CHECK(calls(100) == std::vector<int>(100, 1));
    }
}

void check_exceptions() {
    for (const int threads : {1, 4}) {
        set_thread_count(threads);
        std::string message;
        try {
            parallel_for(1000, [](std::int64_t index) {
                if (index == 17) throw std::runtime_error("seventeen");
            });
        } catch (const std::runtime_error& error) {
            message = error.what();
        }
        CHECK(message == "seventeen");
        CHECK(calls(50) == std::vector<int>(50, 1));
    }
}

void check_calls_inside_calls() {
    set_thread_count(4);
    std::atomic<int> total{0};
    parallel_for(8, [&](std::int64_t) { parallel_for(16, [&](std::int64_t) { ++total; }); });
    CHECK(total == 8 * 16);
}

void check_calls_beside_calls() {
    set_thread_count(3);
    std::atomic<int> total{0};
    std::vector<std::thread> callers;
    for (int caller = 0; caller < 4; ++caller) {
        callers.emplace_back([&] {
            for (int round = 0; round < 50; ++round) parallel_for(20, [&](std::int64_t) { ++total; });
        });
    }
    for (std::thread& caller : callers) caller.join();
    CHECK(total == 4 * 50 * 20);
}

void check_counts() {
    set_thread_count(5);
    CHECK(vision_kernels::thread_count() == 5);
    set_thread_count(0);
    CHECK(vision_kernels::thread_count() >= 1);
    setenv("VISION_KERNELS_THREADS", "7", 1);
    CHECK(vision_kernels::thread_count() == 7);
    for (const char* const text : {"0", "-1", "2x", "many", "1025"}) {
        setenv("VISION_KERNELS_THREADS", text, 1);
        bool refused = false;
        try {
            vision_kernels::thread_count();
        } catch (const std::invalid_argument& error) {
            refused = std::string(error.what()).find(text) != std::string::npos;
        }
        CHECK(refused);
    }
    unsetenv("VISION_KERNELS_THREADS");
    bool refused = false;
    try {
        set_thread_count(-2);
    } catch (const std::invalid_argument&) {
        refused = true;
    }
    CHECK(refused);
}

/// The child has none of the parent's threads, and makes its own.
void check_fork() {
    set_thread_count(3);
    CHECK(calls(100) == std::vector<int>(100, 1));
    const pid_t child = fork();
    if (child == 0) {
        std::atomic<int> arrived{0};
        parallel_for(3, [&](std::int64_t) {
            ++arrived;
            while (arrived < 3) std::this_thread::yield();
        });
        _exit(calls(100) == std::vector<int>(100, 1) ? 0 : 1);
    }
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    CHECK(calls(100) == std::vector<int>(100, 1));
}

}  // namespace

int main() {
    check_counts();
    check_each_index_once();
    check_threads_run_together();
    check_sleeping_threads_wake();
    check_exceptions();
    check_calls_inside_calls();
    check_calls_beside_calls();
    check_fork();
    set_thread_count(1);
    return checking::done();
}
