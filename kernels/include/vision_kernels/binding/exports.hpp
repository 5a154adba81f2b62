#pragma once

#include "vision_kernels/binding/asking.hpp"

/// What other libraries hand over of their arrays. nanobind takes whatever goes wrong there for a refusal, even an
/// interrupt; here that reaches the caller.
namespace vision_kernels::binding {

/// Whether asking a value for its memory may run code in Python: types that are written in C run none.
inline bool runs_python(nb::handle given) {
    return (PyType_GetFlags(reinterpret_cast<PyTypeObject*>(given.type().ptr())) & Py_TPFLAGS_HEAPTYPE) != 0;
}

/// The memory of an object as something that nanobind reads without asking further; nothing if it has none.
inline nb::object exported(nb::handle given) {
    if (attribute(given.type(), "__dlpack__").is_valid()) {
        nb::object capsule = asked([&] { return given.attr("__dlpack__")(nb::arg("max_version") = nb::make_tuple(1, 1)); });
        // Before DLPack 1.0 nobody was asked for a version.
        if (!capsule.is_valid()) capsule = asked([&] { return given.attr("__dlpack__")(); });
        if (capsule.is_valid()) return capsule;
    }
    if (PyObject_CheckBuffer(given.ptr()) == 0) return nb::object();
    return asked([&] {
        PyObject* const view = PyMemoryView_FromObject(given.ptr());
        if (view == nullptr) throw nb::python_error();
        return nb::steal(view);
    });
}

}  // namespace vision_kernels::binding
