#pragma once
// Answers to requests about one algorithm: wire form by its texts, native form through its structs.

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "json.hpp"

namespace answering {

template <class T, class = void>
struct HasWord : std::false_type {};
template <class T>
struct HasWord<T, std::void_t<decltype(std::declval<T>().word)>> : std::true_type {};

// Whether a JSON value can be held by a native type; then it is.
template <class T>
bool put(const Json& json, T& value) {
    if constexpr (std::is_same_v<T, bool>) {
        value = json.truth;
        return json.kind == Json::boolean;
    } else if constexpr (std::is_enum_v<T>) {
        return json.kind == Json::text && from_text(json.string, value);
    } else if constexpr (std::is_same_v<T, double>) {
        value = json.value;
        return json.kind == Json::number && !(json.is_whole && std::isinf(json.value));
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        if (json.kind != Json::number || !(std::fabs(json.value) < 9e18) || std::trunc(json.value) != json.value) {
            return false;
        }
        value = static_cast<std::int64_t>(json.value);
        return true;
    } else if constexpr (std::is_same_v<T, std::string>) {
        value = json.string;
        return json.kind == Json::text;
    } else if constexpr (HasWord<T>::value) {
        if (json.kind != Json::text) return put(json, value.value);
        value.word = json.string;
        return true;
    } else {
        for (const Json& one : json.items) {
            typename T::value_type item{};
            if (!put(one, item)) return false;
            value.push_back(std::move(item));
        }
        return json.kind == Json::list;
    }
}

// Fills the settings of a configuration, or of a context; false if they cannot hold it.
template <class Settings, class ForEach>
bool fill(const Json& json, Settings& settings, const ForEach& for_each) {
    if (json.kind != Json::object) return false;
    std::size_t found = 0;
    bool fits = true;
    for_each(settings, [&](std::string_view name, auto& setting) {
        for (const auto& [key, given] : json.members) {
            if (key != name) continue;
            std::decay_t<decltype(setting.value())> value{};
            fits = fits && put(given, value);
            if (fits) setting = std::move(value);
            ++found;
        }
    });
    return fits && found == json.members.size();
}

using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;

inline std::optional<Pairs> pairs(const Json& json) {
    if (json.kind != Json::object && json.kind != Json::null) return std::nullopt;
    Pairs found;
    for (const auto& [key, value] : json.members) {
        if (value.kind != Json::text) return std::nullopt;
        found.emplace_back(key, value.string);
    }
    return found;
}

template <class Texts, class Write>
void append(std::string& line, const Texts& wire, const Write& append_text) {
    if (!wire) {
        line += "null";
        return;
    }
    line += '{';
    for (std::size_t at = 0; at < wire->size(); ++at) {
        if (at > 0) line += ", ";
        append_text(line, (*wire)[at].first);
        line += ": ";
        append_text(line, (*wire)[at].second);
    }
    line += '}';
}

template <class Verdict, class Write>
std::string answer(const Verdict& verdict, const Write& append_text) {
    std::string line = verdict.as_json();
    line.pop_back();
    line += ", \"writes\": ";
    append(line, verdict.valid() ? verdict.to_wire() : std::nullopt, append_text);
    line += ", \"writes_defaults\": ";
    append(line, verdict.valid() ? verdict.to_wire(true) : std::nullopt, append_text);
    return line += '}';
}

inline const char* unsupported = "{\"unsupported\": \"a struct cannot hold it\"}";

}  // namespace answering
