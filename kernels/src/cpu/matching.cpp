// Training targets of anchors on the CPU.
//
// The overlaps of a block of anchors are computed once and never kept: what remains of them is the best true box of each
// anchor and the best anchor of each true box. An anchor that goes to a true box may have been the best of others too,
// whose best is then looked for again.
#include <algorithm>
#include <vector>

#include "../steps/detection.hpp"
#include "boxes.hpp"
#include "isa.hpp"
#include "planes.hpp"
#include "vision_kernels/parallel.hpp"

namespace vision_kernels::cpu {
namespace {

using steps::Matching;

/// The anchor that a true box overlaps most.
struct BestAnchor {
    float overlap = formulas::least_overlap;
    std::int64_t anchor = -1;
};

/// Matching of all samples.
class Matcher {
public:
    Matcher(const MxnetMatchAnchors& scalars, const MxnetMatchAnchorsTensors& tensors)
        : matching_(scalars),
          tensors_(tensors),
          planes_(signed_planes(tensors.anchors, tensors.a)),
          anchors_(planes_.view()),
          blocks_((tensors.a + anchor_block - 1) / anchor_block),
          best_(static_cast<std::size_t>(tensors.n * tensors.a), -1.0f),
          truth_(best_.size(), -1),
          probability_(matching_.mines() ? best_.size() : 0),
          best_anchors_(static_cast<std::size_t>(tensors.n * blocks_ * tensors.t)) {}

    void run() {
        parallel_for(tensors_.n * blocks_, [this](std::int64_t job) { compare(job / blocks_, job % blocks_); });
        parallel_for(tensors_.n, [this](std::int64_t sample) { decide(sample); });
    }

private:
    const float* labels(std::int64_t sample) const { return tensors_.label + sample * tensors_.t * tensors_.w; }

    OneBox true_box(std::int64_t sample, std::int64_t row) const {
        const formulas::Box box = formulas::box_at(labels(sample) + row * tensors_.w + 1);
        return {box, formulas::signed_area(box)};
    }

    BestAnchor* best_anchors(std::int64_t sample, std::int64_t block) {
        return best_anchors_.data() + (sample * blocks_ + block) * tensors_.t;
    }

    static void improve(BestAnchor& best, const float* overlap, std::int64_t first, std::int64_t size) {
        const float most = VISION_KERNELS_CHOOSE(largest)(overlap, size);
        if (!(most > best.overlap)) return;
        best = {most, first + (std::find(overlap, overlap + size, most) - overlap)};
    }

    /// All that a block of anchors has to do with the true boxes of a sample.
    void compare(std::int64_t sample, std::int64_t block) {
        const std::int64_t first = block * anchor_block;
        const std::int64_t size = std::min(anchor_block, tensors_.a - first);
        const std::int64_t place = sample * tensors_.a + first;
        const std::int64_t rows = steps::true_rows(labels(sample), tensors_.t, tensors_.w).count;
        const auto match = VISION_KERNELS_CHOOSE(match_truth);
        float overlap[anchor_block];
        for (std::int64_t row = 0; row < rows; ++row) {
            match(anchors_.from(first), size, true_box(sample, row), static_cast<std::int32_t>(row), overlap,
                  best_.data() + place, truth_.data() + place);
            improve(best_anchors(sample, block)[row], overlap, first, size);
        }
        if (matching_.mines() && rows > 0) {
            VISION_KERNELS_CHOOSE(background_probability)
            (tensors_.class_prediction + sample * tensors_.k * tensors_.a + first, tensors_.k, tensors_.a, size,
             probability_.data() + place);
        }
    }

    /// Each true box takes its anchor: always the pair that overlaps most among those that are free.
    void match_each_truth(std::int64_t sample, std::int64_t rows, std::uint8_t* positive) {
        std::vector<BestAnchor> best(static_cast<std::size_t>(rows));
        for (std::int64_t block = 0; block < blocks_; ++block) {
            const BestAnchor* const found = best_anchors(sample, block);
            for (std::int64_t row = 0; row < rows; ++row) {
                if (found[row].overlap > best[static_cast<std::size_t>(row)].overlap) {
                    best[static_cast<std::size_t>(row)] = found[row];
                }
            }
        }
        for (;;) {
            const auto next = std::min_element(best.begin(), best.end(), [](const BestAnchor& a, const BestAnchor& b) {
                return a.overlap != b.overlap ? a.overlap > b.overlap : a.anchor < b.anchor;
            });
            const std::int64_t anchor = next->anchor;
            if (anchor < 0) return;
            positive[anchor] = 1;
            truth_[static_cast<std::size_t>(sample * tensors_.a + anchor)] = static_cast<std::int32_t>(next - best.begin());
            *next = BestAnchor();
            for (auto other = best.begin(); other != best.end(); ++other) {
                if (other->anchor == anchor) *other = best_of_free(sample, other - best.begin(), positive);
            }
        }
    }

    BestAnchor best_of_free(std::int64_t sample, std::int64_t row, const std::uint8_t* taken) const {
        BestAnchor best;
        float overlap[anchor_block];
        for (std::int64_t first = 0; first < tensors_.a; first += anchor_block) {
            const std::int64_t size = std::min(anchor_block, tensors_.a - first);
            VISION_KERNELS_CHOOSE(overlaps_of_free)
            (anchors_.from(first), size, true_box(sample, row), taken + first, overlap);
            improve(best, overlap, first, size);
        }
        return best;
    }

    /// The anchors that become background: those whose background is least probable. Returns false if there are too few.
    bool mine(std::int64_t sample, const std::uint8_t* positive, std::int64_t wanted) {
        std::vector<std::uint64_t> fit;
        fit.reserve(static_cast<std::size_t>(tensors_.a));
        const float* const best = best_.data() + sample * tensors_.a;
        const float* const probability = probability_.data() + sample * tensors_.a;
        for (std::int64_t i = 0; i < tensors_.a; ++i) {
            if (positive[i] != 0 || !(best[i] < matching_.mining_threshold)) continue;
            fit.push_back(formulas::key_and_place(formulas::ascending_key(probability[i]), i));
        }
        const auto found = static_cast<std::int64_t>(fit.size());
        if (found > wanted) std::nth_element(fit.begin(), fit.begin() + wanted, fit.end());
        float* const target = tensors_.class_target + sample * tensors_.a;
        for (std::int64_t i = 0; i < std::min(found, wanted); ++i) {
            target[formulas::place_of(fit[static_cast<std::size_t>(i)])] = 0.0f;
        }
        return found >= wanted;
    }

    void decide(std::int64_t sample) {
        const std::int64_t a = tensors_.a;
        const steps::TrueRows rows = steps::true_rows(labels(sample), tensors_.t, tensors_.w);
        float* const target = tensors_.class_target + sample * a;
        const bool all_background = rows.count > 0 && !matching_.mines();
        std::fill_n(target, a, all_background ? 0.0f : matching_.ignore_label);
        std::fill_n(tensors_.location_target + sample * a * 4, a * 4, 0.0f);
        std::fill_n(tensors_.location_mask + sample * a * 4, a * 4, 0.0f);
        tensors_.status[sample] = rows.well_formed ? steps::matched : steps::malformed_end;
        if (rows.count == 0) return;

        std::vector<std::uint8_t> positive(static_cast<std::size_t>(a), 0);
        match_each_truth(sample, rows.count, positive.data());
        const float* const best = best_.data() + sample * a;
        std::int64_t positives = 0;
        for (std::int64_t i = 0; i < a; ++i) {
            if (matching_.overlap_threshold > 0 && best[i] > matching_.overlap_threshold) positive[static_cast<std::size_t>(i)] = 1;
            positives += positive[static_cast<std::size_t>(i)];
        }
        if (matching_.mines()) {
            const bool enough = mine(sample, positive.data(), matching_.wanted(positives, a));
            if (!enough) tensors_.status[sample] = steps::too_few_negatives;
        }
        for (std::int64_t i = 0; i < a; ++i) {
            if (positive[static_cast<std::size_t>(i)] != 0) set_positive(sample, i);
        }
    }

    void set_positive(std::int64_t sample, std::int64_t anchor) const {
        const std::int64_t place = sample * tensors_.a + anchor;
        const float* const row = labels(sample) + truth_[static_cast<std::size_t>(place)] * tensors_.w;
        const formulas::Box offsets = formulas::offsets_of(
            formulas::box_at(tensors_.anchors + anchor * 4), formulas::box_at(row + 1), matching_.variances);
        const float numbers[4] = {offsets.left, offsets.top, offsets.right, offsets.bottom};
        std::copy_n(numbers, 4, tensors_.location_target + place * 4);
        std::fill_n(tensors_.location_mask + place * 4, 4, 1.0f);
        tensors_.class_target[place] = row[0] + 1.0f;
    }

    Matching matching_;
    MxnetMatchAnchorsTensors tensors_;
    Planes planes_;
    BoxPlanes anchors_;
    std::int64_t blocks_;
    /// Largest overlap of each anchor, and the true box it has it with.
    std::vector<float> best_;
    std::vector<std::int32_t> truth_;
    std::vector<float> probability_;
    /// The best anchor of each true box in each block.
    std::vector<BestAnchor> best_anchors_;
};

}  // namespace

void mxnet_match_anchors(
    const MxnetMatchAnchors& scalars, const MxnetMatchAnchorsTensors& tensors, const Context&) {
    Matcher(scalars, tensors).run();
}

}  // namespace vision_kernels::cpu
