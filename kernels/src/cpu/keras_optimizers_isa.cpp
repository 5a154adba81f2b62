// The updates of Keras's optimizers for one instruction set.
#include "elementwise_isa.hpp"
#include "vision_kernels/formulas/keras_optimizers.hpp"

namespace vision_kernels::cpu::VISION_KERNELS_ISA {

#define VISION_KERNELS_UPDATES(Formula, states)                                                  \
    template void update(const formulas::Formula&, const UpdateArrays<float, float, states>&);   \
    template void update(const formulas::Formula&, const UpdateArrays<Half, float, states>&);    \
    template void update(const formulas::Formula&, const UpdateArrays<BFloat16, float, states>&);
#define VISION_KERNELS_TRANSFORMS(Formula)                                                 \
    template void transform(const formulas::Formula&, const InPlaceArrays<float>&);        \
    template void transform(const formulas::Formula&, const InPlaceArrays<Half>&);         \
    template void transform(const formulas::Formula&, const InPlaceArrays<BFloat16>&);

VISION_KERNELS_UPDATES(KerasSgd, 0)
VISION_KERNELS_UPDATES(KerasSgd, 1)
VISION_KERNELS_UPDATES(KerasNesterov, 0)
VISION_KERNELS_UPDATES(KerasNesterov, 1)
VISION_KERNELS_UPDATES(KerasAdam, 2)
VISION_KERNELS_UPDATES(KerasRmsprop<false>, 1)
VISION_KERNELS_UPDATES(KerasRmsprop<false>, 2)
VISION_KERNELS_UPDATES(KerasRmsprop<true>, 2)
VISION_KERNELS_UPDATES(KerasRmsprop<true>, 3)
VISION_KERNELS_UPDATES(KerasAdagrad, 1)
VISION_KERNELS_UPDATES(KerasAdadelta, 2)
VISION_KERNELS_TRANSFORMS(KerasClipValueFormula)
VISION_KERNELS_TRANSFORMS(KerasClipNormFormula)
VISION_KERNELS_TRANSFORMS(KerasWeightDecayFormula)
template double sum_of_squares(const float*, std::int64_t);
template double sum_of_squares(const Half*, std::int64_t);
template double sum_of_squares(const BFloat16*, std::int64_t);

}  // namespace vision_kernels::cpu::VISION_KERNELS_ISA
