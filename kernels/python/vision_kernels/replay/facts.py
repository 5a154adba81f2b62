"""What a case of a training loop says about its own arrays, which must be so."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from vision_kernels.replay.adapters import check_fact
from vision_kernels.replay.manifests import Case
from vision_kernels.replay.outcomes import CaseError, shown

KERAS_FIELDS = ("steps", "tensors", "nonfinite")
MXNET_FIELDS = (*KERAS_FIELDS, "weight_dtype", "lr_after_each_step")
_OF_TENSOR = {"tag", "size", "all_steps_kept"}


def check_facts(case: Case, weights: Mapping[str, np.ndarray]) -> None:
    """Raises CaseError where `tensors`, `weight_dtype`, `param_names` or `nonfinite` do not fit the arrays.

    `weights` are the first weights by their tags, which begin with a dot.
    """
    entry, expected = case.entry, case.expected()
    for tag, weight in weights.items():
        check_fact("weight_dtype", entry.get("weight_dtype"), weight.dtype.name)
        if "tensors" in entry:
            _check_tensor(entry["tensors"], tag, weight, expected.keys() | set())
    check_fact("the number of tensors", len(entry["tensors"]) if "tensors" in entry else None, len(weights))
    if "param_names" in entry:
        check_fact("param_names", _in_order(entry["param_names"]), sorted(tag.removeprefix(".") for tag in weights))
    steps = [array for name, array in expected.items() if name.partition(".")[0] == "w_steps"]
    if not case.raised and len(steps) == len(weights):  # all numbers were kept, to be counted again
        check_fact("nonfinite", entry.get("nonfinite"), sum(int((~np.isfinite(array)).sum()) for array in steps))


def _in_order(names: Any) -> Any:
    return sorted(names) if isinstance(names, list) and all(isinstance(name, str) for name in names) else names


def _check_tensor(tensors: Any, tag: str, weight: np.ndarray, expected: set[str]) -> None:
    if not isinstance(tensors, list) or not all(isinstance(one, dict) and set(one) <= _OF_TENSOR for one in tensors):
        raise CaseError(
            f"'tensors' must be a list of objects of {', '.join(sorted(_OF_TENSOR))}; it is {shown(tensors)}"
        )
    found = [one for one in tensors if f".{one.get('tag')}" == tag]
    if len(found) != 1:
        raise CaseError(f"'tensors' must tell once of w0{tag}; it tells {len(found)} times")
    check_fact(f"the size of {tag}", found[0].get("size"), weight.size)
    if any(name.startswith(("w_steps", "master_steps")) for name in expected):
        kept = any(f"{name}{tag}" in expected for name in ("w_steps", "master_steps"))
        check_fact(f"all_steps_kept of {tag}", found[0].get("all_steps_kept"), kept)
