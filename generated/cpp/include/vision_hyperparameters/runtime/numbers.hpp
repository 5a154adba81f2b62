// Part of every library that `knobsmith generate` writes; do not edit.
#pragma once

#include <cfloat>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

/// Numbers: one grammar to read them, one spelling to write them, and arithmetic that is checked and never fused.
namespace vision_hyperparameters::numbers {

/// The largest integer: all up to here are exact as doubles too.
inline constexpr std::int64_t largest_integer = 9007199254740991;
/// The longest text of a number on the wire.
inline constexpr std::size_t longest_text = 64;
/// An exponent beyond all digits that a text can hold: what it is written behind cannot make up for it.
inline constexpr std::int64_t largest_exponent = 1000000000000000000;

/// An exponent with one more digit, at most the largest.
inline std::int64_t appended(std::int64_t exponent, char digit) noexcept {
    return exponent < largest_exponent / 10 ? exponent * 10 + (digit - '0') : largest_exponent;
}

inline bool is_digit(char character) noexcept { return character >= '0' && character <= '9'; }

/// What a scan of a number in JSON's grammar finds: `digits * 10^exponent`, as far as that is exact.
struct Scanned {
    std::size_t end = 0;       ///< Offset after the number; 0 if there is none.
    std::uint64_t digits = 0;  ///< Its digits as one integer; meaningless beyond fifteen.
    std::int64_t count = 0;    ///< How many there are, without leading zeros.
    std::int64_t exponent = 0;
};

/// Scans the longest number at the start of a text.
inline Scanned scanned(std::string_view text) noexcept {
    Scanned found;
    const auto digit = [&](std::size_t at) { return at < text.size() && is_digit(text[at]); };
    const auto eat = [&](std::size_t& at) {
        const std::size_t start = at;
        for (; digit(at); ++at) {
            if (found.count > 0 || text[at] != '0') ++found.count;
            if (found.count < 18) found.digits = found.digits * 10 + static_cast<std::uint64_t>(text[at] - '0');
        }
        return static_cast<std::int64_t>(at - start);
    };
    std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
    if (!digit(at)) return found;
    if (text[at] == '0') {
        ++at;
    } else {
        eat(at);
    }
    found.end = at;
    if (at < text.size() && text[at] == '.' && digit(at + 1)) {
        ++at;
        found.exponent = -eat(at);
        found.end = at;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        const bool has_sign = at + 1 < text.size() && (text[at + 1] == '+' || text[at + 1] == '-');
        const bool is_negative = has_sign && text[at + 1] == '-';
        at += has_sign ? 2 : 1;
        std::int64_t exponent = 0;
        for (; digit(at); ++at) {
            exponent = appended(exponent, text[at]);
            found.end = at + 1;
        }
        if (found.end == at) found.exponent += is_negative ? -exponent : exponent;
    }
    return found;
}

/// Whether the value of a number that is too large or too small for a double is above 1.
inline bool is_large(std::string_view text) noexcept {
    std::int64_t exponent = 0;
    std::size_t mark = text.find_first_of("eE");
    if (mark == std::string_view::npos) mark = text.size();
    for (std::size_t at = mark; at < text.size(); ++at) {
        if (is_digit(text[at])) exponent = appended(exponent, text[at]);
    }
    if (mark + 1 < text.size() && text[mark + 1] == '-') exponent = -exponent;
    std::int64_t leading = 0;
    bool behind_point = false;
    bool is_counting = true;
    for (const char character : text.substr(0, mark)) {
        if (character == '.') {
            if (!is_counting) break;
            behind_point = true;
        } else if (is_digit(character)) {
            if (is_counting && character != '0') {
                is_counting = false;
                if (behind_point) break;
                leading = 0;
            }
            if (behind_point) {
                --leading;
            } else if (!is_counting) {
                ++leading;
            }
        }
    }
    return leading + exponent > 0;
}

/// The double nearest to a text that was scanned as a number; infinite if there is none.
inline double nearest(std::string_view text, const Scanned& number) noexcept {
    if (number.count == 0) return 0.0;
#if FLT_EVAL_METHOD == 0
    // Both sides are exact, so one operation rounds right.
    constexpr double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (number.count <= 15 && number.exponent >= -22 && number.exponent <= 22) {
        const auto digits = static_cast<double>(number.digits);
        const double value =
            number.exponent < 0 ? digits / powers[-number.exponent] : digits * powers[number.exponent];
        return text[0] == '-' ? 0.0 - value : value;
    }
#endif
    double value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec == std::errc::result_out_of_range) return is_large(text) ? HUGE_VAL : 0.0;
    return value + 0.0;
}

/// Reads an integer in wire form.
inline bool read_integer(std::string_view text, std::int64_t& value) noexcept {
    const bool is_negative = !text.empty() && text[0] == '-';
    const std::string_view digits = text.substr(is_negative ? 1 : 0);
    if (digits.empty() || digits.size() > 16 || (digits[0] == '0' && digits.size() > 1)) return false;
    std::int64_t found = 0;
    for (const char digit : digits) {
        if (!is_digit(digit)) return false;
        found = found * 10 + (digit - '0');
    }
    if (found > largest_integer) return false;
    value = is_negative ? -found : found;
    return true;
}

/// Reads a number in wire form.
inline bool read_number(std::string_view text, double& value) noexcept {
    if (text.empty() || text.size() > longest_text) return false;
    const Scanned number = scanned(text);
    if (number.end != text.size()) return false;
    const double found = nearest(text, number);
    if (!std::isfinite(found)) return false;
    value = found;
    return true;
}

/// Whether a double has no fraction and is an integer of the language.
inline bool is_integer(double value) noexcept {
    return std::fabs(value) <= static_cast<double>(largest_integer) && std::trunc(value) == value;
}

inline void append(std::string& text, std::int64_t value) {
    char digits[24];
    const auto result = std::to_chars(digits, digits + sizeof digits, value);
    text.append(digits, static_cast<std::size_t>(result.ptr - digits));
}

/// Writes the shortest digits that read back as the same number, laid out as ECMAScript and RFC 8785 do.
inline void append(std::string& text, double value) {
    if (value == 0) {
        text += '0';
        return;
    }
    char buffer[40];
    const auto result = std::to_chars(buffer, buffer + sizeof buffer, std::fabs(value), std::chars_format::scientific);
    const std::string_view shown(buffer, static_cast<std::size_t>(result.ptr - buffer));
    const std::size_t mark = shown.find('e');
    char digits[24];
    std::size_t count = 0;
    for (const char character : shown.substr(0, mark)) {
        if (character != '.') digits[count++] = character;
    }
    int exponent = 0;
    for (const char character : shown.substr(mark + 2)) exponent = exponent * 10 + (character - '0');
    const int point = (shown[mark + 1] == '-' ? -exponent : exponent) + 1;
    const auto number_of_digits = static_cast<int>(count);
    if (value < 0) text += '-';
    if (number_of_digits <= point && point <= 21) {
        text.append(digits, count).append(static_cast<std::size_t>(point - number_of_digits), '0');
    } else if (0 < point && point <= 21) {
        const auto whole = static_cast<std::size_t>(point);
        text.append(digits, whole).append(1, '.').append(digits + whole, count - whole);
    } else if (-6 < point && point <= 0) {
        text.append("0.").append(static_cast<std::size_t>(-point), '0').append(digits, count);
    } else {
        text += digits[0];
        if (count > 1) text.append(1, '.').append(digits + 1, count - 1);
        text.append(point > 0 ? "e+" : "e");
        append(text, static_cast<std::int64_t>(point - 1));
    }
}

/// Whether the result of an integer operation is an integer of the language.
inline bool fits(std::int64_t result) noexcept { return result >= -largest_integer && result <= largest_integer; }

/// The same for `left * right`, which is not computed.
inline bool product_fits(std::int64_t left, std::int64_t right) noexcept {
    const std::int64_t a = left < 0 ? -left : left;
    const std::int64_t b = right < 0 ? -right : right;
    return a == 0 || b <= largest_integer / a;
}

/// Whether the result of an operation on numbers is a number.
inline bool is_finite(double result) noexcept { return std::isfinite(result); }

/// A product that no compiler fuses with a sum, whatever its flags: it is rounded here.
#if defined(__GNUC__)
__attribute__((noinline))
#elif defined(_MSC_VER)
__declspec(noinline)
#endif
inline double
product(double left, double right) noexcept {
    return left * right;
}

}  // namespace vision_hyperparameters::numbers
