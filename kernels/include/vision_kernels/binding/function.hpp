#pragma once

#include "vision_kernels/binding/asking.hpp"

#include <nanobind/nanobind.h>

#include <cstddef>
#include <string>

/// Checks of what Python hands to a kernel. All of them happen before anything is written.
namespace vision_kernels::binding {

/// The function that is called. Each error begins with its name, states the law, then the fact.
class Function {
public:
    explicit Function(const char* name) : name_(name) {}

    [[noreturn]] void refuse_type(const std::string& subject, const std::string& law, const std::string& fact) const {
        throw nb::type_error(sentence(subject + " must " + law + "; it " + fact).c_str());
    }

    [[noreturn]] void refuse_value(const std::string& subject, const std::string& law, const std::string& fact) const {
        throw nb::value_error(sentence(subject + " must " + law + "; it " + fact).c_str());
    }

    /// A rule over several arguments that is broken: what its author says of that, then the values that it read.
    [[noreturn]] void break_rule(const std::string& message, const std::string& values) const {
        throw nb::value_error(sentence(message + "; " + values).c_str());
    }

private:
    std::string sentence(const std::string& text) const { return std::string(name_) + ": " + text; }

    const char* name_;
};

/// A text on one line, cut if it is long.
inline std::string cut(const std::string& text) {
    constexpr std::size_t longest = 80;
    std::string line;
    bool is_margin = false;
    for (const char character : text) {
        const bool was_margin = is_margin;
        is_margin = character == '\n' || (was_margin && character == ' ');
        if (was_margin && !is_margin) line += ' ';
        if (!is_margin) line += character;
    }
    if (line.size() <= longest) return line;
    std::size_t end = longest;
    // Not within the bytes of one character.
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    return line.substr(0, end) + "...";
}

/// What a value is, for one that is of no use whatever it holds.
inline std::string type_of(nb::handle value) {
    return value.is_none() ? "is None" : "is of the type " + std::string(nb::type_name(value.type()).c_str());
}

/// As `type_of`, with the dtype of what has one.
inline std::string kind_of(nb::handle value) {
    const nb::object dtype = value.is_none() ? nb::object() : attribute(value, "dtype");
    const nb::object text = asked([&] { return dtype.is_valid() ? nb::object(nb::str(dtype)) : nb::object(); });
    if (!text.is_valid()) return type_of(value);
    return type_of(value) + " and of the dtype " + cut(nb::borrow<nb::str>(text).c_str());
}

/// A value as Python shows it, on one line, cut if it is long.
inline std::string shown(nb::handle value) {
    const nb::object text = asked([&] { return nb::object(nb::repr(value)); });
    return text.is_valid() ? cut(nb::borrow<nb::str>(text).c_str()) : "an object that cannot be shown";
}

}  // namespace vision_kernels::binding
