// Detections on the CPU: the best class of each anchor, and non-maximum suppression.
//
// Boxes are looked at by descending score, and each is compared with the kept ones of its group, which is never more
// work than to compare each kept one with all that follow it.
#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>
#include <vector>

#include "../steps/detection.hpp"
#include "boxes.hpp"
#include "isa.hpp"
#include "planes.hpp"
#include "vision_kernels/formulas/losses.hpp"
#include "vision_kernels/parallel.hpp"

namespace vision_kernels::cpu {
namespace {

using Keys = std::vector<std::uint64_t>;

/// Below this many keys, counting digits costs more than comparing.
constexpr std::size_t few = 1024;

/// Sort by the upper 32 bits, digit by digit. The order of equal keys stays, and the lower bits already ascend.
void sort_by_digits(Keys& keys) {
    constexpr int bits = 11;
    constexpr std::size_t digits = std::size_t{1} << bits;
    Keys sorted(keys.size());
    for (int shift = 32; shift < 64; shift += bits) {
        std::array<std::size_t, digits> place{};
        for (const std::uint64_t key : keys) ++place[(key >> shift) % digits];
        std::size_t before = 0;
        for (std::size_t& each : place) before += std::exchange(each, before);
        for (const std::uint64_t key : keys) sorted[place[(key >> shift) % digits]++] = key;
        keys.swap(sorted);
    }
}

/// Sort keys whose lower 32 bits ascend, and keep the first ones.
void sort_and_keep(Keys& keys, std::int64_t most) {
    const auto kept = static_cast<std::size_t>(most);
    if (kept < keys.size() / 4) {
        std::nth_element(keys.begin(), keys.begin() + most, keys.end());
        keys.resize(kept);
        std::sort(keys.begin(), keys.end());
        return;
    }
    if (keys.size() < few) {
        std::sort(keys.begin(), keys.end());
    } else {
        sort_by_digits(keys);
    }
    keys.resize(kept);
}

/// The kept boxes of each group, group by group, each list padded with boxes that overlap none.
class KeptBoxes {
public:
    /// `counts` are the numbers of boxes that may belong to each group.
    explicit KeptBoxes(const std::vector<std::int64_t>& counts) : planes_(padded(counts)), lists_(counts.size()) {
        std::int64_t start = 0;
        for (std::size_t group = 0; group < counts.size(); ++group) {
            lists_[group].start = start;
            start += rounded(counts[group]);
        }
    }

    /// Keep the box unless it is suppressed by one that is kept already.
    template <class Suppressed>
    bool keep(std::size_t group, const OneBox& box, float threshold, Suppressed suppressed) {
        List& list = lists_[group];
        if (suppressed(planes_.view().from(list.start), rounded(list.count), box, threshold)) return false;
        planes_.view().set(list.start + list.count++, box.box, box.area);
        return true;
    }

private:
    struct List {
        std::int64_t start = 0;
        std::int64_t count = 0;
    };

    static std::int64_t rounded(std::int64_t count) { return (count + rivals - 1) / rivals * rivals; }
    static std::int64_t padded(const std::vector<std::int64_t>& counts) {
        std::int64_t size = 0;
        for (const std::int64_t count : counts) size += rounded(count);
        return size;
    }

    Planes planes_;
    std::vector<List> lists_;
};

/// Detection of all samples.
class Detector {
public:
    Detector(const MxnetDetect& scalars, const MxnetDetectTensors& tensors)
        : detecting_(scalars),
          tensors_(tensors),
          blocks_((tensors.a + anchor_block - 1) / anchor_block),
          score_(static_cast<std::size_t>(tensors.n * tensors.a)),
          number_(score_.size()) {}

    void run() {
        const auto best = VISION_KERNELS_CHOOSE(best_classes);
        parallel_for(tensors_.n * blocks_, [this, best](std::int64_t job) {
            const std::int64_t sample = job / blocks_;
            const std::int64_t first = job % blocks_ * anchor_block;
            const std::int64_t place = sample * tensors_.a + first;
            best(tensors_.class_probability + sample * tensors_.k * tensors_.a + first, tensors_.k, tensors_.a,
                 std::min(anchor_block, tensors_.a - first), score_.data() + place, number_.data() + place);
        });
        parallel_for(tensors_.n, [this](std::int64_t sample) { decide(sample); });
    }

private:
    void decide(std::int64_t sample) const {
        const float* const score = score_.data() + sample * tensors_.a;
        const std::int32_t* const number = number_.data() + sample * tensors_.a;
        Keys found;
        found.reserve(static_cast<std::size_t>(tensors_.a));
        for (std::int64_t i = 0; i < tensors_.a; ++i) {
            if (number[i] < 0 || score[i] < detecting_.score_threshold) continue;
            found.push_back(formulas::key_and_place(formulas::descending_key(score[i]), i));
        }
        if (detecting_.suppresses()) {
            sort_and_keep(found, detecting_.at_most(static_cast<std::int64_t>(found.size())));
        }
        float* const rows = tensors_.detection + sample * tensors_.a * 6;
        const auto count = static_cast<std::int64_t>(found.size());
        for (std::int64_t row = 0; row < count; ++row) {
            const std::int64_t anchor = formulas::place_of(found[static_cast<std::size_t>(row)]);
            write_row(sample, anchor, static_cast<float>(number[anchor]), score[anchor], rows + row * 6);
        }
        std::fill(rows + count * 6, rows + tensors_.a * 6, -1.0f);
        if (detecting_.suppresses()) suppress(rows, count);
    }

    void write_row(std::int64_t sample, std::int64_t anchor, float number, float score, float* row) const {
        const float* const offsets = tensors_.location_prediction + (sample * tensors_.a + anchor) * 4;
        const formulas::Box box = formulas::clipped(
            formulas::box_of_offsets(formulas::box_at(tensors_.anchors + anchor * 4), offsets, detecting_.variances),
            detecting_.clip);
        const float numbers[6] = {number, score, box.left, box.top, box.right, box.bottom};
        std::copy_n(numbers, 6, row);
    }

    std::size_t group(const float* row) const {
        return detecting_.across_classes ? 0 : static_cast<std::size_t>(row[0]);
    }

    void suppress(float* rows, std::int64_t count) const {
        std::vector<std::int64_t> counts(detecting_.across_classes ? 1 : static_cast<std::size_t>(tensors_.k - 1));
        for (std::int64_t row = 0; row < count; ++row) ++counts[group(rows + row * 6)];
        KeptBoxes kept(counts);
        const auto suppressed = VISION_KERNELS_CHOOSE(is_suppressed);
        for (std::int64_t i = 0; i < count; ++i) {
            float* const row = rows + i * 6;
            const formulas::Box box = formulas::box_at(row + 2);
            const bool stays = kept.keep(group(row), {box, formulas::signed_area(box)}, detecting_.nms_threshold, suppressed);
            if (!stays) row[0] = -1.0f;
        }
    }

    steps::Detecting detecting_;
    MxnetDetectTensors tensors_;
    std::int64_t blocks_;
    /// The best class of each anchor, and its score.
    std::vector<float> score_;
    std::vector<std::int32_t> number_;
};

/// Suppression among the rows of one batch.
class Suppressor {
public:
    Suppressor(const steps::Suppressing& suppressing, const float* data, float* kept, std::int64_t rows, std::int64_t width)
        : suppressing_(suppressing), data_(data), kept_(kept), rows_(rows), width_(width) {}

    void run() const {
        Keys order = valid_rows();
        sort_and_keep(order, suppressing_.at_most(static_cast<std::int64_t>(order.size())));
        const std::vector<std::size_t> groups = groups_of(order);
        std::vector<std::int64_t> counts;
        for (const std::size_t group : groups) {
            if (group >= counts.size()) counts.resize(group + 1);
            ++counts[group];
        }
        KeptBoxes kept(counts);
        const auto suppressed = VISION_KERNELS_CHOOSE(is_suppressed_box);
        float* next = kept_;
        for (std::size_t i = 0; i < order.size(); ++i) {
            const float* const row = data_ + formulas::place_of(order[i]) * width_;
            const OneBox box{suppressing_.box(row), suppressing_.area(row)};
            if (!kept.keep(groups[i], box, suppressing_.overlap_threshold, suppressed)) continue;
            std::copy_n(row, width_, next);
            suppressing_.convert(next);
            next += width_;
        }
        std::fill(next, kept_ + rows_ * width_, -1.0f);
    }

private:
    Keys valid_rows() const {
        Keys keys;
        for (std::int64_t i = 0; i < rows_; ++i) {
            const float* const row = data_ + i * width_;
            if (!suppressing_.is_valid(row)) continue;
            keys.push_back(formulas::key_and_place(formulas::descending_key(row[suppressing_.score_index]), i));
        }
        return keys;
    }

    /// The group of each row: boxes of other groups are never suppressed by it.
    std::vector<std::size_t> groups_of(const Keys& order) const {
        std::vector<std::size_t> groups(order.size(), 0);
        if (suppressing_.across_classes) return groups;
        std::unordered_map<std::int64_t, std::size_t> known;
        for (std::size_t i = 0; i < order.size(); ++i) {
            const float id = data_[formulas::place_of(order[i]) * width_ + suppressing_.id_index];
            groups[i] = known.try_emplace(formulas::class_of(id), known.size()).first->second;
        }
        return groups;
    }

    steps::Suppressing suppressing_;
    const float* data_;
    float* kept_;
    std::int64_t rows_, width_;
};

}  // namespace

void mxnet_detect(const MxnetDetect& scalars, const MxnetDetectTensors& tensors, const Context&) {
    Detector(scalars, tensors).run();
}

void mxnet_box_nms(const MxnetBoxNms& scalars, const MxnetBoxNmsTensors& tensors, const Context&) {
    const steps::Suppressing suppressing(scalars);
    const std::int64_t size = tensors.m * tensors.w;
    if (size == 0) return;
    if (suppressing.topk == 0) {
        std::copy_n(tensors.data, tensors.n * size, tensors.kept);
        return;
    }
    parallel_for(tensors.n, [&](std::int64_t sample) {
        Suppressor(suppressing, tensors.data + sample * size, tensors.kept + sample * size, tensors.m, tensors.w).run();
    });
}

}  // namespace vision_kernels::cpu
