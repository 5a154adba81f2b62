// A case is computed in every way there is: each instruction set, several numbers of threads, and the emulator in each
// order and with both alignments of arrays. All have to agree to the last bit.
#pragma once

#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "checking.hpp"
#include "cpu/isa.hpp"
#include "memory.hpp"
#include "vision_kernels/launch.hpp"
#include "vision_kernels/parallel.hpp"

namespace agreement {

using memory::Memory;

struct Case {
    std::string name;
    /// Sets arrays up and computes on them, on the CPU or in the emulator.
    std::function<void(Memory& memory, bool emulated)> compute;
};

inline std::vector<std::uint32_t> result(const Case& each, bool emulated, bool aligned = false) {
    Memory memory(aligned);
    each.compute(memory, emulated);
    return memory.contents();
}

inline void compare(const Case& each, const std::vector<std::uint32_t>& expected, bool emulated, const std::string& how,
                    bool aligned = false) {
    const std::vector<std::uint32_t> got = result(each, emulated, aligned);
    std::size_t different = got.size() == expected.size() ? 0 : 1;
    for (std::size_t i = 0; different == 0 && i < got.size(); ++i) different = got[i] != expected[i] ? i + 1 : 0;
    const std::string what = each.name + ", " + how + ": differs at " + std::to_string(different - 1);
    checking::check(different == 0, what.c_str(), __FILE__, __LINE__);
}

inline void check(const Case& each) {
    using vision_kernels::cpu::Isa;
    vision_kernels::set_thread_count(1);
    vision_kernels::cpu::use_isa("baseline");
    const std::vector<std::uint32_t> expected = result(each, false);
    const std::pair<const char*, Isa> isas[] = {{"baseline", Isa::baseline}, {"avx2", Isa::avx2}, {"avx512", Isa::avx512}};
    for (const auto& [name, isa] : isas) {
        if (!vision_kernels::cpu::has_isa(isa)) continue;
        vision_kernels::cpu::use_isa(name);
        for (const int threads : {1, 3}) {
            vision_kernels::set_thread_count(threads);
            compare(each, expected, false, std::string(name) + ", " + std::to_string(threads) + " threads");
        }
    }
    using vision_kernels::Order;
    const std::pair<const char*, Order> orders[] = {
        {"forwards", Order::forwards}, {"backwards", Order::backwards}, {"shuffled", Order::shuffled}};
    for (const auto& [name, order] : orders) {
        vision_kernels::set_emulator_order(order);
        compare(each, expected, true, std::string("emulated ") + name);
    }
    // Only aligned arrays are read and written in wide words.
    compare(each, expected, true, "emulated, aligned", true);
}

/// Whether computing changes anything: a case that does not tests nothing.
inline void check_it_computes(const Case& each, const std::function<void(Memory&)>& set_up) {
    Memory before;
    set_up(before);
    checking::check(result(each, false) != before.contents(), (each.name + " changes nothing").c_str(), __FILE__, __LINE__);
}

}  // namespace agreement
