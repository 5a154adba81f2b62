// Part of every library that `knobsmith generate` writes; do not edit.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "json.hpp"
#include "values.hpp"

/// Values in wire form.
namespace vision_hyperparameters {

/// A configuration in wire form, in the order of the spec.
using Wire = std::vector<std::pair<std::string_view, std::string>>;

namespace writing {

/// Writes a word, a string, an integer or a number.
template <class T>
bool plain(std::string& text, const T& value) {
    if constexpr (values::is_text<T>) {
        text += std::string_view(value);
    } else {
        json::append_value(text, value);
    }
    return true;
}

inline bool boolean(std::string& text, bool value, std::string_view for_true, std::string_view for_false) {
    text += value ? for_true : for_false;
    return true;
}

/// Writes items with a separator between them; false if reading would not give back the same items.
template <class Items>
bool separated(std::string& text, const Items& items, std::string_view separator, char mark) {
    bool is_first = true;
    for (const auto& item : items) {
        std::string own;
        if constexpr (values::is_word_or<std::decay_t<decltype(item)>>) {
            if (item.is_word()) {
                own = item.word;
            } else {
                plain(own, item.value);
            }
        } else {
            plain(own, item);
        }
        if (own.empty() || own.find(mark) != std::string::npos || own.front() == ' ' || own.back() == ' ') return false;
        if (!is_first) text += separator;
        is_first = false;
        text += own;
    }
    return true;
}

template <class Items>
bool in_brackets(std::string& text, const Items& items) {
    text += '(';
    const bool can_be_read = separated(text, items, ", ", ',');
    text += ')';
    return can_be_read;
}

}  // namespace writing
}  // namespace vision_hyperparameters
