"""Manifests and their arrays, read with care: a folder is somebody else's data."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from vision_kernels.replay.outcomes import CaseError

FORMAT = "oracle-manifest-1"


@dataclass(frozen=True)
class Case:
    """One recorded case: what was given, and what came back or was raised."""

    id: str
    operation: str
    variant: str | None
    hyper: dict[str, Any]
    entry: dict[str, Any]
    folder: Path
    files: dict[str, dict[str, np.ndarray]] = field(repr=False)

    @property
    def raised(self) -> str | None:
        """The type of the framework's exception, if it raised one."""
        raises = self.entry.get("raises")
        return None if raises is None else str(raises["type"])

    def inputs(self) -> dict[str, np.ndarray]:
        """The arrays that went in. Raises CaseError if one is missing or not as the manifest says."""
        return self._arrays("inputs")

    def expected(self) -> dict[str, np.ndarray]:
        """The arrays that came out. Raises CaseError if one is missing or not as the manifest says."""
        return self._arrays("expected")

    def _arrays(self, section: str) -> dict[str, np.ndarray]:
        return {name: self._array(section, name, place) for name, place in self.entry[section].items()}

    def _array(self, section: str, name: str, place: Any) -> np.ndarray:
        what = f"{section} {name!r}"
        if not (isinstance(place, dict) and isinstance(place.get("key"), str)):
            raise CaseError(f"{what} must be an object with a 'key'; it is {place!r}")
        arrays = self._file()
        if place["key"] not in arrays:
            raise CaseError(f"{what} must be in {self.entry['file']} under the key {place['key']!r}; it is not")
        array = arrays[place["key"]]
        found = {"shape": list(array.shape), "dtype": array.dtype.name}
        for fact, value in found.items():
            if place.get(fact, value) != value:
                raise CaseError(f"{what} must have the {fact} {place[fact]} of the manifest; it has {value}")
        return array

    def _file(self) -> dict[str, np.ndarray]:
        name = self.entry.get("file")
        if not isinstance(name, str) or Path(name).name != name:
            raise CaseError(f"'file' must name a file beside the manifest; it is {name!r}")
        if name not in self.files:
            self.files[name] = _loaded(self.folder / name)
        return self.files[name]


def _loaded(path: Path) -> dict[str, np.ndarray]:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return {key: arrays[key] for key in arrays.files}
    except FileNotFoundError as problem:
        raise CaseError(f"{path.name} must lie beside the manifest; there is no such file") from problem
    except Exception as problem:  # whatever zipfile, zlib, struct and NumPy's reader make of a damaged file
        fault = _first_line(problem)
        raise CaseError(f"{path.name} must be an intact .npz file without pickles; reading says: {fault}") from problem


def manifests_of(folder: Path) -> list[Path]:
    """The manifests of a folder."""
    return sorted(folder.glob("manifest*.json"))


def cases_of(manifest: Path, files: dict[str, dict[str, np.ndarray]]) -> Iterator[Case | tuple[str, str, str]]:
    """The cases of a manifest; for one that cannot be read, its id, its operation and what is wrong with it.

    Raises CaseError if the manifest as a whole cannot be read.
    """
    for number, entry in enumerate(_entries(manifest)):
        known = entry if isinstance(entry, dict) else {}
        name, operation = str(known.get("id", f"{manifest.name} case {number}")), str(known.get("op", ""))
        problem = _problem(entry)
        if problem:
            yield name, operation, problem
        else:
            yield Case(name, operation, entry.get("variant"), entry["hyper"], entry, manifest.parent, files)


def _entries(manifest: Path) -> list[Any]:
    try:
        told = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as problem:
        raise CaseError(f"a manifest must be a JSON text; {_first_line(problem)}") from problem
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise CaseError(f"a manifest must have the format {FORMAT!r}")
    if not isinstance(told.get("cases"), list):
        raise CaseError("a manifest must have a list of 'cases'")
    return list(told["cases"])


_SECTIONS = {"id": str, "op": str, "hyper": dict, "inputs": dict, "expected": dict}


def _problem(entry: Any) -> str:
    if not isinstance(entry, dict):
        return "a case must be a JSON object"
    for name, kind in _SECTIONS.items():
        if not isinstance(entry.get(name), kind):
            return f"{name!r} must be {'an object' if kind is dict else 'a string'}; it is {entry.get(name)!r}"
    if not isinstance(entry.get("variant", ""), str):
        return f"'variant' must be a string; it is {entry['variant']!r}"
    if not isinstance(entry.get("tolerance_hint", {}), dict):
        return f"'tolerance_hint' must be an object; it is {entry['tolerance_hint']!r}"
    raises = entry.get("raises")
    if raises is not None and not (isinstance(raises, dict) and isinstance(raises.get("type"), str)):
        return f"'raises' must be an object with a 'type'; it is {raises!r}"
    if raises is None and not entry["expected"]:
        return "a case must expect an array or an exception; it expects nothing"
    return ""


def _first_line(problem: BaseException) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0]
