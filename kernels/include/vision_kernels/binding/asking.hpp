#pragma once

#include <nanobind/nanobind.h>

#include <string>

/// Questions to objects of others, whose answers may be errors.
namespace vision_kernels::binding {

namespace nb = nanobind;

/// Whether an error says that something is of no use here, rather than that the program should stop.
inline bool is_refusal(const nb::python_error& problem) {
    return problem.matches(PyExc_Exception) && !problem.matches(PyExc_MemoryError);
}

/// What a question gives; nothing if it is refused. An interrupt, an exit and the end of memory pass.
template <class Question>
nb::object asked(const Question& question) {
    try {
        return question();
    } catch (const nb::python_error& problem) {
        if (!is_refusal(problem)) throw;
        return nb::object();
    }
}

/// An attribute; nothing if there is none.
inline nb::object attribute(nb::handle given, const char* name) {
    return asked([&] { return nb::object(given.attr(name)); });
}

/// The package that a type belongs to; nothing if that is not known.
inline std::string package_of(nb::handle type) {
    const nb::object module = attribute(type, "__module__");
    if (!module.is_valid() || !nb::isinstance<nb::str>(module)) return "";
    const std::string name = nb::borrow<nb::str>(module).c_str();
    return name.substr(0, name.find('.'));
}

}  // namespace vision_kernels::binding
