// Every function of the detector on odd numbers of boxes, computed in every way there is.
#include "vision_kernels/functions/detection.hpp"

#include "agreement.hpp"

namespace {

using namespace vision_kernels;
using agreement::Case;
using agreement::Memory;

// Calls a function of both backends.
#define BOTH(function, scalars, tensors)                     \
    do {                                                     \
        if (emulated) {                                      \
            emulated::function(scalars, tensors, Context()); \
        } else {                                             \
            cpu::function(scalars, tensors, Context());      \
        }                                                    \
    } while (false)

/// Boxes on a coarse grid, so that overlaps are often equal, and 0 or 1.
float* boxes(Memory& memory, std::int64_t count, std::int64_t width = 4, std::int64_t start = 0) {
    float* const numbers = memory.shares<float>(count * width);
    for (std::int64_t i = 0; i < count; ++i) {
        float* const box = numbers + i * width + start;
        for (int side = 0; side < 2; ++side) {
            box[side] = std::floor(box[side] * 6) / 8;
            box[side + 2] = box[side] + std::floor(box[side + 2] * 5) / 8;
        }
    }
    return numbers;
}

/// Rows of true boxes: as many as there is room for, then one fewer, and so on; the last sample ends in a bad row.
float* labels(Memory& memory, std::int64_t n, std::int64_t t, std::int64_t w) {
    float* const numbers = boxes(memory, n * t, w, 1);
    for (std::int64_t i = 0; i < n * t; ++i) {
        float* const row = numbers + i * w;
        row[0] = static_cast<float>(i % 3);
        const std::int64_t rows = t - (i / t) % (t + 1);
        if (i % t >= rows) std::fill_n(row, 5, -1.0f);
    }
    if (n > 2) numbers[(n * t - 1) * w] = -1.0f;
    if (n > 2) numbers[(n * t - 1) * w + 3] = 0.5f;
    return numbers;
}

/// Probabilities, some of them NaN and many of them equal.
float* probabilities(Memory& memory, std::int64_t size) {
    float* const numbers = memory.shares<float>(size);
    for (std::int64_t i = 0; i < size; ++i) {
        numbers[i] = i % 37 == 5 ? std::nanf("") : std::floor(numbers[i] * 64) / 64;
    }
    return numbers;
}

struct Size {
    std::int64_t n, a, t, k;
};

/// Around a batch of rivals, a block of anchors, and the keys that are sorted at a time.
constexpr Size sizes[] = {{0, 3, 2, 2},  {1, 1, 1, 2},    {3, 31, 4, 3},   {2, 33, 7, 2},
                          {3, 64, 1, 5}, {1, 257, 40, 21}, {2, 1025, 5, 4}, {1, 5000, 9, 3}};

void check_match(Size size, double overlap_threshold, double ratio, double mining_threshold, std::int64_t width) {
    agreement::check(Case{"mxnet_match_anchors", [=](Memory& memory, bool emulated) {
        MxnetMatchAnchors scalars;
        scalars.overlap_threshold = overlap_threshold;
        scalars.negative_mining_ratio = ratio;
        scalars.negative_mining_threshold = mining_threshold;
        scalars.ignore_label = -3;
        MxnetMatchAnchorsTensors tensors;
        tensors.n = size.n;
        tensors.a = size.a;
        tensors.t = size.t;
        tensors.k = size.k;
        tensors.w = width;
        tensors.anchors = boxes(memory, size.a);
        tensors.label = labels(memory, size.n, size.t, width);
        tensors.class_prediction = probabilities(memory, size.n * size.k * size.a);
        tensors.location_target = memory.numbers<float>(size.n * size.a * 4);
        tensors.location_mask = memory.numbers<float>(size.n * size.a * 4);
        tensors.class_target = memory.numbers<float>(size.n * size.a);
        tensors.status = memory.labels<std::int32_t>(size.n, 9);
        BOTH(mxnet_match_anchors, scalars, tensors);
    }});
}

void check_detect(Size size, double nms_threshold, bool clip, bool force_suppress, std::int64_t topk) {
    agreement::check(Case{"mxnet_detect", [=](Memory& memory, bool emulated) {
        MxnetDetect scalars;
        scalars.nms_threshold = nms_threshold;
        scalars.score_threshold = 0.3;
        scalars.clip = clip;
        scalars.force_suppress = force_suppress;
        scalars.nms_topk = topk;
        MxnetDetectTensors tensors;
        tensors.n = size.n;
        tensors.k = size.k;
        tensors.a = size.a;
        tensors.class_probability = probabilities(memory, size.n * size.k * size.a);
        tensors.location_prediction = memory.numbers<float>(size.n * size.a * 4);
        tensors.anchors = boxes(memory, size.a);
        tensors.detection = memory.numbers<float>(size.n * size.a * 6);
        BOTH(mxnet_detect, scalars, tensors);
    }});
}

void check_box_nms(Size size, double overlap_threshold, std::int64_t id_index, std::int64_t topk, bool center) {
    agreement::check(Case{"mxnet_box_nms", [=](Memory& memory, bool emulated) {
        MxnetBoxNms scalars;
        scalars.overlap_threshold = overlap_threshold;
        scalars.valid_threshold = 0.25;
        scalars.id_index = id_index;
        scalars.background_id = 1;
        scalars.topk = topk;
        scalars.in_format = center ? MxnetBoxNms::InFormat::center : MxnetBoxNms::InFormat::corner;
        scalars.out_format = topk < 0 ? MxnetBoxNms::OutFormat::center : MxnetBoxNms::OutFormat::corner;
        MxnetBoxNmsTensors tensors;
        tensors.n = size.n;
        tensors.m = size.a;
        tensors.w = 7;
        float* const rows = boxes(memory, size.n * size.a, tensors.w, 2);
        for (std::int64_t i = 0; i < size.n * size.a; ++i) {
            rows[i * 7] = static_cast<float>(i % 5) - 1.0f;
            rows[i * 7 + 1] = i % 41 == 3 ? std::nanf("") : std::floor(rows[i * 7 + 1] * 32) / 32;
        }
        tensors.data = rows;
        tensors.kept = memory.numbers<float>(size.n * size.a * 7);
        BOTH(mxnet_box_nms, scalars, tensors);
    }});
}

void check_loss(Size size, double sigma) {
    agreement::check(Case{"mxnet_detection_loss", [=](Memory& memory, bool emulated) {
        MxnetDetectionLoss scalars;
        scalars.sigma = sigma;
        const std::int64_t places = size.n * size.a;
        MxnetDetectionLossTensors tensors;
        tensors.n = size.n;
        tensors.k = size.k;
        tensors.a = size.a;
        tensors.class_prediction = memory.numbers<float>(places * size.k);
        tensors.location_prediction = memory.numbers<float>(places * 4);
        tensors.class_target = memory.labels<float>(places, size.k);
        tensors.location_target = memory.numbers<float>(places * 4);
        float* const mask = memory.shares<float>(places * 4);
        for (std::int64_t i = 0; i < places * 4; ++i) mask[i] = std::round(mask[i]);
        tensors.location_mask = mask;
        tensors.probability = memory.numbers<float>(places * size.k);
        tensors.location_loss = memory.numbers<float>(places * 4);
        tensors.class_gradient = memory.numbers<float>(places * size.k);
        tensors.location_gradient = memory.numbers<float>(places * 4);
        BOTH(mxnet_detection_loss, scalars, tensors);
    }});
}

void check_priors(std::int64_t height, std::int64_t width, bool clip) {
    agreement::check(Case{"mxnet_prior_boxes", [=](Memory& memory, bool emulated) {
        MxnetPriorBoxes scalars;
        scalars.feature_height = height;
        scalars.feature_width = width;
        scalars.sizes = {0.2, 0.37, 0.9};
        scalars.ratios = {2, 1, 0.3};
        scalars.steps = {clip ? 0.11 : -1.0, 0.07};
        scalars.clip = clip;
        MxnetPriorBoxesTensors tensors;
        tensors.anchors = memory.numbers<float>(height * width * 5 * 4);
        BOTH(mxnet_prior_boxes, scalars, tensors);
    }});
}

void check_iou(std::int64_t l, std::int64_t r, MxnetBoxIou::BoxFormat format) {
    agreement::check(Case{"mxnet_box_iou", [=](Memory& memory, bool emulated) {
        MxnetBoxIou scalars;
        scalars.box_format = format;
        MxnetBoxIouTensors tensors;
        tensors.l = l;
        tensors.r = r;
        tensors.left = boxes(memory, l);
        tensors.right = memory.numbers<float>(r * 4);
        tensors.iou = memory.numbers<float>(l * r);
        BOTH(mxnet_box_iou, scalars, tensors);
    }});
}

}  // namespace

int main() {
    for (const Size size : sizes) {
        check_match(size, 0.5, -1, 0.5, 5);
        check_match(size, 0.3, 2.5, 0.4, 6);
        check_match(size, -1, 1e9, 0.2, 5);
        check_detect(size, 0.45, true, false, -1);
        check_detect(size, 0.2, false, true, 100);
        check_detect(size, 0, true, false, 3);
        check_box_nms(size, 0.4, 0, -1, false);
        check_box_nms(size, 0.3, -1, 20, true);
        check_box_nms(size, 0, 0, 0, false);
        check_loss(size, 1);
        check_loss(size, 3);
    }
    check_priors(1, 1, false);
    check_priors(7, 13, true);
    check_priors(38, 37, false);
    using BoxFormat = MxnetBoxIou::BoxFormat;
    for (const BoxFormat format : {BoxFormat::corner, BoxFormat::center}) {
        for (const std::int64_t l : {0, 1, 17}) {
            for (const std::int64_t r : {0, 1, 31, 65}) check_iou(l, r, format);
        }
    }
    return checking::done();
}
