// Part of every library that `knobsmith generate` writes; do not edit.
#pragma once

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "numbers.hpp"
#include "text.hpp"
#include "values.hpp"

/// Lists in native form, as JSON writes them. A reader knows what it wants, so it goes no deeper than the type.
namespace vision_hyperparameters::json {

class Reader {
public:
    explicit Reader(std::string_view text) noexcept : text_(text) {}

    /// Reads a list; `read_item(reader, item)` reads one of its items.
    template <class Items, class ReadItem>
    bool list(Items& items, const ReadItem& read_item) {
        items.clear();
        if (!take('[')) return false;
        if (take(']')) return true;
        do {
            typename Items::value_type item{};
            skip_space();
            if (!read_item(*this, item)) return false;
            items.push_back(std::move(item));
        } while (take(','));
        return take(']');
    }

    /// Reads a number without fraction, however it is written.
    bool integer(std::int64_t& value) noexcept {
        double found = 0;
        if (!number(found) || !numbers::is_integer(found)) return false;
        value = static_cast<std::int64_t>(found);
        return true;
    }

    /// Reads a number, which has to be finite.
    bool number(double& value) noexcept {
        const numbers::Scanned scanned = numbers::scanned(text_.substr(at_));
        if (scanned.end == 0) return false;
        const double found = numbers::nearest(text_.substr(at_, scanned.end), scanned);
        if (!std::isfinite(found)) return false;
        at_ += scanned.end;
        value = found;
        return true;
    }

    /// Reads `true` or `false`.
    bool boolean(bool& value) noexcept {
        value = literal("true");
        return value || literal("false");
    }

    /// Whether all that is left is `null`.
    bool null() noexcept {
        skip_space();
        return literal("null") && at_end();
    }

    /// Reads a string; one that holds half a surrogate pair is none.
    bool string(std::string& value) {
        const std::size_t start = at_;
        return (lenient_string(value) && text::is_unicode(value)) || undo(start);
    }

    /// Reads a string without escapes, in place.
    bool plain_string(std::string_view& value) noexcept {
        if (at_ == text_.size() || text_[at_] != '"') return false;
        const std::size_t end = text_.find_first_of("\"\\", at_ + 1);
        if (end == std::string_view::npos || text_[end] == '\\') return false;
        value = text_.substr(at_ + 1, end - at_ - 1);
        for (const char character : value) {
            if (static_cast<unsigned char>(character) < 0x20) return false;
        }
        if (!text::is_unicode(value)) return false;
        at_ = end + 1;
        return true;
    }

    /// Reads an object: `take_member(key, value)` is given each value as text, which need not be JSON.
    template <class TakeMember>
    bool object(const TakeMember& take_member) {
        if (!take('{')) return false;
        if (take('}')) return true;
        do {
            std::string_view key;
            std::string own;
            skip_space();
            if (!viewed_string(key, own) || !take(':')) return false;
            skip_space();
            const std::size_t start = at_;
            if (!skip_value()) return false;
            take_member(key, text_.substr(start, at_ - start));
        } while (take(','));
        return take('}');
    }

    /// Reads one of these words.
    template <class T, std::size_t Count>
    bool word(WordOr<T>& value, const std::array<std::string_view, Count>& words) {
        const std::size_t start = at_;
        std::string_view found;
        std::string own;
        if (!viewed_string(found, own)) return undo(start);
        for (const std::string_view word : words) {
            if (word != found) continue;
            value = WordOr<T>(word);
            return true;
        }
        return undo(start);
    }

    /// Whether nothing but space is left.
    bool at_end() noexcept {
        skip_space();
        return at_ == text_.size();
    }

    void skip_space() noexcept {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
            ++at_;
        }
    }

private:
    bool take(char wanted) noexcept {
        skip_space();
        if (at_ == text_.size() || text_[at_] != wanted) return false;
        ++at_;
        return true;
    }

    /// Reads a string; half a surrogate pair is kept as three bytes, which are no UTF-8.
    bool lenient_string(std::string& value) {
        if (at_ == text_.size() || text_[at_] != '"') return false;
        const std::size_t start = at_++;
        value.clear();
        while (at_ < text_.size() && text_[at_] != '"') {
            const char next = text_[at_];
            if (static_cast<unsigned char>(next) < 0x20 || (next == '\\' && !escape(value))) return undo(start);
            if (next == '\\') continue;
            value.push_back(next);
            ++at_;
        }
        if (at_ == text_.size()) return undo(start);
        ++at_;
        return true;
    }

    /// Reads a string where it stands, or one with escapes into `own`.
    bool viewed_string(std::string_view& value, std::string& own) {
        if (plain_string(value)) return true;
        if (!lenient_string(own)) return false;
        value = own;
        return true;
    }

    /// Goes to the comma or bracket behind a value, however deep it is.
    bool skip_value() noexcept {
        const std::size_t start = at_;
        std::size_t depth = 0;
        for (bool is_inside = false; at_ < text_.size(); ++at_) {
            const char next = text_[at_];
            if (is_inside) {
                if (next == '\\') ++at_;
                is_inside = next != '"';
            } else if (next == '"') {
                is_inside = true;
            } else if (next == '[' || next == '{') {
                ++depth;
            } else if (depth == 0 && (next == ',' || next == '}' || next == ']')) {
                break;
            } else if (next == ']' || next == '}') {
                --depth;
            }
        }
        return at_ > start && at_ < text_.size();
    }

    bool literal(std::string_view wanted) noexcept {
        if (text_.substr(at_, wanted.size()) != wanted) return false;
        at_ += wanted.size();
        return true;
    }

    bool undo(std::size_t start) noexcept {
        at_ = start;
        return false;
    }

    /// Four hexadecimal digits.
    bool unit(char32_t& code) noexcept {
        const std::string_view digits = text_.substr(at_, 4);
        std::uint32_t value = 0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
        if (digits.size() < 4 || read.ptr != digits.data() + 4) return false;
        at_ += 4;
        code = value;
        return true;
    }

    bool escape(std::string& value) {
        if (text_.size() - at_ < 2) return false;
        const char letter = text_[at_ + 1];
        at_ += 2;
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        const std::size_t place = letters.find(letter);
        if (place != std::string_view::npos) {
            value.push_back(meanings[place]);
            return true;
        }
        char32_t code = 0;
        if (letter != 'u' || !unit(code)) return false;
        if (code >= 0xD800 && code < 0xDC00) {
            const std::size_t behind = at_;
            char32_t low = 0;
            if (literal("\\u") && unit(low) && low >= 0xDC00 && low <= 0xDFFF) {
                code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
            } else {
                at_ = behind;
            }
        }
        text::append_code_point(value, code);
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

inline void append_escaped(std::string& text, char32_t code) {
    constexpr std::string_view hex = "0123456789abcdef";
    text += "\\u";
    for (unsigned shift = 16; shift > 0;) {
        shift -= 4;
        text += hex[(code >> shift) & 0xFU];
    }
}

/// Writes a string. Half a surrogate pair is escaped; any other byte that is no UTF-8 becomes a replacement character.
inline void append(std::string& text, std::string_view value) {
    text += '"';
    for (std::size_t at = 0; at < value.size();) {
        const text::CodePoint code = text::code_point(value, at);
        constexpr std::string_view special = "\"\\\b\f\n\r\t";
        const std::size_t place = code.size == 1 ? special.find(value[at]) : std::string_view::npos;
        if (place != std::string_view::npos) {
            text += '\\';
            text += std::string_view("\"\\bfnrt")[place];
        } else if (code.size == 0) {
            const bool is_half = code.value >= 0xD800 && code.value <= 0xDFFF;
            append_escaped(text, is_half ? code.value : 0xFFFDU);
            at += is_half ? 3 : 1;
            continue;
        } else if (code.value < 0x20) {
            append_escaped(text, code.value);
        } else {
            text.append(value.substr(at, code.size));
        }
        at += code.size;
    }
    text += '"';
}

/// Writes a value in native form.
template <class T>
void append_value(std::string& text, const T& value) {
    if constexpr (values::is_word_or<T>) {
        if (value.is_word()) {
            append(text, value.word);
        } else {
            append_value(text, value.value);
        }
    } else if constexpr (std::is_same_v<T, bool>) {
        text += value ? "true" : "false";
    } else if constexpr (values::is_number<T>) {
        numbers::append(text, value);
    } else if constexpr (values::is_list<T>) {
        text += '[';
        for (std::size_t at = 0; at < value.size(); ++at) {
            if (at > 0) text += ',';
            append_value(text, value[at]);
        }
        text += ']';
    } else {
        append(text, std::string_view(value));
    }
}

}  // namespace vision_hyperparameters::json
