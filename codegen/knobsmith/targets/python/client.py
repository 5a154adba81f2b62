"""The modules of one algorithm."""

from collections.abc import Mapping
from typing import Any, Protocol

from knobsmith.model.catalog import Algorithm
from knobsmith.targets import documentation
from knobsmith.targets.python import imports, records
from knobsmith.targets.python.model_module import context_of_model, context_of_values
from knobsmith.targets.python.sampling_module import body_of_sampling, has_search_space
from knobsmith.targets.python.validation_module import context_of_validation
from knobsmith.targets.source_text import docstring, literal, source
from knobsmith.views.python_names import PythonNames

_FUNCTIONS = ("read_context", "to_wire", "validate", "validate_many", "validate_wire", "validate_wire_many")


class Templates(Protocol):
    """Renders the body of a module, and puts a head on it."""

    def render(self, name: str, **context: Any) -> str:
        """What a template makes of its context."""

    def finished(self, text: str) -> str:
        """A module with the notice that it is generated."""


def modules(algorithm: Algorithm, names: PythonNames, templates: Templates) -> dict[str, str]:
    """The modules of an algorithm's package, by their file names."""
    values = sorted([*(enum.name for enum in names.enums.values()), *(row.name for row in names.rows.values())])
    title = documentation.one_line(algorithm.title)

    def module(subject: str, body: str, known: Mapping[str, str]) -> str:
        needed = imports.imports(body, known)
        return templates.finished(f"{docstring(f'{subject} of {title}.')}\n\n{needed}\n{body}")

    facts = f"\nFACTS = {source(records.algorithm(algorithm, names), taken=8)}\n"
    validation = templates.render("validation.py", **context_of_validation(algorithm, names))
    model = templates.render("model.py", **context_of_model(algorithm, names))
    rendered = {
        "__init__.py": templates.finished(_door(algorithm, names, values, templates)),
        "facts.py": module("The facts", facts, imports.FACTS),
        "validation.py": module("Validation of the hyperparameters", validation, imports.VALIDATION),
        "model.py": module("The model", model, {**imports.MODEL, **dict.fromkeys(values, ".values")}),
    }
    if has_search_space(algorithm):
        sampling = body_of_sampling(algorithm, templates)
        rendered["sampling.py"] = module("Draws from the search space", sampling, imports.SAMPLING)
    if values:
        body = templates.render("values.py", **context_of_values(algorithm, names))
        rendered["values.py"] = module("Enumerations and named lists", body, imports.VALUES)
    return rendered


def _door(algorithm: Algorithm, names: PythonNames, values: list[str], templates: Templates) -> str:
    lazy = {names.model: "model", **dict.fromkeys(values, "values")}
    lazy |= {"sampler": "sampling"} if has_search_space(algorithm) else {}
    exported = sorted(["FACTS", *lazy, *_FUNCTIONS], key=imports.by_kind)
    return templates.render(
        "algorithm_init.py",
        docstring=docstring(f"{documentation.one_line(algorithm.title)}.\n\n{documentation.prose_doc(algorithm.doc)}"),
        model=names.model,
        sampler=has_search_space(algorithm),
        values=f"from .values import {', '.join(values)}" if values else "",
        exported=[literal(name) for name in exported],
        lazy=sorted(lazy.items()),
    )
