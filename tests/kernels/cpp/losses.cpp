// Every loss on matrices of odd sizes, computed in every way there is.
#include "vision_kernels/functions/losses.hpp"

#include "agreement.hpp"

namespace {

using namespace vision_kernels;
using agreement::Case;
using agreement::Memory;

struct Size {
    std::int64_t n, k;
};

/// Around the number of lanes; a row of one class, no rows, and more than one piece of work.
constexpr Size matrices[] = {{0, 5}, {1, 1}, {3, 1}, {7, 2}, {5, 31}, {4, 32}, {6, 33}, {3, 64}, {2, 1000}, {501, 37}};

template <class Call>
void check(const std::string& name, Call call) {
    agreement::check(Case{name, call});
}

// Calls a function of both backends.
#define BOTH(function, scalars, tensors)                       \
    do {                                                       \
        if (emulated) {                                        \
            emulated::function(scalars, tensors, Context());   \
        } else {                                               \
            cpu::function(scalars, tensors, Context());        \
        }                                                      \
    } while (false)

template <class Label>
void check_mxnet_softmax(Size size) {
    using Normalization = MxnetSoftmaxCrossEntropy::Normalization;
    for (const auto normalization : {Normalization::none, Normalization::batch, Normalization::valid}) {
        for (const double smoothing : {0.0, 0.1}) {
            check("mxnet_softmax_cross_entropy", [=](Memory& memory, bool emulated) {
                MxnetSoftmaxCrossEntropy scalars;
                scalars.smoothing = smoothing;
                scalars.normalization = normalization;
                scalars.use_ignore = smoothing > 0;
                scalars.ignore_label = 0;
                MxnetSoftmaxCrossEntropyTensors<Label> tensors;
                tensors.n = size.n;
                tensors.k = size.k;
                tensors.logits = memory.numbers<float>(size.n * size.k);
                tensors.label = memory.labels<Label>(size.n, size.k);
                tensors.probability = memory.numbers<float>(size.n * size.k);
                tensors.loss = memory.numbers<float>(size.n);
                tensors.gradient = memory.numbers<float>(size.n * size.k);
                BOTH(mxnet_softmax_cross_entropy, scalars, tensors);
            });
        }
    }
}

template <class Label>
void check_positions(std::int64_t n, std::int64_t k, std::int64_t s) {
    using Normalization = MxnetSoftmaxCrossEntropyPerPosition::Normalization;
    for (const auto normalization : {Normalization::none, Normalization::batch, Normalization::valid}) {
        check("mxnet_softmax_cross_entropy_per_position", [=](Memory& memory, bool emulated) {
            MxnetSoftmaxCrossEntropyPerPosition scalars;
            scalars.normalization = normalization;
            scalars.use_ignore = normalization != Normalization::none;
            MxnetSoftmaxCrossEntropyPerPositionTensors<Label> tensors;
            tensors.n = n;
            tensors.k = k;
            tensors.s = s;
            tensors.logits = memory.numbers<float>(n * k * s);
            tensors.label = memory.labels<Label>(n * s, k);
            tensors.probability = memory.numbers<float>(n * k * s);
            tensors.loss = memory.numbers<float>(n * s);
            tensors.gradient = memory.numbers<float>(n * k * s);
            BOTH(mxnet_softmax_cross_entropy_per_position, scalars, tensors);
        });
    }
}

void check_keras_softmax(Size size, double smoothing) {
    check("keras_softmax_cross_entropy", [=](Memory& memory, bool emulated) {
        KerasSoftmaxCrossEntropy scalars;
        scalars.label_smoothing = smoothing;
        KerasSoftmaxCrossEntropyTensors tensors;
        tensors.n = size.n;
        tensors.k = size.k;
        tensors.logits = memory.numbers<float>(size.n * size.k);
        tensors.target = memory.shares<float>(size.n * size.k);
        tensors.loss = memory.numbers<float>(size.n);
        tensors.gradient = memory.numbers<float>(size.n * size.k);
        BOTH(keras_softmax_cross_entropy, scalars, tensors);
    });
    check("keras_cross_entropy_of_probabilities", [=](Memory& memory, bool emulated) {
        KerasCrossEntropyOfProbabilities scalars;
        scalars.label_smoothing = smoothing;
        KerasCrossEntropyOfProbabilitiesTensors tensors;
        tensors.n = size.n;
        tensors.k = size.k;
        tensors.probability = memory.shares<float>(size.n * size.k);
        tensors.target = memory.shares<float>(size.n * size.k);
        tensors.loss = memory.numbers<float>(size.n);
        BOTH(keras_cross_entropy_of_probabilities, scalars, tensors);
    });
}

template <class Label>
void check_keras_sparse(Size size, double smoothing) {
    check("keras_sparse_softmax_cross_entropy", [=](Memory& memory, bool emulated) {
        KerasSparseSoftmaxCrossEntropy scalars;
        scalars.label_smoothing = smoothing;
        KerasSparseSoftmaxCrossEntropyTensors<Label> tensors;
        tensors.n = size.n;
        tensors.k = size.k;
        tensors.logits = memory.numbers<float>(size.n * size.k);
        tensors.label = memory.labels<Label>(size.n, size.k);
        tensors.loss = memory.numbers<float>(size.n);
        tensors.gradient = memory.numbers<float>(size.n * size.k);
        BOTH(keras_sparse_softmax_cross_entropy, scalars, tensors);
    });
}

void check_mxnet_sigmoid(Size size, bool weighted) {
    check("mxnet_sigmoid_cross_entropy", [=](Memory& memory, bool emulated) {
        MxnetSigmoidCrossEntropy scalars;
        scalars.use_weighted_loss = weighted;
        MxnetSigmoidCrossEntropyTensors tensors;
        tensors.n = size.n;
        tensors.k = size.k;
        tensors.logits = memory.numbers<float>(size.n * size.k);
        tensors.label = memory.shares<float>(size.n * size.k);
        tensors.class_weight = weighted ? memory.positive<float>(size.k) : nullptr;
        tensors.probability = memory.numbers<float>(size.n * size.k);
        tensors.loss = memory.numbers<float>(size.n);
        tensors.gradient = memory.numbers<float>(size.n * size.k);
        BOTH(mxnet_sigmoid_cross_entropy, scalars, tensors);
    });
}

void check_keras_sigmoid(Size size, double smoothing) {
    check("keras_sigmoid_cross_entropy", [=](Memory& memory, bool emulated) {
        KerasSigmoidCrossEntropy scalars;
        scalars.label_smoothing = smoothing;
        KerasSigmoidCrossEntropyTensors tensors;
        tensors.n = size.n;
        tensors.k = size.k;
        tensors.logits = memory.numbers<float>(size.n * size.k);
        tensors.label = memory.shares<float>(size.n * size.k);
        tensors.loss = memory.numbers<float>(size.n);
        tensors.gradient = memory.numbers<float>(size.n * size.k);
        BOTH(keras_sigmoid_cross_entropy, scalars, tensors);
    });
    for (const auto number : {0, 1}) {
        check("keras_sigmoid_cross_entropy_of_probabilities", [=](Memory& memory, bool emulated) {
            KerasSigmoidCrossEntropyOfProbabilities scalars;
            scalars.variant = static_cast<KerasSigmoidCrossEntropyOfProbabilities::Variant>(number);
            KerasSigmoidCrossEntropyOfProbabilitiesTensors tensors;
            tensors.n = size.n;
            tensors.k = size.k;
            tensors.probability = memory.shares<float>(size.n * size.k);
            tensors.label = memory.shares<float>(size.n * size.k);
            tensors.loss = memory.numbers<float>(size.n);
            BOTH(keras_sigmoid_cross_entropy_of_probabilities, scalars, tensors);
        });
    }
}

void check_elements(std::int64_t size) {
    check("smooth_l1", [=](Memory& memory, bool emulated) {
        SmoothL1 scalars;
        scalars.sigma = 1.5;
        SmoothL1Tensors tensors;
        tensors.size = size;
        tensors.difference = memory.numbers<float>(size);
        tensors.loss = memory.positive<float>(size);
        tensors.gradient = memory.positive<float>(size);
        BOTH(smooth_l1, scalars, tensors);
    });
    check("l2_regularization", [=](Memory& memory, bool emulated) {
        const L2Regularization scalars;
        L2RegularizationTensors tensors;
        tensors.size = size;
        tensors.weight = memory.numbers<float>(size);
        tensors.value = memory.numbers<float>(1);
        tensors.gradient = memory.positive<float>(size);
        BOTH(l2_regularization, scalars, tensors);
    });
}

}  // namespace

int main() {
    for (const Size size : matrices) {
        check_mxnet_softmax<float>(size);
        check_mxnet_softmax<std::int32_t>(size);
        check_mxnet_softmax<std::int64_t>(size);
        for (const double smoothing : {0.0, 0.1, 1.0}) {
            check_keras_softmax(size, smoothing);
            check_keras_sparse<std::int32_t>(size, smoothing);
            check_keras_sparse<std::int64_t>(size, smoothing);
            check_keras_sigmoid(size, smoothing);
        }
        check_mxnet_sigmoid(size, false);
        check_mxnet_sigmoid(size, true);
    }
    for (const std::int64_t s : {0, 1, 9, 63, 64, 65, 200}) {
        check_positions<float>(3, 5, s);
        check_positions<std::int32_t>(1, 1, s);
        check_positions<std::int64_t>(2, 21, s);
    }
    for (const std::int64_t size : {0, 1, 33, 4095, 4097, 150001}) check_elements(size);
    return checking::done();
}
