// Every optimizer on lists of tensors of odd sizes, computed in every way there is.
#include "vision_kernels/functions/optimizers.hpp"

#include <type_traits>

#include "agreement.hpp"

namespace {

using namespace vision_kernels;
using agreement::Case;
using agreement::Memory;

/// Around the widths of vectors, of packs, of tiles and of chunks; more than one piece of work in all.
// Sanitizers take a hundred times as long, and find in a few chunks what they find in many.
#if defined(__SANITIZE_ADDRESS__)
constexpr std::int64_t largest = 8195;
#else
constexpr std::int64_t largest = 70001;
#endif
constexpr std::int64_t sizes[] = {0, 1, 3, 4, 5, 31, 32, 33, 511, 513, 4095, 4097, largest, 2};

template <class Tensors>
auto add_master(Memory& memory, Tensors& tensors, int) -> decltype(void(tensors.master)) {
    using Weight = std::remove_pointer_t<decltype(tensors.weight)>;
    if (!std::is_same_v<Weight, float>) tensors.master = memory.numbers<float>(tensors.size);
}

template <class Tensors>
void add_master(Memory&, Tensors&, long) {}

/// A list of tensors, with the state that these members point to.
template <class Tensors, class... Members>
std::vector<Tensors> list_of(Memory& memory, Members... state) {
    std::vector<Tensors> list;
    for (const std::int64_t size : sizes) {
        Tensors tensors;
        tensors.size = size;
        tensors.weight = memory.numbers<std::remove_pointer_t<decltype(tensors.weight)>>(size);
        tensors.gradient = memory.numbers<std::remove_pointer_t<decltype(tensors.weight)>>(size);
        ((tensors.*state = memory.positive<std::remove_pointer_t<std::decay_t<decltype(tensors.*state)>>>(size)), ...);
        add_master(memory, tensors, 0);
        list.push_back(tensors);
    }
    return list;
}

/// As list_of, for functions that change one array in place.
template <class Tensors, class Storage>
std::vector<Tensors> in_place(Memory& memory, Storage* Tensors::*values) {
    std::vector<Tensors> list;
    for (const std::int64_t size : sizes) {
        Tensors tensors;
        tensors.size = size;
        tensors.*values = memory.numbers<Storage>(size);
        list.push_back(tensors);
    }
    return list;
}

void check(const std::string& name, const std::function<void(Memory&)>& set_up,
           const std::function<void(Memory&, bool)>& compute) {
    const Case made{name, compute};
    agreement::check(made);
    agreement::check_it_computes(made, set_up);
}

// Calls a function of both backends with a list of tensors that `list` makes of a memory.
#define CHECK_STEP(function, scalars, list)                                              \
    check(#function, [&](Memory& memory) { list; }, [&](Memory& memory, bool emulated) { \
        const auto tensors = list;                                                       \
        if (emulated) {                                                                  \
            emulated::function(scalars, tensors.data(), tensors.size(), Context());      \
        } else {                                                                         \
            cpu::function(scalars, tensors.data(), tensors.size(), Context());           \
        }                                                                                \
        function##_nothing(scalars, tensors.data());                                     \
    })

// No tensors at all are a list too.
#define NOTHING(function)                                                         \
    template <class Scalars, class Tensors>                                       \
    void function##_nothing(const Scalars& scalars, const Tensors* tensors) {     \
        cpu::function(scalars, tensors, 0, Context());                            \
        emulated::function(scalars, tensors, 0, Context());                       \
    }

NOTHING(mxnet_sgd_step)
NOTHING(mxnet_nag_step)
NOTHING(mxnet_adam_step)
NOTHING(mxnet_rmsprop_step)
NOTHING(mxnet_rmsprop_centered_step)
NOTHING(mxnet_adadelta_step)
NOTHING(mxnet_adagrad_step)
NOTHING(mxnet_sgd_half_step)
NOTHING(mxnet_nag_half_step)
NOTHING(mxnet_adam_half_step)
NOTHING(keras_sgd_step)
NOTHING(keras_nesterov_step)
NOTHING(keras_adam_step)
NOTHING(keras_rmsprop_step)
NOTHING(keras_adagrad_step)
NOTHING(keras_adadelta_step)
NOTHING(keras_clip_value)
NOTHING(keras_clip_norm)
NOTHING(keras_weight_decay)

/// Options of MXNet's optimizers, with and without clipping.
template <class Scalars>
Scalars mxnet(double clip) {
    Scalars scalars;
    scalars.weight_decay = 0.01;
    scalars.rescale_gradient = 0.25;
    scalars.clip_gradient = clip;
    return scalars;
}

template <class Scalars>
Scalars moving(double clip, double momentum) {
    Scalars scalars = mxnet<Scalars>(clip);
    scalars.momentum = momentum;
    return scalars;
}

template <class Scalars>
Scalars at_step(Scalars scalars, std::int64_t step) {
    scalars.step = step;
    return scalars;
}

template <class Weight>
void check_mxnet() {
    for (const double clip : {-1.0, 0.0, 0.1}) {
        using Sgd = MxnetSgdStepTensors<Weight>;
        using Nag = MxnetNagStepTensors<Weight>;
        using Adam = MxnetAdamStepTensors<Weight>;
        using Rmsprop = MxnetRmspropStepTensors<Weight>;
        using Centered = MxnetRmspropCenteredStepTensors<Weight>;
        using Adadelta = MxnetAdadeltaStepTensors<Weight>;
        using Adagrad = MxnetAdagradStepTensors<Weight>;
        const auto sgd = moving<MxnetSgdStep>(clip, 0.9);
        const auto plain_sgd = moving<MxnetSgdStep>(clip, 0);
        const auto nag = moving<MxnetNagStep>(clip, 0.9);
        const auto plain_nag = moving<MxnetNagStep>(clip, 0);
        const auto adam = at_step(mxnet<MxnetAdamStep>(clip), 3);
        auto rmsprop = mxnet<MxnetRmspropStep>(clip);
        rmsprop.clip_weights = clip;
        CHECK_STEP(mxnet_sgd_step, sgd, list_of<Sgd>(memory, &Sgd::velocity));
        CHECK_STEP(mxnet_sgd_step, plain_sgd, list_of<Sgd>(memory));
        CHECK_STEP(mxnet_nag_step, nag, list_of<Nag>(memory, &Nag::velocity));
        CHECK_STEP(mxnet_nag_step, plain_nag, list_of<Nag>(memory));
        CHECK_STEP(mxnet_adam_step, adam, list_of<Adam>(memory, &Adam::mean, &Adam::mean_square));
        CHECK_STEP(mxnet_rmsprop_step, rmsprop, list_of<Rmsprop>(memory, &Rmsprop::mean_square));
        CHECK_STEP(mxnet_rmsprop_centered_step, mxnet<MxnetRmspropCenteredStep>(clip),
                   list_of<Centered>(memory, &Centered::mean_square, &Centered::mean, &Centered::velocity));
        CHECK_STEP(mxnet_adadelta_step, mxnet<MxnetAdadeltaStep>(clip),
                   list_of<Adadelta>(memory, &Adadelta::mean_square, &Adadelta::mean_square_update));
        CHECK_STEP(mxnet_adagrad_step, mxnet<MxnetAdagradStep>(clip), list_of<Adagrad>(memory, &Adagrad::sum_of_squares));
    }
}

void check_half() {
    using Sgd = MxnetSgdHalfStepTensors;
    using Nag = MxnetNagHalfStepTensors;
    using Adam = MxnetAdamHalfStepTensors;
    const auto sgd = moving<MxnetSgdHalfStep>(0, 0.9);
    const auto plain_sgd = moving<MxnetSgdHalfStep>(0.1, 0);
    const auto nag = moving<MxnetNagHalfStep>(0, 0.9);
    const auto plain_nag = moving<MxnetNagHalfStep>(0.1, 0);
    auto adam = at_step(mxnet<MxnetAdamHalfStep>(0.1), 2);
    adam.epsilon = 1e-3;
    CHECK_STEP(mxnet_sgd_half_step, sgd, list_of<Sgd>(memory, &Sgd::velocity));
    CHECK_STEP(mxnet_sgd_half_step, plain_sgd, list_of<Sgd>(memory));
    CHECK_STEP(mxnet_nag_half_step, nag, list_of<Nag>(memory, &Nag::velocity));
    CHECK_STEP(mxnet_nag_half_step, plain_nag, list_of<Nag>(memory));
    CHECK_STEP(mxnet_adam_half_step, adam, list_of<Adam>(memory, &Adam::mean, &Adam::mean_square));
}

template <class Weight>
void check_keras_rmsprop(KerasRmspropStep::Variant variant) {
    using Tensors = KerasRmspropStepTensors<Weight>;
    KerasRmspropStep scalars;
    scalars.variant = variant;
    scalars.momentum = 0;
    CHECK_STEP(keras_rmsprop_step, scalars, list_of<Tensors>(memory, &Tensors::mean_square));
    scalars.centered = true;
    CHECK_STEP(keras_rmsprop_step, scalars, list_of<Tensors>(memory, &Tensors::mean_square, &Tensors::mean));
    scalars.momentum = 0.9;
    CHECK_STEP(keras_rmsprop_step, scalars,
               list_of<Tensors>(memory, &Tensors::mean_square, &Tensors::mean, &Tensors::velocity));
    scalars.centered = false;
    CHECK_STEP(keras_rmsprop_step, scalars, list_of<Tensors>(memory, &Tensors::mean_square, &Tensors::velocity));
}

template <class Weight>
void check_keras() {
    using Sgd = KerasSgdStepTensors<Weight>;
    using Nesterov = KerasNesterovStepTensors<Weight>;
    using Adam = KerasAdamStepTensors<Weight>;
    using Adagrad = KerasAdagradStepTensors<Weight>;
    using Adadelta = KerasAdadeltaStepTensors<Weight>;
    KerasSgdStep sgd;
    KerasNesterovStep nesterov;
    for (const double momentum : {0.0, 0.9}) {
        sgd.momentum = nesterov.momentum = momentum;
        CHECK_STEP(keras_sgd_step, sgd, list_of<Sgd>(memory, &Sgd::velocity));
        CHECK_STEP(keras_nesterov_step, nesterov, list_of<Nesterov>(memory, &Nesterov::velocity));
    }
    for (const auto number : {0, 1, 2}) {
        auto adam = at_step(KerasAdamStep(), 3);
        KerasAdagradStep adagrad;
        KerasAdadeltaStep adadelta;
        adam.variant = static_cast<KerasAdamStep::Variant>(number);
        adagrad.variant = static_cast<KerasAdagradStep::Variant>(number);
        adadelta.variant = static_cast<KerasAdadeltaStep::Variant>(number);
        CHECK_STEP(keras_adam_step, adam, list_of<Adam>(memory, &Adam::mean, &Adam::mean_square));
        CHECK_STEP(keras_adagrad_step, adagrad, list_of<Adagrad>(memory, &Adagrad::sum_of_squares));
        CHECK_STEP(keras_adadelta_step, adadelta,
                   list_of<Adadelta>(memory, &Adadelta::mean_square, &Adadelta::mean_square_update));
        check_keras_rmsprop<Weight>(static_cast<KerasRmspropStep::Variant>(number));
    }
}

template <class Storage>
void check_in_place() {
    KerasClipValue value;
    value.clip_value = 0.5;
    KerasClipNorm norm;
    norm.clip_norm = 0.5;
    KerasWeightDecay decay;
    decay.weight_decay = 0.9;
    decay.learning_rate = 0.5;
    CHECK_STEP(keras_clip_value, value,
               in_place<KerasClipValueTensors<Storage>>(memory, &KerasClipValueTensors<Storage>::gradient));
    CHECK_STEP(keras_clip_norm, norm,
               in_place<KerasClipNormTensors<Storage>>(memory, &KerasClipNormTensors<Storage>::gradient));
    CHECK_STEP(keras_weight_decay, decay,
               in_place<KerasWeightDecayTensors<Storage>>(memory, &KerasWeightDecayTensors<Storage>::weight));
}

/// More tensors than the parameters of one launch hold.
void check_many_tensors() {
    using Tensors = MxnetSgdStepTensors<float>;
    const auto scalars = moving<MxnetSgdStep>(0, 0.9);
    const auto many = [](Memory& memory) {
        std::vector<Tensors> list;
        for (int copy = 0; copy < 1500; ++copy) {
            Tensors tensors;
            tensors.size = copy % 3;
            tensors.weight = memory.numbers<float>(tensors.size);
            tensors.gradient = memory.numbers<float>(tensors.size);
            tensors.velocity = memory.numbers<float>(tensors.size);
            list.push_back(tensors);
        }
        return list;
    };
    CHECK_STEP(mxnet_sgd_step, scalars, many(memory));
}

template <class Storage>
void check_all() {
    check_mxnet<Storage>();
    check_keras<Storage>();
    check_in_place<Storage>();
}

}  // namespace

int main() {
    check_all<float>();
    check_all<Half>();
    check_all<BFloat16>();
    check_half();
    check_many_tensors();
    return checking::done();
}
