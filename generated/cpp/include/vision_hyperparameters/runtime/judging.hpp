// Part of every library that `knobsmith generate` writes; do not edit.
#pragma once

#include <algorithm>
#include <array>
#include <bitset>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json.hpp"
#include "numbers.hpp"
#include "text.hpp"
#include "values.hpp"
#include "verdicts.hpp"

/// The steps of which generated judges are made.
namespace vision_hyperparameters::judging {

using Seen = Status::Seen;

inline void find(Findings& findings, std::string_view code, Severity severity, std::string_view parameter,
                 std::string_view fact) {
    findings.push_back(Finding{code, severity, parameter, fact});
}

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
        const std::string_view text = texts[place];
        return text.substr(0, 4) == "null" && json::Reader(text.substr(text.size() < 4 ? text.size() : 4)).at_end();
    }

    /// Reads what stands there in native form, all of it; `read_value(reader, value)` says how.
    template <class T, class Read>
    bool read(std::size_t place, T& value, const Read& read_value) const {
        json::Reader reader(texts[place]);
        reader.skip_space();
        return read_value(reader, value) && reader.at_end();
    }
};

/// Texts of which a verdict has no other place to view them.
using Kept = std::shared_ptr<std::deque<std::string>>;

inline std::string_view keep(Kept& kept, std::string text) {
    if (!kept) kept = std::make_shared<std::deque<std::string>>();
    kept->push_back(std::move(text));
    return kept->back();
}

/// Phase 1: unknown keys, in order, each once.
inline void report_unknown(Findings& findings, Kept& kept, std::vector<std::string> unknown,
                           std::vector<std::string> facts) {
    if (unknown.empty() && facts.empty()) return;
    for (std::string& name : facts) unknown.push_back(std::move(name));
    std::sort(unknown.begin(), unknown.end());
    unknown.erase(std::unique(unknown.begin(), unknown.end()), unknown.end());
    for (std::string& key : unknown) {
        find(findings, "unknown", Severity::error, keep(kept, std::move(key)), "there is no such name");
    }
}

inline void fail(Status& status) noexcept {
    status.has_failed = true;
    status.seen = Seen::unknown;
}

/// Phase 1: given twice, by name and alias or by one of them.
inline void conflict(Findings& findings, Status& status, std::string_view name) {
    status.state = State::given;
    status.has_value = false;
    fail(status);
    find(findings, "alias-conflict", Severity::error, name, "it is given twice");
}

/// Whether a value was given and could be read.
inline bool is_read(const Status& status) noexcept {
    return status.state == State::given && status.has_value && !status.has_failed;
}

/// Phase 2: a text or a native value that is none of the wanted kind.
inline void note_refusal(Findings& findings, Status& status, std::string_view name, std::string_view wanted) {
    fail(status);
    find(findings, "type", Severity::error, name, wanted);
}

/// Phase 2: what was made of a text or a native value.
inline void note_reading(Findings& findings, Status& status, std::string_view name, bool could_be_read,
                         std::string_view wanted) {
    status.state = State::given;
    status.has_value = could_be_read;
    status.seen = Seen::known;
    if (!could_be_read) note_refusal(findings, status, name, wanted);
}

/// Phase 2, before the value is read: what the default left there is gone.
template <class T>
T& unread(Parameter<T>& parameter) noexcept {
    if constexpr (values::is_word_or<T>) parameter.value.word = {};
    return parameter.value;
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

/// Gives a setting what was judged; a text that names no enumerator is left out.
template <class V, class T>
void restore(const V& value, Setting<T>& setting) {
    T own{};
    if constexpr (std::is_enum_v<T>) {
        if (!from_text(value, own)) return;
    } else {
        values::assign(own, value);
    }
    setting = std::move(own);
}

/// Phase 4: a default that hangs on others.
template <class T, class V>
void set_default(Parameter<T>& parameter, const V& value) {
    values::assign(parameter.value, value);
    parameter.state = State::by_default;
    parameter.has_value = true;
    parameter.seen = Seen::known;
}

inline void no_default(Status& status) noexcept {
    status.state = State::unset;
    status.has_value = false;
    status.seen = Seen::nothing;
}

inline void unknown_default(Status& status) noexcept {
    status.state = State::by_default;
    status.has_value = false;
    status.seen = Seen::unknown;
}

/// Errors of phases 4 and 5 that are decided, and reported once all are.
inline constexpr std::uint8_t is_forbidden = 1;
inline constexpr std::uint8_t is_missing = 2;

inline void forbid(Status& status) noexcept {
    status.use = Use::forbidden;
    if (!status.is_given()) {
        no_default(status);
        return;
    }
    if (!status.has_failed) status.pending = is_forbidden;
    fail(status);
}

inline void ignore(Status& status, bool is_unsure) noexcept {
    status.use = is_unsure ? Use::unsure : Use::ignored;
    if (!status.has_failed) status.seen = is_unsure ? Seen::unknown : Seen::nothing;
}

inline void doubt(Status& status) noexcept {
    status.use = Use::unsure;
    status.seen = Seen::unknown;
}

inline void require(Status& status) noexcept {
    if (status.seen != Seen::nothing) return;
    status.pending = is_missing;
    fail(status);
}

inline bool can_be_missing(const Status& status) noexcept {
    return status.seen == Seen::nothing && status.use == Use::used;
}

inline void report_pending(Findings& findings, Status& status, std::string_view name) {
    if (status.pending == 0) return;
    const bool is_unwanted = status.pending == is_forbidden;
    find(findings, is_unwanted ? "forbidden" : "required", Severity::error, name,
         is_unwanted ? "it is not allowed here" : "it has no value, and needs one");
    status.pending = 0;
    fail(status);
}

/// Phase 6: failures count from now on.
inline void settle(Status& status) noexcept {
    if (status.has_failed) status.seen = Seen::unknown;
}

}  // namespace vision_hyperparameters::judging
