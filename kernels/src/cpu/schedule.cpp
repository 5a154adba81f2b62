// The learning rates of MXNet's MultiFactorScheduler: MXNet 1.9.1, python/mxnet/lr_scheduler.py.
#include "vision_kernels/functions/schedule.hpp"

#include <cstddef>

namespace vision_kernels::cpu {
namespace {

/// The rate after each number of boundaries, multiplied in turn as MXNet does.
std::vector<double> rates_after_boundaries(const MxnetLearningRate& scalars) {
    std::vector<double> rates{scalars.base_learning_rate};
    for (std::size_t passed = 0; passed < scalars.boundaries.size(); ++passed) {
        rates.push_back(rates.back() * scalars.factor);
    }
    return rates;
}

double warmup_rate(const MxnetLearningRate& scalars, std::int64_t update) {
    if (scalars.warmup_mode == MxnetLearningRate::WarmupMode::constant) return scalars.warmup_begin_learning_rate;
    const double rise = scalars.base_learning_rate - scalars.warmup_begin_learning_rate;
    const double share = rise * static_cast<double>(update) / static_cast<double>(scalars.warmup_steps);
    return scalars.warmup_begin_learning_rate + share;
}

}  // namespace

template <class Update>
void mxnet_learning_rate(
    const MxnetLearningRate& scalars, const MxnetLearningRateTensors<Update>& tensors, const Context&) {
    const std::vector<double> rates = rates_after_boundaries(scalars);
    for (std::int64_t i = 0; i < tensors.n; ++i) {
        const std::int64_t update = tensors.update[i];
        // Without a warm-up there is none for updates below 1 either.
        if (scalars.warmup_steps > 0 && update < scalars.warmup_steps) {
            tensors.learning_rate[i] = warmup_rate(scalars, update);
            continue;
        }
        std::size_t passed = 0;
        while (passed < scalars.boundaries.size() && update > scalars.boundaries[passed]) ++passed;
        tensors.learning_rate[i] = rates[passed];
    }
}

template void mxnet_learning_rate(
    const MxnetLearningRate&, const MxnetLearningRateTensors<std::int32_t>&, const Context&);
template void mxnet_learning_rate(
    const MxnetLearningRate&, const MxnetLearningRateTensors<std::int64_t>&, const Context&);

}  // namespace vision_kernels::cpu
