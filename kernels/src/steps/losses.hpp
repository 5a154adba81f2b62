// The functions of spec/kernels/losses.yaml: which row, position or map each is. A backend includes this file in its own
// namespace, after it has declared
//
//     template <class Row> void run_rows(const Row&, std::int64_t n, const Context&);                 rows.hpp
//     template <class Positions> void run_positions(const Positions&, std::int64_t n, const Context&); positions.hpp
//     template <class Map> void run_map(const Map&, std::int64_t size, const Context&);               maps.hpp
//     void run_sum_of_squares(const float*, std::int64_t size, float factor, float* value, const Context&);
//     template <class Label> class CountOfLabels                   counts labels that are not to be ignored
//         CountOfLabels(const Label*, std::int64_t size, std::int64_t ignore_label, const Context&);
//         const std::int64_t* count() const;                       readable by rows while this lives

namespace vision_kernels {
namespace VISION_KERNELS_BACKEND {
namespace {

/// What smoothing leaves of a target, and what it adds to every class.
struct Smoothing {
    float kept, spread;
};

Smoothing keras_smoothing(double share, std::int64_t classes) {
    return {static_cast<float>(1.0 - share), static_cast<float>(share / static_cast<double>(classes))};
}

/// Keras averages over the batch.
float keras_scale(std::int64_t count) { return 1.0f / static_cast<float>(count); }

template <class Scalars, class Tensors>
void softmax_rows(const Scalars& scalars, const Tensors& tensors, rows::Scale scale, const Context& context) {
    using Label = std::remove_const_t<std::remove_pointer_t<decltype(tensors.label)>>;
    const rows::MxnetSoftmax<Label> row{tensors.logits, tensors.label, tensors.probability, tensors.loss, tensors.gradient,
                                        tensors.k, static_cast<float>(scalars.smoothing), scale, scalars.use_ignore,
                                        scalars.ignore_label};
    run_rows(row, tensors.n, context);
}

template <class Scalars, class Tensors>
void softmax_positions(const Scalars& scalars, const Tensors& tensors, rows::Scale scale, const Context& context) {
    using Label = std::remove_const_t<std::remove_pointer_t<decltype(tensors.label)>>;
    const rows::MxnetSoftmaxPositions<Label> positions{
        tensors.logits, tensors.label, tensors.probability, tensors.loss, tensors.gradient, tensors.k,
        tensors.s, scale, scalars.use_ignore, scalars.ignore_label};
    run_positions(positions, tensors.n, context);
}

}  // namespace

template <class Label>
void mxnet_softmax_cross_entropy(const MxnetSoftmaxCrossEntropy& scalars,
                                 const MxnetSoftmaxCrossEntropyTensors<Label>& tensors, const Context& context) {
    using Normalization = MxnetSoftmaxCrossEntropy::Normalization;
    const float factor = static_cast<float>(scalars.gradient_scale);
    switch (scalars.normalization) {
        case Normalization::none:
            return softmax_rows(scalars, tensors, {factor, nullptr}, context);
        case Normalization::batch:
            return softmax_rows(scalars, tensors, {factor / static_cast<float>(tensors.n), nullptr}, context);
        case Normalization::valid:
            const CountOfLabels<Label> counted(tensors.label, tensors.n, scalars.ignore_label, context);
            return softmax_rows(scalars, tensors, {factor, counted.count()}, context);
    }
}

template <class Label>
void mxnet_softmax_cross_entropy_per_position(const MxnetSoftmaxCrossEntropyPerPosition& scalars,
                                              const MxnetSoftmaxCrossEntropyPerPositionTensors<Label>& tensors,
                                              const Context& context) {
    using Normalization = MxnetSoftmaxCrossEntropyPerPosition::Normalization;
    const float factor = static_cast<float>(scalars.gradient_scale);
    const float positions = factor / static_cast<float>(tensors.s);
    switch (scalars.normalization) {
        case Normalization::none:
            return softmax_positions(scalars, tensors, {positions, nullptr}, context);
        case Normalization::batch:
            return softmax_positions(scalars, tensors, {positions / static_cast<float>(tensors.n), nullptr}, context);
        case Normalization::valid:
            const CountOfLabels<Label> counted(tensors.label, tensors.n * tensors.s, scalars.ignore_label, context);
            return softmax_positions(scalars, tensors, {factor, counted.count()}, context);
    }
}

void keras_softmax_cross_entropy(const KerasSoftmaxCrossEntropy& scalars, const KerasSoftmaxCrossEntropyTensors& tensors,
                                 const Context& context) {
    const Smoothing smoothing = keras_smoothing(scalars.label_smoothing, tensors.k);
    const rows::KerasSoftmax row{tensors.logits, tensors.target, tensors.loss, tensors.gradient,
                                 tensors.k, smoothing.kept, smoothing.spread, keras_scale(tensors.n)};
    run_rows(row, tensors.n, context);
}

template <class Label>
void keras_sparse_softmax_cross_entropy(const KerasSparseSoftmaxCrossEntropy& scalars,
                                        const KerasSparseSoftmaxCrossEntropyTensors<Label>& tensors,
                                        const Context& context) {
    const Smoothing smoothing = keras_smoothing(scalars.label_smoothing, tensors.k);
    const rows::KerasSparseSoftmax<Label> row{tensors.logits, tensors.label, tensors.loss, tensors.gradient,
                                              tensors.k, smoothing.kept, smoothing.spread, keras_scale(tensors.n)};
    run_rows(row, tensors.n, context);
}

void keras_cross_entropy_of_probabilities(const KerasCrossEntropyOfProbabilities& scalars,
                                          const KerasCrossEntropyOfProbabilitiesTensors& tensors, const Context& context) {
    const Smoothing smoothing = keras_smoothing(scalars.label_smoothing, tensors.k);
    const rows::KerasProbabilities row{
        tensors.probability, tensors.target, tensors.loss, tensors.k, smoothing.kept, smoothing.spread};
    run_rows(row, tensors.n, context);
}

void mxnet_sigmoid_cross_entropy(const MxnetSigmoidCrossEntropy& scalars, const MxnetSigmoidCrossEntropyTensors& tensors,
                                 const Context& context) {
    const float scale = static_cast<float>(scalars.gradient_scale) / static_cast<float>(tensors.k);
    const rows::MxnetSigmoid row{tensors.logits, tensors.label, scalars.use_weighted_loss ? tensors.class_weight : nullptr,
                                 tensors.probability, tensors.loss, tensors.gradient, tensors.k, scale};
    run_rows(row, tensors.n, context);
}

void keras_sigmoid_cross_entropy(const KerasSigmoidCrossEntropy& scalars, const KerasSigmoidCrossEntropyTensors& tensors,
                                 const Context& context) {
    const Smoothing smoothing = keras_smoothing(scalars.label_smoothing, 2);
    const rows::KerasSigmoid row{tensors.logits, tensors.label, tensors.loss, tensors.gradient,
                                 tensors.k, smoothing.kept, smoothing.spread, keras_scale(tensors.n * tensors.k)};
    run_rows(row, tensors.n, context);
}

void keras_sigmoid_cross_entropy_of_probabilities(const KerasSigmoidCrossEntropyOfProbabilities& scalars,
                                                  const KerasSigmoidCrossEntropyOfProbabilitiesTensors& tensors,
                                                  const Context& context) {
    const Smoothing smoothing = keras_smoothing(scalars.label_smoothing, 2);
    const bool adds = scalars.variant == KerasSigmoidCrossEntropyOfProbabilities::Variant::tf_keras;
    const rows::KerasSigmoidProbabilities row{tensors.probability, tensors.label, tensors.loss, tensors.k,
                                              smoothing.kept, smoothing.spread, adds ? formulas::keras_least : 0.0f};
    run_rows(row, tensors.n, context);
}

void smooth_l1(const SmoothL1& scalars, const SmoothL1Tensors& tensors, const Context& context) {
    const float sigma = static_cast<float>(scalars.sigma);
    run_map(maps::SmoothL1{tensors.difference, tensors.loss, tensors.gradient, sigma * sigma}, tensors.size, context);
}

void l2_regularization(const L2Regularization& scalars, const L2RegularizationTensors& tensors, const Context& context) {
    const float factor = static_cast<float>(scalars.l2);
    run_sum_of_squares(tensors.weight, tensors.size, factor, tensors.value, context);
    run_map(maps::Scaled{tensors.weight, tensors.gradient, 2.0f * factor}, tensors.size, context);
}

#define VISION_KERNELS_INSTANTIATE(function, Scalars, Label) \
    template void function(const Scalars&, const Scalars##Tensors<Label>&, const Context&);

VISION_KERNELS_INSTANTIATE(mxnet_softmax_cross_entropy, MxnetSoftmaxCrossEntropy, float)
VISION_KERNELS_INSTANTIATE(mxnet_softmax_cross_entropy, MxnetSoftmaxCrossEntropy, std::int32_t)
VISION_KERNELS_INSTANTIATE(mxnet_softmax_cross_entropy, MxnetSoftmaxCrossEntropy, std::int64_t)
VISION_KERNELS_INSTANTIATE(mxnet_softmax_cross_entropy_per_position, MxnetSoftmaxCrossEntropyPerPosition, float)
VISION_KERNELS_INSTANTIATE(mxnet_softmax_cross_entropy_per_position, MxnetSoftmaxCrossEntropyPerPosition, std::int32_t)
VISION_KERNELS_INSTANTIATE(mxnet_softmax_cross_entropy_per_position, MxnetSoftmaxCrossEntropyPerPosition, std::int64_t)
VISION_KERNELS_INSTANTIATE(keras_sparse_softmax_cross_entropy, KerasSparseSoftmaxCrossEntropy, std::int32_t)
VISION_KERNELS_INSTANTIATE(keras_sparse_softmax_cross_entropy, KerasSparseSoftmaxCrossEntropy, std::int64_t)

#undef VISION_KERNELS_INSTANTIATE

}  // namespace VISION_KERNELS_BACKEND
}  // namespace vision_kernels
