// What both backends read from the scalars of spec/kernels/detection.yaml, in the precision of MXNet's operators.
#pragma once

#include <cstdint>
#include <vector>

#include "vision_kernels/formulas/detection.hpp"
#include "vision_kernels/functions/detection.hpp"

namespace vision_kernels::steps {

inline formulas::Variances variances_of(const std::vector<double>& given) {
    return {static_cast<float>(given[0]), static_cast<float>(given[1]), static_cast<float>(given[2]),
            static_cast<float>(given[3])};
}

inline formulas::CellGrid cells_of(const MxnetPriorBoxes& scalars) {
    const auto height = static_cast<float>(scalars.feature_height);
    const auto width = static_cast<float>(scalars.feature_width);
    auto step_y = static_cast<float>(scalars.steps[0]);
    auto step_x = static_cast<float>(scalars.steps[1]);
    if (!(step_y > 0) || !(step_x > 0)) {
        step_y = 1.0f / height;
        step_x = 1.0f / width;
    }
    return {height, width, step_y, step_x, static_cast<float>(scalars.offsets[0]), static_cast<float>(scalars.offsets[1])};
}

/// The size and the ratio of each anchor of a cell.
struct AnchorShape {
    float size, ratio;
};

inline std::vector<AnchorShape> shapes_of(const MxnetPriorBoxes& scalars) {
    std::vector<AnchorShape> shapes;
    shapes.reserve(scalars.sizes.size() + scalars.ratios.size() - 1);
    for (const double size : scalars.sizes) {
        shapes.push_back({static_cast<float>(size), static_cast<float>(scalars.ratios[0])});
    }
    for (std::size_t index = 1; index < scalars.ratios.size(); ++index) {
        shapes.push_back({static_cast<float>(scalars.sizes[0]), static_cast<float>(scalars.ratios[index])});
    }
    return shapes;
}

/// The scalars of mxnet_match_anchors.
struct Matching {
    float overlap_threshold;
    float mining_ratio;
    float mining_threshold;
    float ignore_label;
    formulas::Variances variances;

    explicit Matching(const MxnetMatchAnchors& scalars)
        : overlap_threshold(static_cast<float>(scalars.overlap_threshold)),
          mining_ratio(static_cast<float>(scalars.negative_mining_ratio)),
          mining_threshold(static_cast<float>(scalars.negative_mining_threshold)),
          ignore_label(static_cast<float>(scalars.ignore_label)),
          variances(variances_of(scalars.variances)) {}

    VISION_KERNELS_HOST_DEVICE bool mines() const { return mining_ratio > 0; }

    /// How many anchors mining should turn into background.
    VISION_KERNELS_HOST_DEVICE std::int64_t wanted(std::int64_t positives, std::int64_t anchors) const {
        const float product = static_cast<float>(positives) * mining_ratio;
        const std::int64_t rest = anchors - positives;
        if (positives == 0) return 0;
        return product < static_cast<float>(rest) ? static_cast<std::int64_t>(product) : rest;
    }
};

/// Values of `status`.
constexpr std::int32_t matched = 0;
constexpr std::int32_t malformed_end = 1;
constexpr std::int32_t too_few_negatives = 2;

/// The true boxes of a sample: the rows before the first of class -1, which has to be -1 in five columns.
struct TrueRows {
    std::int64_t count;
    bool well_formed;
};

VISION_KERNELS_HOST_DEVICE TrueRows true_rows(const float* label, std::int64_t rows, std::int64_t width) {
    for (std::int64_t row = 0; row < rows; ++row) {
        const float* const numbers = label + row * width;
        if (numbers[0] != -1.0f) continue;
        const bool ended = numbers[1] == -1.0f && numbers[2] == -1.0f && numbers[3] == -1.0f && numbers[4] == -1.0f;
        return {ended ? row : 0, ended};
    }
    return {rows, true};
}

/// The scalars of mxnet_detect.
struct Detecting {
    float nms_threshold;
    float score_threshold;
    bool clip;
    bool across_classes;
    std::int64_t most;
    formulas::Variances variances;

    explicit Detecting(const MxnetDetect& scalars)
        : nms_threshold(static_cast<float>(scalars.nms_threshold)),
          score_threshold(static_cast<float>(scalars.score_threshold)),
          clip(scalars.clip),
          across_classes(scalars.force_suppress),
          most(scalars.nms_topk),
          variances(variances_of(scalars.variances)) {}

    VISION_KERNELS_HOST_DEVICE bool suppresses() const { return nms_threshold > 0 && nms_threshold <= 1; }
    VISION_KERNELS_HOST_DEVICE std::int64_t at_most(std::int64_t count) const {
        return most > 0 && most < count ? most : count;
    }
};

/// The scalars of mxnet_box_nms.
struct Suppressing {
    float overlap_threshold;
    float valid_threshold;
    std::int64_t topk, coord_start, score_index, id_index;
    float background_id;
    bool across_classes;
    bool in_center, out_center;

    explicit Suppressing(const MxnetBoxNms& scalars)
        : overlap_threshold(static_cast<float>(scalars.overlap_threshold)),
          valid_threshold(static_cast<float>(scalars.valid_threshold)),
          topk(scalars.topk),
          coord_start(scalars.coord_start),
          score_index(scalars.score_index),
          id_index(scalars.id_index),
          background_id(static_cast<float>(scalars.background_id)),
          across_classes(scalars.force_suppress || scalars.id_index < 0),
          in_center(scalars.in_format == MxnetBoxNms::InFormat::center),
          out_center(scalars.out_format == MxnetBoxNms::OutFormat::center) {}

    VISION_KERNELS_HOST_DEVICE bool is_valid(const float* row) const {
        return row[score_index] > valid_threshold && (id_index < 0 || row[id_index] != background_id);
    }
    VISION_KERNELS_HOST_DEVICE std::int64_t at_most(std::int64_t count) const {
        return topk >= 0 && topk < count ? topk : count;
    }
    VISION_KERNELS_HOST_DEVICE formulas::Box box(const float* row) const {
        return in_center ? formulas::corners_of_center(row + coord_start) : formulas::box_at(row + coord_start);
    }
    VISION_KERNELS_HOST_DEVICE float area(const float* row) const {
        const float* const box = row + coord_start;
        return in_center ? formulas::area_of_sides(box[2], box[3])
                         : formulas::area_of_sides(box[2] - box[0], box[3] - box[1]);
    }
    /// Turn the box of a kept row into the format of the result. MXNet leaves boxes alone that begin below 0.
    VISION_KERNELS_HOST_DEVICE void convert(float* row) const {
        float* const box = row + coord_start;
        if (in_center == out_center || box[0] < 0) return;
        const formulas::Box corners = formulas::corners_of_center(box);
        const float first = in_center ? corners.left : (box[0] + box[2]) / 2;
        const float second = in_center ? corners.top : (box[1] + box[3]) / 2;
        const float third = in_center ? corners.right : box[2] - box[0];
        const float fourth = in_center ? corners.bottom : box[3] - box[1];
        box[0] = first;
        box[1] = second;
        box[2] = third;
        box[3] = fourth;
    }
};

}  // namespace vision_kernels::steps
