"""Images of differing sizes, as lists of tensors, and what changes them, as operators of PyTorch."""

from vision_kernels.torch.operators import operator

resize = operator("resize")
resize_uint8 = operator("resize_uint8")
opencv_resize = operator("opencv_resize")
crop = operator("crop")
flip = operator("flip")
mxnet_jitter_hsl = operator("mxnet_jitter_hsl")
opencv_warp_affine = operator("opencv_warp_affine")
mxnet_affine_matrix = operator("mxnet_affine_matrix")
keras_transform = operator("keras_transform")
keras_rotation = operator("keras_rotation")
keras_zoom = operator("keras_zoom")
mxnet_jitter_color = operator("mxnet_jitter_color")
normalize = operator("normalize")
normalize_channels_first = operator("normalize_channels_first")
random_uniform = operator("random_uniform")
