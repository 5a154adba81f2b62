// Memory for boxes by coordinate. Not for the files of one instruction set, which share no code with each other.
#pragma once

#include <limits>
#include <vector>

#include "boxes.hpp"

namespace vision_kernels::cpu {

/// Boxes by coordinate. All of them are empty at first: they overlap no box.
class Planes {
public:
    explicit Planes(std::int64_t size) : size_(size), numbers_(static_cast<std::size_t>(5 * size)) {
        const float infinity = std::numeric_limits<float>::infinity();
        for (std::int64_t i = 0; i < size; ++i) view().set(i, {infinity, infinity, -infinity, -infinity}, 0.0f);
    }

    BoxPlanes view() {
        float* const first = numbers_.data();
        return {first, first + size_, first + 2 * size_, first + 3 * size_, first + 4 * size_};
    }

private:
    std::int64_t size_;
    std::vector<float> numbers_;
};

/// Boxes of corners with their areas, which are negative where one side is.
inline Planes signed_planes(const float* boxes, std::int64_t size) {
    Planes planes(size);
    for (std::int64_t i = 0; i < size; ++i) {
        const formulas::Box box = formulas::box_at(boxes + 4 * i);
        planes.view().set(i, box, formulas::signed_area(box));
    }
    return planes;
}

}  // namespace vision_kernels::cpu
