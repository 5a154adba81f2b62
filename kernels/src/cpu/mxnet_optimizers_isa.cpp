// The updates of MXNet's optimizers for one instruction set.
#include "elementwise_isa.hpp"
#include "vision_kernels/formulas/mxnet_optimizers.hpp"

namespace vision_kernels::cpu::VISION_KERNELS_ISA {

#define VISION_KERNELS_UPDATE(Formula, Storage, State, states) \
    template void update(const formulas::Formula&, const UpdateArrays<Storage, State, states>&);
#define VISION_KERNELS_UPDATES(Formula, states)           \
    VISION_KERNELS_UPDATE(Formula, float, float, states) \
    VISION_KERNELS_UPDATE(Formula, Half, float, states)  \
    VISION_KERNELS_UPDATE(Formula, BFloat16, float, states)

VISION_KERNELS_UPDATES(MxnetSgd<float>, 0)
VISION_KERNELS_UPDATES(MxnetSgd<float>, 1)
VISION_KERNELS_UPDATES(MxnetNag<float>, 0)
VISION_KERNELS_UPDATES(MxnetNag<float>, 1)
VISION_KERNELS_UPDATES(MxnetAdam<float>, 2)
VISION_KERNELS_UPDATES(MxnetRmsprop, 1)
VISION_KERNELS_UPDATES(MxnetRmspropCentered, 3)
VISION_KERNELS_UPDATES(MxnetAdadelta, 2)
VISION_KERNELS_UPDATES(MxnetAdagrad, 1)
VISION_KERNELS_UPDATE(MxnetSgd<HalfArithmetic>, Half, Half, 0)
VISION_KERNELS_UPDATE(MxnetSgd<HalfArithmetic>, Half, Half, 1)
VISION_KERNELS_UPDATE(MxnetNag<HalfArithmetic>, Half, Half, 0)
VISION_KERNELS_UPDATE(MxnetNag<HalfArithmetic>, Half, Half, 1)
VISION_KERNELS_UPDATE(MxnetAdam<HalfArithmetic>, Half, Half, 2)

}  // namespace vision_kernels::cpu::VISION_KERNELS_ISA
