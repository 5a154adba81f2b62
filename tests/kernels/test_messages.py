"""What is said of a mistake: the function, the argument and its place, what would be right, and what to do."""

import numbers
from typing import Any

import numpy as np
import pytest
import vision_kernels
from vision_kernels.transforms import Collation, KerasAugmentation, MxnetAugmentation, Normalization

IMAGE = np.zeros((5, 6, 3), np.uint8)
ONE = np.ones(2, np.float32)


def same(images: Any, indices: Any, epoch: int) -> Any:
    return images


REFUSED: dict[str, tuple[Any, type[Exception], str]] = {
    "a window beyond an image": (
        lambda: vision_kernels.crop([IMAGE, IMAGE[:2].copy()], np.zeros((2, 2), np.int32), height=4, width=6),
        ValueError,
        "crop: a window must fit into each image; height is 4, h of image[1] is 2, width is 6, w of image[1] is 6",
    ),
    "an array with gaps": (
        lambda: vision_kernels.smooth_l1(np.ones((4, 2), np.float32)[:, 0]),
        ValueError,
        "smooth_l1: difference must be contiguous, in C order; it has the shape (4,) and the strides (2,): "
        "`np.ascontiguousarray` makes a copy that is",
    ),
    "a structured dtype": (
        lambda: vision_kernels.flip([np.zeros((2, 2, 3), [("x", "f4")])], np.zeros((1, 2), np.uint8)),
        TypeError,
        "flip: image[0] must be an array that its library hands over as it is; it is of the type ndarray and of the "
        "dtype [('x', '<f4')]",
    ),
    "a dtype that no result has": (
        lambda: vision_kernels.flip([IMAGE.astype("datetime64[s]")], np.zeros((1, 2), np.uint8)),
        TypeError,
        "flip: image[0] must be an array that its library hands over as it is; it is of the type ndarray and of the "
        "dtype datetime64[s]",
    ),
    "a list as a choice": (
        lambda: vision_kernels.resize([IMAGE], height=2, width=2, method=[]),  # type: ignore[arg-type]
        TypeError,
        "resize: method must be a string; it is []",
    ),
    "a product of sizes that overflows": (
        lambda: vision_kernels.resize([IMAGE], height=2**40, width=2**40),
        ValueError,
        f"resize: resized must fit into memory; its shape would be ({2**40}, {2**40}, 3)",
    ),
    "more numbers than memory": (
        lambda: vision_kernels.random_uniform(seed=1, length=2**52),
        MemoryError,
        f"random_uniform: number must fit into memory; its shape would be ({2**52},)",
    ),
    "a dispatch by an array": (
        lambda: vision_kernels.image_classification_step(np.zeros(100)),  # type: ignore[arg-type]
        ValueError,
        "image_classification_step: the value must be one of 'sgd', 'adam', 'rmsprop', 'nag' (hyperparameter "
        f"image-classification/optimizer); it is {' '.join(repr(np.zeros(100)).split())[:80]}...",
    ),
    "a description of no name": (
        lambda: vision_kernels.describe([]),  # type: ignore[arg-type]
        TypeError,
        "describe: the name of a function must be a string; it is of the type list",
    ),
    "hazards of a list that is too short": (
        lambda: vision_kernels.hazards("mxnet_detect", clip=False, variances=[]),
        TypeError,
        "mxnet_detect: variances must be of type list, of 4 items of type number; it is []",
    ),
    "hazards of a list of texts": (
        lambda: vision_kernels.hazards("mxnet_detect", clip=False, variances=["a"] * 4),
        TypeError,
        "mxnet_detect: variances must be of type list, of 4 items of type number; it is ['a', 'a', 'a', 'a']",
    ),
    "no images to normalise": (
        lambda: Normalization()([]),
        ValueError,
        "Normalization: a list must hold an image, whose size is that of all; it is []",
    ),
    "no array to normalise": (
        lambda: Normalization()(None),
        TypeError,
        "Normalization: a batch must be an array or a list of images; it is None",
    ),
    "one image to normalise": (
        lambda: Normalization()(IMAGE),
        ValueError,
        "Normalization: a batch must be [n, rows, columns, channels]; its shape is [5, 6, 3]",
    ),
    "images of other channels": (
        lambda: Normalization()([IMAGE[:, :, :1].copy()]),
        ValueError,
        "Normalization: images[0] must have 3 channels, as mean has; it has 1",
    ),
    "no mean": (
        lambda: Normalization(mean=None),  # type: ignore[arg-type]
        ValueError,
        "Normalization: mean must hold a number for each channel; it is None",
    ),
    "a mean of texts": (
        lambda: Normalization(mean=("1", "2")),  # type: ignore[arg-type]
        TypeError,
        "Normalization: mean[0] must be a number; it is '1'",
    ),
    "a mean beyond single precision": (
        lambda: Normalization(mean=(1e39,)),
        ValueError,
        "Normalization: mean must be finite in single precision; it is (1e+39,)",
    ),
    "an order that is neither": (
        lambda: Normalization(channels_first="no"),  # type: ignore[arg-type]
        TypeError,
        "Normalization: channels_first must be True or False; it is 'no'",
    ),
    "a scale that is none": (
        lambda: Normalization(scale="1"),  # type: ignore[arg-type]
        TypeError,
        "Normalization: scale must be a number; it is '1'",
    ),
    "no samples": (lambda: Collation(same)([]), ValueError, "Collation: a batch must have a sample; it has none"),
    "a sample without an image": (
        lambda: Collation(same)([(3,)]),
        ValueError,
        "Collation: samples[0] must hold an index, an image and what else there is; it is (3,)",
    ),
    "samples of other parts": (
        lambda: Collation(same)([(1, IMAGE), (2, IMAGE, "label")]),
        ValueError,
        "Collation: samples[1] must have 2 parts like samples[0]; it has 3",
    ),
    "a seed that is too large": (
        lambda: MxnetAugmentation(seed=2**63),
        ValueError,
        f"MxnetAugmentation: seed must be at most {2**53 - 1}; it is {2**63}",
    ),
    "an index that is too large": (
        lambda: MxnetAugmentation((3, 2, 2))([IMAGE], [2**48]),
        ValueError,
        f"MxnetAugmentation: indices[0] must be at most {2**48 - 1}; it is {2**48}",
    ),
    "an epoch that is too large": (
        lambda: KerasAugmentation()([IMAGE], [0], 2**53),
        ValueError,
        f"KerasAugmentation: epoch must be at most {2**53 - 1}; it is {2**53}",
    ),
    "a list as a kind of flip": (
        lambda: KerasAugmentation([]),  # type: ignore[arg-type]
        ValueError,
        "KerasAugmentation: random_flip must be 'horizontal_and_vertical', 'horizontal', 'vertical' or 'None'; it is []",
    ),
    "a text as a share": (
        lambda: KerasAugmentation(random_zoom="0.1"),  # type: ignore[arg-type]
        TypeError,
        "KerasAugmentation: random_zoom must be a number; it is '0.1'",
    ),
    "an array as a kind of augmentation": (
        lambda: MxnetAugmentation(augmentation_type=np.zeros(2)),  # type: ignore[arg-type]
        ValueError,
        "MxnetAugmentation: augmentation_type must be 'crop', 'crop_color', 'crop_color_transform' or None; it is "
        "array([0., 0.])",
    ),
    "no shape": (
        lambda: MxnetAugmentation(3),  # type: ignore[arg-type]
        ValueError,
        "MxnetAugmentation: image_shape must hold channels, rows and columns; it is 3",
    ),
    "no list of images": (
        lambda: MxnetAugmentation()(None, []),  # type: ignore[arg-type]
        TypeError,
        "MxnetAugmentation: images must be a list; it is of the type NoneType",
    ),
    "no list of indices": (
        lambda: KerasAugmentation()([IMAGE], 3),  # type: ignore[arg-type]
        TypeError,
        "KerasAugmentation: indices must be a list; it is of the type int",
    ),
}


@pytest.mark.parametrize("mistake", REFUSED)
def test_a_mistake_is_named_with_its_place(mistake: str) -> None:
    call, error, text = REFUSED[mistake]
    with pytest.raises(error) as told:
        call()
    assert str(told.value) == text


def test_the_nearest_functions_are_told_of_a_name_that_is_none() -> None:
    with pytest.raises(vision_kernels.UnknownFunctionError) as told:
        vision_kernels.describe("adam_step")
    said = str(told.value)
    assert said.startswith("there is no kernel function 'adam_step'; the nearest are ")
    assert "keras_adam_step" in said and said.count("_step") == 4
    with pytest.raises(vision_kernels.UnknownFunctionError) as told:
        vision_kernels.describe("unknown" * 1000)
    assert len(str(told.value)) < 300


def test_the_largest_seed_and_index_are_taken() -> None:
    augment = MxnetAugmentation((3, 2, 2), augmentation_type="crop", seed=2**53 - 1)
    assert augment([IMAGE], [2**48 - 1], 2**53 - 1).shape == (1, 2, 2, 3)


class Stopping:
    """A number whose library is interrupted while it converts it."""

    def __float__(self) -> float:
        raise KeyboardInterrupt


def test_an_interrupt_within_a_scalar_reaches_the_caller() -> None:
    numbers.Real.register(Stopping)
    with pytest.raises(KeyboardInterrupt):
        vision_kernels.smooth_l1(ONE, sigma=Stopping())  # type: ignore[arg-type]


class Interrupting:
    """An array of another library, which is interrupted while it hands over its memory."""

    def __dlpack__(self, **options: Any) -> Any:
        raise KeyboardInterrupt


def test_an_interrupt_within_another_library_reaches_the_caller() -> None:
    with pytest.raises(KeyboardInterrupt):
        vision_kernels.mxnet_sgd_step([ONE.copy()], [Interrupting()], momentum=0.0)


def test_a_choice_is_described_in_lists_too() -> None:
    (variances,) = [one for one in vision_kernels.describe("mxnet_detect").scalars if one.name == "variances"]
    assert (variances.items, variances.fields) == ("number", ("x", "y", "width", "height"))
    assert (variances.lower, variances.lower_open, variances.upper) == (0, True, float(np.finfo(np.float32).max))
