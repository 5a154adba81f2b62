"""How large MXNet makes images and where it cuts them: `image.resize_short`, `image.center_crop`, `ImageRecordIter`.

Sizes are rows before columns. All divisions are those of MXNet 1.9.1, whole numbers where it has whole numbers.
"""

from typing import NamedTuple


class Size(NamedTuple):
    """Size of an image or of a part of one, in pixels."""

    height: int
    width: int


class Window(NamedTuple):
    """Part of an image: its first row and column, and its size."""

    row: int
    column: int
    size: Size


# The numbers by which MXNet knows interpolations.
INTERPOLATIONS = ("nearest", "bilinear", "cubic", "area", "lanczos4")
AUTOMATIC = 9


def interpolation_of(number: int, old: Size, new: Size) -> str:
    """Name of an interpolation of MXNet by its number, 0 to 4 or 9.

    9 takes cubic where an image grows in both directions, area where it shrinks in both, and bilinear otherwise.
    Raises ValueError for any other number.
    """
    if number == AUTOMATIC:
        grows = new.height > old.height and new.width > old.width
        shrinks = new.height < old.height and new.width < old.width
        return "cubic" if grows else "area" if shrinks else "bilinear"
    if not 0 <= number < len(INTERPOLATIONS):
        raise ValueError(f"an interpolation of MXNet must be 0 to 4 or 9; it is {number}")
    return INTERPOLATIONS[number]


def with_short_side(old: Size, length: int) -> Size:
    """The size with a shorter side of `length`; the longer side follows in proportion, rounded down."""
    if old.height > old.width:
        return Size(length * old.height // old.width, length)
    return Size(length, length * old.width // old.height)


def large_enough(old: Size, least: Size) -> Size:
    """The size to which the record reader enlarges an image before it cuts out `least`: rows first, then columns."""
    new = old
    if new.height < least.height:
        new = Size(least.height, int(least.height / new.height * new.width))
    if new.width < least.width:
        new = Size(int(least.width / new.width * new.height), least.width)
    return new


def centred(old: Size, window: Size) -> Window:
    """A window in the middle of an image, as the record reader has it: offsets are rounded down."""
    return Window((old.height - window.height) // 2, (old.width - window.width) // 2, window)


def fitting_centre(old: Size, wanted: Size) -> Window:
    """The window that `image.center_crop` cuts out, to be resized to `wanted`: scaled down until it fits."""
    height, width = float(wanted.height), float(wanted.width)
    if old.height < height:
        height, width = float(old.height), width * old.height / height
    if old.width < width:
        height, width = height * old.width / width, float(old.width)
    size = Size(int(height), int(width))
    return Window(int((old.height - size.height) / 2), int((old.width - size.width) / 2), size)
