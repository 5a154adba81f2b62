#pragma once

#include "vision_kernels/binding/asking.hpp"

/// What other libraries hand over of their arrays. nanobind takes whatever goes wrong there for a refusal, even an
/// interrupt; here that reaches the caller.
namespace vision_kernels::binding {

/// Whether asking a value for its memory may run code in Python: types that are written in C run none.
inline bool runs_python(nb::handle given) {
    return (PyType_GetFlags(reinterpret_cast<PyTypeObject*>(given.type().ptr())) & Py_TPFLAGS_HEAPTYPE) != 0;
}

/// Whether an object says that it lies on a CUDA device. Others do not know streams.
inline bool lies_on_cuda(nb::handle given) {
    constexpr long cuda = 2, cuda_managed = 13;
    const nb::object device = asked([&] { return nb::object(given.attr("__dlpack_device__")()[0]); });
    if (!device.is_valid()) return false;
    const nb::object number = asked([&] { return nb::object(nb::module_::import_("operator").attr("index")(device)); });
    return number.is_valid() && (number.equal(nb::int_(cuda)) || number.equal(nb::int_(cuda_managed)));
}

/// The memory of an object by DLPack, nothing if that is refused.
inline nb::object capsule_of(nb::handle given, nb::kwargs options) {
    nb::kwargs versioned;
    versioned.update(options);
    versioned["max_version"] = nb::make_tuple(1, 1);
    const nb::object method = attribute(given, "__dlpack__");
    if (!method.is_valid()) return nb::object();
    nb::object capsule = asked([&] { return method(**versioned); });
    // Before DLPack 1.0 nobody was asked for a version.
    return capsule.is_valid() ? capsule : asked([&] { return method(**options); });
}

/// As `capsule_of`, for memory on a CUDA device: the library orders what it is doing there before what comes on the stream.
inline nb::object capsule_for(nb::handle given, void* stream) {
    // The default stream has the number 1; 0 is none.
    nb::kwargs options;
    options["stream"] = nb::steal(PyLong_FromVoidPtr(stream == nullptr ? reinterpret_cast<void*>(1) : stream));
    return capsule_of(given, options);
}

/// The memory of an object in its buffer, nothing if it has none.
inline nb::object buffer_of(nb::handle given) {
    if (PyObject_CheckBuffer(given.ptr()) == 0) return nb::object();
    return asked([&] {
        PyObject* const view = PyMemoryView_FromObject(given.ptr());
        if (view == nullptr) throw nb::python_error();
        return nb::steal(view);
    });
}

}  // namespace vision_kernels::binding
