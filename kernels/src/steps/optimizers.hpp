// The functions of spec/kernels/optimizers.yaml: which formula each uses, and which tensors are its state. A backend
// includes this file in its own namespace, after it has declared
//
//     template <class Formula, class Arrays>
//     void update_all(const Formula&, const std::vector<Arrays>&, const Context&);       every element of every tensor
//     template <class Formula, class Storage>
//     void transform_all(const Formula&, const std::vector<InPlaceArrays<Storage>>&, const Context&);
//     template <class Storage>
//     void clip_norms(float bound, const std::vector<InPlaceArrays<Storage>>&, const Context&);

namespace vision_kernels {
namespace VISION_KERNELS_BACKEND {
namespace {

template <class Tensors>
auto master_of(const Tensors& tensors, int) -> decltype(tensors.master) {
    return tensors.master;
}

template <class Tensors>
float* master_of(const Tensors&, long) {
    return nullptr;
}

/// Update a list of tensors; `state` are pointers to those members that the formula takes after the gradient.
template <class Formula, class Tensors, class... Members>
void update(const Formula& formula, const Tensors* tensors, std::size_t count, const Context& context, Members... state) {
    using Storage = std::remove_pointer_t<decltype(tensors->weight)>;
    using State = StateOf<Formula>;
    std::vector<UpdateArrays<Storage, State, sizeof...(state)>> arrays;
    arrays.reserve(count);
    for (std::size_t index = 0; index < count; ++index) {
        const Tensors& each = tensors[index];
        arrays.push_back({each.weight, each.gradient, {each.*state...}, master_of(each, 0), each.size});
    }
    update_all(formula, arrays, context);
}

template <class Storage, class Tensors>
std::vector<InPlaceArrays<Storage>> in_place(const Tensors* tensors, std::size_t count, Storage* Tensors::*values) {
    std::vector<InPlaceArrays<Storage>> arrays;
    arrays.reserve(count);
    for (std::size_t index = 0; index < count; ++index) arrays.push_back({tensors[index].*values, tensors[index].size});
    return arrays;
}

/// As `update`, with a velocity only if there is momentum.
template <class Formula, class Scalars, class Tensors>
void update_with_momentum(const Scalars& scalars, const Tensors* tensors, std::size_t count, const Context& context) {
    const Formula formula(scalars);
    if (scalars.momentum > 0) {
        update(formula, tensors, count, context, &Tensors::velocity);
    } else {
        update(formula, tensors, count, context);
    }
}

}  // namespace

template <class Weight>
void mxnet_sgd_step(
    const MxnetSgdStep& scalars, const MxnetSgdStepTensors<Weight>* tensors, std::size_t count, const Context& context) {
    update_with_momentum<formulas::MxnetSgd<float>>(scalars, tensors, count, context);
}

template <class Weight>
void mxnet_nag_step(
    const MxnetNagStep& scalars, const MxnetNagStepTensors<Weight>* tensors, std::size_t count, const Context& context) {
    update_with_momentum<formulas::MxnetNag<float>>(scalars, tensors, count, context);
}

template <class Weight>
void mxnet_adam_step(
    const MxnetAdamStep& scalars, const MxnetAdamStepTensors<Weight>* tensors, std::size_t count, const Context& context) {
    using Tensors = MxnetAdamStepTensors<Weight>;
    update(formulas::MxnetAdam<float>(scalars), tensors, count, context, &Tensors::mean, &Tensors::mean_square);
}

template <class Weight>
void mxnet_rmsprop_step(const MxnetRmspropStep& scalars, const MxnetRmspropStepTensors<Weight>* tensors,
                        std::size_t count, const Context& context) {
    update(formulas::MxnetRmsprop(scalars), tensors, count, context, &MxnetRmspropStepTensors<Weight>::mean_square);
}

template <class Weight>
void mxnet_rmsprop_centered_step(const MxnetRmspropCenteredStep& scalars,
                                 const MxnetRmspropCenteredStepTensors<Weight>* tensors, std::size_t count,
                                 const Context& context) {
    using Tensors = MxnetRmspropCenteredStepTensors<Weight>;
    const formulas::MxnetRmspropCentered formula(scalars);
    update(formula, tensors, count, context, &Tensors::mean_square, &Tensors::mean, &Tensors::velocity);
}

template <class Weight>
void mxnet_adadelta_step(const MxnetAdadeltaStep& scalars, const MxnetAdadeltaStepTensors<Weight>* tensors,
                         std::size_t count, const Context& context) {
    using Tensors = MxnetAdadeltaStepTensors<Weight>;
    const formulas::MxnetAdadelta formula(scalars);
    update(formula, tensors, count, context, &Tensors::mean_square, &Tensors::mean_square_update);
}

template <class Weight>
void mxnet_adagrad_step(const MxnetAdagradStep& scalars, const MxnetAdagradStepTensors<Weight>* tensors,
                        std::size_t count, const Context& context) {
    update(formulas::MxnetAdagrad(scalars), tensors, count, context, &MxnetAdagradStepTensors<Weight>::sum_of_squares);
}

void mxnet_sgd_half_step(const MxnetSgdHalfStep& scalars, const MxnetSgdHalfStepTensors* tensors, std::size_t count,
                         const Context& context) {
    update_with_momentum<formulas::MxnetSgd<HalfArithmetic>>(scalars, tensors, count, context);
}

void mxnet_nag_half_step(const MxnetNagHalfStep& scalars, const MxnetNagHalfStepTensors* tensors, std::size_t count,
                         const Context& context) {
    update_with_momentum<formulas::MxnetNag<HalfArithmetic>>(scalars, tensors, count, context);
}

void mxnet_adam_half_step(const MxnetAdamHalfStep& scalars, const MxnetAdamHalfStepTensors* tensors, std::size_t count,
                          const Context& context) {
    using Tensors = MxnetAdamHalfStepTensors;
    const formulas::MxnetAdam<HalfArithmetic> formula(scalars);
    update(formula, tensors, count, context, &Tensors::mean, &Tensors::mean_square);
}

template <class Weight>
void keras_sgd_step(
    const KerasSgdStep& scalars, const KerasSgdStepTensors<Weight>* tensors, std::size_t count, const Context& context) {
    update_with_momentum<formulas::KerasSgd>(scalars, tensors, count, context);
}

template <class Weight>
void keras_nesterov_step(const KerasNesterovStep& scalars, const KerasNesterovStepTensors<Weight>* tensors,
                         std::size_t count, const Context& context) {
    update_with_momentum<formulas::KerasNesterov>(scalars, tensors, count, context);
}

template <class Weight>
void keras_adam_step(
    const KerasAdamStep& scalars, const KerasAdamStepTensors<Weight>* tensors, std::size_t count, const Context& context) {
    using Tensors = KerasAdamStepTensors<Weight>;
    update(formulas::KerasAdam(scalars), tensors, count, context, &Tensors::mean, &Tensors::mean_square);
}

template <class Weight>
void keras_rmsprop_step(const KerasRmspropStep& scalars, const KerasRmspropStepTensors<Weight>* tensors,
                        std::size_t count, const Context& context) {
    using Tensors = KerasRmspropStepTensors<Weight>;
    const formulas::KerasRmsprop<true> centered(scalars);
    const formulas::KerasRmsprop<false> plain(scalars);
    const bool moves = scalars.momentum > 0;
    if (scalars.centered && moves) {
        update(centered, tensors, count, context, &Tensors::mean_square, &Tensors::mean, &Tensors::velocity);
    } else if (scalars.centered) {
        update(centered, tensors, count, context, &Tensors::mean_square, &Tensors::mean);
    } else if (moves) {
        update(plain, tensors, count, context, &Tensors::mean_square, &Tensors::velocity);
    } else {
        update(plain, tensors, count, context, &Tensors::mean_square);
    }
}

template <class Weight>
void keras_adagrad_step(const KerasAdagradStep& scalars, const KerasAdagradStepTensors<Weight>* tensors,
                        std::size_t count, const Context& context) {
    update(formulas::KerasAdagrad(scalars), tensors, count, context, &KerasAdagradStepTensors<Weight>::sum_of_squares);
}

template <class Weight>
void keras_adadelta_step(const KerasAdadeltaStep& scalars, const KerasAdadeltaStepTensors<Weight>* tensors,
                         std::size_t count, const Context& context) {
    using Tensors = KerasAdadeltaStepTensors<Weight>;
    const formulas::KerasAdadelta formula(scalars);
    update(formula, tensors, count, context, &Tensors::mean_square, &Tensors::mean_square_update);
}

template <class Gradient>
void keras_clip_value(const KerasClipValue& scalars, const KerasClipValueTensors<Gradient>* tensors, std::size_t count,
                      const Context& context) {
    const auto arrays = in_place(tensors, count, &KerasClipValueTensors<Gradient>::gradient);
    transform_all(formulas::KerasClipValueFormula(scalars), arrays, context);
}

template <class Gradient>
void keras_clip_norm(const KerasClipNorm& scalars, const KerasClipNormTensors<Gradient>* tensors, std::size_t count,
                     const Context& context) {
    const auto arrays = in_place(tensors, count, &KerasClipNormTensors<Gradient>::gradient);
    clip_norms(static_cast<float>(scalars.clip_norm), arrays, context);
}

template <class Weight>
void keras_weight_decay(const KerasWeightDecay& scalars, const KerasWeightDecayTensors<Weight>* tensors,
                        std::size_t count, const Context& context) {
    const auto arrays = in_place(tensors, count, &KerasWeightDecayTensors<Weight>::weight);
    transform_all(formulas::KerasWeightDecayFormula(scalars), arrays, context);
}

#define VISION_KERNELS_INSTANTIATE(function, Scalars)                                                             \
    template void function(const Scalars&, const Scalars##Tensors<float>*, std::size_t, const Context&);          \
    template void function(const Scalars&, const Scalars##Tensors<Half>*, std::size_t, const Context&);           \
    template void function(const Scalars&, const Scalars##Tensors<BFloat16>*, std::size_t, const Context&);

VISION_KERNELS_INSTANTIATE(mxnet_sgd_step, MxnetSgdStep)
VISION_KERNELS_INSTANTIATE(mxnet_nag_step, MxnetNagStep)
VISION_KERNELS_INSTANTIATE(mxnet_adam_step, MxnetAdamStep)
VISION_KERNELS_INSTANTIATE(mxnet_rmsprop_step, MxnetRmspropStep)
VISION_KERNELS_INSTANTIATE(mxnet_rmsprop_centered_step, MxnetRmspropCenteredStep)
VISION_KERNELS_INSTANTIATE(mxnet_adadelta_step, MxnetAdadeltaStep)
VISION_KERNELS_INSTANTIATE(mxnet_adagrad_step, MxnetAdagradStep)
VISION_KERNELS_INSTANTIATE(keras_sgd_step, KerasSgdStep)
VISION_KERNELS_INSTANTIATE(keras_nesterov_step, KerasNesterovStep)
VISION_KERNELS_INSTANTIATE(keras_adam_step, KerasAdamStep)
VISION_KERNELS_INSTANTIATE(keras_rmsprop_step, KerasRmspropStep)
VISION_KERNELS_INSTANTIATE(keras_adagrad_step, KerasAdagradStep)
VISION_KERNELS_INSTANTIATE(keras_adadelta_step, KerasAdadeltaStep)
VISION_KERNELS_INSTANTIATE(keras_clip_value, KerasClipValue)
VISION_KERNELS_INSTANTIATE(keras_clip_norm, KerasClipNorm)
VISION_KERNELS_INSTANTIATE(keras_weight_decay, KerasWeightDecay)

#undef VISION_KERNELS_INSTANTIATE

}  // namespace VISION_KERNELS_BACKEND
}  // namespace vision_kernels
