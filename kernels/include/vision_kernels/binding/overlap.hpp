#pragma once

#include "vision_kernels/binding/function.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

/// Memory of one call: what is written shares none with anything else.
namespace vision_kernels::binding {

struct Stretch {
    std::uintptr_t begin;
    std::uintptr_t end;
    bool is_written;
    /// Which array it is: the number of its tensor, and that of the entry.
    std::size_t tensor;
    std::size_t entry;
};

/// Refuses a call in which two stretches share memory, unless both are only read; `place` names one.
template <class Place>
void require_apart(const Function& function, std::vector<Stretch> stretches, const Place& place) {
    std::stable_sort(stretches.begin(), stretches.end(),
                     [](const Stretch& left, const Stretch& right) { return left.begin < right.begin; });
    // Of what began earlier, that which reaches furthest, and that which does so and is written.
    const Stretch* furthest = nullptr;
    const Stretch* written = nullptr;
    for (const Stretch& stretch : stretches) {
        const Stretch* before = stretch.is_written ? furthest : written;
        if (before != nullptr && before->end > stretch.begin) {
            const Stretch& spoilt = before->is_written ? *before : stretch;
            const Stretch& other = before->is_written ? stretch : *before;
            function.refuse_value(place(spoilt.tensor, spoilt.entry),
                                  "share no memory with another array, because it is written",
                                  "shares some with " + place(other.tensor, other.entry));
        }
        if (furthest == nullptr || stretch.end > furthest->end) furthest = &stretch;
        if (stretch.is_written && (written == nullptr || stretch.end > written->end)) written = &stretch;
    }
}

}  // namespace vision_kernels::binding
