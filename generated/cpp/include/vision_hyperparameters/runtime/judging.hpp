// Part of every library that `knobsmith generate` writes; do not edit.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "reading.hpp"
#include "values.hpp"
#include "verdicts.hpp"

/// The steps of which generated judges are made.
namespace vision_hyperparameters::judging {

using Seen = Status::Seen;

inline void find(Findings& findings, std::string_view code, Severity severity, std::string_view parameter,
                 std::string_view fact) {
    findings.push_back(Finding{code, severity, parameter, fact});
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

/// Puts a finding about something that is no object where its name belongs among unknown keys.
inline void report_no_object(Findings& findings, std::string_view name) {
    find(findings, "type", Severity::error, name, "it is no object in JSON");
    for (std::size_t at = findings.size() - 1; at > 0 && name < findings[at - 1].parameter; --at) {
        std::swap(findings[at], findings[at - 1]);
    }
}

/// Phase 1: a configuration, or a context, that is no object.
inline void report_misread(Findings& findings, bool has_config, bool has_context) {
    if (!has_config) report_no_object(findings, {});
    if (!has_context) report_no_object(findings, "context");
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
