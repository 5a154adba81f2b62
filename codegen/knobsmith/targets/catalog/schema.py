"""The JSON Schema of the catalog's files, derived from the model.

``python -m knobsmith.targets.catalog.schema`` prints what ``schema.json`` beside this module has to hold.
"""

import sys
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from knobsmith.model.base import Record
from knobsmith.model.catalog import CATALOG_VERSION, Algorithm, Packages
from knobsmith.model.kernels import Dispatch, KernelFunction
from knobsmith.targets.json_text import json_text

_MODE: Literal["validation", "serialization"] = "serialization"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _EveryKey(GenerateJsonSchema):
    """Keys that have a default are written all the same."""

    def field_is_required(self, field: Any, total: bool) -> bool:
        return True


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    json_schema: Annotated[str, Field(alias="$schema")]
    version: Literal[1]


class AlgorithmFile(Algorithm):
    """The resolved model of an algorithm; every key is present, and null where nothing is stated."""

    json_schema: Annotated[str, Field(alias="$schema")]
    version: Literal[1]


class Entry(Record):
    """An algorithm: the path of its file beside the index, and how much it holds."""

    name: str
    title: str
    file: str
    hyperparameters: int
    tunable: int
    context: int
    rules: int
    metrics: int


class IndexedProject(Record):
    """The project: its name, its version, and those of its packages."""

    name: str
    version: str
    locales: tuple[str, ...] = ("en",)
    packages: Packages


class Index(_File):
    """What a project holds. ``version`` counts breaking changes of these files, not of the project."""

    project: IndexedProject
    algorithms: tuple[Entry, ...]
    kernels: str | None


class Kernels(_File):
    """The kernel functions of a project and which value of which hyperparameter each serves."""

    kernels: tuple[KernelFunction, ...] = ()
    dispatch: tuple[Dispatch, ...] = ()


def schema() -> dict[str, Any]:
    """The schema of an algorithm's file; in ``$defs`` stand ``Index`` and ``Kernels``, those of the other files."""
    if CATALOG_VERSION != 1:
        raise AssertionError("the literals above state the version as well")
    adapters: list[TypeAdapter[Any]] = [TypeAdapter(Index), TypeAdapter(Kernels), TypeAdapter(AlgorithmFile)]
    inputs = [(str(number), _MODE, adapter) for number, adapter in enumerate(adapters)]
    _, whole = TypeAdapter.json_schemas(inputs, schema_generator=_EveryKey)
    body = {"$schema": _DIALECT, "title": "knobsmith catalog", "$ref": "#/$defs/AlgorithmFile", **whole}
    plain: dict[str, Any] = _without_titles(body)
    return plain | {"title": "knobsmith catalog"}


def _without_titles(node: Any) -> Any:
    """Pydantic repeats every name as a title, which says nothing."""
    if isinstance(node, dict):
        kept = node.items() if _is_named(node) else [(k, v) for k, v in node.items() if k != "title"]
        return {key: _without_titles(value) for key, value in kept}
    return [_without_titles(item) for item in node] if isinstance(node, list) else node


def _is_named(node: dict[str, Any]) -> bool:
    """Whether the keys are names of properties rather than words of JSON Schema."""
    return isinstance(node.get("title"), dict)


if __name__ == "__main__":
    sys.stdout.write(json_text(schema()))
