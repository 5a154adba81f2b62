"""The golden images, run through the oracle."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from tests.kernels.oracle import image_places as places
from tests.kernels.oracle import images
from tests.kernels.oracle.golden import Case, Compared, arrays_of

Arrays = dict[str, np.ndarray]
INTERPOLATIONS = ("nearest", "bilinear", "cubic", "area", "lanczos4")


class Size(NamedTuple):
    height: int
    width: int


def run_image(case: Case) -> Iterator[Compared]:
    """All recorded images of a case beside those of the oracle."""
    ours = RUNS[case["op"]](arrays_of(case, "inputs"), case["hyper"], case)
    for name, recorded in arrays_of(case, "expected").items():
        yield Compared(name, np.asarray(ours[name]), recorded)


def _opencv(image: np.ndarray, new: Size, number: int) -> np.ndarray:
    if number == 9:
        grows, shrinks = (
            all(test(*pair) for pair in zip(new, image.shape[:2], strict=True)) for test in (int.__gt__, int.__lt__)
        )
        number = 2 if grows else 3 if shrinks else 1
    return images.opencv_resize(image, *new, INTERPOLATIONS[number])


def _short(image: np.ndarray, size: int) -> Size:
    h, w = image.shape[:2]
    return Size(size * h // w, size) if h > w else Size(size, size * w // h)


def _resize_short(inputs: Arrays, hyper: dict[str, Any], _: Case) -> Arrays:
    return {"out": _opencv(inputs["image"], _short(inputs["image"], hyper["size"]), hyper["interp"])}


def _imresize(inputs: Arrays, hyper: dict[str, Any], _: Case) -> Arrays:
    return {"out": _opencv(inputs["image"], Size(hyper["h"], hyper["w"]), hyper["interp"])}


def _center_crop(inputs: Arrays, hyper: dict[str, Any], _: Case) -> Arrays:
    (width, height), image = hyper["size_wh"], inputs["image"]
    h, w = image.shape[:2]
    window_w, window_h = width, height
    if h < window_h:
        window_w, window_h = float(window_w * h) / window_h, h
    if w < window_w:
        window_w, window_h = w, float(window_h * w) / window_w
    window_w, window_h = int(window_w), int(window_h)
    x, y = int((w - window_w) / 2), int((h - window_h) / 2)
    window = image[y : y + window_h, x : x + window_w]
    return {
        "out": _opencv(window, Size(height, width), hyper["interp"]),
        "rect_xywh": np.array([x, y, window_w, window_h]),
    }


def _fixed_crop(inputs: Arrays, hyper: dict[str, Any], _: Case) -> Arrays:
    x, y = hyper["x0"], hyper["y0"]
    window = inputs["image"][y : y + hyper["h"], x : x + hyper["w"]]
    new = hyper["size_wh"]
    return {"out": window if new is None else _opencv(window, Size(new[1], new[0]), hyper["interp"])}


def _mxnet_flip(inputs: Arrays, hyper: dict[str, Any], _: Case) -> Arrays:
    left_right = images.flip(inputs["image"], True, False)
    up_down = images.flip(inputs["image"], False, True)
    return {"out": left_right, "out_nd_flip_left_right": left_right, "out_nd_flip_top_bottom": up_down}


def _flip(inputs: Arrays, hyper: dict[str, Any], _: Case) -> Arrays:
    given = inputs["image"]
    sides = {"left_right": (True, False), "up_down": (False, True), "both": (True, True)}
    return {name: images.flip(given, *side) for name, side in sides.items()}


def _jitter(inputs: Arrays, hyper: dict[str, Any], case: Case) -> Arrays:
    number = ["Hue", "Saturation", "Contrast", "Brightness"].index(
        case["op"].removeprefix("image.").removesuffix("JitterAug")
    )
    amount = np.zeros(4)
    amount[number] = hyper["alpha_drawn"] - (1 if number else 0)
    return {"out": images.jitter_color(inputs["image"], amount)}


def _color_normalize(inputs: Arrays, hyper: dict[str, Any], _: Case) -> Arrays:
    return {"out": images.normalize(inputs["image"], np.array(hyper["mean"]), np.array(hyper["std"]))}


def _to_tensor(inputs: Arrays, hyper: dict[str, Any], _: Case) -> Arrays:
    out = images.normalize(inputs["image"], np.array(hyper["mean"]), np.array(hyper["std"]), 1 / 255)
    return {"out": out.transpose(2, 0, 1)}


def _read(image: np.ndarray, hyper: dict[str, Any]) -> np.ndarray:
    """One image as the record reader makes it ready."""
    _, height, width = hyper["data_shape"]
    if hyper["resize"] > 0:
        image = _opencv(image, _short(image, hyper["resize"]), hyper["inter_method"])
    return _centred(image, height, width, hyper["inter_method"])


def _centred(image: np.ndarray, height: int, width: int, number: int) -> np.ndarray:
    rows, columns = image.shape[:2]
    new = Size(rows, columns)
    if new.height < height:
        new = Size(height, int(height / rows * columns))
    if new.width < width:
        new = Size(int(width / new.width * new.height), width)
    if new != (rows, columns):
        image = _opencv(image, new, number)
    corner = (image.shape[0] - height) // 2, (image.shape[1] - width) // 2
    return images.crop(image, corner, height, width)


def _record_reader(inputs: Arrays, hyper: dict[str, Any], _: Case) -> Arrays:
    read = [images.flip(_read(image, hyper), hyper["mirror"], False) for image in inputs.values()]
    return {"out": np.stack(read)}


def _three(image: np.ndarray) -> list[np.ndarray]:
    """The images behind a recorded batch."""
    return [np.ascontiguousarray(each) for each in (image, image[::-1], image[:, ::-1])]


def _hsl(inputs: Arrays, hyper: dict[str, Any], _: Case) -> Arrays:
    pairs = zip(_three(inputs["image"]), inputs["delta_hsl"], strict=True)
    return {"out": np.stack([images.jitter_hsl(image, shift) for image, shift in pairs])}


def _affine(inputs: Arrays, hyper: dict[str, Any], _: Case) -> Arrays:
    image, out = inputs["image"], []
    height, width = image.shape[:2]
    for matrix, (new_width, new_height) in zip(inputs["M_forward"], hyper["warp_size_wh"], strict=True):
        interpolation = INTERPOLATIONS[hyper["inter_method"]]
        warped = places.warp_affine(image, matrix, new_height, new_width, interpolation, hyper["fill_value"])
        out.append(_centred(warped, height, width, hyper["inter_method"]))
    return {"out": np.stack(out)}


def _transform(inputs: Arrays, hyper: dict[str, Any], _: Case) -> Arrays:
    image = inputs["image"] if "image" in inputs else inputs["image_5x6"]
    options = {
        "interpolation": hyper.get("interpolation", "BILINEAR").lower(),
        "fill_mode": hyper["fill_mode"].lower(),
        "fill_value": hyper["fill_value"],
    }
    sources = [image, image[:, ::-1]]
    out = [places.transform(sources[i], numbers, **options) for i, numbers in enumerate(inputs["transforms"])]
    return {"out": np.stack(out) if "image" in inputs else out[0]}


def _layer(inputs: Arrays, hyper: dict[str, Any], case: Case) -> Arrays:
    """A layer of Keras; the image is transformed with the recorded matrix, whose last bits decide at whole numbers."""
    image = inputs["image"]
    size = image.shape[:2]
    if "factor" in hyper:
        matrix = places.rotation(hyper["factor"], *size)
    else:
        vertical = hyper["height_factor"]
        horizontal = vertical if hyper["width_factor"] is None else hyper["width_factor"]
        matrix = places.zoom(vertical, horizontal, *size)
    options = {name: hyper[name] for name in ("interpolation", "fill_mode", "fill_value") if name in hyper}
    recorded = arrays_of(case, "expected")["matrix"]
    return {"matrix": matrix, "matrix_tf_keras": matrix, "out": places.transform(image, recorded, **options)}


def _resize(inputs: Arrays, hyper: dict[str, Any], case: Case) -> Arrays:
    if "image_5x6" in inputs:
        return _resize_edges(inputs["image_5x6"], hyper["method"])
    image = inputs["image"]
    pictures = image if image.ndim == 4 else image[None]
    out = {}
    for name in case["expected"]:
        antialias = name.endswith("antialias")
        found = np.stack([images.resize(each, *hyper["size_hw"], hyper["method"], antialias) for each in pictures])
        out[name] = found.reshape(image.shape[:-3] + found.shape[1:])
    return out


def _resize_edges(image: np.ndarray, method: str) -> Arrays:
    return {
        "from_1x1_to_3x4": images.resize(np.full((1, 1, 3), 200, np.uint8), 3, 4, method),
        "to_1x1": images.resize(image, 1, 1, method),
        "to_1x1_antialias": images.resize(image, 1, 1, method, True),
        "same_size": images.resize(image, 5, 6, method),
        "same_size_antialias": images.resize(image, 5, 6, method, True),
        "same_rows_only": images.resize(image, 5, 9, method),
        "two_x": images.resize(image, 10, 12, method),
    }


RUNS: dict[str, Callable[[Arrays, dict[str, Any], Case], Arrays]] = {
    "image.resize": _resize,
    "image.resize_short": _resize_short,
    "image.imresize": _imresize,
    "image.center_crop": _center_crop,
    "image.fixed_crop": _fixed_crop,
    "image.HorizontalFlipAug": _mxnet_flip,
    "image.flip": _flip,
    "image.HueJitterAug": _jitter,
    "image.SaturationJitterAug": _jitter,
    "image.ContrastJitterAug": _jitter,
    "image.BrightnessJitterAug": _jitter,
    "image.color_normalize": _color_normalize,
    "nd.image.to_tensor + normalize": _to_tensor,
    "ImageRecordIter": _record_reader,
    "ImageRecordIter.random_h/s/l": _hsl,
    "ImageRecordIter.affine": _affine,
    "layers.RandomRotation": _layer,
    "layers.RandomZoom": _layer,
    "raw_ops.ImageProjectiveTransformV3": _transform,
}
