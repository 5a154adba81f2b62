#pragma once

#include "vision_kernels/binding/asking.hpp"

#include <nanobind/ndarray.h>

#include <cstddef>
#include <cstdint>
#include <vector>

/// Memory of arrays by the table of C functions that a library publishes for its type (DLPack 1.2): nothing of Python
/// runs and no object is made. An update of some hundred tensors asks for the memory of several times as many.
namespace vision_kernels::binding {

/// DLPackExchangeAPI, as far as it is used.
struct ExchangeTable {
    std::uint32_t major;
    std::uint32_t minor;
    const ExchangeTable* of_an_earlier_major;
    void* allocate;
    void* managed_from_object;
    void* managed_to_object;
    /// Fills in a tensor that borrows from the object; not 0 if that raised an exception of Python.
    int (*tensor_from_object)(void* object, nb::dlpack::dltensor* tensor);
    /// Tells on which stream the library works on a device; not 0 if that raised an exception of Python.
    int (*current_stream)(int device_type, std::int32_t device_id, void** stream);
};

namespace exchange {

inline bool defines(nb::handle type, const char* name) {
    const nb::object own = attribute(type, "__dict__");
    return own.is_valid() && nb::cast<bool>(own.attr("__contains__")(name));
}

/// A borrowed tensor does not tell whether it may be written. All of this library may.
inline constexpr const char* library = "torch";

inline const ExchangeTable* table_in(nb::handle capsule) {
    constexpr const char* name = "dlpack_exchange_api";
    if (PyCapsule_IsValid(capsule.ptr(), name) == 0) return nullptr;
    const auto* table = static_cast<const ExchangeTable*>(PyCapsule_GetPointer(capsule.ptr(), name));
    while (table != nullptr && table->major > 1) table = table->of_an_earlier_major;
    const bool is_complete =
        table != nullptr && table->tensor_from_object != nullptr && table->current_stream != nullptr;
    return is_complete ? table : nullptr;
}

/// The table that a type inherits; null if there is none, or if a type in between answers for its memory itself.
inline const ExchangeTable* find(nb::handle type) {
    constexpr const char* table = "__dlpack_c_exchange_api__";
    for (const nb::handle one : nb::borrow<nb::tuple>(type.attr("__mro__"))) {
        if (defines(one, table)) return package_of(one) == library ? table_in(attribute(one, table)) : nullptr;
        if (defines(one, "__dlpack__") || defines(one, "__torch_dispatch__")) return nullptr;
    }
    return nullptr;
}

}  // namespace exchange

/// As `exchange::find`, which is slow, for a type that may be known. Types that are known live on: few have arrays.
inline const ExchangeTable* exchange_table(nb::handle type) {
    struct Known {
        PyObject* type;
        const ExchangeTable* table;
    };
    constexpr std::size_t most = 32;
    static std::vector<Known> all;
    for (const Known& known : all) {
        if (known.type == type.ptr()) return known.table;
    }
    const ExchangeTable* const table = exchange::find(type);
    if (all.size() < most) all.push_back({nb::borrow(type).release().ptr(), table});
    return table;
}

}  // namespace vision_kernels::binding
