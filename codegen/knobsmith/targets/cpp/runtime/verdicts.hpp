#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "json.hpp"
#include "values.hpp"

/// What a verdict consists of.
namespace hyperparameters {

enum class Severity : std::uint8_t { error, warning, info };
/// Where the value of a hyperparameter comes from.
enum class State : std::uint8_t { unset, by_default, given };
/// Whether it is used; `unsure` if its condition hangs on something unknown.
enum class Use : std::uint8_t { used, ignored, forbidden, unsure };
/// Why it is not used or not judged.
enum class Reason : std::uint8_t { none, ignored, forbidden, not_judged };

constexpr std::string_view text_of(Severity severity) noexcept {
    return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "info";
}
constexpr std::string_view text_of(State state) noexcept {
    return state == State::given ? "given" : state == State::by_default ? "default" : "unset";
}
constexpr std::string_view text_of(Reason reason) noexcept {
    return reason == Reason::ignored     ? "ignored"
           : reason == Reason::forbidden ? "forbidden"
           : reason == Reason::not_judged ? "not judged"
                                          : "";
}

/// Something found.
struct Finding {
    std::string_view code;
    Severity severity = Severity::error;
    /// The wire name, `context.NAME`, an unknown key; no data if it is about none of them.
    std::string_view parameter;
    /// The fact that is broken, in words.
    std::string_view fact;

    /// A sentence for a log.
    std::string message() const {
        std::string text;
        if (parameter.data() != nullptr) text.append(1, '`').append(parameter).append("`: ");
        return text.append(fact);
    }
};

using Findings = List<Finding, 8>;

/// What one hyperparameter comes to, or a fact about the job.
struct Status {
    enum class Seen : std::uint8_t { nothing, unknown, known };

    State state = State::unset;
    Use use = Use::used;
    bool has_value = false;
    bool has_failed = false;
    /// What conditions read.
    Seen seen = Seen::nothing;
    /// An error that is decided but not reported yet.
    std::uint8_t pending = 0;

    bool is_given() const noexcept { return state == State::given; }
    bool is_used() const noexcept { return use == Use::used || use == Use::unsure; }
    Reason reason() const noexcept {
        if (use == Use::forbidden) return Reason::forbidden;
        if (use == Use::ignored) return Reason::ignored;
        const bool is_open = state == State::by_default && !has_value;
        return has_failed || use == Use::unsure || is_open ? Reason::not_judged : Reason::none;
    }

    bool is_unknown() const noexcept { return seen == Seen::unknown; }
    bool is_nothing() const noexcept { return seen == Seen::nothing; }
    bool is_known() const noexcept { return seen == Seen::known; }
};

/// A hyperparameter in a verdict; `value` counts if `has_value`. Texts are views of what was judged.
template <class T>
struct Parameter : Status {
    T value{};

    Parameter() = default;
    /// One with a default.
    template <class V>
    static Parameter with_default(const V& value) {
        Parameter parameter;
        parameter.state = State::by_default;
        parameter.has_value = true;
        parameter.seen = Seen::known;
        values::assign(parameter.value, value);
        return parameter;
    }
};

/// A fact about the job in a verdict. What is not given and has no default is unknown.
template <class T>
struct Fact : Parameter<T> {
    Fact() { this->seen = Status::Seen::unknown; }
    Fact(Parameter<T> parameter) : Parameter<T>(std::move(parameter)) {}
};

/// A setting of a configuration: what was assigned, else the default if there is a constant one.
template <class T>
class Setting {
    /// No fraction gets lost on the way to an integer, and no pointer is a boolean.
    template <class V>
    static constexpr bool can_hold =
        std::is_convertible_v<V, T> && !(std::is_integral_v<T> && std::is_floating_point_v<std::decay_t<V>>) &&
        (!std::is_same_v<T, bool> || std::is_same_v<std::decay_t<V>, bool>);

public:
    Setting() = default;
    /// One with a default.
    template <class V>
    static Setting with_default(const V& value) {
        Setting setting;
        setting.has_default_ = true;
        values::assign(setting.value_, value);
        return setting;
    }
    template <class V = T, class = std::enable_if_t<can_hold<V>>>
    Setting& operator=(V&& value) {
        value_ = T(std::forward<V>(value));
        is_given_ = true;
        return *this;
    }

    bool is_given() const noexcept { return is_given_; }
    bool has_value() const noexcept { return is_given_ || has_default_; }
    const T& value() const noexcept { return value_; }
    operator const T&() const noexcept { return value_; }
    const T& operator*() const noexcept { return value_; }

private:
    T value_{};
    bool is_given_ = false;
    bool has_default_ = false;
};

namespace verdicts {

inline bool is_valid(const Findings& findings) noexcept {
    for (const Finding& finding : findings) {
        if (finding.severity == Severity::error) return false;
    }
    return true;
}

inline void append_name(std::string& text, std::string_view name) {
    if (name.data() == nullptr) {
        text += "null";
    } else {
        json::append(text, name);
    }
}

inline void append_findings(std::string& text, const Findings& findings) {
    text += '[';
    for (std::size_t at = 0; at < findings.size(); ++at) {
        const Finding& finding = findings[at];
        if (at > 0) text += ", ";
        json::append(text += "{\"code\": ", finding.code);
        json::append(text += ", \"severity\": ", text_of(finding.severity));
        append_name(text += ", \"parameter\": ", finding.parameter);
        json::append(text += ", \"message\": ", finding.message());
        text += '}';
    }
    text += ']';
}

template <class T>
void append_parameter(std::string& text, std::string_view name, const Parameter<T>& parameter) {
    json::append(text, name);
    json::append(text += ": {\"state\": ", text_of(parameter.state));
    text += parameter.is_used() ? ", \"used\": true, \"reason\": " : ", \"used\": false, \"reason\": ";
    if (parameter.reason() == Reason::none) {
        text += "null";
    } else {
        json::append(text, text_of(parameter.reason()));
    }
    text += ", \"value\": ";
    if (parameter.has_value) {
        json::append_value(text, parameter.value);
    } else {
        text += "null";
    }
    text += '}';
}

}  // namespace verdicts
}  // namespace hyperparameters
