// Anchors, overlaps and losses of a detector on the device, or in the emulator: VISION_KERNELS_BACKEND is cuda or
// emulated.
#include "../steps/detection.hpp"
#include "elements.hpp"
#include "vision_kernels/formulas/losses.hpp"

namespace vision_kernels::VISION_KERNELS_BACKEND {
namespace {

/// The anchor of one shape in each cell.
struct PriorBox {
    formulas::CellGrid cells;
    steps::AnchorShape shape;
    std::int64_t width, shapes, number;
    bool clip;
    float* anchors;

    VISION_KERNELS_DEVICE void operator()(std::int64_t cell) const {
        const formulas::Box box =
            formulas::prior_box(cells, cell / width, cell % width, shape.size, shape.ratio, clip);
        float* const numbers = anchors + (cell * shapes + number) * 4;
        numbers[0] = box.left;
        numbers[1] = box.top;
        numbers[2] = box.right;
        numbers[3] = box.bottom;
    }
};

struct BoxIou {
    MxnetBoxIouTensors tensors;
    bool center;

    VISION_KERNELS_DEVICE formulas::Box corners(const float* box) const {
        return center ? formulas::corners_of_center(box) : formulas::box_at(box);
    }
    VISION_KERNELS_DEVICE float area(const float* box) const {
        return center ? formulas::area_of_sides(box[2], box[3])
                      : formulas::area_of_sides(box[2] - box[0], box[3] - box[1]);
    }
    VISION_KERNELS_DEVICE void operator()(std::int64_t i) const {
        const float* const left = tensors.left + i / tensors.r * 4;
        const float* const right = tensors.right + i % tensors.r * 4;
        tensors.iou[i] = formulas::overlap(corners(left), area(left), corners(right), area(right));
    }
};

/// One over a count, which is known once the kernels before are done.
struct ShareOfCount {
    const std::int64_t* count;

    VISION_KERNELS_DEVICE float value() const { return 1.0f / static_cast<float>(*count > 1 ? *count : 1); }
};

/// Writes the loss of an offset; true if it counts.
struct LocationLoss {
    MxnetDetectionLossTensors tensors;
    float sigma_square;

    VISION_KERNELS_DEVICE bool operator()(std::int64_t i) const {
        const float difference = tensors.location_prediction[i] - tensors.location_target[i];
        const float loss = formulas::smooth_l1(tensors.location_mask[i] * difference, sigma_square);
        tensors.location_loss[i] = loss;
        return loss > 0;
    }
};

struct LocationGradient {
    MxnetDetectionLossTensors tensors;
    float sigma_square;
    ShareOfCount share;

    VISION_KERNELS_DEVICE void operator()(std::int64_t i) const {
        const float mask = tensors.location_mask[i];
        const float difference = mask * (tensors.location_prediction[i] - tensors.location_target[i]);
        tensors.location_gradient[i] =
            share.value() * formulas::smooth_l1_gradient(difference, sigma_square) * mask;
    }
};

struct LabelCounts {
    const float* labels;
    std::int64_t ignore_label;

    VISION_KERNELS_DEVICE bool operator()(std::int64_t i) const { return formulas::class_of(labels[i]) != ignore_label; }
};

/// Softmax at an anchor and its gradient.
struct ClassLoss {
    MxnetDetectionLossTensors tensors;
    std::int64_t ignore_label;
    ShareOfCount share;

    VISION_KERNELS_DEVICE void operator()(std::int64_t place) const {
        const std::int64_t a = tensors.a;
        const std::int64_t first = place / a * tensors.k * a + place % a;
        const float* const scores = tensors.class_prediction + first;
        float* const probability = tensors.probability + first;
        float* const gradient = tensors.class_gradient + first;
        const std::int64_t target = formulas::class_of(tensors.class_target[place]);
        const float scale = target == ignore_label ? 0.0f : share.value();
        float most = scores[0];
        for (std::int64_t k = 1; k < tensors.k; ++k) most = scores[k * a] > most ? scores[k * a] : most;
        float sum = 0.0f;
        for (std::int64_t k = 0; k < tensors.k; ++k) {
            const float term = formulas::exponential(scores[k * a] - most);
            probability[k * a] = term;
            sum += term;
        }
        for (std::int64_t k = 0; k < tensors.k; ++k) {
            const float p = probability[k * a] / sum;
            probability[k * a] = p;
            gradient[k * a] = scale == 0.0f ? 0.0f : (p - (target == k ? 1.0f : 0.0f)) * scale;
        }
    }
};

}  // namespace

void mxnet_prior_boxes(const MxnetPriorBoxes& scalars, const MxnetPriorBoxesTensors& tensors, const Context& context) {
    const OnDevice device(context);
    const std::vector<steps::AnchorShape> shapes = steps::shapes_of(scalars);
    const auto count = static_cast<std::int64_t>(shapes.size());
    for (std::int64_t number = 0; number < count; ++number) {
        const PriorBox box{steps::cells_of(scalars), shapes[static_cast<std::size_t>(number)], scalars.feature_width,
                           count, number, scalars.clip, tensors.anchors};
        for_each_element(box, scalars.feature_height * scalars.feature_width, context);
    }
}

void mxnet_box_iou(const MxnetBoxIou& scalars, const MxnetBoxIouTensors& tensors, const Context& context) {
    const OnDevice device(context);
    for_each_element(BoxIou{tensors, scalars.box_format == MxnetBoxIou::BoxFormat::center}, tensors.l * tensors.r, context);
}

void mxnet_detection_loss(
    const MxnetDetectionLoss& scalars, const MxnetDetectionLossTensors& tensors, const Context& context) {
    const OnDevice device(context);
    const auto sigma = static_cast<float>(scalars.sigma);
    const float square = sigma * sigma;
    const std::int64_t places = tensors.n * tensors.a;
    const Zeros<std::int64_t> counts(2, context);
    count_elements(LocationLoss{tensors, square}, places * 4, counts.data(), context);
    for_each_element(LocationGradient{tensors, square, {counts.data()}}, places * 4, context);
    count_elements(LabelCounts{tensors.class_target, scalars.ignore_label}, places, counts.data() + 1, context);
    for_each_element(ClassLoss{tensors, scalars.ignore_label, {counts.data() + 1}}, places, context);
}

}  // namespace vision_kernels::VISION_KERNELS_BACKEND
