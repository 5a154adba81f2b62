"""What a single-shot detector needs, as operators of PyTorch.

`mxnet_detection_loss` has gradients, and returns each loss as the one number that they belong to.
"""

from typing import Any, NamedTuple

import torch
from torch import Tensor

import vision_kernels
from vision_kernels.torch.autocast import in_single
from vision_kernels.torch.gradients import differentiable
from vision_kernels.torch.operators import allocated, given, operator
from vision_kernels.torch.schema import scalar_arguments, tensor_arguments

mxnet_prior_boxes = operator("mxnet_prior_boxes")
mxnet_box_iou = operator("mxnet_box_iou")
mxnet_match_anchors = operator("mxnet_match_anchors")
mxnet_detect = operator("mxnet_detect")
mxnet_box_nms = operator("mxnet_box_nms")

_DESCRIPTION = vision_kernels.describe("mxnet_detection_loss")
_INPUTS = [tensor for tensor in _DESCRIPTION.tensors if tensor.access == "in"]
_SCHEMA = f"({', '.join([*tensor_arguments(_INPUTS), *scalar_arguments(_DESCRIPTION.scalars)])})"


class DetectionLoss(NamedTuple):
    """What `mxnet_detection_loss` computes.

    Attributes:
        class_loss: Cross entropy of the classes over the anchors that count, as one number.
        location_loss: Smooth L1 loss of the offsets over those with a loss above 0, as one number.
        probability: Softmax over classes, without a gradient.
    """

    class_loss: Tensor
    location_loss: Tensor
    probability: Tensor


def mxnet_detection_loss(
    class_prediction: Tensor,
    location_prediction: Tensor,
    class_target: Tensor,
    location_target: Tensor,
    location_mask: Tensor,
    *,
    ignore_label: int = -1,
    sigma: float = 1.0,
) -> DetectionLoss:
    """Both losses of a single-shot detector, as MXNet's example wires them.

    Their gradients are those of `vision_kernels.mxnet_detection_loss`: that of `class_loss` for `class_prediction`, and
    that of `location_loss` for `location_prediction`.
    """
    tensors = class_prediction, location_prediction, class_target, location_target, location_mask
    class_loss, location_loss, probability, *_ = _apply(*[in_single(tensor) for tensor in tensors], ignore_label, sigma)
    return DetectionLoss(class_loss, location_loss, probability.detach())


def _compute(*arguments: Any) -> tuple[Tensor, ...]:
    arrays, scalars = _named(arguments)
    found = vision_kernels.mxnet_detection_loss(**arrays, **scalars)
    class_loss = _class_loss(
        arrays["class_prediction"], found.probability, arrays["class_target"], scalars["ignore_label"]
    )
    location_loss = found.location_loss.sum() / (found.location_loss > 0).sum().clamp(min=1)
    return class_loss, location_loss, found.probability, found.class_gradient, found.location_gradient


def _allocate(*arguments: Any) -> tuple[Tensor, ...]:
    found = allocated(_DESCRIPTION, *_named(arguments))
    probability = found.probability
    numbers = probability.new_empty(()), probability.new_empty(())
    return *numbers, probability, found.class_gradient, found.location_gradient


def _named(arguments: tuple[Any, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Tensors and scalars by their names. PyTorch leaves out trailing arguments that equal their defaults."""
    defaults = {scalar.name: scalar.default for scalar in _DESCRIPTION.scalars}
    scalars = dict(zip(defaults, arguments[len(_INPUTS) :], strict=False))
    return given(_DESCRIPTION, arguments[: len(_INPUTS)]), defaults | scalars


def _class_loss(prediction: Tensor, probability: Tensor, target: Tensor, ignore_label: int) -> Tensor:
    """The negative logarithm of each target's probability, by way of the likeliest class: that one is never 0."""
    label = target.long()
    counts = label != ignore_label
    known = counts & (label >= 0) & (label < prediction.shape[1])
    largest, likeliest = probability.max(1)
    own = prediction.gather(1, (label * known)[:, None])[:, 0]
    loss = prediction.gather(1, likeliest[:, None])[:, 0] - own - largest.log()
    return loss.masked_fill(~known, 0.0).sum() / counts.sum().clamp(min=1)


_registered = torch.library.custom_op(
    "vision_kernels::mxnet_detection_loss",
    _compute,
    mutates_args=(),
    schema=f"{_SCHEMA} -> ({', '.join(['Tensor'] * 5)})",
)
_registered.register_fake(_allocate)
_apply = differentiable(
    "mxnet_detection_loss",
    [tensor.name for tensor in _INPUTS],
    [scalar.name for scalar in _DESCRIPTION.scalars],
    losses=2,
)
