"""How a configuration is written with the generated Python client."""

from collections.abc import Mapping

from knobsmith.expr.render_python import quoted
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm, Catalog
from knobsmith.targets.docs.samples import sample_config
from knobsmith.views.python_names import PythonNames, python_names


def python_samples(catalog: Catalog) -> Mapping[str, str]:
    """A sample for each algorithm, if the project has a Python client; else none."""
    if "python" not in dict(catalog.project.targets):
        return {}
    named = zip(catalog.algorithms, python_names(catalog.algorithms), strict=True)
    package = catalog.project.packages.python
    return {algorithm.name: _sample(algorithm, names, package) for algorithm, names in named}


def _sample(algorithm: Algorithm, names: PythonNames, package: str) -> str:
    config = sample_config(algorithm)
    arguments = ", ".join(f"{names.fields[name]}={_literal(value)}" for name, value in config.items())
    return (
        f"from {package} import {names.model}\n\n"
        f"config = {names.model}({arguments})\n"
        "config.to_wire()  # what the training service receives\n"
        "config.verdict.parameters  # what is used, and why the rest is not"
    )


def _literal(value: PlainValue) -> str:
    return quoted(value) if isinstance(value, str) else repr(value)
