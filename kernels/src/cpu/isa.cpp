#include "isa.hpp"

#include <atomic>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace vision_kernels::cpu {
namespace {

constexpr std::string_view names[] = {"baseline", "avx2", "avx512"};

Isa widest() {
    if (has_isa(Isa::avx512)) return Isa::avx512;
    return has_isa(Isa::avx2) ? Isa::avx2 : Isa::baseline;
}

Isa named(std::string_view name, const std::string& speaker) {
    for (const Isa isa : {Isa::baseline, Isa::avx2, Isa::avx512}) {
        if (name != names[static_cast<int>(isa)]) continue;
        if (has_isa(isa)) return isa;
        throw std::invalid_argument(speaker + " must be an instruction set of this processor; it lacks '" + std::string(name) + "'");
    }
    throw std::invalid_argument(speaker + " must be baseline, avx2 or avx512; it is '" + std::string(name) + "'");
}

Isa default_isa() {
    const char* const name = std::getenv("VISION_KERNELS_ISA");
    return name == nullptr || *name == '\0' ? widest() : named(name, "VISION_KERNELS_ISA");
}

/// What use_isa chose; -1: nothing.
std::atomic<int> chosen{-1};

}  // namespace

bool has_isa(Isa isa) {
#if defined(__x86_64__)
    switch (isa) {
        case Isa::baseline:
            return true;
        case Isa::avx2:
            return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("f16c");
        case Isa::avx512:
            return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    }
#endif
    return isa == Isa::baseline;
}

Isa isa_in_use() {
    static const Isa by_default = default_isa();
    const int isa = chosen;
    return isa < 0 ? by_default : static_cast<Isa>(isa);
}

void use_isa(std::string_view name) { chosen = name.empty() ? -1 : static_cast<int>(named(name, "use_isa: name")); }

}  // namespace vision_kernels::cpu
