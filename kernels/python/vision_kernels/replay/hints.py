"""Tolerance hints that speak of single arrays, or of columns of one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vision_kernels.replay.outcomes import CaseError, shown
from vision_kernels.replay.tolerances import FIELDS

Hint = dict[str, Any]
_SCORES_AND_BOXES, _CLASSES = "columns_1_5", "columns_0"
_OF_DETECTIONS = (_SCORES_AND_BOXES, _CLASSES)


@dataclass(frozen=True)
class Arrays:
    """The arrays that a hint may speak of.

    Attributes:
        names: Their names.
        aliases: Other names of some of them.
        detections: Those that hold a detection in each row: a class, a score and the four numbers of a box.
    """

    names: frozenset[str]
    aliases: Mapping[str, str] = field(default_factory=dict)
    detections: frozenset[str] = frozenset()


def hint_of(hint: Hint, name: str, arrays: Arrays) -> tuple[Hint, bool]:
    """The part of a hint that holds for the array `name`, and whether its first column, the classes, is exact.

    A part may be named like an array, or like the end of its name; "others" says that the rest is exact. Parts that
    mean none of the arrays are left in, for whoever reads the hint to refuse. Raises CaseError for a part of no use.
    """
    own = {part for part in hint if part not in FIELDS and any(_is_meant(part, one, arrays) for one in arrays.names)}
    own |= hint.keys() & {"others", *(_OF_DETECTIONS if arrays.detections else ())}
    _check_exact(hint, own)
    common = {part: value for part, value in hint.items() if part not in own}
    meant = sorted((part for part in own if _is_meant(part, name, arrays)), key=len)
    if name in arrays.detections:
        meant += [_SCORES_AND_BOXES] if _SCORES_AND_BOXES in own else []
    has_exact_classes = name in arrays.detections and any(part in own for part in _OF_DETECTIONS)
    if meant:
        return {**common, **_as_hint(meant[-1], hint[meant[-1]])}, has_exact_classes
    return {"exact": True} if "others" in own else common, has_exact_classes


def _is_meant(part: str, name: str, arrays: Arrays) -> bool:
    return part in (name, arrays.aliases.get(name)) or name.endswith(f"_{part}")


def _check_exact(hint: Hint, parts: set[str]) -> None:
    for part in ("others", _CLASSES):
        if part in parts and hint[part] != "exact":
            raise CaseError(f"{part!r} of 'tolerance_hint' must be 'exact'; it is {shown(hint[part])}")


def _as_hint(part: str, value: Any) -> Hint:
    if value == "exact":
        return {"exact": True}
    if not isinstance(value, dict):
        raise CaseError(f"{part!r} of 'tolerance_hint' must be an object or 'exact'; it is {shown(value)}")
    return value
