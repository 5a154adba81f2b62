// Boxes of a detector, in the order of operations of MXNet 1.9.
#pragma once

#include <cstdint>

#include "vision_kernels/bits.hpp"
#include "vision_kernels/formulas/elementary.hpp"
#include "vision_kernels/formulas/losses.hpp"
#include "vision_kernels/host_device.hpp"

namespace vision_kernels::formulas {

struct Box {
    float left, top, right, bottom;
};

VISION_KERNELS_HOST_DEVICE Box box_at(const float* numbers) { return {numbers[0], numbers[1], numbers[2], numbers[3]}; }

VISION_KERNELS_HOST_DEVICE Box corners_of_center(const float* numbers) {
    const float width = numbers[2] / 2;
    const float height = numbers[3] / 2;
    return {numbers[0] - width, numbers[1] - height, numbers[0] + width, numbers[1] + height};
}

/// A number within [0, 1]; NaN becomes 1.
VISION_KERNELS_HOST_DEVICE float share(float number) {
    const float below = number < 1.0f ? number : 1.0f;
    return 0.0f < below ? below : 0.0f;
}

VISION_KERNELS_HOST_DEVICE Box clipped(Box box, bool clip) {
    return clip ? Box{share(box.left), share(box.top), share(box.right), share(box.bottom)} : box;
}

/// Height and width of the box may be negative, and the area then too.
VISION_KERNELS_HOST_DEVICE float signed_area(Box box) { return (box.right - box.left) * (box.bottom - box.top); }

/// An area that is 0 where a side is negative.
VISION_KERNELS_HOST_DEVICE float area_of_sides(float width, float height) {
    return (width < 0) | (height < 0) ? 0.0f : width * height;
}

VISION_KERNELS_HOST_DEVICE float common_length(float from, float to, float other_from, float other_to) {
    const float first = from > other_from ? from : other_from;
    const float last = to < other_to ? to : other_to;
    const float length = last - first;
    return length > 0 ? length : 0.0f;
}

VISION_KERNELS_HOST_DEVICE float common_area(Box a, Box b) {
    return common_length(a.left, a.right, b.left, b.right) * common_length(a.top, a.bottom, b.top, b.bottom);
}

/// Shared over joint area when anchors are matched; 0 where the joint area is 0.
VISION_KERNELS_HOST_DEVICE float overlap_in_matching(Box a, float area_a, Box b, float area_b) {
    const float common = common_area(a, b);
    const float joint = area_a + area_b - common;
    const float overlap = common / joint;
    return joint == 0 ? 0.0f : overlap;
}

/// The same when detections are suppressed; 0 where the joint area is not above 0.
VISION_KERNELS_HOST_DEVICE float overlap_in_detection(Box a, float area_a, Box b, float area_b) {
    const float common = common_area(a, b);
    const float joint = area_a + area_b - common;
    const float overlap = common / joint;
    return joint <= 0 ? 0.0f : overlap;
}

/// The same of any boxes, NaN where the joint area is 0.
VISION_KERNELS_HOST_DEVICE float overlap_in_suppression(Box a, float area_a, Box b, float area_b) {
    const float common = common_area(a, b);
    return common / (area_a + area_b - common);
}

/// The same as a result in itself; 0 unless the boxes share an area.
VISION_KERNELS_HOST_DEVICE float overlap(Box a, float area_a, Box b, float area_b) {
    const float common = common_area(a, b);
    const float quotient = common / (area_a + area_b - common);
    return common <= 0 ? 0.0f : quotient;
}

/// Overlap from which a true box may take its best anchor.
constexpr float least_overlap = 1e-6f;

struct Variances {
    float x, y, width, height;
};

/// What a detector has to predict at an anchor to find the true box.
VISION_KERNELS_HOST_DEVICE Box offsets_of(Box anchor, Box truth, Variances variances) {
    const float anchor_width = anchor.right - anchor.left;
    const float anchor_height = anchor.bottom - anchor.top;
    const float x = (truth.left + truth.right) * 0.5f - (anchor.left + anchor.right) * 0.5f;
    const float y = (truth.top + truth.bottom) * 0.5f - (anchor.top + anchor.bottom) * 0.5f;
    return {x / anchor_width / variances.x, y / anchor_height / variances.y,
            logarithm((truth.right - truth.left) / anchor_width) / variances.width,
            logarithm((truth.bottom - truth.top) / anchor_height) / variances.height};
}

/// The box that a detector predicts at an anchor.
VISION_KERNELS_HOST_DEVICE Box box_of_offsets(Box anchor, const float* offsets, Variances variances) {
    const float anchor_width = anchor.right - anchor.left;
    const float anchor_height = anchor.bottom - anchor.top;
    const float x = offsets[0] * variances.x * anchor_width + (anchor.left + anchor.right) / 2;
    const float y = offsets[1] * variances.y * anchor_height + (anchor.top + anchor.bottom) / 2;
    const float width = exponential(offsets[2] * variances.width) * anchor_width / 2;
    const float height = exponential(offsets[3] * variances.height) * anchor_height / 2;
    return {x - width, y - height, x + width, y + height};
}

/// Where the cells of a feature map lie.
struct CellGrid {
    float height, width;
    float step_y, step_x;
    float offset_y, offset_x;
};

/// The anchor of one size and ratio in a cell.
VISION_KERNELS_HOST_DEVICE Box prior_box(
    CellGrid grid, std::int64_t row, std::int64_t column, float size, float ratio, bool clip) {
    const float y = (static_cast<float>(row) + grid.offset_y) * grid.step_y;
    const float x = (static_cast<float>(column) + grid.offset_x) * grid.step_x;
    const float root = square_root(ratio);
    const float width = size * grid.height / grid.width * root / 2;
    const float height = size / root / 2;
    const Box box{x - width, y - height, x + width, y + height};
    if (!clip) return box;
    return {between(box.left, 0.0f, 1.0f), between(box.top, 0.0f, 1.0f), between(box.right, 0.0f, 1.0f),
            between(box.bottom, 0.0f, 1.0f)};
}

/// A key that grows as the number does; 0 and -0 have the same, and NaN is above all.
VISION_KERNELS_HOST_DEVICE std::uint32_t ascending_key(float number) {
    const std::uint32_t bits = bits_of(number + 0.0f);
    const std::uint32_t key = bits ^ ((bits >> 31) != 0 ? 0xffffffffu : 0x80000000u);
    return number == number ? key : 0xffffffffu;
}

/// A key that grows as the number falls; NaN is above all.
VISION_KERNELS_HOST_DEVICE std::uint32_t descending_key(float number) {
    return number == number ? ~ascending_key(number) : 0xffffffffu;
}

/// A key beside a place: sorted, equal keys keep their order.
VISION_KERNELS_HOST_DEVICE std::uint64_t key_and_place(std::uint32_t key, std::int64_t place) {
    return (static_cast<std::uint64_t>(key) << 32) | static_cast<std::uint64_t>(place);
}

VISION_KERNELS_HOST_DEVICE std::int64_t place_of(std::uint64_t key_and_place) {
    return static_cast<std::int64_t>(key_and_place & 0xffffffffu);
}

}  // namespace vision_kernels::formulas
