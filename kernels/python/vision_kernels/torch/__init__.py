"""Optimizers and losses for PyTorch, with the arithmetic of MXNet and Keras.

    from vision_kernels.torch import MxnetSGD, mxnet_softmax_cross_entropy

The optimizers take the place of those in `torch.optim`; the losses have gradients and can be compiled.
"""

from vision_kernels.torch.losses import (
    keras_sigmoid_cross_entropy,
    keras_softmax_cross_entropy,
    keras_sparse_softmax_cross_entropy,
    l2_regularization,
    mxnet_sigmoid_cross_entropy,
    mxnet_softmax_cross_entropy,
    mxnet_softmax_cross_entropy_per_position,
    smooth_l1,
)
from vision_kernels.torch.optimizers import (
    KerasAdadelta,
    KerasAdagrad,
    KerasAdam,
    KerasNesterov,
    KerasRMSprop,
    KerasSGD,
    MxnetAdadelta,
    MxnetAdagrad,
    MxnetAdam,
    MxnetNAG,
    MxnetRMSprop,
    MxnetRMSpropCentered,
    MxnetSGD,
)

__all__ = [
    "KerasAdadelta",
    "KerasAdagrad",
    "KerasAdam",
    "KerasNesterov",
    "KerasRMSprop",
    "KerasSGD",
    "MxnetAdadelta",
    "MxnetAdagrad",
    "MxnetAdam",
    "MxnetNAG",
    "MxnetRMSprop",
    "MxnetRMSpropCentered",
    "MxnetSGD",
    "keras_sigmoid_cross_entropy",
    "keras_softmax_cross_entropy",
    "keras_sparse_softmax_cross_entropy",
    "l2_regularization",
    "mxnet_sigmoid_cross_entropy",
    "mxnet_softmax_cross_entropy",
    "mxnet_softmax_cross_entropy_per_position",
    "smooth_l1",
]
