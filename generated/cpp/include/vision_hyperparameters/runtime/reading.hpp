// Part of every library that `knobsmith generate` writes; do not edit.
#pragma once

#include <array>
#include <bitset>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "json.hpp"
#include "numbers.hpp"
#include "text.hpp"
#include "values.hpp"

/// What generated judges read configurations with: texts by their places, and values out of them or as they are.
namespace vision_hyperparameters::judging {

/// Which keys of a configuration are there, by their places.
template <std::size_t Keys>
struct Present {
    std::bitset<Keys == 0 ? 1 : Keys> is_there;
    std::bitset<Keys == 0 ? 1 : Keys> is_twice;

    void note(std::size_t place) noexcept {
        if (is_there[place]) is_twice[place] = true;
        is_there[place] = true;
    }
};

/// The texts of a configuration by the place of their keys, and the keys that nobody knows.
template <std::size_t Keys>
struct Texts : Present<Keys> {
    std::array<std::string_view, Keys == 0 ? 1 : Keys> texts{};
    std::vector<std::string> unknown;

    void take(int place, std::string_view prefix, std::string_view key, std::string_view text) {
        if (place < 0) {
            unknown.push_back(std::string(prefix).append(key));
            return;
        }
        const auto at = static_cast<std::size_t>(place);
        this->note(at);
        texts[at] = text;
    }

    /// Whether what stands there in native form is `null`.
    bool is_null(std::size_t place) const noexcept {
        return json::Reader(texts[place]).null();
    }

    /// Reads what stands there in native form, all of it; `read_value(reader, value)` says how.
    template <class T, class Read>
    bool read(std::size_t place, T& value, const Read& read_value) const {
        json::Reader reader(texts[place]);
        reader.skip_space();
        return read_value(reader, value) && reader.at_end();
    }
};

/// Whether pairs hold their texts, so that a view of these ends with them.
template <class Pairs>
using TextOf = std::decay_t<decltype((*std::begin(std::declval<const Pairs&>())).second)>;
template <class Pairs>
inline constexpr bool holds_texts = !std::is_trivially_copyable_v<TextOf<Pairs>>;

/// Texts of which a verdict has no other place to view them.
using Kept = std::shared_ptr<std::deque<std::string>>;

inline std::string_view keep(Kept& kept, std::string text) {
    if (!kept) kept = std::make_shared<std::deque<std::string>>();
    kept->push_back(std::move(text));
    return kept->back();
}

inline bool read_string(std::string_view text, std::string_view& value) noexcept {
    value = text;
    return text::is_unicode(text);
}

inline bool read_string(std::string_view text, std::string& value) {
    value = text;
    return text::is_unicode(text);
}

inline bool read_boolean(std::string_view text, bool& value, std::string_view for_true,
                         std::string_view for_false) noexcept {
    value = text == for_true;
    return value || text == for_false;
}

/// Reads one of these words; the word that is kept is ours.
template <class T, std::size_t Count>
bool read_word(std::string_view text, WordOr<T>& value, const std::array<std::string_view, Count>& words) {
    for (const std::string_view word : words) {
        if (word != text) continue;
        value = WordOr<T>(word);
        return true;
    }
    return false;
}

template <class Items, class ReadItem>
bool read_json(std::string_view text, Items& items, const ReadItem& read_item) {
    json::Reader reader(text);
    return text::is_unicode(text) && reader.list(items, read_item) && reader.at_end();
}

/// Reads a string of native form; one that does not stand there as it is, for its escapes, is kept.
template <class Reader>
bool read_native_string(Reader& reader, std::string_view& value, Kept& kept) {
    if (reader.plain_string(value)) return true;
    std::string own;
    if (!reader.string(own)) return false;
    value = keep(kept, std::move(own));
    return true;
}

/// Reads the members of an object, native values as texts.
template <class Texts, class PlaceOf>
bool read_members(std::string_view text, std::string_view prefix, Texts& texts, const PlaceOf& place_of) {
    json::Reader reader(text);
    const auto take = [&](std::string_view key, std::string_view value) {
        texts.take(place_of(key), prefix, key, text::trimmed(value));
    };
    return reader.object(take) && reader.at_end();
}

/// Reads items between commas.
template <class Items, class ReadItem>
bool read_commas(std::string_view text, Items& items, const ReadItem& read_item) {
    items.clear();
    if (text.empty()) return true;
    for (std::size_t start = 0;;) {
        const std::size_t comma = text.find(',', start);
        const std::string_view part = text::trimmed(text.substr(start, comma - start));
        typename Items::value_type item{};
        if (part.empty() || !read_item(part, item)) return false;
        items.push_back(std::move(item));
        if (comma == std::string_view::npos) return true;
        start = comma + 1;
    }
}

template <class Items, class ReadItem>
bool read_tuple(std::string_view text, Items& items, const ReadItem& read_item) {
    items.clear();
    if (text.size() < 2 || text.front() != '(' || text.back() != ')') return false;
    return read_commas(text.substr(1, text.size() - 2), items, read_item);
}

/// Reads items between blanks.
template <class Items, class ReadItem>
bool read_blanks(std::string_view text, Items& items, const ReadItem& read_item) {
    items.clear();
    while (!(text = text::trimmed(text)).empty()) {
        const std::string_view part = text.substr(0, text.find(' '));
        typename Items::value_type item{};
        if (!read_item(part, item)) return false;
        items.push_back(std::move(item));
        text.remove_prefix(part.size());
    }
    return true;
}

/// Takes over a native value.
inline bool take_integer(std::int64_t given, std::int64_t& value) noexcept {
    value = given;
    return numbers::fits(given);
}
inline bool take_number(double given, double& value) noexcept {
    value = given + 0.0;
    return std::isfinite(given);
}
inline bool take_boolean(bool given, bool& value) noexcept {
    value = given;
    return true;
}
template <class T, std::size_t Count>
bool take_word(const WordOr<T>& given, WordOr<T>& value, const std::array<std::string_view, Count>& words) {
    return given.is_word() && read_word(given.word, value, words);
}
template <class Items, class TakeItem>
bool take_list(const Items& given, Items& items, const TakeItem& take_item) {
    items.clear();
    for (const auto& one : given) {
        typename Items::value_type item{};
        if (!take_item(one, item)) return false;
        items.push_back(std::move(item));
    }
    return true;
}

/// The text of an enumerator; a value that is none has no data.
inline bool read_enumerator(std::string_view text, std::string_view& value) noexcept {
    value = text;
    return text.data() != nullptr;
}

}  // namespace vision_hyperparameters::judging
