// The loops of boxes.hpp. Compiled with the options of one instruction set, whose name is VISION_KERNELS_ISA.
#include "boxes.hpp"

#include "../steps/sums.hpp"
#include "vision_kernels/formulas/losses.hpp"

namespace vision_kernels::cpu::VISION_KERNELS_ISA {
namespace {

using formulas::Box;

VISION_KERNELS_HOST_DEVICE Box box_of(const BoxPlanes& planes, std::int64_t i) {
    return {planes.left[i], planes.top[i], planes.right[i], planes.bottom[i]};
}

/// Whether any of the boxes is hit. A whole batch is looked at before the next one, which costs less than to stop early.
template <class Hits>
VISION_KERNELS_HOST_DEVICE bool any_hit(const BoxPlanes& kept, std::int64_t count, Hits hits) {
    const BoxPlanes own = kept;
    for (std::int64_t from = 0; from < count; from += rivals) {
        std::int32_t found = 0;
        for (std::int64_t i = from; i < from + rivals; ++i) found += hits(box_of(own, i), own.area[i]);
        if (found != 0) return true;
    }
    return false;
}

}  // namespace

void match_truth(const BoxPlanes& anchors, std::int64_t size, const OneBox& box, std::int32_t number,
                 float* __restrict overlap, float* __restrict best, std::int32_t* __restrict truth) {
    const BoxPlanes own = anchors;
    const OneBox one = box;
    for (std::int64_t i = 0; i < size; ++i) {
        const float found = formulas::overlap_in_matching(box_of(own, i), own.area[i], one.box, one.area);
        const bool better = found > best[i];
        overlap[i] = found;
        best[i] = better ? found : best[i];
        truth[i] = better ? number : truth[i];
    }
}

void overlaps_of_free(const BoxPlanes& anchors, std::int64_t size, const OneBox& box,
                      const std::uint8_t* __restrict taken, float* __restrict overlap) {
    const BoxPlanes own = anchors;
    const OneBox one = box;
    for (std::int64_t i = 0; i < size; ++i) {
        const float found = formulas::overlap_in_matching(box_of(own, i), own.area[i], one.box, one.area);
        overlap[i] = taken[i] != 0 ? -1.0f : found;
    }
}

float largest(const float* numbers, std::int64_t size) {
    return over_lanes(size, -1.0f, [numbers](std::int64_t i) { return numbers[i]; }, Larger());
}

void background_probability(const float* prediction, std::int64_t classes, std::int64_t stride, std::int64_t size,
                            float* __restrict probability) {
    float most[anchor_block];
    float sum[anchor_block];
    for (std::int64_t i = 0; i < size; ++i) most[i] = prediction[i];
    for (std::int64_t k = 1; k < classes; ++k) {
        const float* const scores = prediction + k * stride;
        for (std::int64_t i = 0; i < size; ++i) most[i] = scores[i] > most[i] ? scores[i] : most[i];
    }
    for (std::int64_t i = 0; i < size; ++i) {
        probability[i] = formulas::exponential(prediction[i] - most[i]);
        sum[i] = probability[i];
    }
    for (std::int64_t k = 1; k < classes; ++k) {
        const float* const scores = prediction + k * stride;
        for (std::int64_t i = 0; i < size; ++i) sum[i] += formulas::exponential(scores[i] - most[i]);
    }
    for (std::int64_t i = 0; i < size; ++i) probability[i] = probability[i] / sum[i];
}

void best_classes(const float* probability, std::int64_t classes, std::int64_t stride, std::int64_t size,
                  float* __restrict score, std::int32_t* __restrict number) {
    for (std::int64_t i = 0; i < size; ++i) {
        score[i] = -1.0f;
        number[i] = -1;
    }
    for (std::int64_t k = 1; k < classes; ++k) {
        const float* const scores = probability + k * stride;
        const auto its_number = static_cast<std::int32_t>(k - 1);
        for (std::int64_t i = 0; i < size; ++i) {
            const bool better = scores[i] > score[i];
            score[i] = better ? scores[i] : score[i];
            number[i] = better ? its_number : number[i];
        }
    }
}

bool is_suppressed(const BoxPlanes& kept, std::int64_t count, const OneBox& box, float threshold) {
    const OneBox one = box;
    return any_hit(kept, count, [=](Box rival, float area) {
        return formulas::overlap_in_detection(rival, area, one.box, one.area) >= threshold ? 1 : 0;
    });
}

bool is_suppressed_box(const BoxPlanes& kept, std::int64_t count, const OneBox& box, float threshold) {
    const OneBox one = box;
    return any_hit(kept, count, [=](Box rival, float area) {
        return formulas::overlap_in_suppression(rival, area, one.box, one.area) > threshold ? 1 : 0;
    });
}

void overlaps(const BoxPlanes& right, std::int64_t size, const OneBox& left, float* __restrict overlap) {
    const BoxPlanes own = right;
    const OneBox one = left;
    for (std::int64_t i = 0; i < size; ++i) {
        overlap[i] = formulas::overlap(one.box, one.area, box_of(own, i), own.area[i]);
    }
}

void class_losses(const ClassLosses& arrays, std::int64_t first, std::int64_t size) {
    const ClassLosses own = arrays;
    const std::int64_t stride = own.anchors;
    const float* const prediction = own.prediction + first;
    float* const probability = own.probability + first;
    float* const gradient = own.gradient + first;
    float most[anchor_block];
    float sum[anchor_block];
    float scale[anchor_block];
    std::int32_t label[anchor_block];
    for (std::int64_t i = 0; i < size; ++i) {
        const std::int64_t target = formulas::class_of(own.target[first + i]);
        label[i] = target >= 0 && target < own.classes ? static_cast<std::int32_t>(target) : -1;
        scale[i] = target == own.ignore_label ? 0.0f : own.scale;
        most[i] = prediction[i];
        sum[i] = 0.0f;
    }
    for (std::int64_t k = 1; k < own.classes; ++k) {
        const float* const scores = prediction + k * stride;
        for (std::int64_t i = 0; i < size; ++i) most[i] = scores[i] > most[i] ? scores[i] : most[i];
    }
    for (std::int64_t k = 0; k < own.classes; ++k) {
        const float* const scores = prediction + k * stride;
        float* __restrict const terms = probability + k * stride;
        for (std::int64_t i = 0; i < size; ++i) {
            const float term = formulas::exponential(scores[i] - most[i]);
            terms[i] = term;
            sum[i] += term;
        }
    }
    for (std::int64_t k = 0; k < own.classes; ++k) {
        float* __restrict const its_probability = probability + k * stride;
        float* __restrict const its_gradient = gradient + k * stride;
        for (std::int64_t i = 0; i < size; ++i) {
            const float p = its_probability[i] / sum[i];
            const float slope = (p - (label[i] == k ? 1.0f : 0.0f)) * scale[i];
            its_probability[i] = p;
            its_gradient[i] = scale[i] == 0.0f ? 0.0f : slope;
        }
    }
}

std::int64_t location_losses(const float* prediction, const float* target, const float* mask, std::int64_t size,
                             float sigma_square, float* __restrict loss) {
    std::int64_t counted = 0;
    for (std::int64_t i = 0; i < size; ++i) {
        loss[i] = formulas::smooth_l1(mask[i] * (prediction[i] - target[i]), sigma_square);
    }
    for (std::int64_t i = 0; i < size; ++i) counted += loss[i] > 0 ? 1 : 0;
    return counted;
}

void location_gradients(const float* prediction, const float* target, const float* mask, std::int64_t size,
                        float sigma_square, float scale, float* __restrict gradient) {
    for (std::int64_t i = 0; i < size; ++i) {
        const float slope = formulas::smooth_l1_gradient(mask[i] * (prediction[i] - target[i]), sigma_square);
        gradient[i] = scale * slope * mask[i];
    }
}

}  // namespace vision_kernels::cpu::VISION_KERNELS_ISA
