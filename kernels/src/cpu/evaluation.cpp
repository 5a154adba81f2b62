// Metrics that are read from counts and from detections, on the CPU.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "vision_kernels/formulas/detection.hpp"
#include "vision_kernels/functions/metrics.hpp"
#include "vision_kernels/parallel.hpp"

namespace vision_kernels::cpu {
namespace {

double share_of(double part, double whole) { return whole == 0 ? 0 : part / whole; }

/// What is predicted positive at one threshold of a curve.
struct Point {
    double true_positive;
    double false_positive;
};

/// The points of a curve, from the lowest threshold on.
std::vector<Point> curve_of(const KerasAucTensors& tensors) {
    std::vector<Point> points(static_cast<std::size_t>(tensors.buckets));
    std::int64_t positive = 0;
    std::int64_t negative = 0;
    for (std::int64_t i = tensors.buckets - 1; i >= 0; --i) {
        positive += tensors.positive[i];
        negative += tensors.negative[i];
        points[static_cast<std::size_t>(i)] = {static_cast<double>(positive), static_cast<double>(negative)};
    }
    return points;
}

/// Area between two points under the true positive rate over the false positive rate, by a trapezoid.
double characteristic_area(const Point& low, const Point& high, const Point& all) {
    const double width = share_of(low.false_positive - high.false_positive, all.false_positive);
    return width * share_of(low.true_positive + high.true_positive, all.true_positive) / 2;
}

/// Area between two points under precision over recall. J. Davis and M. Goadrich, The Relationship Between
/// Precision-Recall and ROC Curves (2006): between them, true positives are linear in predicted ones.
double precision_area(const Point& low, const Point& high, const Point& all) {
    const double low_predicted = low.true_positive + low.false_positive;
    const double high_predicted = high.true_positive + high.false_positive;
    const double rise = low.true_positive - high.true_positive;
    const double slope = share_of(rise, low_predicted - high_predicted);
    const double intercept = high.true_positive - slope * high_predicted;
    const double ratio = low_predicted > 0 && high_predicted > 0 ? low_predicted / high_predicted : 1.0;
    return share_of(slope * (rise + intercept * std::log(ratio)), all.true_positive);
}

using Order = std::vector<std::uint64_t>;

/// Places by descending score; equal ones keep their order.
template <class Score>
Order ranked(const std::vector<std::int64_t>& places, Score score) {
    Order order;
    order.reserve(places.size());
    for (const std::int64_t place : places) {
        order.push_back(formulas::key_and_place(formulas::descending_key(score(place)), place));
    }
    std::sort(order.begin(), order.end());
    return order;
}

std::vector<std::int64_t> all_places(std::int64_t size) {
    std::vector<std::int64_t> places(static_cast<std::size_t>(size));
    std::iota(places.begin(), places.end(), 0);
    return places;
}

constexpr std::int32_t found = 1;
constexpr std::int32_t wrong = 0;
constexpr std::int32_t not_counted = -1;

/// The true boxes of an image while detections find them.
class Truths {
public:
    Truths(const float* rows, std::int64_t count) : rows_(rows), found_(static_cast<std::size_t>(count), false) {}

    std::int32_t outcome_of(const float* detection, float threshold) {
        const formulas::Box box = formulas::box_at(detection + 2);
        const float area = formulas::signed_area(box);
        float most = -1.0f;
        std::size_t best = 0;
        for (std::size_t i = 0; i < found_.size(); ++i) {
            const float* const row = rows_ + 6 * i;
            if (row[0] != detection[0]) continue;
            const formulas::Box truth = formulas::box_at(row + 1);
            const float overlap = formulas::overlap(box, area, truth, formulas::signed_area(truth));
            if (!(overlap > most)) continue;
            most = overlap;
            best = i;
        }
        if (!(most >= threshold)) return wrong;
        if (rows_[6 * best + 5] != 0.0f) return not_counted;
        const bool again = found_[best];
        found_[best] = true;
        return again ? wrong : found;
    }

private:
    const float* rows_;
    std::vector<bool> found_;
};

void match_image(const MatchDetectionsTensors& image, float threshold) {
    Truths truths(image.truth, image.t);
    const auto score = [&](std::int64_t row) { return image.detection[6 * row + 1]; };
    for (const std::uint64_t key : ranked(all_places(image.d), score)) {
        const std::int64_t row = formulas::place_of(key);
        const float* const detection = image.detection + 6 * row;
        image.outcome[row] = detection[0] == -1.0f ? not_counted : truths.outcome_of(detection, threshold);
    }
}

/// Detections that count, by descending score: how many were found up to each.
std::vector<std::int64_t> found_so_far(const AveragePrecisionTensors& tensors, const std::vector<std::int64_t>& places) {
    std::vector<std::int64_t> so_far;
    std::int64_t count = 0;
    for (const std::uint64_t key : ranked(places, [&](std::int64_t place) { return tensors.score[place]; })) {
        const std::int32_t outcome = tensors.outcome[formulas::place_of(key)];
        if (outcome == not_counted) continue;
        so_far.push_back(count += outcome == found ? 1 : 0);
    }
    return so_far;
}

/// The best precision at each detection and after it.
std::vector<double> best_from(const std::vector<std::int64_t>& so_far) {
    std::vector<double> best(so_far.size());
    double most = 0;
    for (std::size_t i = so_far.size(); i-- > 0;) {
        most = std::max(most, static_cast<double>(so_far[i]) / static_cast<double>(i + 1));
        best[i] = most;
    }
    return best;
}

double mean_over_all_points(const std::vector<std::int64_t>& so_far, std::int64_t truths) {
    const std::vector<double> best = best_from(so_far);
    double sum = 0;
    std::int64_t before = 0;
    for (std::size_t i = 0; i < so_far.size(); ++i) {
        if (so_far[i] > before) sum += best[i];
        before = so_far[i];
    }
    return sum / static_cast<double>(truths);
}

double mean_over_eleven_points(const std::vector<std::int64_t>& so_far, std::int64_t truths) {
    const std::vector<double> best = best_from(so_far);
    double sum = 0;
    for (std::int64_t tenth = 0; tenth <= 10; ++tenth) {
        // In whole numbers, a recall reaches a tenth or it does not.
        const auto reached = std::find_if(
            so_far.begin(), so_far.end(), [&](std::int64_t count) { return 10 * count >= tenth * truths; });
        if (reached != so_far.end()) sum += best[static_cast<std::size_t>(reached - so_far.begin())];
    }
    return sum / 11;
}

}  // namespace

void keras_auc(const KerasAuc& scalars, const KerasAucTensors& tensors, const Context&) {
    const std::vector<Point> points = curve_of(tensors);
    const auto area = scalars.curve == KerasAuc::Curve::roc ? characteristic_area : precision_area;
    double sum = 0;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) sum += area(points[i], points[i + 1], points[0]);
    *tensors.area = static_cast<float>(sum);
}

void match_detections(
    const MatchDetections& scalars, const MatchDetectionsTensors* tensors, std::size_t count, const Context&) {
    const auto threshold = static_cast<float>(scalars.overlap_threshold);
    parallel_for(static_cast<std::int64_t>(count), [&](std::int64_t image) { match_image(tensors[image], threshold); });
}

void average_precision(const AveragePrecision& scalars, const AveragePrecisionTensors& tensors, const Context&) {
    std::vector<std::vector<std::int64_t>> places(static_cast<std::size_t>(tensors.k));
    for (std::int64_t i = 0; i < tensors.d; ++i) {
        const std::int64_t label = tensors.label[i];
        if (label >= 0 && label < tensors.k) places[static_cast<std::size_t>(label)].push_back(i);
    }
    const auto mean =
        scalars.method == AveragePrecision::Method::all_points ? mean_over_all_points : mean_over_eleven_points;
    parallel_for(tensors.k, [&](std::int64_t label) {
        const std::int64_t truths = tensors.truths[label];
        const double nothing = std::numeric_limits<double>::quiet_NaN();
        tensors.precision[label] =
            truths > 0 ? mean(found_so_far(tensors, places[static_cast<std::size_t>(label)]), truths) : nothing;
    });
}

}  // namespace vision_kernels::cpu
