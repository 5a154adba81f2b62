// The loops over boxes, once for each instruction set.
#pragma once

#include <cstdint>

#include "vision_kernels/formulas/detection.hpp"

namespace vision_kernels::cpu {

/// Boxes by coordinate, so that many are compared at a time.
struct BoxPlanes {
    float* left;
    float* top;
    float* right;
    float* bottom;
    float* area;

    BoxPlanes from(std::int64_t first) const {
        return {left + first, top + first, right + first, bottom + first, area + first};
    }
    void set(std::int64_t place, formulas::Box box, float its_area) const {
        left[place] = box.left;
        top[place] = box.top;
        right[place] = box.right;
        bottom[place] = box.bottom;
        area[place] = its_area;
    }
};

/// A box that is compared with many.
struct OneBox {
    formulas::Box box;
    float area;
};

/// Boxes that are compared at a time when one is suppressed; lists of them are padded to a multiple of this.
constexpr std::int64_t rivals = 32;

/// Both losses at the anchors from `first` on, of one sample.
struct ClassLosses {
    const float* prediction;
    const float* target;
    float* probability;
    float* gradient;
    std::int64_t classes, anchors;
    std::int64_t ignore_label;
    float scale;
};

#define VISION_KERNELS_DECLARE_BOXES(isa)                                                                              \
    namespace isa {                                                                                                    \
    /* Overlaps of a true box with anchors; `best` and `truth` of an anchor change where this one overlaps more. */    \
    void match_truth(const BoxPlanes& anchors, std::int64_t size, const OneBox& box, std::int32_t number,              \
                     float* overlap, float* best, std::int32_t* truth);                                                \
    /* The same for the anchors that are not taken, and -1 for the others. */                                          \
    void overlaps_of_free(const BoxPlanes& anchors, std::int64_t size, const OneBox& box, const std::uint8_t* taken,   \
                          float* overlap);                                                                             \
    /* The largest of the numbers, -1 if none is above. */                                                             \
    float largest(const float* numbers, std::int64_t size);                                                            \
    /* Softmax of the first class at each of the anchors; at most a block of these. */                                 \
    void background_probability(const float* prediction, std::int64_t classes, std::int64_t stride, std::int64_t size, \
                                float* probability);                                                                   \
    /* The best class at each anchor but for the first one, counted from 0, and its score; -1 if there is none. */     \
    void best_classes(const float* probability, std::int64_t classes, std::int64_t stride, std::int64_t size,          \
                      float* score, std::int32_t* number);                                                             \
    /* Whether a detected box overlaps one of the kept ones too much; `count` is a multiple of `rivals`. */            \
    bool is_suppressed(const BoxPlanes& kept, std::int64_t count, const OneBox& box, float threshold);                 \
    /* The same as box_nms sees it. */                                                                                 \
    bool is_suppressed_box(const BoxPlanes& kept, std::int64_t count, const OneBox& box, float threshold);             \
    void overlaps(const BoxPlanes& right, std::int64_t size, const OneBox& left, float* overlap);                      \
    /* Softmax of a block of anchors and its gradient. */                                                              \
    void class_losses(const ClassLosses& arrays, std::int64_t first, std::int64_t size);                               \
    /* Smooth L1 loss of masked differences; returns how many are above 0. */                                          \
    std::int64_t location_losses(const float* prediction, const float* target, const float* mask, std::int64_t size,   \
                                 float sigma_square, float* loss);                                                     \
    void location_gradients(const float* prediction, const float* target, const float* mask, std::int64_t size,        \
                            float sigma_square, float scale, float* gradient);                                         \
    }

VISION_KERNELS_DECLARE_BOXES(baseline)
#if defined(__x86_64__)
VISION_KERNELS_DECLARE_BOXES(avx2)
VISION_KERNELS_DECLARE_BOXES(avx512)
#endif

#undef VISION_KERNELS_DECLARE_BOXES

/// Anchors that are worked on at a time; what is kept of them stays in the first-level cache.
constexpr std::int64_t anchor_block = 1024;

}  // namespace vision_kernels::cpu
