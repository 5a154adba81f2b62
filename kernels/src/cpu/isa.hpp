// The instruction sets that the CPU backend is compiled for.
#pragma once

#include <string_view>

namespace vision_kernels::cpu {

enum class Isa { baseline, avx2, avx512 };

/// The instruction set in use: that of `use_isa`, else of the environment variable VISION_KERNELS_ISA, else the widest
/// that the processor has.
///
/// Throws std::invalid_argument if the variable names none, or one that this processor lacks.
Isa isa_in_use();

/// Use this instruction set, by its name; an empty name goes back to the default.
///
/// Throws std::invalid_argument if there is none of this name, or this processor lacks it.
void use_isa(std::string_view name);

/// Whether this build and this processor have it.
bool has_isa(Isa isa);

}  // namespace vision_kernels::cpu

/// The one of the functions of this name, one for each instruction set, that fits the one in use.
#if defined(__x86_64__)
#define VISION_KERNELS_CHOOSE(...)                                                                      \
    (::vision_kernels::cpu::isa_in_use() == ::vision_kernels::cpu::Isa::avx512 ? avx512::__VA_ARGS__     \
     : ::vision_kernels::cpu::isa_in_use() == ::vision_kernels::cpu::Isa::avx2 ? avx2::__VA_ARGS__       \
                                                                               : baseline::__VA_ARGS__)
#else
#define VISION_KERNELS_CHOOSE(...) (baseline::__VA_ARGS__)
#endif
