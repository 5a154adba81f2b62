// The functions of the fixture: just enough arithmetic to see that arguments arrive.
#include "vision_kernels/functions/steps.hpp"

#include <type_traits>

namespace vision_kernels::cpu {

template <class Weight>
void descent_step(const DescentStep& scalars, const DescentStepTensors<Weight>* tensors, std::size_t count,
                  const Context&) {
    for (std::size_t index = 0; index < count; ++index) {
        const auto& entry = tensors[index];
        for (std::int64_t at = 0; at < entry.size; ++at) {
            if (entry.master != nullptr) entry.master[at] -= static_cast<float>(scalars.rate);
            if (entry.velocity != nullptr) entry.velocity[at] += static_cast<float>(scalars.momentum);
            if constexpr (std::is_same_v<Weight, float>) {
                entry.weight[at] -= static_cast<float>(scalars.rate * scalars.scale) * entry.gradient[at];
            }
        }
    }
}
template void descent_step(const DescentStep&, const DescentStepTensors<float>*, std::size_t, const Context&);
template void descent_step(const DescentStep&, const DescentStepTensors<Half>*, std::size_t, const Context&);
template void descent_step(const DescentStep&, const DescentStepTensors<BFloat16>*, std::size_t, const Context&);

void sign_step(const SignStep& scalars, const SignStepTensors* tensors, std::size_t count, const Context&) {
    for (std::size_t index = 0; index < count; ++index) {
        for (std::int64_t at = 0; at < tensors[index].size; ++at) {
            tensors[index].weight[at] -= static_cast<float>(tensors[index].gradient[at] > 0 ? scalars.rate : -scalars.rate);
        }
    }
}

template <class Source>
void doubled(const Doubled&, const DoubledTensors<Source>* tensors, std::size_t count, const Context&) {
    for (std::size_t index = 0; index < count; ++index) {
        for (std::int64_t at = 0; at < tensors[index].size; ++at) {
            tensors[index].twice[at] = tensors[index].source[at] * 2;
        }
    }
}
template void doubled(const Doubled&, const DoubledTensors<float>*, std::size_t, const Context&);
template void doubled(const Doubled&, const DoubledTensors<std::int32_t>*, std::size_t, const Context&);

template <class Picture>
void windows(const Windows& scalars, const WindowsTensors<Picture>* tensors, std::size_t count,
             const WindowsShared& shared, const Context&) {
    for (std::size_t index = 0; index < count; ++index) {
        const auto& entry = tensors[index];
        float* to = entry.window;
        for (std::int64_t row = 0; row < scalars.rows; ++row) {
            for (std::int64_t column = 0; column < scalars.columns; ++column) {
                for (std::int64_t channel = 0; channel < shared.c; ++channel) {
                    const auto value = entry.picture[(row * entry.w + column) * shared.c + channel];
                    *to++ = static_cast<float>(value) * shared.factor[channel] * shared.own_factor[index];
                }
            }
        }
    }
}
template void windows(const Windows&, const WindowsTensors<float>*, std::size_t, const WindowsShared&, const Context&);
template void windows(const Windows&, const WindowsTensors<std::uint8_t>*, std::size_t, const WindowsShared&,
                      const Context&);

void grid(const Grid& scalars, const GridTensors& tensors, const Context&) {
    const auto columns = static_cast<std::int64_t>(scalars.columns.size());
    for (std::int64_t at = 0; at < tensors.n; ++at) {
        tensors.number[2 * at] = static_cast<double>(at / columns);
        tensors.number[2 * at + 1] = scalars.columns[static_cast<std::size_t>(at % columns)];
    }
}

template <class Row>
void pool(const Pool& scalars, const PoolTensors<Row>& tensors, const Context&) {
    for (std::int64_t row = 0; row < tensors.n; ++row) {
        double total = 0;
        for (std::int64_t at = 0; at < tensors.k; ++at) {
            const double weight = tensors.column_weight == nullptr ? 1.0 : tensors.column_weight[at];
            if (at == 0 || scalars.mode != Pool::Mode::keep_first) {
                total += weight * static_cast<double>(tensors.row[row * tensors.k + at]);
            }
        }
        const bool is_mean = scalars.mode == Pool::Mode::mean;
        tensors.total[row] = is_mean ? total / static_cast<double>(tensors.k) : total;
    }
}
template void pool(const Pool&, const PoolTensors<float>&, const Context&);
template void pool(const Pool&, const PoolTensors<std::int64_t>&, const Context&);

}  // namespace vision_kernels::cpu
