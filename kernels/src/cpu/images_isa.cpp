// Images, pixel by pixel, for one instruction set, whose name is VISION_KERNELS_ISA.
#include "images.hpp"

#include "../steps/image_colors.hpp"
#include "../steps/image_numbers.hpp"
#include "../steps/image_places.hpp"
#include "../steps/sums.hpp"
#include "vision_kernels/functions/images.hpp"

namespace vision_kernels::cpu::VISION_KERNELS_ISA {

template <class Job>
void compute_pixels(const Job& job, std::int64_t from, std::int64_t to) {
    const Job own = job;
    own(from, to);
}

template <class Terms>
double sum_of_terms(const Terms& job, std::int64_t from, std::int64_t size) {
    const auto terms = job.terms();
    return sum_over_lanes<double>(size, [&](std::int64_t i) { return terms(from + i); });
}

#define VISION_KERNELS_PIXELS(...) template void compute_pixels(const pixels::__VA_ARGS__&, std::int64_t, std::int64_t);
#define VISION_KERNELS_BOTH(...)                        \
    VISION_KERNELS_PIXELS(__VA_ARGS__<std::uint8_t>)   \
    VISION_KERNELS_PIXELS(__VA_ARGS__<float>)

VISION_KERNELS_BOTH(Window)
VISION_KERNELS_BOTH(Mirror)
VISION_KERNELS_BOTH(JitterColor)
VISION_KERNELS_PIXELS(ShiftHsl)
VISION_KERNELS_PIXELS(Normalize<std::uint8_t, false>)
VISION_KERNELS_PIXELS(Normalize<std::uint8_t, true>)
VISION_KERNELS_PIXELS(Normalize<float, false>)
VISION_KERNELS_PIXELS(Normalize<float, true>)
VISION_KERNELS_PIXELS(NearestPixels<pixels::TensorflowNearest, std::uint8_t, std::uint8_t>)
VISION_KERNELS_PIXELS(NearestPixels<pixels::TensorflowNearest, std::uint8_t, float>)
VISION_KERNELS_PIXELS(NearestPixels<pixels::TensorflowNearest, float, float>)
VISION_KERNELS_PIXELS(NearestPixels<pixels::OpencvNearest, std::uint8_t, std::uint8_t>)
VISION_KERNELS_PIXELS(WarpAffine<1>)
VISION_KERNELS_PIXELS(WarpAffine<2>)
VISION_KERNELS_PIXELS(WarpAffine<4>)
VISION_KERNELS_PIXELS(Transform<std::uint8_t, KerasTransform::FillMode>)
VISION_KERNELS_PIXELS(Transform<float, KerasTransform::FillMode>)
VISION_KERNELS_PIXELS(UniformNumbers)

template double sum_of_terms(const pixels::GreyLevels<std::uint8_t>&, std::int64_t, std::int64_t);
template double sum_of_terms(const pixels::GreyLevels<float>&, std::int64_t, std::int64_t);

}  // namespace vision_kernels::cpu::VISION_KERNELS_ISA
