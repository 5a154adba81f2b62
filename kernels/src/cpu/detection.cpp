// Anchors, overlaps and losses of a detector on the CPU.
#include <algorithm>
#include <numeric>
#include <vector>

#include "../steps/detection.hpp"
#include "boxes.hpp"
#include "isa.hpp"
#include "planes.hpp"
#include "vision_kernels/formulas/losses.hpp"
#include "vision_kernels/parallel.hpp"

namespace vision_kernels::cpu {
namespace {

/// Boxes of any format with their areas, which are 0 where a side is negative.
Planes planes_of(const float* boxes, std::int64_t size, MxnetBoxIou::BoxFormat format) {
    Planes planes(size);
    for (std::int64_t i = 0; i < size; ++i) {
        const float* const box = boxes + 4 * i;
        if (format == MxnetBoxIou::BoxFormat::corner) {
            planes.view().set(i, formulas::box_at(box), formulas::area_of_sides(box[2] - box[0], box[3] - box[1]));
        } else {
            planes.view().set(i, formulas::corners_of_center(box), formulas::area_of_sides(box[2], box[3]));
        }
    }
    return planes;
}

/// Elements that are worked on at a time.
constexpr std::int64_t piece_of_loss = 16384;

std::int64_t pieces_of(std::int64_t size, std::int64_t piece) { return (size + piece - 1) / piece; }

/// Smooth L1 loss of all offsets; returns how many are above 0.
std::int64_t location_loss(const MxnetDetectionLossTensors& tensors, float sigma_square) {
    const auto run = VISION_KERNELS_CHOOSE(location_losses);
    const std::int64_t size = tensors.n * tensors.a * 4;
    std::vector<std::int64_t> counted(static_cast<std::size_t>(pieces_of(size, piece_of_loss)));
    parallel_for(static_cast<std::int64_t>(counted.size()), [&](std::int64_t piece) {
        const std::int64_t first = piece * piece_of_loss;
        counted[static_cast<std::size_t>(piece)] =
            run(tensors.location_prediction + first, tensors.location_target + first, tensors.location_mask + first,
                std::min(piece_of_loss, size - first), sigma_square, tensors.location_loss + first);
    });
    return std::accumulate(counted.begin(), counted.end(), std::int64_t{0});
}

void location_gradient(const MxnetDetectionLossTensors& tensors, float sigma_square, float scale) {
    const auto run = VISION_KERNELS_CHOOSE(location_gradients);
    const std::int64_t size = tensors.n * tensors.a * 4;
    parallel_for(pieces_of(size, piece_of_loss), [&](std::int64_t piece) {
        const std::int64_t first = piece * piece_of_loss;
        run(tensors.location_prediction + first, tensors.location_target + first, tensors.location_mask + first,
            std::min(piece_of_loss, size - first), sigma_square, scale, tensors.location_gradient + first);
    });
}

void class_loss(const MxnetDetectionLossTensors& tensors, std::int64_t ignore_label, float scale) {
    const auto run = VISION_KERNELS_CHOOSE(class_losses);
    const std::int64_t blocks = pieces_of(tensors.a, anchor_block);
    parallel_for(tensors.n * blocks, [&](std::int64_t job) {
        const std::int64_t sample = job / blocks;
        const std::int64_t first = job % blocks * anchor_block;
        const std::int64_t place = sample * tensors.k * tensors.a;
        run({tensors.class_prediction + place, tensors.class_target + sample * tensors.a, tensors.probability + place,
             tensors.class_gradient + place, tensors.k, tensors.a, ignore_label, scale},
            first, std::min(anchor_block, tensors.a - first));
    });
}

/// A share of the gradient: 1 over what counts.
float share_of(std::int64_t count) { return 1.0f / static_cast<float>(std::max<std::int64_t>(count, 1)); }

}  // namespace

void mxnet_prior_boxes(const MxnetPriorBoxes& scalars, const MxnetPriorBoxesTensors& tensors, const Context&) {
    const formulas::CellGrid cells = steps::cells_of(scalars);
    const std::vector<steps::AnchorShape> shapes = steps::shapes_of(scalars);
    const auto each_cell = static_cast<std::int64_t>(shapes.size());
    parallel_for(scalars.feature_height, [&](std::int64_t row) {
        float* next = tensors.anchors + row * scalars.feature_width * each_cell * 4;
        for (std::int64_t column = 0; column < scalars.feature_width; ++column) {
            for (const steps::AnchorShape& shape : shapes) {
                const formulas::Box box = formulas::prior_box(cells, row, column, shape.size, shape.ratio, scalars.clip);
                const float numbers[4] = {box.left, box.top, box.right, box.bottom};
                next = std::copy_n(numbers, 4, next);
            }
        }
    });
}

void mxnet_box_iou(const MxnetBoxIou& scalars, const MxnetBoxIouTensors& tensors, const Context&) {
    Planes left = planes_of(tensors.left, tensors.l, scalars.box_format);
    Planes right = planes_of(tensors.right, tensors.r, scalars.box_format);
    const BoxPlanes lefts = left.view();
    const BoxPlanes rights = right.view();
    const auto run = VISION_KERNELS_CHOOSE(overlaps);
    parallel_for(tensors.l, [&](std::int64_t row) {
        const BoxPlanes own = lefts.from(row);
        run(rights, tensors.r, {{*own.left, *own.top, *own.right, *own.bottom}, *own.area}, tensors.iou + row * tensors.r);
    });
}

void mxnet_detection_loss(
    const MxnetDetectionLoss& scalars, const MxnetDetectionLossTensors& tensors, const Context&) {
    const auto sigma = static_cast<float>(scalars.sigma);
    const std::int64_t counted = location_loss(tensors, sigma * sigma);
    location_gradient(tensors, sigma * sigma, share_of(counted));
    const std::int64_t labels = tensors.n * tensors.a;
    const std::int64_t valid = std::count_if(tensors.class_target, tensors.class_target + labels, [&](float label) {
        return formulas::class_of(label) != scalars.ignore_label;
    });
    class_loss(tensors, scalars.ignore_label, share_of(valid));
}

}  // namespace vision_kernels::cpu
