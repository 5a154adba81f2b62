// The optimizers on the device, or in the emulator: VISION_KERNELS_BACKEND is cuda or emulated.
#include "vision_kernels/functions/optimizers.hpp"

#include "../steps/arrays.hpp"
#include "squares.hpp"
#include "update.hpp"
#include "vision_kernels/formulas/optimizers.hpp"

namespace vision_kernels::VISION_KERNELS_BACKEND {
namespace {

template <class Formula>
struct SameFormula {
    Formula formula;

    VISION_KERNELS_DEVICE Formula operator()(int) const { return formula; }
};

struct ClipNormOf {
    float bound;
    const double* totals;

    VISION_KERNELS_DEVICE formulas::KerasClipNormFormula operator()(int tensor) const {
        return formulas::KerasClipNormFormula(bound, totals[tensor]);
    }
};

template <class Formula, class Arrays>
void update_all(const Formula& formula, const std::vector<Arrays>& tensors, const Context& context) {
    if (tensors.empty()) return;
    const OnDevice device(context);
    for_lists(tensors, update_chunk, [&](const TensorList<Arrays>& list, std::size_t) {
        const UpdateKernel<Formula, Arrays> kernel{formula, list};
        launch(kernel, std::min(list.chunks(), most_blocks()), update_threads, context);
    });
}

template <class Formula, class Storage>
void transform_all(const Formula& formula, const std::vector<InPlaceArrays<Storage>>& tensors, const Context& context) {
    if (tensors.empty()) return;
    const OnDevice device(context);
    for_lists(tensors, update_chunk, [&](const TensorList<InPlaceArrays<Storage>>& list, std::size_t) {
        const TransformKernel<SameFormula<Formula>, Storage> kernel{{formula}, list};
        launch(kernel, std::min(list.chunks(), most_blocks()), update_threads, context);
    });
}

template <class Storage>
void clip_norms(float bound, const std::vector<InPlaceArrays<Storage>>& tensors, const Context& context) {
    if (tensors.empty()) return;
    const OnDevice device(context);
    // Both kernels cut tensors into chunks of the same size.
    static_assert(sum_chunk == update_chunk);
    const Scratch<double> totals(tensors.size(), context);
    for_lists(tensors, update_chunk, [&](const TensorList<InPlaceArrays<Storage>>& list, std::size_t first) {
        sum_squares(list, totals.data() + first, context);
        const TransformKernel<ClipNormOf, Storage> kernel{{bound, totals.data() + first}, list};
        launch(kernel, std::min(list.chunks(), most_blocks()), update_threads, context);
    });
}

}  // namespace
}  // namespace vision_kernels::VISION_KERNELS_BACKEND

#include "../steps/optimizers.hpp"
