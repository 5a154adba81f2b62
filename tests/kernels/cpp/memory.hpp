// Arrays of a test case. Each begins at an aligned address or one element after it, and ends where its memory ends, so
// that a sanitizer sees a step too far. Their contents are the same for each run of a case.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "vision_kernels/half.hpp"

namespace memory {

using vision_kernels::BFloat16;
using vision_kernels::Half;

class Memory {
public:
    explicit Memory(bool aligned = false) : skipped_(aligned ? 0 : 1) {}

    /// Numbers of both signs and many sizes, with zeros and denormal ones among them.
    template <class Type>
    Type* numbers(std::int64_t size) {
        return fill<Type>(size, [this] { return drawn(); });
    }

    /// As `numbers`, but none below 0.
    template <class Type>
    Type* positive(std::int64_t size) {
        return fill<Type>(size, [this] { return std::fabs(drawn()); });
    }

    /// Numbers from 0 to 1.
    template <class Type>
    Type* shares(std::int64_t size) {
        return fill<Type>(size, [this] { return static_cast<float>(next() % 1000) / 999.0f; });
    }

    /// Whole numbers from -1 to `count`, so that some labels are no class.
    template <class Type>
    Type* labels(std::int64_t size, std::int64_t count) {
        return fill<Type>(size, [this, count] {
            return static_cast<float>(next() % static_cast<std::uint32_t>(count + 2)) - 1.0f;
        });
    }

    /// Bytes of all values.
    std::uint8_t* bytes(std::int64_t size) {
        return fill<std::uint8_t>(size, [this] { return static_cast<float>(next() % 256); });
    }

    /// What all arrays hold, every NaN alike.
    const std::vector<std::uint32_t>& contents() {
        contents_.clear();
        for (const auto& append : appends_) append->run(contents_);
        return contents_;
    }

private:
    struct Append {
        virtual ~Append() = default;
        virtual void run(std::vector<std::uint32_t>& contents) const = 0;
    };

    template <class Type>
    struct Array final : Append {
        // Not a vector, whose capacity might be larger than its size.
        std::unique_ptr<Type[]> data;
        std::int64_t size, skipped;

        Array(std::int64_t count, std::int64_t skip)
            : data(new Type[static_cast<std::size_t>(count + skip)]()), size(count), skipped(skip) {}

        Type* start() const { return data.get() + skipped; }

        void run(std::vector<std::uint32_t>& contents) const override {
            for (std::int64_t i = 0; i < size; ++i) contents.push_back(bits(start()[i]));
        }
    };

    static std::uint32_t bits(float number) {
        return std::isnan(number) ? 0x7fc00000u : vision_kernels::bits_of(number);
    }
    static std::uint32_t bits(Half number) { return bits(vision_kernels::widen(number)); }
    static std::uint32_t bits(BFloat16 number) { return bits(vision_kernels::widen(number)); }
    static std::uint32_t bits(std::uint8_t number) { return number; }
    static std::uint32_t bits(std::int32_t number) { return static_cast<std::uint32_t>(number); }
    static std::uint32_t bits(std::int64_t number) { return static_cast<std::uint32_t>(number); }

    static void put(float number, float& place) { place = number; }
    static void put(float number, Half& place) { place = vision_kernels::narrow<Half>(number); }
    static void put(float number, BFloat16& place) { place = vision_kernels::narrow<BFloat16>(number); }
    static void put(float number, std::uint8_t& place) { place = static_cast<std::uint8_t>(number); }
    static void put(float number, std::int32_t& place) { place = static_cast<std::int32_t>(number); }
    static void put(float number, std::int64_t& place) { place = static_cast<std::int64_t>(number); }

    template <class Type, class Draw>
    Type* fill(std::int64_t size, Draw draw) {
        auto array = std::make_unique<Array<Type>>(size, skipped_);
        Type* const start = array->start();
        for (std::int64_t i = 0; i < size; ++i) put(draw(), start[i]);
        appends_.push_back(std::move(array));
        return start;
    }

    std::uint32_t next() {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 17;
        state_ ^= state_ << 5;
        return state_ >> 4;
    }

    float drawn() {
        const std::uint32_t kind = next() % 16;
        const float sign = next() % 2 == 0 ? 1.0f : -1.0f;
        if (kind == 0) return sign * 0.0f;
        if (kind == 1) return sign * std::ldexp(static_cast<float>(next() % 1000), -149);
        const int exponent = static_cast<int>(next() % 12) - 8;
        return sign * std::ldexp(1.0f + static_cast<float>(next() % 65536) / 65536.0f, exponent);
    }

    std::int64_t skipped_;
    std::uint32_t state_ = 2463534242u;
    std::vector<std::unique_ptr<Append>> appends_{};
    std::vector<std::uint32_t> contents_{};
};

}  // namespace memory
