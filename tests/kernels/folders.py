"""Small folders of recorded cases, and ways to damage them."""

import json
from pathlib import Path
from typing import Any

import numpy as np

RATE, MOMENTUM = np.float32(0.5), np.float32(0.5)


def sgd_case(**changes: Any) -> dict[str, Any]:
    """Two updates of three weights by MXNet's descent with momentum, reckoned by hand: all numbers are exact."""
    return {
        "id": "case",
        "group": 1,
        "op": "optimizer.sgd",
        "file": "arrays.npz",
        "hyper": {"learning_rate": 0.5, "momentum": 0.5},
        "inputs": {"w0": {"key": "case.w0"}, "grads": {"key": "case.grads"}},
        "expected": {"w_steps": {"key": "case.w_steps"}, "state_mom": {"key": "case.state_mom"}},
        "tolerance_hint": {"rtol": 1e-6, "atol": 1e-7},
        **changes,
    }


def sgd_arrays() -> dict[str, np.ndarray]:
    return {
        "case.w0": np.array([1, 2, 0], np.float32),
        "case.grads": np.array([[1, 0, 2], [0, 4, 2]], np.float32),
        "case.w_steps": np.array([[0.5, 2, -1], [0.25, 0, -2.5]], np.float32),
        "case.state_mom": np.array([-0.25, -2, -1.5], np.float32),
    }


def write(folder: Path, *cases: Any, arrays: dict[str, np.ndarray] | None = None, **head: Any) -> Path:
    """Writes the cases as a folder, with the arrays of the case of descent unless others are given."""
    folder.mkdir(exist_ok=True)
    np.savez(folder / "arrays.npz", **(sgd_arrays() if arrays is None else arrays))
    manifest = {"format": "oracle-manifest-1", "framework": "mxnet", "cases": list(cases), **head}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder
