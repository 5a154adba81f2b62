#pragma once

#include <nanobind/nanobind.h>

#include <cstddef>
#include <string>

/// Checks of what Python hands to a kernel. All of them happen before anything is written.
namespace vision_kernels::binding {

namespace nb = nanobind;

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

/// A value as Python shows it, cut if it is long.
inline std::string shown(nb::handle value) {
    constexpr std::size_t longest = 80;
    const std::string text = nb::repr(value).c_str();
    if (text.size() <= longest) return text;
    std::size_t end = longest;
    // Not within the bytes of one character.
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end) + "...";
}

/// What a value is, for one that is of no use whatever it holds.
inline std::string type_of(nb::handle value) {
    return value.is_none() ? "is None" : "is of the type " + std::string(nb::type_name(value.type()).c_str());
}

}  // namespace vision_kernels::binding
