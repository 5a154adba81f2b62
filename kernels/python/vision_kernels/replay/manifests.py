"""Manifests and their cases, read with care: a folder is somebody else's data."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from vision_kernels.replay.files import Files, read_text
from vision_kernels.replay.outcomes import CaseError, first_line, shown

FORMAT = "oracle-manifest-1"
FRAMEWORKS = ("mxnet", "tensorflow")
# A case may have these fields whatever its operation is. Nothing is read from "group" and "notes".
COMMON_FIELDS = frozenset(
    {"id", "group", "op", "variant", "file", "hyper", "inputs", "expected", "raises", "tolerance_hint", "notes"}
)


class Inputs(dict[str, np.ndarray]):
    """Arrays by their names, which remember the names of those that were read."""

    def __init__(self, arrays: dict[str, np.ndarray], read: set[str]) -> None:
        super().__init__(arrays)
        self._read = read

    def __getitem__(self, name: str) -> np.ndarray:
        self._read.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        """The array of a name, else the default."""
        self._read.update({name} & self.keys())
        return super().get(name, default)

    def values(self) -> Any:
        """All arrays, which count as read."""
        self._read.update(self)
        return super().values()

    def items(self) -> Any:
        """All arrays with their names, which count as read."""
        self._read.update(self)
        return super().items()


@dataclass(frozen=True)
class Case:
    """One recorded case: what was given, and what came back or was raised.

    Attributes:
        read: Names of the inputs that were read so far.
    """

    id: str
    operation: str
    variant: str | None
    hyper: dict[str, Any]
    entry: dict[str, Any]
    files: Files = field(repr=False)
    read: set[str] = field(default_factory=set, repr=False)

    @property
    def raised(self) -> str | None:
        """The type of the framework's exception, if it raised one."""
        raises = self.entry.get("raises")
        return None if raises is None else str(raises["type"])

    @property
    def complaint(self) -> str:
        """What the framework's exception said; empty where that was not recorded."""
        message = (self.entry.get("raises") or {}).get("message") or ""
        return "\n".join(message) if isinstance(message, list) else str(message)

    def inputs(self) -> Inputs:
        """The arrays that went in. Raises CaseError if one is missing or not as the manifest says."""
        return Inputs(self._arrays("inputs"), self.read)

    def expected(self) -> dict[str, np.ndarray]:
        """The arrays that came out. Raises CaseError if one is missing or not as the manifest says."""
        return self._arrays("expected")

    def check_arrays(self) -> None:
        """Raises CaseError if an array is missing or not as the manifest says, whether anything reads it or not."""
        self._arrays("inputs")
        self._arrays("expected")

    def check_all_read(self) -> None:
        """Raises CaseError if there are inputs that nothing read: what they meant was not understood."""
        unread = sorted(self.entry["inputs"].keys() - self.read)
        if unread:
            known = ", ".join(sorted(self.read)) or "none"
            raise CaseError(
                f"inputs must be only those that {self.operation} reads, {known}; there is {shown(unread[0])}"
            )

    def _arrays(self, section: str) -> dict[str, np.ndarray]:
        return {name: self._array(section, name, place) for name, place in self.entry[section].items()}

    def _array(self, section: str, name: str, place: Any) -> np.ndarray:
        what = f"{section} {shown(name)}"
        if not (isinstance(place, dict) and isinstance(place.get("key"), str)):
            raise CaseError(f"{what} must be an object with a 'key'; it is {shown(place)}")
        file = self.entry.get("file")
        if not isinstance(file, str) or Path(file).name != file or file in ("", ".."):
            raise CaseError(f"'file' must name a file beside the manifest; it is {shown(file)}")
        array = self.files.array(file, place["key"])
        if array is None:
            raise CaseError(f"{what} must be in {file} under the key {shown(place['key'])}; it is not")
        found: dict[str, Any] = {"shape": list(array.shape), "dtype": array.dtype.name}
        unknown = sorted(place.keys() - found.keys() - {"key"})
        if unknown:
            raise CaseError(f"{what} must have only a key, a shape and a dtype; it has {shown(unknown[0])}")
        for fact, value in found.items():
            if place.get(fact, value) != value:
                stated = shown(place[fact]).strip("'")
                raise CaseError(f"{what} must have the {fact} {stated} of the manifest; it has {value}")
        return array


def manifests_of(folder: Path) -> list[Path]:
    """The manifests of a folder."""
    return sorted(folder.glob("manifest*.json"))


def cases_of(manifest: Path, files: Files) -> Iterator[Case | tuple[str, str, str]]:
    """The cases of a manifest; for one that cannot be read, its id, its operation and what is wrong with it.

    Raises CaseError if the manifest as a whole cannot be read.
    """
    told = _told(manifest)
    for number, entry in enumerate(told["cases"]):
        known = entry if isinstance(entry, dict) else {}
        name, operation = (
            value if isinstance(value, str) else shown(value)
            for value in (known.get("id", f"{manifest.name} case {number}"), known.get("op", ""))
        )
        problem = _problem(entry)
        if problem:
            yield name, operation, problem
        else:
            yield Case(name, operation, entry.get("variant"), entry["hyper"], entry, files)


def _told(manifest: Path) -> dict[str, Any]:
    text = read_text(manifest.parent, manifest.name)
    try:
        told = json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as problem:
        raise CaseError(f"a manifest must be a JSON text; {first_line(problem)}") from problem
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise CaseError(f"a manifest must have the format {FORMAT!r}")
    if not isinstance(told.get("cases"), list):
        raise CaseError("a manifest must have a list of 'cases'")
    if "framework" in told and told["framework"] not in FRAMEWORKS:
        raise CaseError(f"'framework' must be {' or '.join(FRAMEWORKS)}; it is {shown(told['framework'])}")
    return told


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"an object must have each key once; one has {shown(twice)} twice")
    return found


def _is_exception(raises: dict[str, Any]) -> bool:
    message = raises.get("message")
    lines = message if isinstance(message, list) else [] if message is None else [message]
    return raises.keys() <= {"type", "message"} and all(isinstance(line, str) for line in lines)


_SECTIONS = {"id": str, "op": str, "hyper": dict, "inputs": dict, "expected": dict}


def _problem(entry: Any) -> str:
    if not isinstance(entry, dict):
        return "a case must be a JSON object"
    for name, kind in _SECTIONS.items():
        if not isinstance(entry.get(name), kind):
            return (
                f"{shown(name)} must be {'an object' if kind is dict else 'a string'}; it is {shown(entry.get(name))}"
            )
    if not isinstance(entry.get("variant", ""), str):
        return f"'variant' must be a string; it is {shown(entry['variant'])}"
    if not isinstance(entry.get("tolerance_hint", {}), dict):
        return f"'tolerance_hint' must be an object; it is {shown(entry['tolerance_hint'])}"
    raises = entry.get("raises")
    if "raises" in entry and not (isinstance(raises, dict) and isinstance(raises.get("type"), str)):
        return f"'raises' must be an object with a 'type'; it is {shown(raises)}"
    if raises is not None and not _is_exception(raises):
        return f"'raises' must have a 'type' and only a 'message', which is a string or some; it is {shown(raises)}"
    if raises is None and not entry["expected"]:
        return "a case must expect an array or an exception; it expects nothing"
    if raises is not None and entry["expected"]:
        return "a case must expect arrays or an exception; it expects both"
    return ""
