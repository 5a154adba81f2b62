#pragma once

#include "vision_kernels/binding/arrays.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

/// What is declared of the tensors of a function: data that the checks go by.
namespace vision_kernels::binding {

enum class Access { in, out, inout };
enum class Presence { always, sometimes };
enum class Number { one, list };

/// The formats that a tensor may have, or the tensor whose format it has.
struct Dtypes {
    std::vector<Dtype> allowed;
    std::string like;

    Dtypes(std::initializer_list<Dtype> formats) : allowed(formats) {}
    explicit Dtypes(std::string tensor) : like(std::move(tensor)) {}
};

inline Dtypes same_dtype(const char* tensor) { return Dtypes(std::string(tensor)); }

/// An extent: a symbol, or an integer where the name is empty.
struct Extent {
    std::string symbol;
    std::int64_t value = 0;

    Extent(const char* name) : symbol(name) {}
    Extent(int stated) : value(stated) {}
};

/// The shape of a tensor: its extents, any shape, or the tensor whose shape it has.
struct Shape {
    bool is_any = false;
    std::vector<Extent> extents;
    std::string like;

    /// "[n, 3]".
    std::string text() const {
        std::string joined;
        for (const Extent& extent : extents) {
            joined += joined.empty() ? "" : ", ";
            joined += extent.symbol.empty() ? std::to_string(extent.value) : extent.symbol;
        }
        return "[" + joined + "]";
    }
};

inline Shape any_shape() { return {true, {}, ""}; }
inline Shape shape(std::initializer_list<Extent> extents) { return {false, extents, ""}; }
inline Shape same_shape(const char* tensor) { return {false, {}, tensor}; }

struct Tensor {
    std::string name;
    Access access;
    Presence presence;
    Number number;
    Dtypes dtypes;
    Shape shape;

    bool is_written() const { return access != Access::in; }
    bool is_list() const { return number == Number::list; }
};

/// A size that shapes speak of; `law` is nothing if it may be any.
struct Symbol {
    std::string name;
    std::string law;
    bool (*holds)(std::int64_t);
};

/// A size that is known before any array is looked at.
struct StatedSize {
    const char* symbol;
    std::int64_t value;
};

/// The tensors of a function, and the symbol for the length of its lists, if there is one.
struct Signature {
    std::vector<Tensor> tensors;
    std::vector<Symbol> symbols;
    std::string length;

    /// The number of a tensor; that of none is the number of all.
    std::size_t number_of(const std::string& name) const {
        std::size_t number = 0;
        while (number < tensors.size() && tensors[number].name != name) ++number;
        return number;
    }

    /// The number of a symbol.
    std::size_t symbol_of(const std::string& name) const {
        std::size_t number = 0;
        while (number < symbols.size() && symbols[number].name != name) ++number;
        return number;
    }

    /// The number of the tensor that states the format of one.
    std::size_t dtype_root(std::size_t number) const {
        while (!tensors[number].dtypes.like.empty()) number = number_of(tensors[number].dtypes.like);
        return number;
    }

    /// The number of the tensor that states the shape of one.
    std::size_t shape_root(std::size_t number) const {
        while (!tensors[number].shape.like.empty()) number = number_of(tensors[number].shape.like);
        return number;
    }
};

}  // namespace vision_kernels::binding
