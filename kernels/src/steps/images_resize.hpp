// The functions that resize images, for the backend VISION_KERNELS_BACKEND; see images.hpp.
#include "image_resizes.hpp"

namespace vision_kernels::VISION_KERNELS_BACKEND {

template <class Image>
void resize(const Resize& scalars, const ResizeTensors<Image>* tensors, std::size_t count, const Context& context) {
    if (scalars.method == Resize::Method::nearest) {
        run_pixels(nearest_pixels<pixels::TensorflowNearest, Image, float>(scalars, tensors, count, single_scale), context);
    } else {
        run_resizes(resizings_of<Image, float>(tensors, count, tensorflow_plans(scalars)), context);
    }
}

void resize_uint8(const ResizeUint8& scalars, const ResizeUint8Tensors* tensors, std::size_t count, const Context& context) {
    using Byte = std::uint8_t;
    if (scalars.method == ResizeUint8::Method::nearest) {
        run_pixels(nearest_pixels<pixels::TensorflowNearest, Byte, Byte>(scalars, tensors, count, single_scale), context);
    } else {
        run_resizes(resizings_of<Byte, Byte>(tensors, count, tensorflow_plans(scalars)), context);
    }
}

void opencv_resize(const OpencvResize& scalars, const OpencvResizeTensors* tensors, std::size_t count, const Context& context) {
    using Byte = std::uint8_t;
    if (scalars.interpolation == OpencvResize::Interpolation::nearest) {
        const auto scale = formulas::opencv_scale;
        run_pixels(nearest_pixels<pixels::OpencvNearest, Byte, Byte>(scalars, tensors, count, scale), context);
    } else {
        run_resizes(resizings_of<Byte, Byte>(tensors, count, opencv_plans(scalars)), context);
    }
}

template void resize<std::uint8_t>(const Resize&, const ResizeTensors<std::uint8_t>*, std::size_t, const Context&);
template void resize<float>(const Resize&, const ResizeTensors<float>*, std::size_t, const Context&);

}  // namespace vision_kernels::VISION_KERNELS_BACKEND
