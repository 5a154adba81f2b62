#pragma once

#include "vision_kernels/binding/exchange.hpp"
#include "vision_kernels/binding/exports.hpp"
#include "vision_kernels/binding/function.hpp"

#include <nanobind/ndarray.h>

#include <cstdint>
#include <string>

/// Arrays from Python, by DLPack or the buffer protocol: the caller's memory, never a copy.
namespace vision_kernels::binding {

/// The format of an element.
struct Dtype {
    const char* name;
    nb::dlpack::dtype_code code;
    std::uint8_t bits;

    bool is(nb::dlpack::dtype other) const {
        return other.code == static_cast<std::uint8_t>(code) && other.bits == bits && other.lanes == 1;
    }
};

namespace dtypes {
inline constexpr Dtype float64{"float64", nb::dlpack::dtype_code::Float, 64};
inline constexpr Dtype float32{"float32", nb::dlpack::dtype_code::Float, 32};
inline constexpr Dtype float16{"float16", nb::dlpack::dtype_code::Float, 16};
inline constexpr Dtype bfloat16{"bfloat16", nb::dlpack::dtype_code::Bfloat, 16};
inline constexpr Dtype int64{"int64", nb::dlpack::dtype_code::Int, 64};
inline constexpr Dtype int32{"int32", nb::dlpack::dtype_code::Int, 32};
inline constexpr Dtype int16{"int16", nb::dlpack::dtype_code::Int, 16};
inline constexpr Dtype int8{"int8", nb::dlpack::dtype_code::Int, 8};
inline constexpr Dtype uint64{"uint64", nb::dlpack::dtype_code::UInt, 64};
inline constexpr Dtype uint32{"uint32", nb::dlpack::dtype_code::UInt, 32};
inline constexpr Dtype uint16{"uint16", nb::dlpack::dtype_code::UInt, 16};
inline constexpr Dtype uint8{"uint8", nb::dlpack::dtype_code::UInt, 8};
inline constexpr Dtype boolean{"bool", nb::dlpack::dtype_code::Bool, 8};
inline constexpr Dtype all[] = {float64, float32, float16, bfloat16, int64,  int32,  int16,
                                int8,    uint64,  uint32,  uint16,   uint8, boolean};
}  // namespace dtypes

/// The name of a format, be it one that no kernel takes.
inline std::string name_of(nb::dlpack::dtype dtype) {
    for (const Dtype& known : dtypes::all) {
        if (known.is(dtype)) return known.name;
    }
    const bool is_complex = dtype.code == static_cast<std::uint8_t>(nb::dlpack::dtype_code::Complex);
    return (is_complex ? "complex" : "another dtype, of bits: ") + std::to_string(static_cast<int>(dtype.bits));
}

/// One array of a call. It keeps the caller's memory alive.
class Array {
public:
    /// Whether it may be written; false for what can only be read.
    bool is_writable = false;

    /// Takes hold of an array, to be used on a stream; false if the value is none that can be taken as it is.
    bool take(nb::handle given, bool is_written, void* stream) {
        if (given.is_none()) return false;
        given_ = nb::borrow(given);
        const bool is_taken = (borrow(given, stream) || import_viewed(given, is_written, stream)) && has_memory();
        if (is_taken && is_on_cuda() && library_.empty()) library_ = package_of(given.type());
        return is_taken;
    }

    /// The library of an array on a CUDA device, by whose streams it goes.
    const std::string& library() const { return library_; }

    bool is_on_cuda() const {
        return device_type() == nb::device::cuda::value || device_type() == nb::device::cuda_managed::value;
    }

    nb::dlpack::dtype dtype() const {
        if (!is_viewed_) return tensor_.dtype;
        return {static_cast<std::uint8_t>(nb::dlpack::dtype_code::Bfloat), 16, 1};
    }

    std::size_t dimensions() const { return static_cast<std::size_t>(tensor_.ndim); }
    std::int64_t extent(std::size_t axis) const { return tensor_.shape[axis]; }
    int device_type() const { return tensor_.device.device_type; }
    int device_id() const { return tensor_.device.device_id; }
    std::size_t item_size() const { return (std::size_t(tensor_.dtype.bits) * tensor_.dtype.lanes + 7) / 8; }

    /// The number of elements, of arrays whose bytes can be counted.
    std::int64_t elements() const {
        std::uint64_t count = 1;
        for (std::size_t axis = 0; axis < dimensions(); ++axis) count *= static_cast<std::uint64_t>(extent(axis));
        return static_cast<std::int64_t>(count);
    }

    /// The place of the first element.
    std::uintptr_t address() const {
        return reinterpret_cast<std::uintptr_t>(tensor_.data) + static_cast<std::uintptr_t>(tensor_.byte_offset);
    }

    template <class T>
    T* data() const {
        return reinterpret_cast<T*>(address());
    }

    /// Whether the number of bytes can be counted; no memory has more.
    bool is_countable() const {
        std::int64_t bytes = static_cast<std::int64_t>(item_size());
        bool is_empty = false, fits = true;
        for (std::size_t axis = 0; axis < dimensions(); ++axis) {
            is_empty = is_empty || extent(axis) == 0;
            fits = fits && extent(axis) >= 0 && !__builtin_mul_overflow(bytes, extent(axis), &bytes);
        }
        return fits || is_empty;
    }

    /// What makes a copy whose elements lie one after the other, in the caller's library.
    const char* contiguous_copy() const {
        if (attribute(given_, "contiguous").is_valid()) return "`.contiguous()`";
        return package_of(given_.type()) == "cupy" ? "`cupy.ascontiguousarray`" : "`np.ascontiguousarray`";
    }

    /// Whether the elements lie one after the other, in the order of C.
    bool is_contiguous() const {
        std::int64_t expected = 1;
        if (tensor_.strides == nullptr || elements() <= 1) return true;
        for (std::size_t axis = dimensions(); axis-- > 0;) {
            if (extent(axis) != 1 && tensor_.strides[axis] != expected) return false;
            expected *= extent(axis);
        }
        return true;
    }

    bool has_shape_of(const Array& other) const {
        if (dimensions() != other.dimensions()) return false;
        for (std::size_t axis = 0; axis < dimensions(); ++axis) {
            if (extent(axis) != other.extent(axis)) return false;
        }
        return true;
    }

    /// "(3, 224)".
    std::string shape() const { return row([&](std::size_t axis) { return extent(axis); }); }

    /// "(224, 1)", in elements.
    std::string strides() const { return row([&](std::size_t axis) { return tensor_.strides[axis]; }); }

private:
    /// Borrows the memory as long as the array lives, which `given_` sees to. The table orders nothing between streams.
    bool borrow(nb::handle given, void* stream) {
        const ExchangeTable* const table = runs_python(given) ? exchange_table(given.type()) : nullptr;
        if (table == nullptr) return false;
        void* current = stream;
        if (table->tensor_from_object(given.ptr(), &tensor_) == 0 &&
            (!is_on_cuda() || table->current_stream(device_type(), device_id(), &current) == 0)) {
            library_ = exchange::library;
            return is_writable = current == stream;
        }
        const nb::python_error problem;
        if (!is_refusal(problem)) throw problem;
        return false;
    }

    /// Tensors that stand for others have none: those of zeros, or of shapes alone.
    bool has_memory() const {
        bool is_empty = false;
        for (std::size_t axis = 0; axis < dimensions(); ++axis) is_empty = is_empty || extent(axis) == 0;
        return tensor_.data != nullptr || is_empty;
    }

    bool import_viewed(nb::handle given, bool is_written, void* stream) {
        if (import(given, is_written, stream)) return true;
        // NumPy knows bfloat16 as a type from outside, which neither DLPack nor buffers of NumPy carry.
        if (!is_bfloat16(given)) return false;
        is_viewed_ = true;
        const nb::object viewed = asked([&] { return given.attr("view")("uint16"); });
        return viewed.is_valid() && import(viewed, is_written, stream);
    }

    bool import(nb::handle given, bool is_written, void* stream) {
        if (!runs_python(given)) return cast(given, is_written);
        if (lies_on_cuda(given)) {
            // Nothing else speaks of streams.
            const nb::object memory = capsule_for(given, stream);
            return memory.is_valid() && cast(memory, is_written);
        }
        nb::object memory = capsule_of(given, {});
        if (!memory.is_valid()) memory = buffer_of(given);
        // Some libraries hand over their memory in ways of their own, which nanobind knows.
        return cast(memory.is_valid() ? nb::handle(memory) : given, is_written);
    }

    bool cast(nb::handle given, bool is_written) {
        nb::ndarray<> writable;
        if (is_written && nb::try_cast(given, writable, false)) {
            held_ = nb::ndarray<nb::ro>(writable);
            is_writable = true;
        } else if (!nb::try_cast(given, held_, false)) {
            return false;
        }
        // What is written to is decided by `is_writable`.
        tensor_ = {held_.data_handle(),
                   {held_.device_type(), held_.device_id()},
                   static_cast<std::int32_t>(held_.ndim()),
                   held_.dtype(),
                   const_cast<std::int64_t*>(held_.shape_ptr()),
                   const_cast<std::int64_t*>(held_.stride_ptr()),
                   static_cast<std::uint64_t>(held_.byte_offset())};
        return true;
    }

    static bool is_bfloat16(nb::handle given) {
        const nb::object dtype = attribute(given, "dtype");
        const nb::object name = dtype.is_valid() ? attribute(dtype, "name") : nb::object();
        return name.is_valid() && PyUnicode_Check(name.ptr()) &&
               PyUnicode_CompareWithASCIIString(name.ptr(), "bfloat16") == 0;
    }

    template <class Value>
    std::string row(const Value& value) const {
        std::string text = "(";
        for (std::size_t axis = 0; axis < dimensions(); ++axis) {
            if (axis > 0) text += ", ";
            text += std::to_string(value(axis));
        }
        return text + (dimensions() == 1 ? ",)" : ")");
    }

    /// What the library told of the array; what it points to belongs to `given_`, or to `held_` if that is used.
    nb::dlpack::dltensor tensor_;
    nb::ndarray<nb::ro> held_;
    nb::object given_;
    std::string library_;
    bool is_viewed_ = false;
};

}  // namespace vision_kernels::binding
