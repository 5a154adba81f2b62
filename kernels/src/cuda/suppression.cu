// Detections on the device, or in the emulator: VISION_KERNELS_BACKEND is cuda or emulated.
#include "../steps/detection.hpp"
#include "elements.hpp"
#include "ordering.hpp"
#include "vision_kernels/formulas/losses.hpp"

namespace vision_kernels::VISION_KERNELS_BACKEND {
namespace {

struct DetectionArrays {
    steps::Detecting detecting;
    MxnetDetectTensors tensors;
    /// The best class of each anchor, and its score.
    float* score;
    std::int32_t* number;
    std::uint64_t* keys;
    std::int64_t room;
    std::int32_t* kept;
};

/// The best class of an anchor but for the background, counted from 0.
struct BestClass {
    DetectionArrays arrays;

    VISION_KERNELS_DEVICE void operator()(std::int64_t place) const {
        const std::int64_t a = arrays.tensors.a;
        const float* const scores = arrays.tensors.class_probability + place / a * arrays.tensors.k * a + place % a;
        float best = -1.0f;
        std::int32_t number = -1;
        for (std::int64_t k = 1; k < arrays.tensors.k; ++k) {
            if (!(scores[k * a] > best)) continue;
            best = scores[k * a];
            number = static_cast<std::int32_t>(k - 1);
        }
        arrays.score[place] = best;
        arrays.number[place] = number;
    }
};

/// A block decides a sample, then the next one that falls to it.
struct DetectKernel {
    DetectionArrays arrays;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        for (std::int64_t sample = block.index(); sample < arrays.tensors.n; sample += block.count()) {
            const bool suppresses = arrays.detecting.suppresses();
            const std::int64_t found = sort(block, sample);
            const std::int64_t count = suppresses ? arrays.detecting.at_most(found) : found;
            write_rows(block, sample, count);
            if (suppresses) suppress(block, sample, count);
        }
    }

private:
    VISION_KERNELS_DEVICE bool is_object(std::int64_t place) const {
        return arrays.number[place] >= 0 && !(arrays.score[place] < arrays.detecting.score_threshold);
    }

    /// Sort anchors with an object, by descending score if boxes are suppressed, else as they come. Returns how many.
    template <class Block>
    VISION_KERNELS_DEVICE std::int64_t sort(Block& block, std::int64_t sample) const {
        const auto key_of = [&](std::int64_t i) {
            const std::int64_t place = sample * arrays.tensors.a + i;
            if (!is_object(place)) return no_key;
            const bool ranks = arrays.detecting.suppresses();
            return formulas::key_and_place(ranks ? formulas::descending_key(arrays.score[place]) : 0u, i);
        };
        return sort_keys_of(block, arrays.keys + sample * arrays.room, arrays.tensors.a, key_of);
    }

    template <class Block>
    VISION_KERNELS_DEVICE void write_rows(Block& block, std::int64_t sample, std::int64_t count) const {
        const std::uint64_t* const keys = arrays.keys + sample * arrays.room;
        block.threads([&](int thread) {
            for (std::int64_t row = thread; row < arrays.tensors.a; row += block.thread_count()) {
                float* const numbers = arrays.tensors.detection + (sample * arrays.tensors.a + row) * 6;
                if (row < count) {
                    write_row(sample, formulas::place_of(keys[row]), numbers);
                } else {
                    for (int i = 0; i < 6; ++i) numbers[i] = -1.0f;
                }
            }
        });
    }

    VISION_KERNELS_DEVICE void write_row(std::int64_t sample, std::int64_t anchor, float* numbers) const {
        const std::int64_t place = sample * arrays.tensors.a + anchor;
        const formulas::Box box = formulas::clipped(
            formulas::box_of_offsets(formulas::box_at(arrays.tensors.anchors + anchor * 4),
                                     arrays.tensors.location_prediction + place * 4, arrays.detecting.variances),
            arrays.detecting.clip);
        numbers[0] = static_cast<float>(arrays.number[place]);
        numbers[1] = arrays.score[place];
        numbers[2] = box.left;
        numbers[3] = box.top;
        numbers[4] = box.right;
        numbers[5] = box.bottom;
    }

    template <class Block>
    VISION_KERNELS_DEVICE void suppress(Block& block, std::int64_t sample, std::int64_t count) const {
        float* const rows = arrays.tensors.detection + sample * arrays.tensors.a * 6;
        const steps::Detecting& detecting = arrays.detecting;
        const auto conflict = [&](std::int64_t earlier, std::int64_t later) {
            const float* const a = rows + earlier * 6;
            const float* const b = rows + later * 6;
            if (!detecting.across_classes && a[0] != b[0]) return false;
            const formulas::Box kept = formulas::box_at(a + 2);
            const formulas::Box other = formulas::box_at(b + 2);
            return formulas::overlap_in_detection(kept, formulas::signed_area(kept), other, formulas::signed_area(other)) >=
                   detecting.nms_threshold;
        };
        keep_in_order(block, count, arrays.kept + sample * arrays.tensors.a, conflict,
                      [&](std::int64_t row) { rows[row * 6] = -1.0f; });
    }
};

/// A block decides a batch of rows, then the next one that falls to it.
struct BoxNmsKernel {
    steps::Suppressing suppressing;
    MxnetBoxNmsTensors tensors;
    std::uint64_t* keys;
    std::int64_t room;
    std::int32_t* kept;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        for (std::int64_t sample = block.index(); sample < tensors.n; sample += block.count()) {
            const float* const data = tensors.data + sample * tensors.m * tensors.w;
            std::uint64_t* const order = keys + sample * room;
            std::int32_t* const own = kept + sample * tensors.m;
            const std::int64_t valid = sort(block, data, order);
            const std::int64_t count =
                keep_in_order(block, suppressing.at_most(valid), own, Conflict{suppressing, data, tensors.w, order},
                              [](std::int64_t) {});
            write(block, sample, data, order, own, count);
        }
    }

private:
    struct Conflict {
        const steps::Suppressing& suppressing;
        const float* data;
        std::int64_t width;
        const std::uint64_t* order;

        VISION_KERNELS_DEVICE bool operator()(std::int64_t earlier, std::int64_t later) const {
            const float* const a = data + formulas::place_of(order[earlier]) * width;
            const float* const b = data + formulas::place_of(order[later]) * width;
            if (!suppressing.across_classes &&
                formulas::class_of(a[suppressing.id_index]) != formulas::class_of(b[suppressing.id_index])) {
                return false;
            }
            const float overlap = formulas::overlap_in_suppression(
                suppressing.box(a), suppressing.area(a), suppressing.box(b), suppressing.area(b));
            return overlap > suppressing.overlap_threshold;
        }
    };

    /// Sort valid rows by descending score. Returns how many there are.
    template <class Block>
    VISION_KERNELS_DEVICE std::int64_t sort(Block& block, const float* data, std::uint64_t* order) const {
        return sort_keys_of(block, order, tensors.m, [&](std::int64_t i) {
            const float* const row = data + i * tensors.w;
            if (!suppressing.is_valid(row)) return no_key;
            return formulas::key_and_place(formulas::descending_key(row[suppressing.score_index]), i);
        });
    }

    template <class Block>
    VISION_KERNELS_DEVICE void write(Block& block, std::int64_t sample, const float* data, const std::uint64_t* order,
                                     const std::int32_t* own, std::int64_t count) const {
        block.threads([&](int thread) {
            for (std::int64_t i = thread; i < tensors.m; i += block.thread_count()) {
                float* const to = tensors.kept + (sample * tensors.m + i) * tensors.w;
                const float* const from = i < count ? data + formulas::place_of(order[own[i]]) * tensors.w : nullptr;
                for (std::int64_t j = 0; j < tensors.w; ++j) to[j] = from == nullptr ? -1.0f : from[j];
                if (from != nullptr) suppressing.convert(to);
            }
        });
    }
};

struct CopyNumber {
    const float* from;
    float* to;

    VISION_KERNELS_DEVICE void operator()(std::int64_t i) const { to[i] = from[i]; }
};

}  // namespace

void mxnet_detect(const MxnetDetect& scalars, const MxnetDetectTensors& tensors, const Context& context) {
    const OnDevice device(context);
    const std::int64_t places = tensors.n * tensors.a;
    const std::int64_t room = room_for_keys(tensors.a);
    const Scratch<float> score(static_cast<std::size_t>(places), context);
    const Scratch<std::int32_t> number(static_cast<std::size_t>(places), context);
    const Scratch<std::uint64_t> keys(static_cast<std::size_t>(tensors.n * room), context);
    const Scratch<std::int32_t> kept(static_cast<std::size_t>(places), context);
    const DetectionArrays arrays{steps::Detecting(scalars), tensors, score.data(), number.data(), keys.data(), room,
                                 kept.data()};
    for_each_element(BestClass{arrays}, places, context);
    launch(DetectKernel{arrays}, std::min(tensors.n, most_blocks()), threads_of_order, context);
}

void mxnet_box_nms(const MxnetBoxNms& scalars, const MxnetBoxNmsTensors& tensors, const Context& context) {
    if (tensors.n * tensors.m == 0) return;
    const OnDevice device(context);
    const steps::Suppressing suppressing(scalars);
    if (suppressing.topk == 0) {
        for_each_element(CopyNumber{tensors.data, tensors.kept}, tensors.n * tensors.m * tensors.w, context);
        return;
    }
    const std::int64_t room = room_for_keys(tensors.m);
    const Scratch<std::uint64_t> keys(static_cast<std::size_t>(tensors.n * room), context);
    const Scratch<std::int32_t> kept(static_cast<std::size_t>(tensors.n * tensors.m), context);
    const BoxNmsKernel kernel{suppressing, tensors, keys.data(), room, kept.data()};
    launch(kernel, std::min(tensors.n, most_blocks()), threads_of_order, context);
}

}  // namespace vision_kernels::VISION_KERNELS_BACKEND
