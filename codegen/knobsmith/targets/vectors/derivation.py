"""From what vectors are derived, in short: the facts of an algorithm, and the code that reads them."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from knobsmith.model.base import Record
from knobsmith.model.catalog import Algorithm
from knobsmith.records import fields

# What may change without a vector changing.
_PROSE = frozenset(("doc", "errata", "if_unset", "message", "notes", "provenance", "sources", "tags", "title", "unit"))
# The packages that have a say in what is tried and in how it is judged.
_PACKAGES = ("expr", "judging", "model", "regex", "resolve", "targets/vectors")


def derivation(algorithm: Algorithm) -> str:
    """A digest that changes whenever the vectors of an algorithm may."""
    return sha256(f"{_code()}{_facts(algorithm)!r}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _facts(part: Any) -> Any:
    """A part of the catalog without what only readers read."""
    if isinstance(part, Record):
        return [(name, _facts(getattr(part, name))) for name in fields(type(part)) if name not in _PROSE]
    return [_facts(item) for item in part] if isinstance(part, tuple) else part


@cache
def _code() -> str:
    digest = sha256()
    root = files("knobsmith")
    for package in _PACKAGES:
        for source in _sources(root.joinpath(package)):
            digest.update(source.read_bytes())
    return digest.hexdigest()


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _sources(entry)
        elif entry.name.endswith(".py"):
            yield entry
