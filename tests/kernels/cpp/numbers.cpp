// Conversions of 16-bit numbers against a slow reference, and elementary functions against the C library in double
// precision.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <vector>

#include "checking.hpp"
#include "cpu/isa.hpp"
#include "vision_kernels/formulas/elementary.hpp"
#include "vision_kernels/functions/optimizers.hpp"
#include "vision_kernels/half.hpp"

namespace {

using namespace vision_kernels;

/// What a format with these digits and this exponent of its smallest normal number means by its bits.
double reference_value(std::uint16_t bits, int digits, int least) {
    const int exponent_bits = 15 - digits;
    const int exponent = (bits >> digits) & ((1 << exponent_bits) - 1);
    const int fraction = bits & ((1 << digits) - 1);
    const double sign = (bits & 0x8000) != 0 ? -1 : 1;
    if (exponent == (1 << exponent_bits) - 1) return fraction != 0 ? NAN : sign * INFINITY;
    if (exponent == 0) return sign * std::ldexp(fraction, least - digits);
    return sign * std::ldexp((1 << digits) + fraction, least + exponent - 1 - digits);
}

/// The nearest number of the format, found by search among all of them; of two equally near ones the even one.
std::uint16_t reference_rounding(double number, int digits, int least) {
    const std::uint16_t sign = std::signbit(number) ? 0x8000 : 0;
    const double size = std::fabs(number);
    const std::uint16_t infinite = static_cast<std::uint16_t>(0x7fff & ~((1 << digits) - 1));
    std::uint16_t low = 0;
    std::uint16_t high = infinite;
    while (high - low > 1) {
        const std::uint16_t middle = static_cast<std::uint16_t>((low + high) / 2);
        (reference_value(middle, digits, least) <= size ? low : high) = middle;
    }
    // Infinity stands where the next number would be.
    const double below = reference_value(low, digits, least);
    const double step = std::ldexp(1, std::max(low >> digits, 1) - 1 + least - digits);
    const double middle = below + step / 2;
    const bool up = size > middle || (size == middle && (low & 1) != 0);
    return static_cast<std::uint16_t>(sign | (up ? high : low));
}

template <class Storage>
void check_widening(int digits, int least) {
    for (int bits = 0; bits < 65536; ++bits) {
        const auto stored = Storage{static_cast<std::uint16_t>(bits)};
        const double expected = reference_value(stored.bits, digits, least);
        const float number = widen(stored);
        const bool same = static_cast<double>(number) == expected && std::signbit(number) == std::signbit(expected);
        CHECK(std::isnan(expected) ? std::isnan(number) : same);
        if (std::isnan(expected)) {
            CHECK((narrow<Storage>(number).bits | 1 << (digits - 1)) == (stored.bits | 1 << (digits - 1)));
        } else {
            CHECK(narrow<Storage>(number).bits == stored.bits);
        }
    }
}

/// Each number, the middle to the next one, and the floats beside it.
template <class Storage>
std::vector<float> boundaries(int digits, int least) {
    std::vector<float> numbers;
    for (int bits = 0; bits < 0x8000; ++bits) {
        const double below = reference_value(static_cast<std::uint16_t>(bits), digits, least);
        if (!std::isfinite(below)) break;
        const double step = std::ldexp(1, std::max(bits >> digits, 1) - 1 + least - digits);
        for (const double number : {below, below + step / 2}) {
            const float single = static_cast<float>(number);
            numbers.insert(numbers.end(), {single, std::nextafter(single, 0.0f), std::nextafter(single, INFINITY)});
        }
    }
    numbers.insert(numbers.end(), {0.0f, 1e-45f, std::numeric_limits<float>::max()});
    for (std::size_t i = numbers.size(); i-- > 0;) numbers.push_back(-numbers[i]);
    return numbers;
}

template <class Storage>
void check_narrowing(int digits, int least) {
    for (const float number : boundaries<Storage>(digits, least)) {
        if (!std::isfinite(number)) continue;
        CHECK(narrow<Storage>(number).bits == reference_rounding(static_cast<double>(number), digits, least));
    }
    CHECK(std::isnan(widen(narrow<Storage>(NAN))));
    CHECK(widen(narrow<Storage>(INFINITY)) == INFINITY);
    CHECK(widen(narrow<Storage>(-INFINITY)) == -INFINITY);
}

/// An update that changes nothing but rounds its master copy, with the instructions of each instruction set.
template <class Storage>
void check_arrays(int digits, int least) {
    std::vector<float> master = boundaries<Storage>(digits, least);
    for (float& number : master) number = std::isfinite(number) ? number : 1.0f;
    const std::vector<Storage> gradient(master.size(), narrow<Storage>(0.0f));
    for (const char* const isa : {"baseline", "avx2", "avx512"}) {
        if (!cpu::has_isa(isa[0] == 'b' ? cpu::Isa::baseline : isa[3] == '2' ? cpu::Isa::avx2 : cpu::Isa::avx512)) continue;
        cpu::use_isa(isa);
        std::vector<Storage> weight(master.size());
        std::vector<float> own = master;
        MxnetSgdStep scalars;
        scalars.momentum = 0;
        scalars.weight_decay = 0;
        MxnetSgdStepTensors<Storage> tensors;
        tensors.weight = weight.data();
        tensors.gradient = gradient.data();
        tensors.master = own.data();
        tensors.size = static_cast<std::int64_t>(own.size());
        cpu::mxnet_sgd_step(scalars, &tensors, 1, Context());
        for (std::size_t i = 0; i < own.size(); ++i) {
            CHECK(own[i] == master[i]);
            CHECK(widen(weight[i]) == widen(narrow<Storage>(master[i])));
        }
    }
    cpu::use_isa("");
}

void check_half_arithmetic() {
    // 1 + 2^-11 lies halfway to the next number and goes to the even one; 1 + 3 * 2^-11 goes up.
    CHECK((HalfArithmetic(1.0f) + HalfArithmetic(0x1p-11f)).value() == 1.0f);
    CHECK((HalfArithmetic(1.0f) + HalfArithmetic(0x3p-11f)).value() == 1.0f + 0x2p-10f);
    CHECK((HalfArithmetic(300.0f) * HalfArithmetic(300.0f)).value() == INFINITY);
    CHECK((HalfArithmetic(1.0f) / HalfArithmetic(3.0f)).value() == 0x1.554p-2f);
    CHECK((HalfArithmetic(0x1p-14f) * HalfArithmetic(0.5f)).value() == 0x1p-15f);
    CHECK((HalfArithmetic(0x1p-24f) * HalfArithmetic(0.5f)).value() == 0.0f);
    CHECK(formulas::square_root(HalfArithmetic(2.0f)).value() == 0x1.6ap0f);
    CHECK((-HalfArithmetic(1.0f) - HalfArithmetic(1.0f)).value() == -2.0f);
}

/// Units in the last place between a result and the exact value.
double ulps(float result, double exact) {
    const float rounded = static_cast<float>(exact);
    if (std::isnan(exact)) return std::isnan(result) ? 0 : INFINITY;
    if (std::isinf(rounded) || std::isinf(result)) return rounded == result ? 0 : INFINITY;
    int exponent = 0;
    std::frexp(exact, &exponent);
    return std::fabs(static_cast<double>(result) - exact) / std::ldexp(1, std::max(exponent, -125) - 24);
}

void check_elementary() {
    double exponential = 0, logarithm = 0, one_plus = 0;
    // An odd stride meets every exponent with changing digits; the ends of each binade are met as well.
    constexpr std::uint64_t stride = 1021;
    for (std::uint64_t next = 0; next <= 0xffffffffu; next += stride) {
        for (const std::uint32_t bits : {static_cast<std::uint32_t>(next), static_cast<std::uint32_t>(next) & 0xff800000u,
                                         static_cast<std::uint32_t>(next) | 0x007fffffu}) {
            const float x = float_of(bits);
            const double exact = static_cast<double>(x);
            exponential = std::max(exponential, ulps(formulas::exponential(x), std::exp(exact)));
            logarithm = std::max(logarithm, ulps(formulas::logarithm(x), std::log(exact)));
            if (x >= 0.0f && x <= 1.0f) {
                one_plus = std::max(one_plus, ulps(formulas::logarithm_of_one_plus(x), std::log1p(exact)));
            }
        }
    }
    std::printf("ulps: exponential %.3f, logarithm %.3f, of one plus %.3f\n", exponential, logarithm, one_plus);
    CHECK(exponential <= 2 && logarithm <= 2 && one_plus <= 2);
    CHECK(exponential > 0.5 && logarithm > 0.5 && one_plus > 0.5);
    CHECK(formulas::exponential(INFINITY) == INFINITY && formulas::exponential(-INFINITY) == 0.0f);
    CHECK(formulas::exponential(0.0f) == 1.0f && formulas::logarithm(1.0f) == 0.0f);
    CHECK(formulas::logarithm(0.0f) == -INFINITY && formulas::logarithm(INFINITY) == INFINITY);
    CHECK(std::isnan(formulas::logarithm(-1.0f)) && std::isnan(formulas::exponential(NAN)));
    CHECK(std::isnan(formulas::logarithm(NAN)) && std::isnan(formulas::logarithm_of_one_plus(NAN)));
}

}  // namespace

int main() {
    check_widening<Half>(10, -14);
    check_widening<BFloat16>(7, -126);
    check_narrowing<Half>(10, -14);
    check_narrowing<BFloat16>(7, -126);
    check_arrays<Half>(10, -14);
    check_arrays<BFloat16>(7, -126);
    check_half_arithmetic();
    check_elementary();
    return checking::done();
}
