// Training targets of anchors on the device, or in the emulator: VISION_KERNELS_BACKEND is cuda or emulated.
//
// First each anchor finds the true box that it overlaps most, by itself. Then one block decides a sample, as each true
// box takes its anchor in turn.
#include "../steps/detection.hpp"
#include "elements.hpp"
#include "ordering.hpp"

namespace vision_kernels::VISION_KERNELS_BACKEND {
namespace {

/// What is known of each anchor of each sample, and of each true box.
struct MatchingState {
    float* best;
    std::int32_t* truth;
    float* probability;
    std::uint8_t* positive;
    /// The free anchor that a true box overlaps most, as a key; no_key if there is none, or it has one.
    std::uint64_t* best_anchor;
    std::uint64_t* keys;
    std::int64_t room;
};

struct MatchingArrays {
    steps::Matching matching;
    MxnetMatchAnchorsTensors tensors;
    MatchingState state;

    VISION_KERNELS_DEVICE const float* labels(std::int64_t sample) const {
        return tensors.label + sample * tensors.t * tensors.w;
    }
    VISION_KERNELS_DEVICE steps::TrueRows rows(std::int64_t sample) const {
        return steps::true_rows(labels(sample), tensors.t, tensors.w);
    }
    VISION_KERNELS_DEVICE formulas::Box truth(std::int64_t sample, std::int64_t row) const {
        return formulas::box_at(labels(sample) + row * tensors.w + 1);
    }
    VISION_KERNELS_DEVICE float overlap(std::int64_t anchor, formulas::Box truth) const {
        const formulas::Box box = formulas::box_at(tensors.anchors + anchor * 4);
        return formulas::overlap_in_matching(box, formulas::signed_area(box), truth, formulas::signed_area(truth));
    }
};

/// The best true box of an anchor, and the probability of its background.
struct CompareAnchor {
    MatchingArrays arrays;

    VISION_KERNELS_DEVICE void operator()(std::int64_t place) const {
        const std::int64_t a = arrays.tensors.a;
        const std::int64_t sample = place / a;
        const std::int64_t rows = arrays.rows(sample).count;
        float best = -1.0f;
        std::int32_t truth = -1;
        for (std::int64_t row = 0; row < rows; ++row) {
            const float overlap = arrays.overlap(place % a, arrays.truth(sample, row));
            if (!(overlap > best)) continue;
            best = overlap;
            truth = static_cast<std::int32_t>(row);
        }
        arrays.state.best[place] = best;
        arrays.state.truth[place] = truth;
        if (arrays.matching.mines() && rows > 0) {
            arrays.state.probability[place] = background(sample, place % a);
        }
    }

    VISION_KERNELS_DEVICE float background(std::int64_t sample, std::int64_t anchor) const {
        const std::int64_t a = arrays.tensors.a;
        const float* const scores = arrays.tensors.class_prediction + sample * arrays.tensors.k * a + anchor;
        float most = scores[0];
        for (std::int64_t k = 1; k < arrays.tensors.k; ++k) most = scores[k * a] > most ? scores[k * a] : most;
        const float own = formulas::exponential(scores[0] - most);
        float sum = own;
        for (std::int64_t k = 1; k < arrays.tensors.k; ++k) sum += formulas::exponential(scores[k * a] - most);
        return own / sum;
    }
};

/// The true box that is to take its anchor next.
struct NextTruth {
    std::uint64_t key;
    std::int64_t row;
};

struct SoonerTruth {
    VISION_KERNELS_DEVICE NextTruth operator()(NextTruth a, NextTruth b) const {
        if (a.key != b.key) return a.key < b.key ? a : b;
        return a.row < b.row ? a : b;
    }
};

/// A block decides a sample, then the next one that falls to it.
struct DecideKernel {
    MatchingArrays arrays;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        for (std::int64_t sample = block.index(); sample < arrays.tensors.n; sample += block.count()) {
            const steps::TrueRows rows = arrays.rows(sample);
            const bool enough = rows.count == 0 || decide(block, sample, rows.count);
            block.threads([&](int thread) {
                if (thread != 0) return;
                const std::int32_t ended = rows.well_formed ? steps::matched : steps::malformed_end;
                arrays.tensors.status[sample] = enough ? ended : steps::too_few_negatives;
            });
            write(block, sample, rows.count);
        }
    }

private:
    template <class Block>
    VISION_KERNELS_DEVICE void find_best_anchor(Block& block, std::int64_t sample, std::int64_t row) const {
        const formulas::Box truth = arrays.truth(sample, row);
        const std::uint8_t* const positive = arrays.state.positive + sample * arrays.tensors.a;
        const auto key_of = [&](std::int64_t anchor) {
            if (positive[anchor] != 0) return no_key;
            const float overlap = arrays.overlap(anchor, truth);
            return overlap > formulas::least_overlap
                       ? formulas::key_and_place(formulas::descending_key(overlap), anchor)
                       : no_key;
        };
        const std::uint64_t best = combined<std::uint64_t>(block, arrays.tensors.a, no_key, key_of, SmallerKey());
        block.threads([&](int thread) {
            if (thread == 0) arrays.state.best_anchor[sample * arrays.tensors.t + row] = best;
        });
    }

    /// Each true box takes its anchor: always the pair that overlaps most among those that are free.
    template <class Block>
    VISION_KERNELS_DEVICE void match_each_truth(Block& block, std::int64_t sample, std::int64_t rows) const {
        std::uint64_t* const best_anchor = arrays.state.best_anchor + sample * arrays.tensors.t;
        const std::int64_t first = sample * arrays.tensors.a;
        for (std::int64_t row = 0; row < rows; ++row) find_best_anchor(block, sample, row);
        for (;;) {
            const NextTruth next = combined<NextTruth>(
                block, rows, {no_key, rows}, [&](std::int64_t row) { return NextTruth{best_anchor[row], row}; },
                SoonerTruth());
            if (next.key == no_key) return;
            const std::int64_t anchor = formulas::place_of(next.key);
            block.threads([&](int thread) {
                if (thread != 0) return;
                arrays.state.positive[first + anchor] = 1;
                arrays.state.truth[first + anchor] = static_cast<std::int32_t>(next.row);
                best_anchor[next.row] = no_key;
            });
            for (std::int64_t row = 0; row < rows; ++row) {
                const std::uint64_t key = best_anchor[row];
                if (key != no_key && formulas::place_of(key) == anchor) find_best_anchor(block, sample, row);
            }
        }
    }

    /// Which anchors are positive, and which become background. Returns whether enough of them could.
    template <class Block>
    VISION_KERNELS_DEVICE bool decide(Block& block, std::int64_t sample, std::int64_t rows) const {
        const std::int64_t a = arrays.tensors.a;
        std::uint8_t* const positive = arrays.state.positive + sample * a;
        const float* const best = arrays.state.best + sample * a;
        match_each_truth(block, sample, rows);
        const float threshold = arrays.matching.overlap_threshold;
        block.threads([&](int thread) {
            for (std::int64_t i = thread; i < a; i += block.thread_count()) {
                if (threshold > 0 && best[i] > threshold) positive[i] = 1;
            }
        });
        if (!arrays.matching.mines()) return true;
        const std::int64_t positives = count_of(block, a, [&](std::int64_t i) { return positive[i] != 0; });
        const std::int64_t wanted = arrays.matching.wanted(positives, a);
        std::uint64_t* const keys = arrays.state.keys + sample * arrays.state.room;
        const float* const probability = arrays.state.probability + sample * a;
        const std::int64_t found = sort_keys_of(block, keys, a, [&](std::int64_t i) {
            const bool fits = positive[i] == 0 && best[i] < arrays.matching.mining_threshold;
            return fits ? formulas::key_and_place(formulas::ascending_key(probability[i]), i) : no_key;
        });
        // Those that become background lose their best overlap, by which `write` knows them.
        block.threads([&](int thread) {
            const std::int64_t count = found < wanted ? found : wanted;
            for (std::int64_t i = thread; i < count; i += block.thread_count()) {
                arrays.state.truth[sample * a + formulas::place_of(keys[i])] = mined;
            }
        });
        return found >= wanted;
    }

    template <class Block>
    VISION_KERNELS_DEVICE void write(Block& block, std::int64_t sample, std::int64_t rows) const {
        const std::int64_t a = arrays.tensors.a;
        const bool all_background = rows > 0 && !arrays.matching.mines();
        block.threads([&](int thread) {
            for (std::int64_t i = thread; i < a; i += block.thread_count()) {
                const std::int64_t place = sample * a + i;
                const std::int32_t truth = arrays.state.truth[place];
                const bool positive = arrays.state.positive[place] != 0;
                const bool background = all_background || truth == mined;
                arrays.tensors.class_target[place] =
                    positive ? arrays.labels(sample)[truth * arrays.tensors.w] + 1.0f
                             : (background ? 0.0f : arrays.matching.ignore_label);
                write_location(place, i, positive, positive ? arrays.truth(sample, truth) : formulas::Box{});
            }
        });
    }

    VISION_KERNELS_DEVICE void write_location(
        std::int64_t place, std::int64_t anchor, bool positive, formulas::Box truth) const {
        formulas::Box offsets{0.0f, 0.0f, 0.0f, 0.0f};
        if (positive) {
            const formulas::Box box = formulas::box_at(arrays.tensors.anchors + anchor * 4);
            offsets = formulas::offsets_of(box, truth, arrays.matching.variances);
        }
        float* const target = arrays.tensors.location_target + place * 4;
        target[0] = offsets.left;
        target[1] = offsets.top;
        target[2] = offsets.right;
        target[3] = offsets.bottom;
        for (int i = 0; i < 4; ++i) arrays.tensors.location_mask[place * 4 + i] = positive ? 1.0f : 0.0f;
    }

    /// Stands for the true box of an anchor that becomes background by mining.
    static constexpr std::int32_t mined = -2;
};

}  // namespace

void mxnet_match_anchors(
    const MxnetMatchAnchors& scalars, const MxnetMatchAnchorsTensors& tensors, const Context& context) {
    const OnDevice device(context);
    const steps::Matching matching(scalars);
    const auto places = static_cast<std::size_t>(tensors.n * tensors.a);
    const std::int64_t room = room_for_keys(tensors.a);
    const Scratch<float> best(places, context);
    const Scratch<std::int32_t> truth(places, context);
    const Scratch<float> probability(matching.mines() ? places : 0, context);
    const Zeros<std::uint8_t> positive(places, context);
    const Scratch<std::uint64_t> best_anchor(static_cast<std::size_t>(tensors.n * tensors.t), context);
    const Scratch<std::uint64_t> keys(static_cast<std::size_t>(matching.mines() ? tensors.n * room : 0), context);
    const MatchingArrays arrays{
        matching, tensors,
        {best.data(), truth.data(), probability.data(), positive.data(), best_anchor.data(), keys.data(), room}};
    for_each_element(CompareAnchor{arrays}, tensors.n * tensors.a, context);
    launch(DecideKernel{arrays}, std::min(tensors.n, most_blocks()), threads_of_order, context);
}

}  // namespace vision_kernels::VISION_KERNELS_BACKEND
