"""The registry: which operation is replayed how.

An adapter runs one case on a machine and returns the arrays it computed under the names of those expected. What it does
not understand of a case is an error: it could change what was computed.
"""

import math
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from vision_kernels.replay.files import LARGEST_ARRAYS
from vision_kernels.replay.machine import Machine
from vision_kernels.replay.manifests import COMMON_FIELDS, Case
from vision_kernels.replay.outcomes import CaseError, OutOfScope, shown

Arrays = dict[str, np.ndarray]


@dataclass
class Computed:
    """What an adapter computed.

    Attributes:
        arrays: The results, by the names of the expected arrays.
        recorded: Results to compare with what stands in the manifest itself rather than in a file.
        left_out: Reasons why expected arrays are not computed, by their names: documented differences.
        allowances: Documented differences in the numbers of results, by their names.
        overruled: Recorded numbers that have no meaning, by the names of their arrays.
        aliases: Other names under which a tolerance hint may speak of results.
        detections: Results with a detection in each row: a class, a score and the four numbers of a box.
        also: Further results, by their names, that must agree with an expected array: those of equal ways to it.
    """

    arrays: Arrays
    recorded: Arrays = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    allowances: dict[str, tuple["Allowance", ...]] = field(default_factory=dict)
    overruled: dict[str, "Overruled"] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    detections: frozenset[str] = frozenset()
    also: dict[str, Arrays] = field(default_factory=dict)


@dataclass(frozen=True)
class Allowance:
    """A documented difference: what more is allowed, and why.

    Attributes:
        reason: The difference, in a sentence.
        absolute: What is added to the absolute tolerance.
        nonfinite_at: Where either side may be NaN or infinite alone; finite numbers must agree there as elsewhere.
    """

    reason: str
    absolute: float = 0.0
    nonfinite_at: np.ndarray | None = None


@dataclass(frozen=True)
class Overruled:
    """Numbers that a framework leaves behind without meaning, and what ours have to be instead.

    Attributes:
        reason: The difference, in a sentence.
        at: Tells of a recorded array where its numbers mean nothing.
        value: What ours are there.
    """

    reason: str
    at: Callable[[np.ndarray], np.ndarray]
    value: float | np.ndarray


Adapter = Callable[[Case, Machine], Computed]


@dataclass(frozen=True)
class Operation:
    """An operation of a framework.

    Attributes:
        run: Its adapter.
        variants: What the `variant` of a case may be; None for none.
        fields: What further fields a case may have.
    """

    run: Adapter
    variants: tuple[str | None, ...]
    fields: frozenset[str]


_OPERATIONS: dict[str, Operation] = {}


def operation(
    *names: str, variants: tuple[str | None, ...] = (None,), fields: Iterable[str] = ()
) -> Callable[[Adapter], Adapter]:
    """Registers an adapter for operations, and what their cases may say besides hyperparameters and arrays."""

    def register(adapter: Adapter) -> Adapter:
        for name in names:
            _OPERATIONS[name] = Operation(adapter, variants, frozenset(fields))
        return adapter

    return register


def adapter_of(case: Case) -> Adapter:
    """The adapter of a case's operation.

    Raises OutOfScope for an operation of the frameworks that no kernel computes, and CaseError for an unknown one, and
    for what the case says besides its hyperparameters and arrays that the operation does not know.
    """
    name = case.operation
    if name not in _OPERATIONS:
        if name in OPERATIONS_OF_THE_FRAMEWORKS:
            raise OutOfScope(f"no kernel of this package computes {name}")
        known = ", ".join(sorted(OPERATIONS_OF_THE_FRAMEWORKS | _OPERATIONS.keys()))
        raise CaseError(f"'op' must be a known operation ({known}); it is {shown(name)}")
    found = _OPERATIONS[name]
    if case.variant not in found.variants:
        variants = ", ".join(filter(None, found.variants))
        law = f"must be one of {variants}" if variants else f"must be left out for {name}"
        raise CaseError(f"'variant' {law}; it is {shown(case.variant)}")
    unknown = sorted(case.entry.keys() - COMMON_FIELDS - found.fields)
    if unknown:
        known = ", ".join(sorted(COMMON_FIELDS | found.fields))
        raise CaseError(f"a case of {name} must have only {known}; it has {shown(unknown[0])}")
    return found.run


@dataclass(frozen=True)
class Kind:
    """The kind of a hyperparameter that may also be left out or null: what it is in Python, and in words."""

    types: tuple[type, ...]
    words: str

    def has(self, value: Any) -> bool:
        """Whether a value is of the kind. Truth values are no numbers."""
        return isinstance(value, self.types) and (bool in self.types or not isinstance(value, bool))


NUMBER, STRING = Kind((int, float), "a number"), Kind((str,), "a string")
LIST, OBJECT = Kind((list, tuple), "a list"), Kind((dict,), "an object")
_KINDS = (Kind((bool,), "true or false"), NUMBER, STRING, LIST, OBJECT)
_LARGEST = sys.float_info.max


def hyperparameters(case: Case, **defaults: Any) -> dict[str, Any]:
    """The hyperparameters of a case over their defaults; None for one that has only a kind.

    Raises CaseError for one that is unknown, or of another kind than its default.
    """
    for name, value in case.hyper.items():
        if name not in defaults:
            raise CaseError(f"hyper must have only {', '.join(sorted(defaults)) or 'nothing'}; it has {shown(name)}")
        default = defaults[name]
        kind = default if isinstance(default, Kind) else next(one for one in _KINDS if one.has(default))
        if not kind.has(value) and not (value is None and kind is default):
            raise CaseError(f"{name} must be {kind.words}; it is {shown(value)}")
        if isinstance(value, int) and abs(value) > _LARGEST:
            raise CaseError(f"{name} must be a number that double precision holds; it is {shown(value)}")
    return {name: None if isinstance(value, Kind) else value for name, value in {**defaults, **case.hyper}.items()}


def check_fact(what: str, stated: Any, found: Any) -> None:
    """Raises CaseError where a case states something about itself that is not so."""
    if stated is not None and (stated != found or isinstance(stated, bool) != isinstance(found, bool)):
        raise CaseError(f"{what} must be {found}, as the rest of the case says; it is {shown(stated)}")


def numbers(name: str, value: Any) -> list[float]:
    """A list of finite numbers from the manifest. Raises CaseError if it is none."""
    if not isinstance(value, list) or not all(_is_finite(one) for one in value):
        raise CaseError(f"{name} must hold finite numbers alone; it is {shown(value)}")
    return value


def _is_finite(value: Any) -> bool:
    return type(value) in (int, float) and abs(value) <= _LARGEST


def sizes(name: str, value: Any, count: int) -> list[int]:
    """A list of sizes from the manifest. Raises CaseError if it is none, or not of `count` sizes above 0."""
    if not isinstance(value, list) or len(value) != count or not all(map(_is_size, value)):
        raise CaseError(f"{name} must be a list of {count} integers above 0, below 2^31; it is {shown(value)}")
    return value


def _is_size(value: Any) -> bool:
    return type(value) is int and 0 < value < 2**31


def check_affordable(what: str, *extents: Any) -> None:
    """Raises CaseError for a result of so many numbers that its memory cannot be meant."""
    if all(isinstance(extent, int) for extent in extents) and math.prod(extents) > LARGEST_ARRAYS // 4:
        law = f"{what} must have at most {LARGEST_ARRAYS // 4} numbers"
        raise CaseError(f"{law}; of the shape {shown(list(extents))} it has more")


def array(arrays: Arrays, name: str, rank: int | None = None) -> np.ndarray:
    """An input by its name. Raises CaseError if there is none, or if it has not `rank` axes."""
    if name not in arrays:
        raise CaseError(f"inputs must have {shown(name)}; they are {', '.join(sorted(arrays)) or 'empty'}")
    found = arrays[name]
    if rank is not None and found.ndim != rank:
        raise CaseError(f"{name} must have {rank} axes; its shape is {list(found.shape)}")
    return found


# Operations that cases may speak of although not every version of this package computes them.
OPERATIONS_OF_THE_FRAMEWORKS = frozenset(
    {
        "ImageRecordIter",
        "ImageRecordIter.affine",
        "ImageRecordIter.random_h/s/l",
        "SSD training head",
        "contrib.MultiBoxDetection",
        "contrib.MultiBoxPrior",
        "contrib.MultiBoxTarget",
        "contrib.box_iou",
        "contrib.box_nms",
        "image.BrightnessJitterAug",
        "image.ContrastJitterAug",
        "image.HorizontalFlipAug",
        "image.HueJitterAug",
        "image.SaturationJitterAug",
        "image.center_crop",
        "image.color_normalize",
        "image.fixed_crop",
        "image.flip",
        "image.imresize",
        "image.resize",
        "image.resize_short",
        "layers.RandomRotation",
        "layers.RandomZoom",
        "metric.Accuracy",
        "metric.Accuracy+TopKAccuracy",
        "metric.TopKAccuracy",
        "metrics",
        "metrics.AUC",
        "metrics.BinaryAccuracy+Precision+Recall+AUC",
        "metrics.CategoricalAccuracy",
        "metrics.Precision",
        "nd.image.to_tensor + normalize",
        "raw_ops.ImageProjectiveTransformV3",
    }
)
