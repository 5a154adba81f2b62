"""The registry: which operation is replayed how.

An adapter runs one case on a machine and returns the arrays it computed under the names of those expected.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from vision_kernels.replay.machine import Machine
from vision_kernels.replay.manifests import Case
from vision_kernels.replay.outcomes import CaseError, OutOfScope

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
    """

    arrays: Arrays
    recorded: Arrays = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    allowances: dict[str, tuple["Allowance", ...]] = field(default_factory=dict)
    overruled: dict[str, "Overruled"] = field(default_factory=dict)


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
_ADAPTERS: dict[str, Adapter] = {}


def operation(*names: str) -> Callable[[Adapter], Adapter]:
    """Registers an adapter for operations."""

    def register(adapter: Adapter) -> Adapter:
        for name in names:
            _ADAPTERS[name] = adapter
        return adapter

    return register


def adapter_of(name: str) -> Adapter:
    """The adapter of an operation.

    Raises OutOfScope for an operation of the frameworks that no kernel computes, and CaseError for an unknown one.
    """
    if name in _ADAPTERS:
        return _ADAPTERS[name]
    if name in OPERATIONS_OF_THE_FRAMEWORKS:
        raise OutOfScope(f"no kernel of this package computes {name}")
    known = ", ".join(sorted(OPERATIONS_OF_THE_FRAMEWORKS | _ADAPTERS.keys()))
    raise CaseError(f"'op' must be a known operation ({known}); it is {name!r}")


def hyperparameters(case: Case, **defaults: Any) -> dict[str, Any]:
    """The hyperparameters of a case over their defaults. Raises CaseError for one that is unknown."""
    for name in case.hyper:
        if name not in defaults:
            raise CaseError(f"hyper must have only {', '.join(sorted(defaults))}; it has {name!r}")
    return {**defaults, **case.hyper}


def array(arrays: Arrays, name: str) -> np.ndarray:
    """An input by its name. Raises CaseError if there is none."""
    if name not in arrays:
        raise CaseError(f"inputs must have {name!r}; they are {', '.join(sorted(arrays)) or 'empty'}")
    return arrays[name]


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
