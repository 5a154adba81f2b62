#pragma once

#include "vision_kernels/binding/memory.hpp"
#include "vision_kernels/binding/overlap.hpp"
#include "vision_kernels/binding/signature.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

/// The arrays of one call, against what is declared of them.
namespace vision_kernels::binding {

class Call {
public:
    /// Takes hold of all arrays, to be used on a stream, and checks everything about them that hangs on no scalar.
    Call(const Function& function, const Signature& signature, const Memory& memory, void* stream,
         std::initializer_list<nb::handle> given, std::initializer_list<StatedSize> stated)
        : function_(function), signature_(signature), stream_(stream), arrays_(given.size()), is_given_(given.size()) {
        for (std::size_t tensor = 0; tensor < given.size(); ++tensor) {
            roots_.push_back({signature.dtype_root(tensor), signature.shape_root(tensor)});
        }
        std::size_t number = 0;
        for (const nb::handle one : given) take(number++, one);
        require_lengths();
        count_entries();
        state_sizes(stated);
        // Without entries there is still what all entries share.
        for (std::size_t index = 0; index < sizes_.size(); ++index) {
            for_each_given(index, [&](std::size_t one) { require_dtype(one, index); });
            for_each_given(index, [&](std::size_t one) { require_shape(one, index); });
            for_each_given(index, [&](std::size_t one) { require_access(one, index, memory); });
        }
        require_no_overlap();
    }

    /// How many entries the lists have; 1 if there are no lists.
    std::size_t count() const { return count_; }

    /// The device that holds the arrays, elements or none; -1 if there are no arrays.
    int device() const { return arrays_.empty() || arrays_[first()].empty() ? -1 : at(first(), 0).device_id(); }

    /// Whether some library does not know that the call's stream is at work on its arrays: one beside another, whose stream
    /// the call goes by, or JAX, which keeps its streams to itself. It might use that memory for something else.
    bool is_shared() const {
        const Array* leading = nullptr;
        for (const std::vector<Array>& arrays : arrays_) {
            for (const Array& array : arrays) {
                if (!array.is_on_cuda()) return false;
                if (leading == nullptr) leading = &array;
                if (array.library() != leading->library() || array.library().substr(0, 3) == "jax") return true;
            }
        }
        return false;
    }

    /// Refuses a call without a tensor that a condition requires.
    void require(const char* tensor, bool is_needed, const std::string& condition) const {
        if (is_needed && !is_given_[signature_.number_of(tensor)]) {
            function_.refuse_value(tensor, "be given when " + condition, "is left out");
        }
    }

    /// Refuses a call without a tensor that the variant requires, or with one that it does not have.
    void require_for(const char* tensor, const char* varying, std::initializer_list<Dtype> variants) const {
        if (arrays_[signature_.number_of(varying)].empty()) return;
        const bool is_given = is_given_[signature_.number_of(tensor)];
        const nb::dlpack::dtype dtype = at(signature_.number_of(varying), 0).dtype();
        bool is_needed = false;
        for (const Dtype& variant : variants) is_needed = is_needed || variant.is(dtype);
        const std::string reason = varying + (" is " + name_of(dtype));
        if (is_needed && !is_given) function_.refuse_value(tensor, "be given when " + reason, "is left out");
        if (!is_needed && is_given) function_.refuse_value(tensor, "be left out when " + reason, "is given");
    }

    /// Whether a tensor has this format; with no entries, the first format that it may have.
    bool has_dtype(const char* tensor, const Dtype& dtype) const {
        const std::size_t number = signature_.number_of(tensor);
        if (!arrays_[number].empty()) return dtype.is(at(number, 0).dtype());
        return signature_.tensors[number].dtypes.allowed.front().code == dtype.code &&
               signature_.tensors[number].dtypes.allowed.front().bits == dtype.bits;
    }

    /// The elements of a tensor; null if it was left out.
    template <class T>
    T* data(std::size_t number, std::size_t index) const {
        return is_given_[number] ? at(number, index).template data<T>() : nullptr;
    }

    /// The extent that a symbol stands for.
    std::int64_t size(std::size_t symbol, std::size_t index) const { return sizes_[index][symbol]; }

    /// The number of elements of a tensor.
    std::int64_t elements(std::size_t number, std::size_t index) const { return at(number, index).elements(); }

private:
    bool is_list(std::size_t number) const { return signature_.tensors[number].is_list(); }

    /// The array of an entry; one that is no list belongs to all.
    const Array& at(std::size_t number, std::size_t index) const {
        return arrays_[number][is_list(number) ? index : 0];
    }

    /// The first tensor that has an array.
    std::size_t first() const {
        std::size_t number = 0;
        while (number + 1 < arrays_.size() && arrays_[number].empty()) ++number;
        return number;
    }

    /// The first list that was given; the number of all tensors if there is none.
    std::size_t first_list() const {
        std::size_t number = 0;
        while (number < arrays_.size() && !(is_list(number) && is_given_[number])) ++number;
        return number;
    }

    template <class Check>
    void for_each_given(std::size_t index, Check check) const {
        for (std::size_t number = 0; number < arrays_.size(); ++number) {
            const std::size_t here = is_list(number) ? index : 0;
            if (is_given_[number] && here < arrays_[number].size()) check(number);
        }
    }

    void count_entries() {
        const std::size_t list = first_list();
        if (list < arrays_.size()) count_ = arrays_[list].size();
    }

    /// What is known of the sizes of each entry before any array is looked at.
    void state_sizes(std::initializer_list<StatedSize> stated) {
        std::vector<std::int64_t> known(signature_.symbols.size(), -1);
        for (const StatedSize& size : stated) known[signature_.symbol_of(size.symbol)] = size.value;
        const std::size_t length = signature_.symbol_of(signature_.length);
        if (length < known.size()) known[length] = static_cast<std::int64_t>(count_);
        sizes_.assign(count_ > 0 ? count_ : 1, known);
    }

    std::string place(std::size_t number, std::size_t index) const {
        const std::string& name = signature_.tensors[number].name;
        return is_list(number) ? name + "[" + std::to_string(index) + "]" : name;
    }

    void take(std::size_t number, nb::handle given) {
        const Tensor& tensor = signature_.tensors[number];
        if (given.is_none() && tensor.presence == Presence::sometimes) return;
        is_given_[number] = true;
        if (!tensor.is_list()) return take_one(number, given);
        if (!PyList_Check(given.ptr()) && !PyTuple_Check(given.ptr())) {
            function_.refuse_type(tensor.name, "be a list of arrays", type_of(given));
        }
        arrays_[number].reserve(nb::len(given));
        for (const nb::handle item : nb::borrow<nb::sequence>(given)) take_one(number, item);
    }

    void take_one(std::size_t number, nb::handle given) {
        arrays_[number].emplace_back();
        if (!arrays_[number].back().take(given, signature_.tensors[number].is_written(), stream_)) {
            function_.refuse_type(place(number, arrays_[number].size() - 1),
                                  "be an array that its library hands over as it is", kind_of(given));
        }
        const Array& array = arrays_[number].back();
        if (!array.is_countable()) {
            function_.refuse_value(place(number, arrays_[number].size() - 1), "be of a size that memory can have",
                                   "has the shape " + array.shape());
        }
    }

    void require_lengths() const {
        for (std::size_t number = first_list(); number < arrays_.size(); ++number) {
            const std::size_t wanted = arrays_[first_list()].size();
            if (!is_list(number) || !is_given_[number] || arrays_[number].size() == wanted) continue;
            const std::string& like = signature_.tensors[first_list()].name;
            function_.refuse_value(signature_.tensors[number].name,
                                   "have as many arrays as " + like + ", " + std::to_string(wanted),
                                   "has " + std::to_string(arrays_[number].size()));
        }
    }

    /// One of the allowed formats, and in all entries the same: a call is of one variant.
    void require_dtype(std::size_t number, std::size_t index) const {
        const nb::dlpack::dtype found = at(number, index).dtype();
        const std::size_t root = roots_[number].of_dtype;
        if ((root == number && index == 0) || arrays_[root].empty()) {
            std::string names;
            for (const Dtype& allowed : signature_.tensors[root].dtypes.allowed) {
                if (allowed.is(found)) return;
                names += (names.empty() ? "" : " or ") + std::string(allowed.name);
            }
            function_.refuse_type(place(number, index), "be " + names, "is " + name_of(found));
        }
        // A tensor of its own format is compared with that of the first entry, others with what they are like.
        const std::size_t entry = root == number ? 0 : index;
        const nb::dlpack::dtype wanted = at(root, entry).dtype();
        if (found == wanted) return;
        function_.refuse_type(place(number, index), "be " + name_of(wanted) + " like " + place(root, entry),
                              "is " + name_of(found));
    }

    void require_shape(std::size_t number, std::size_t index) {
        const std::size_t like = roots_[number].of_shape;
        const Shape& shape = signature_.tensors[like].shape;
        if (!shape.is_any) return require_extents(number, index, shape);
        const Array& found = at(number, index);
        const Array& wanted = at(like, index);
        if (found.has_shape_of(wanted)) return;
        function_.refuse_value(place(number, index), "have the shape " + wanted.shape() + " of " + place(like, index),
                               "has " + found.shape());
    }

    void require_extents(std::size_t number, std::size_t index, const Shape& shape) {
        const Array& found = at(number, index);
        if (found.dimensions() != shape.extents.size()) {
            function_.refuse_value(place(number, index), "have the shape " + shape.text(), "has " + found.shape());
        }
        for (std::size_t axis = 0; axis < shape.extents.size(); ++axis) {
            require_extent(number, index, axis, shape);
        }
    }

    void require_extent(std::size_t number, std::size_t index, std::size_t axis, const Shape& shape) {
        const Extent& extent = shape.extents[axis];
        const Array& array = at(number, index);
        const std::int64_t found = array.extent(axis);
        const std::string law = "have the shape " + shape.text();
        if (extent.symbol.empty()) {
            if (found != extent.value) function_.refuse_value(place(number, index), law, "has " + array.shape());
            return;
        }
        const std::size_t number_of_symbol = signature_.symbol_of(extent.symbol);
        const Symbol& symbol = signature_.symbols[number_of_symbol];
        std::int64_t& known = sizes_[index][number_of_symbol];
        if (known >= 0 && known != found) {
            function_.refuse_value(place(number, index), law + " with " + symbol.name + " = " + std::to_string(known),
                                   "has " + array.shape());
        }
        if (known < 0 && !symbol.holds(found)) {
            function_.refuse_value(place(number, index), law + " with " + symbol.name + " in " + symbol.law,
                                   "has " + array.shape());
        }
        known = found;
    }

    void require_access(std::size_t number, std::size_t index, const Memory& memory) const {
        require_place(number, index, memory);
        const Array& array = at(number, index);
        if (signature_.tensors[number].is_written() && !array.is_writable) {
            function_.refuse_value(place(number, index), "be writable", "is read-only");
        }
        if (!array.is_contiguous()) {
            function_.refuse_value(place(number, index), "be contiguous, in C order",
                                   "has the shape " + array.shape() + " and the strides " + array.strides() +
                                       ": " + array.contiguous_copy() + " makes a copy that is");
        }
        const std::uintptr_t beyond = array.address() % array.item_size();
        if (beyond != 0 && array.elements() > 0) {
            function_.refuse_value(place(number, index),
                                   "start at a multiple of " + std::to_string(array.item_size()) + " bytes",
                                   "starts " + std::to_string(beyond) + " beyond one");
        }
    }

    /// Memory of the backend, and all of it on one device.
    void require_place(std::size_t number, std::size_t index, const Memory& memory) const {
        const Array& array = at(number, index);
        bool is_reachable = false;
        for (const int kind : memory.kinds) is_reachable = is_reachable || kind == array.device_type();
        if (!is_reachable) {
            const std::string kind = std::to_string(array.device_type());
            function_.refuse_value(place(number, index), "lie in " + std::string(memory.name),
                                   "lies elsewhere (DLPack's kind " + kind + ")");
        }
        const Array& leading = at(first(), 0);
        if (array.device_id() != leading.device_id()) {
            const std::string wanted = std::to_string(leading.device_id());
            function_.refuse_value(place(number, index), "lie on device " + wanted + " like " + place(first(), 0),
                                   "lies on device " + std::to_string(array.device_id()));
        }
    }

    void require_no_overlap() const {
        std::vector<Stretch> stretches;
        for (std::size_t number = 0; number < arrays_.size(); ++number) {
            const bool is_written = signature_.tensors[number].is_written();
            for (std::size_t index = 0; index < arrays_[number].size(); ++index) {
                const Array& array = at(number, index);
                if (array.elements() == 0) continue;
                const auto bytes = static_cast<std::uintptr_t>(array.elements()) * array.item_size();
                stretches.push_back({array.address(), array.address() + bytes, is_written, number, index});
            }
        }
        require_apart(function_, std::move(stretches),
                      [this](std::size_t number, std::size_t index) { return place(number, index); });
    }

    /// The tensors that state the format and the shape of one.
    struct Roots {
        std::size_t of_dtype;
        std::size_t of_shape;
    };

    const Function& function_;
    const Signature& signature_;
    void* stream_;
    std::vector<Roots> roots_;
    std::vector<std::vector<Array>> arrays_;
    std::vector<bool> is_given_;
    std::size_t count_ = 1;
    std::vector<std::vector<std::int64_t>> sizes_;
};

}  // namespace vision_kernels::binding
