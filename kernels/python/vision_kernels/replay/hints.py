"""Tolerance hints that speak of single arrays, or of columns of one."""

from typing import Any

Hint = dict[str, Any]
# Columns of detections: classes are whole numbers, so that what is allowed for scores and boxes tells them apart too.
_GIVEN_MATRIX = "out_given_matrix"
_COLUMNS, _CLASS_COLUMN = "columns_1_5", "columns_0"


def hint_of(hint: Hint, name: str, names: set[str]) -> Hint:
    """The part of a hint that holds for the array `name`, one of `names`.

    A part may be named like an array, or like the end of its name; "others" may say that the rest is exact. What a
    layer does to an image has two parts: for its matrices, and for the image under the recorded one.
    """
    if _GIVEN_MATRIX in hint:
        given: Hint = hint.get("matrix", {}) if name.startswith("matrix") else hint[_GIVEN_MATRIX]
        return given
    own = {part for part in hint if any(_is_meant(part, each) for each in names)} | {_COLUMNS, _CLASS_COLUMN, "others"}
    common = {part: value for part, value in hint.items() if part not in own}
    for part in own & hint.keys():
        if isinstance(hint[part], dict) and (_is_meant(part, name) or part == _COLUMNS):
            return {**common, **hint[part]}
    return {"exact": True} if hint.get("others") == "exact" else common


def _is_meant(part: str, name: str) -> bool:
    return name == part or name.endswith(f"_{part}")
