// Part of every library that `knobsmith generate` writes; do not edit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Texts: UTF-8 without surrogates, whose length counts code points.
namespace vision_kernels::text {

/// The code point that starts at `at`, and how many bytes it takes: 0 if what stands there is no UTF-8.
struct CodePoint {
    char32_t value;
    std::size_t size;
};

inline bool continues(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

inline CodePoint code_point(std::string_view text, std::size_t at) noexcept {
    const auto byte = [&](std::size_t offset) { return static_cast<unsigned char>(text[at + offset]); };
    const std::size_t left = text.size() - at;
    const char32_t lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    if (lead >= 0xC2 && lead < 0xE0 && left > 1 && continues(text[at + 1])) {
        return {((lead & 0x1FU) << 6U) | (byte(1) & 0x3FU), 2};
    }
    if (lead >= 0xE0 && lead < 0xF0 && left > 2 && continues(text[at + 1]) && continues(text[at + 2])) {
        const char32_t code = ((lead & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
        return {code, code >= 0x800 && (code < 0xD800 || code > 0xDFFF) ? std::size_t{3} : std::size_t{0}};
    }
    if (lead >= 0xF0 && lead < 0xF5 && left > 3 && continues(text[at + 1]) && continues(text[at + 2]) &&
        continues(text[at + 3])) {
        const char32_t code = ((lead & 0x07U) << 18U) | ((byte(1) & 0x3FU) << 12U) | ((byte(2) & 0x3FU) << 6U) |
                              (byte(3) & 0x3FU);
        return {code, code >= 0x10000 && code <= 0x10FFFF ? std::size_t{4} : std::size_t{0}};
    }
    return {lead, 0};
}

/// Whether a text is UTF-8 without surrogates.
inline bool is_unicode(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80U) {
            ++at;
            continue;
        }
        const std::size_t size = code_point(text, at).size;
        if (size == 0) return false;
        at += size;
    }
    return true;
}

/// How many code points a valid text has.
inline std::int64_t length(std::string_view text) noexcept {
    std::int64_t count = 0;
    for (const char byte : text) count += continues(byte) ? 0 : 1;
    return count;
}

inline void append_code_point(std::string& text, char32_t code) {
    const auto add = [&](char32_t byte) { text.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (code < 0x80) {
        add(code);
    } else if (code < 0x800) {
        add(0xC0U | (code >> 6U));
        add(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        add(0xE0U | (code >> 12U));
        add(0x80U | ((code >> 6U) & 0x3FU));
        add(0x80U | (code & 0x3FU));
    } else {
        add(0xF0U | (code >> 18U));
        add(0x80U | ((code >> 12U) & 0x3FU));
        add(0x80U | ((code >> 6U) & 0x3FU));
        add(0x80U | (code & 0x3FU));
    }
}

/// A text without the blanks around it.
inline std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

}  // namespace vision_kernels::text
