#pragma once

#include "vision_kernels/binding/function.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Scalars from Python. A boolean is no number, a float is no integer even if it is whole, and no NaN passes.
namespace vision_kernels::binding {

/// A scalar argument: its value, and how errors speak of it.
template <class T>
struct Scalar {
    const Function& function;
    /// Its name, and the hyperparameter that its facts are from: "beta_1", " (hyperparameter a/beta_1)".
    const char* name;
    std::string origin;
    T value;
    std::string text;

    /// Refuses a value outside of the domain.
    void require(bool holds, const char* law) const {
        if (!holds) function.refuse_value(name, law + origin, "is " + text);
    }

    /// "beta_1 is 0.9".
    std::string fact() const { return std::string(name) + " is " + text; }
};

/// A size that was read off an array, where a rule speaks of it.
struct Size {
    const char* name;
    std::int64_t value;
    /// The list off whose entry it was read; null where all entries share it.
    const char* list = nullptr;
    std::size_t entry = 0;

    /// "k is 3", "h of image[1] is 224".
    std::string fact() const {
        const std::string place = list == nullptr ? "" : " of " + std::string(list) + "[" + std::to_string(entry) + "]";
        return name + place + " is " + std::to_string(value);
    }
};

namespace detail {

/// All integers up to here are exact as doubles too; a spec knows no larger ones.
inline constexpr std::int64_t largest_integer = 9007199254740991;

inline std::string origin_of(const char* hyperparameter) {
    return hyperparameter == nullptr ? "" : " (hyperparameter " + std::string(hyperparameter) + ")";
}

/// Whether the type of a value is registered as `numbers.NAME`, as NumPy's scalars are.
inline bool is_registered(nb::handle value, const char* name) {
    const nb::object type = nb::module_::import_("numbers").attr(name);
    return nb::cast<bool>(nb::module_::import_("builtins").attr("isinstance")(value, type));
}

inline bool is_boolean(nb::handle value) { return PyBool_Check(value.ptr()); }

inline bool is_integer(nb::handle value) {
    return !is_boolean(value) && (PyLong_Check(value.ptr()) || is_registered(value, "Integral"));
}

inline bool is_number(nb::handle value) {
    return !is_boolean(value) && (PyFloat_Check(value.ptr()) || is_integer(value) || is_registered(value, "Real"));
}

inline std::string text_of(double value) { return nb::repr(nb::float_(value)).c_str(); }

inline double read_number(const Function& function, const std::string& name, const std::string& origin,
                          nb::handle given) {
    if (!is_number(given)) function.refuse_type(name, "be a number" + origin, "is " + shown(given));
    const double value = PyFloat_AsDouble(given.ptr());
    if (PyErr_Occurred() != nullptr) {
        nb::python_error problem;
        if (!is_refusal(problem)) throw problem;
        // An integer beyond all doubles, most likely.
        function.refuse_value(name, "be a finite number" + origin, "is " + shown(given));
    }
    if (!std::isfinite(value)) function.refuse_value(name, "be a finite number" + origin, "is " + text_of(value));
    return value;
}

inline std::int64_t read_integer(const Function& function, const std::string& name, const std::string& origin,
                                 nb::handle given) {
    if (!is_integer(given)) function.refuse_type(name, "be an integer" + origin, "is " + shown(given));
    const nb::object index = nb::steal(PyNumber_Index(given.ptr()));
    if (!index.is_valid()) throw nb::python_error();
    int overflow = 0;
    const long long value = PyLong_AsLongLongAndOverflow(index.ptr(), &overflow);
    if (overflow != 0 || value > largest_integer || value < -largest_integer) {
        const std::string law = "be an integer from -9007199254740991 to 9007199254740991" + origin;
        function.refuse_value(name, law, "is " + shown(index));
    }
    return value;
}

inline double read_item(const Function& function, const std::string& name, const std::string& origin, nb::handle given,
                        double) {
    return read_number(function, name, origin, given);
}

inline std::int64_t read_item(const Function& function, const std::string& name, const std::string& origin,
                              nb::handle given, std::int64_t) {
    return read_integer(function, name, origin, given);
}

}  // namespace detail

inline Scalar<double> number(const Function& function, const char* name, nb::handle given,
                             const char* hyperparameter = nullptr) {
    std::string origin = detail::origin_of(hyperparameter);
    const double value = detail::read_number(function, name, origin, given);
    return {function, name, std::move(origin), value, detail::text_of(value)};
}

inline Scalar<std::int64_t> integer(const Function& function, const char* name, nb::handle given,
                                    const char* hyperparameter = nullptr) {
    std::string origin = detail::origin_of(hyperparameter);
    const std::int64_t value = detail::read_integer(function, name, origin, given);
    return {function, name, std::move(origin), value, std::to_string(value)};
}

inline Scalar<bool> boolean(const Function& function, const char* name, nb::handle given,
                            const char* hyperparameter = nullptr) {
    std::string origin = detail::origin_of(hyperparameter);
    if (!detail::is_boolean(given)) function.refuse_type(name, "be True or False" + origin, "is " + shown(given));
    const bool value = given.ptr() == Py_True;
    return {function, name, std::move(origin), value, value ? "True" : "False"};
}

inline Scalar<std::string> string(const Function& function, const char* name, nb::handle given,
                                  const char* hyperparameter = nullptr) {
    std::string origin = detail::origin_of(hyperparameter);
    if (!PyUnicode_Check(given.ptr())) function.refuse_type(name, "be a string" + origin, "is " + shown(given));
    Py_ssize_t size = 0;
    const char* text = PyUnicode_AsUTF8AndSize(given.ptr(), &size);
    if (text == nullptr) {
        // Half a surrogate pair has no UTF-8.
        PyErr_Clear();
        function.refuse_value(name, "be a string of whole characters" + origin, "is " + shown(given));
    }
    return {function, name, std::move(origin), std::string(text, static_cast<std::size_t>(size)), shown(given)};
}

/// A list or tuple of integers or of numbers.
template <class T>
Scalar<std::vector<T>> list(const Function& function, const char* name, nb::handle given,
                            const char* hyperparameter = nullptr) {
    std::string origin = detail::origin_of(hyperparameter);
    if (!PyList_Check(given.ptr()) && !PyTuple_Check(given.ptr())) {
        function.refuse_type(name, "be a list" + origin, type_of(given));
    }
    std::vector<T> items;
    std::size_t index = 0;
    for (const nb::handle item : nb::borrow<nb::sequence>(given)) {
        const std::string place = std::string(name) + "[" + std::to_string(index++) + "]";
        items.push_back(detail::read_item(function, place, origin, item, T()));
    }
    return {function, name, std::move(origin), std::move(items), shown(given)};
}

/// The stream on which to compute, as its handle; 0 and None are the default stream.
inline void* stream(const Function& function, nb::handle given) {
    if (given.is_none()) return nullptr;
    if (!detail::is_integer(given)) {
        function.refuse_type("stream", "be the handle of a stream, an integer", "is " + shown(given));
    }
    const nb::object index = nb::steal(PyNumber_Index(given.ptr()));
    void* handle = index.is_valid() ? PyLong_AsVoidPtr(index.ptr()) : nullptr;
    if (PyErr_Occurred() != nullptr) {
        PyErr_Clear();
        function.refuse_value("stream", "be the handle of a stream", "is " + shown(given));
    }
    return handle;
}

}  // namespace vision_kernels::binding
