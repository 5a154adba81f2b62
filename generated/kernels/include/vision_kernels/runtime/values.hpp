// Part of every library that `knobsmith generate` writes; do not edit.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

/// Values: lists that hold a few items without a heap, words beside numbers, and equality.
namespace vision_kernels {

/// A list. Up to `Inline` items are held in place.
template <class T, std::size_t Inline>
class List {
public:
    using value_type = T;

    List() = default;
    List(std::initializer_list<T> items) {
        for (const T& item : items) push_back(item);
    }
    List(const List& other) { *this = other; }
    List(List&& other) noexcept { *this = std::move(other); }
    ~List() = default;
    List& operator=(const List& other) {
        if (this == &other) return *this;
        clear();
        for (const T& item : other) push_back(item);
        return *this;
    }
    List& operator=(List&& other) noexcept {
        if (this == &other) return *this;
        inline_ = std::move(other.inline_);
        more_ = std::move(other.more_);
        size_ = std::exchange(other.size_, 0);
        room_ = std::exchange(other.room_, Inline);
        return *this;
    }

    const T* begin() const noexcept { return more_ ? more_.get() : inline_.data(); }
    const T* end() const noexcept { return begin() + size_; }
    std::size_t size() const noexcept { return size_; }
    bool empty() const noexcept { return size_ == 0; }
    const T& operator[](std::size_t at) const noexcept { return begin()[at]; }
    T& operator[](std::size_t at) noexcept { return items()[at]; }

    void push_back(T item) {
        if (size_ == room_) grow();
        items()[size_++] = std::move(item);
    }
    void clear() noexcept { size_ = 0; }

private:
    T* items() noexcept { return more_ ? more_.get() : inline_.data(); }
    void grow() {
        room_ = room_ * 2 + 8;
        std::unique_ptr<T[]> more(new T[room_]());
        std::move(items(), items() + size_, more.get());
        more_ = std::move(more);
    }

    std::array<T, Inline> inline_{};
    std::unique_ptr<T[]> more_;
    std::size_t size_ = 0;
    std::size_t room_ = Inline;
};

/// A word of `special`, or a value of the type beside it. The text of a word has to outlive it: name a literal.
template <class T>
struct WordOr {
    std::string_view word{};
    T value{};

    WordOr() = default;
    WordOr(T plain) : value(std::move(plain)) {}
    WordOr(std::string_view text) : word(text.data() == nullptr ? std::string_view("") : text) {}
    WordOr(const char* text) : word(text) {}

    bool is_word() const noexcept { return word.data() != nullptr; }
};

namespace values {

template <class T>
struct IsWordOr : std::false_type {};
template <class T>
struct IsWordOr<WordOr<T>> : std::true_type {};
template <class T>
inline constexpr bool is_word_or = IsWordOr<T>::value;
template <class T>
inline constexpr bool is_text = std::is_convertible_v<const T&, std::string_view>;
template <class T>
inline constexpr bool is_number = std::is_arithmetic_v<T> && !std::is_same_v<T, bool>;
template <class T, class = void>
struct IsList : std::false_type {};
template <class T>
struct IsList<T, std::void_t<typename T::value_type>> : std::bool_constant<!is_text<T>> {};
template <class T>
inline constexpr bool is_list = IsList<T>::value;

/// Equality: `1` and `1.0` are equal, `1` and `true` are not; a word equals nothing but itself.
template <class A, class B>
bool same(const A& left, const B& right) noexcept {
    if constexpr (is_word_or<A> && is_word_or<B>) {
        if (left.is_word() || right.is_word()) {
            return left.is_word() && right.is_word() && left.word == right.word;
        }
        return same(left.value, right.value);
    } else if constexpr (is_word_or<A>) {
        if constexpr (is_text<B>) {
            return left.is_word() && left.word == std::string_view(right);
        } else {
            return !left.is_word() && same(left.value, right);
        }
    } else if constexpr (is_word_or<B>) {
        return same(right, left);
    } else if constexpr (is_text<A> && is_text<B>) {
        return std::string_view(left) == std::string_view(right);
    } else if constexpr (std::is_same_v<A, bool> && std::is_same_v<B, bool>) {
        return left == right;
    } else if constexpr (is_number<A> && is_number<B>) {
        if constexpr (std::is_integral_v<A> && std::is_integral_v<B>) {
            return static_cast<std::int64_t>(left) == static_cast<std::int64_t>(right);
        } else {
            return static_cast<double>(left) == static_cast<double>(right);
        }
    } else if constexpr (is_list<A> && is_list<B>) {
        if (left.size() != right.size()) return false;
        for (std::size_t at = 0; at < left.size(); ++at) {
            if (!same(left[at], right[at])) return false;
        }
        return true;
    } else {
        return false;
    }
}

template <class T, class... Others>
bool is_one_of(const T& value, const Others&... others) noexcept {
    return (same(value, others) || ...);
}

template <class Items, class T>
bool contains(const Items& items, const T& value) noexcept {
    for (const auto& item : items) {
        if (same(item, value)) return true;
    }
    return false;
}

template <class Items, class Test>
bool all_of(const Items& items, const Test& test) {
    for (const auto& item : items) {
        if (!test(item)) return false;
    }
    return true;
}

template <class Items, class Test>
bool any_of(const Items& items, const Test& test) {
    for (const auto& item : items) {
        if (test(item)) return true;
    }
    return false;
}

template <class Items>
std::int64_t count(const Items& items) noexcept {
    return static_cast<std::int64_t>(items.size());
}

template <class Items>
const auto& item_at(const Items& items, std::int64_t index) noexcept {
    return items[static_cast<std::size_t>(index)];
}

template <class Items>
bool has_item(const Items& items, std::int64_t index) noexcept {
    return index >= 0 && index < count(items);
}

/// Whether no item is there twice.
template <class Items>
bool is_unique(const Items& items) noexcept {
    for (std::size_t at = 0; at < items.size(); ++at) {
        for (std::size_t before = 0; before < at; ++before) {
            if (same(items[at], items[before])) return false;
        }
    }
    return true;
}

/// Whether each number is above the one before; a word stands outside their order.
template <class Items>
bool is_increasing(const Items& items) noexcept {
    const typename Items::value_type* last = nullptr;
    for (const auto& item : items) {
        if constexpr (is_word_or<typename Items::value_type>) {
            if (item.is_word()) continue;
            if (last != nullptr && !(last->value < item.value)) return false;
        } else {
            if (last != nullptr && !(*last < item)) return false;
        }
        last = &item;
    }
    return true;
}

/// Puts a value where one of its type, or of a wider one, is held.
template <class T, class V>
void assign(T& place, const V& value) {
    if constexpr (is_word_or<T>) {
        if constexpr (is_word_or<V>) {
            place = T();
            place.word = value.word;
            assign(place.value, value.value);
        } else if constexpr (is_text<V>) {
            place = T(std::string_view(value));
        } else {
            place = T();
            assign(place.value, value);
        }
    } else if constexpr (is_word_or<V>) {
        assign(place, value.value);
    } else if constexpr (is_list<T> && is_list<V>) {
        place.clear();
        for (const auto& item : value) {
            typename T::value_type own{};
            assign(own, item);
            place.push_back(std::move(own));
        }
    } else {
        place = static_cast<T>(value);
    }
}

}  // namespace values
}  // namespace vision_kernels
