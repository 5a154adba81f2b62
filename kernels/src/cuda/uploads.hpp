// What the host made, in the memory of a device. It travels as parameters of kernels: a copy from memory of the host would
// still read there whenever a graph that captured the call is launched again.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "elements.hpp"
#include "update.hpp"

namespace vision_kernels {

template <class Type>
struct UploadKernel {
    static constexpr std::int64_t most = static_cast<std::int64_t>((parameter_bytes - 256) / sizeof(Type));

    Type* to;
    std::int64_t size;
    Type values[static_cast<std::size_t>(most)];

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        each_element(block, size, [&](std::int64_t i) { to[i] = values[i]; });
    }
};

template <class Type>
class Uploaded {
public:
    Uploaded(const std::vector<Type>& values, const Context& context) : memory_(values.size(), context) {
        const auto count = static_cast<std::int64_t>(values.size());
        UploadKernel<Type> kernel;
        for (std::int64_t first = 0; first < count; first += kernel.most) {
            kernel.to = memory_.data() + first;
            kernel.size = std::min(kernel.most, count - first);
            std::copy_n(values.begin() + first, kernel.size, kernel.values);
            launch(kernel, blocks_of_elements(kernel.size), threads_of_elements, context);
        }
    }

    const Type* data() const { return memory_.data(); }

private:
    Scratch<Type> memory_;
};

}  // namespace vision_kernels
