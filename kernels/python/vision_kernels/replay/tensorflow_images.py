"""Images of TensorFlow and of Keras's layers."""

import math
from typing import Any

import numpy as np

from vision_kernels.replay.adapters import (
    LIST,
    NUMBER,
    STRING,
    Arrays,
    Computed,
    array,
    check_affordable,
    check_fact,
    hyperparameters,
    numbers,
    operation,
    sizes,
)
from vision_kernels.replay.machine import Machine
from vision_kernels.replay.manifests import Case
from vision_kernels.replay.mxnet_images import Images
from vision_kernels.replay.outcomes import CaseError, shown

_ANTIALIASED = "out_antialias"


@operation("image.resize", fields=("antialias_identical",))
def _resize(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, method="bilinear", size_hw=LIST, uint8_input_gives_dtype=STRING)
    kept = "uint8" if hyper["method"] == "nearest" else "float32"
    check_fact("uint8_input_gives_dtype", hyper["uint8_input_gives_dtype"], kept)
    inputs = case.inputs()
    if hyper["size_hw"] is None:
        return Computed(_edges(machine, array(inputs, "image_5x6", 3), hyper["method"]))
    image, (height, width) = array(inputs, "image"), sizes("size_hw", hyper["size_hw"], 2)
    if image.ndim not in (3, 4) or 0 in image.shape:
        raise CaseError(f"image must have 3 axes, or 4 for a batch; its shape is {list(image.shape)}")
    pictures = list(image) if image.ndim == 4 else [image]
    out = {}
    is_identical = case.entry.get("antialias_identical")
    for name in ["out", *[_ANTIALIASED] * (is_identical is True or _ANTIALIASED in case.entry["expected"])]:
        found = _resized(machine, pictures, hyper["method"], height, width, name == _ANTIALIASED)
        out[name] = np.stack(found) if image.ndim == 4 else found[0]
    computed = Computed(out)
    if is_identical is True:  # and so recorded once
        computed.also["out"] = {_ANTIALIASED: out.pop(_ANTIALIASED)}
    else:
        check_fact("antialias_identical", is_identical, False)
    return computed


def _resized(
    machine: Machine, images: list[np.ndarray], method: str, height: int, width: int, antialias: bool = False
) -> list[np.ndarray]:
    check_affordable("images", len(images), height, width, 4)
    options = {"height": height, "width": width, "method": method, "antialias": antialias}
    return [
        machine.get(one) for one in machine.call("resize", [machine.put(image) for image in images], **options).resized
    ]


def _edges(machine: Machine, image: np.ndarray, method: str) -> Arrays:
    """Sizes at which a resize has little or nothing to do; one image is a single pixel of 200."""
    pixel = np.full((1, 1, image.shape[2]), 200, image.dtype)
    sizes: dict[str, tuple[np.ndarray, int, int, bool]] = {
        "from_1x1_to_3x4": (pixel, 3, 4, False),
        "to_1x1": (image, 1, 1, False),
        "to_1x1_antialias": (image, 1, 1, True),
        "same_size": (image, 5, 6, False),
        "same_size_antialias": (image, 5, 6, True),
        "same_rows_only": (image, 5, 9, False),
        "two_x": (image, 10, 12, False),
    }
    return {
        name: _resized(machine, [given], method, height, width, antialias)[0]
        for name, (given, height, width, antialias) in sizes.items()
    }


@operation("image.flip")
def _flip(case: Case, machine: Machine) -> Computed:
    hyperparameters(case)
    image, images = array(case.inputs(), "image", 3), Images(machine)
    sides = {"left_right": (True, False), "up_down": (False, True), "both": (True, True)}
    return Computed({name: images.flipped(image, *side) for name, side in sides.items()})


_BATCH = "image_a and its horizontal flip"


@operation("raw_ops.ImageProjectiveTransformV3")
def _projective(case: Case, machine: Machine) -> Computed:
    """A batch is an image and its mirror image; a single image stands for itself."""
    hyper = hyperparameters(case, fill_mode="CONSTANT", interpolation="BILINEAR", batch=_BATCH, fill_value=0.0)
    if hyper["batch"] != _BATCH:
        raise CaseError(f"batch must be {_BATCH!r}; it is {shown(hyper['batch'])}")
    inputs, images = case.inputs(), Images(machine)
    options = {name: str(hyper[name]).lower() for name in ("fill_mode", "interpolation")}
    options["fill_value"] = hyper["fill_value"]
    if "image_5x6" in inputs:
        transforms = array(inputs, "transforms", 2)
        check_fact("the number of transforms", len(transforms), 1)
        return Computed({"out": images.changed("keras_transform", inputs["image_5x6"], transforms[0], **options)})
    image, transforms = array(inputs, "image", 3), array(inputs, "transforms", 2)
    check_fact("the number of transforms", len(transforms), 2)
    batch = [image, images.flipped(image, True, False)]
    changed = [
        images.changed("keras_transform", one, transform, **options)
        for one, transform in zip(batch, transforms, strict=True)
    ]
    return Computed({"out": np.stack(changed)})


@operation("layers.RandomRotation", fields=("layer_call_identical",))
def _rotation(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(
        case, factor=0.0, angle_deg=NUMBER, fill_mode="reflect", interpolation="bilinear", fill_value=0.0
    )
    _check_near("angle_deg", hyper["angle_deg"], 360 * hyper["factor"])
    check_fact("layer_call_identical", case.entry.get("layer_call_identical"), True)
    return _layer(case, machine, "keras_rotation", np.array([hyper["factor"]], np.float32), hyper)


@operation("layers.RandomZoom")
def _zoom(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(
        case, height_factor=0.0, width_factor=NUMBER, height_zoom=NUMBER, width_zoom=NUMBER, fill_mode="reflect",
        interpolation="bilinear", fill_value=0.0,
    )  # fmt: skip
    vertical = hyper["height_factor"]
    horizontal = vertical if hyper["width_factor"] is None else hyper["width_factor"]
    _check_near("height_zoom", hyper["height_zoom"], 1 + vertical)
    _check_near("width_zoom", hyper["width_zoom"], 1 + horizontal)
    return _layer(case, machine, "keras_zoom", np.array([[vertical, horizontal]], np.float32), hyper)


def _layer(case: Case, machine: Machine, function: str, numbers: np.ndarray, hyper: dict[str, Any]) -> Computed:
    """The matrix of a layer, and the image under the recorded one: its last bits decide at whole coordinates."""
    image = array(case.inputs(), "image", 3)
    height, width = image.shape[:2]
    matrix = np.array(machine.call_on_host(function, numbers, height=height, width=width).transform[0])
    recorded = case.expected().get("matrix", matrix)
    options = {name: hyper[name] for name in ("fill_mode", "interpolation", "fill_value")}
    out = Images(machine).changed("keras_transform", image, recorded, **options)
    aliases = {"matrix_tf_keras": "matrix", "out": "out_given_matrix"}
    return Computed({"matrix": matrix, "matrix_tf_keras": matrix, "out": out}, aliases=aliases)


def _check_near(what: str, stated: Any, found: float) -> None:
    """Raises CaseError where a number that was stated too, in single precision, is another."""
    if stated is not None and not math.isclose(*numbers(what, [stated, found]), rel_tol=1e-6, abs_tol=1e-6):
        raise CaseError(f"{what} must be {found:g}, as the rest of the case says; it is {shown(stated)}")
