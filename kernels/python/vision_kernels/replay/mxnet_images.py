"""Images of MXNet: its Python augmenters and its record reader."""

from typing import Any

import numpy as np

from vision_kernels.image_sizes import (
    Size,
    centred,
    fitting_centre,
    interpolation_of,
    large_enough,
    with_short_side,
)
from vision_kernels.replay.adapters import (
    LIST,
    Computed,
    Overruled,
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
from vision_kernels.replay.mxnet_draws import AFFINE_RANGES, COLOUR_RANGES, check_maps, check_shifts
from vision_kernels.replay.outcomes import CaseError, shown


class Images:
    """Calls on single images of a case."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def resized(self, image: np.ndarray, new: Size, number: int) -> np.ndarray:
        """The image under an interpolation of MXNet's."""
        check_affordable("image", new.height, new.width, 4)
        name = _interpolation(number, _size(image), new)
        options = {"height": new.height, "width": new.width, "interpolation": name}
        return self._get(self._machine.call("opencv_resize", [self._put(image)], **options).resized)

    def cut(self, image: np.ndarray, row: int, column: int, size: Size) -> np.ndarray:
        """A window of the image."""
        if not all(type(one) is int and 0 <= one < 2**31 for one in (row, column)):
            raise CaseError(f"a window must begin at a row and a column from 0; it is {shown([row, column])}")
        check_affordable("image", size.height, size.width, 4)
        corner = self._put(np.array([[row, column]], np.int32))
        options = {"height": size.height, "width": size.width}
        return self._get(self._machine.call("crop", [self._put(image)], corner, **options).cropped)

    def flipped(self, image: np.ndarray, left_right: bool, up_down: bool) -> np.ndarray:
        """The image mirrored."""
        direction = self._put(np.array([[left_right, up_down]], np.uint8))
        return self._get(self._machine.call("flip", [self._put(image)], direction).flipped)

    def changed(self, function: str, image: np.ndarray, numbers: np.ndarray, **options: Any) -> np.ndarray:
        """The image under a function that takes numbers for each image."""
        result = self._machine.call(function, [self._put(image)], self._put(numbers[None]), **options)
        return self._get(result[0])

    def normalized(self, function: str, image: np.ndarray, hyper: dict[str, Any], scale: float) -> np.ndarray:
        """The image less the mean, as a share of the standard deviation."""
        given = [self._put(np.array(numbers(name, hyper[name]), np.float32)) for name in ("mean", "std")]
        return self._get(self._machine.call(function, [self._put(image)], *given, scale=scale).normalized)

    def centre(self, image: np.ndarray, size: Size, number: int) -> np.ndarray:
        """The middle of the image as the record reader cuts it out, enlarged if need be."""
        enlarged = large_enough(_size(image), size)
        if enlarged != _size(image):
            image = self.resized(image, enlarged, number)
        window = centred(_size(image), size)
        return self.cut(image, window.row, window.column, size)

    def _put(self, given: np.ndarray) -> Any:
        return self._machine.put(given)

    def _get(self, results: Any) -> np.ndarray:
        return self._machine.get(results[0])


def _size(image: np.ndarray) -> Size:
    """The size of an image. Raises CaseError if the array is none."""
    if image.ndim != 3 or 0 in image.shape:
        raise CaseError(f"an image must have rows, columns and channels; its shape is {list(image.shape)}")
    return Size(image.shape[0], image.shape[1])


def _interpolation(number: Any, old: Size, new: Size) -> str:
    if type(number) is not int:
        raise CaseError(f"an interpolation of MXNet must be an integer; it is {shown(number)}")
    try:
        return interpolation_of(number, old, new)
    except ValueError as problem:
        raise CaseError(str(problem)) from problem


def _wanted(hyper: dict[str, Any]) -> Size:
    width, height = sizes("size_wh", hyper["size_wh"], 2)
    return Size(height, width)


@operation("image.resize_short")
def _resize_short(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, size=0, interp=1)
    image, (length,) = array(case.inputs(), "image"), sizes("size", [hyper["size"]], 1)
    return Computed({"out": Images(machine).resized(image, with_short_side(_size(image), length), hyper["interp"])})


@operation("image.imresize")
def _imresize(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, w=0, h=0, interp=1)
    image, (height, width) = array(case.inputs(), "image"), sizes("h and w", [hyper["h"], hyper["w"]], 2)
    return Computed({"out": Images(machine).resized(image, Size(height, width), hyper["interp"])})


@operation("image.center_crop")
def _center_crop(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, size_wh=[0, 0], interp=1)
    image, images, wanted = array(case.inputs(), "image"), Images(machine), _wanted(hyper)
    row, column, size = fitting_centre(_size(image), wanted)
    out = images.cut(image, row, column, size)
    _interpolation(hyper["interp"], size, wanted)  # which need not be used
    if size != wanted:
        out = images.resized(out, wanted, hyper["interp"])
    return Computed({"out": out, "rect_xywh": np.array([column, row, size.width, size.height], np.int32)})


@operation("image.fixed_crop")
def _fixed_crop(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, x0=0, y0=0, w=0, h=0, size_wh=LIST, interp=1)
    images = Images(machine)
    out = images.cut(array(case.inputs(), "image"), hyper["y0"], hyper["x0"], Size(hyper["h"], hyper["w"]))
    if hyper["size_wh"] is not None:
        out = images.resized(out, _wanted(hyper), hyper["interp"])
    return Computed({"out": out})


@operation("image.HorizontalFlipAug")
def _horizontal_flip(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, p=0.5)
    if hyper["p"] != 1:
        raise CaseError(f"p must be 1, so that nothing is random; it is {hyper['p']}")
    image, images = array(case.inputs(), "image"), Images(machine)
    left_right, up_down = images.flipped(image, True, False), images.flipped(image, False, True)
    computed = Computed({"out": left_right, "out_nd_flip_left_right": left_right, "out_nd_flip_top_bottom": up_down})
    if image.shape[0] % 2:
        computed.overruled["out_nd_flip_top_bottom"] = _middle_row_of(image)
    return computed


def _middle_row_of(image: np.ndarray) -> Overruled:
    def is_middle(recorded: np.ndarray) -> np.ndarray:
        rows = np.zeros(recorded.shape, bool)
        rows[len(rows) // 2] = True
        return rows

    reason = "MXNet's flip_top_bottom does not write the middle one of an odd number of rows; ours stays as it is"
    return Overruled(reason, is_middle, image)


# Places of the augmenters' amounts, and what of the recorded number is the amount.
_JITTERS = {"Hue": (0, 0.0), "Saturation": (1, 1.0), "Contrast": (2, 1.0), "Brightness": (3, 1.0)}


@operation(*(f"image.{name}JitterAug" for name in _JITTERS))
def _jitter(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, range=0.0, alpha_drawn=1.0)
    place, neutral = _JITTERS[case.operation.removeprefix("image.").removesuffix("JitterAug")]
    amount = np.zeros(4, np.float32)
    amount[place] = hyper["alpha_drawn"] - neutral
    return Computed({"out": Images(machine).changed("mxnet_jitter_color", array(case.inputs(), "image"), amount)})


@operation("image.color_normalize")
def _color_normalize(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, mean=[0.0], std=[1.0])
    return Computed({"out": Images(machine).normalized("normalize", array(case.inputs(), "image"), hyper, 1.0)})


@operation("nd.image.to_tensor + normalize")
def _to_tensor(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, mean=[0.0], std=[1.0])
    image = array(case.inputs(), "image")
    return Computed({"out": Images(machine).normalized("normalize_channels_first", image, hyper, 1 / 255)})


@operation("ImageRecordIter")
def _record_reader(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, resize=-1, data_shape=[3, 1, 1], inter_method=1, mirror=False)
    images, read, shape = Images(machine), [], sizes("data_shape", hyper["data_shape"], 3)
    inputs = case.inputs()
    for image in [inputs[name] for name in inputs if name.startswith("image")]:
        _size(image)
        check_fact("the number of channels in data_shape", shape[0], image.shape[2])
        if hyper["resize"] > 0:
            (length,) = sizes("resize", [hyper["resize"]], 1)
            image = images.resized(image, with_short_side(_size(image), length), hyper["inter_method"])
        out = images.centre(image, Size(*shape[1:]), hyper["inter_method"])
        read.append(images.flipped(out, hyper["mirror"], False))
    return Computed({"out": _batch(read)})


def _batch(images: list[np.ndarray]) -> np.ndarray:
    if not images:
        raise CaseError("inputs must have an image, and numbers for each sample; they have none")
    return np.stack(images)


@operation("ImageRecordIter.random_h/s/l")
def _random_hsl(case: Case, machine: Machine) -> Computed:
    """The samples are the image, the image upside down, and the image mirrored."""
    hyper = hyperparameters(case, **dict.fromkeys(COLOUR_RANGES, 0), seed_aug=0, drawn_hsl=LIST)
    inputs, images = case.inputs(), Images(machine)
    image = array(inputs, "image", 3)
    sides = ((False, False), (False, True), (True, False))
    samples = [images.flipped(image, left_right, up_down) for left_right, up_down in sides]
    shifts = array(inputs, "delta_hsl", 2)
    check_shifts(hyper, shifts)
    if len(shifts) > len(samples):
        raise CaseError(f"delta_hsl must have a row for each of {len(samples)} samples; it has {len(shifts)}")
    out = [images.changed("mxnet_jitter_hsl", sample, shift) for sample, shift in zip(samples, shifts, strict=False)]
    return Computed({"out": _batch(out)})


@operation("ImageRecordIter.affine")
def _affine(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, **AFFINE_RANGES, drawn=LIST, warp_size_wh=[], inter_method=1, fill_value=255)
    inputs, images = case.inputs(), Images(machine)
    image, maps, number = array(inputs, "image", 3), array(inputs, "M_forward", 3), hyper["inter_method"]
    check_fact("the number of warp_size_wh", len(hyper["warp_size_wh"]), len(maps))
    options, out = {"fill_value": hyper["fill_value"]}, []
    for matrix, size in zip(maps, hyper["warp_size_wh"], strict=True):
        options["width"], options["height"] = sizes("warp_size_wh", size, 2)
        check_affordable("image", *size, 4)
        options["interpolation"] = _interpolation(number, _size(image), Size(options["height"], options["width"]))
        warped = images.changed("opencv_warp_affine", image, matrix, **options)
        out.append(images.centre(warped, _size(image), number))
    check_maps(hyper, maps, _size(image), machine)
    return Computed({"out": _batch(out)})
