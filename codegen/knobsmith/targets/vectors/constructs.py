"""Of which construct of the language a vector is an instance."""

from knobsmith.model.catalog import Parameter
from knobsmith.model.domain import Domain


def construct_of(domain: Domain, label: str) -> str:
    """What a point of a domain is an instance of."""
    kind = label.partition("/")[0]
    if kind == "values":
        return "aliases" if "/alias/" in label else "open" if domain.open else "values"
    if kind == "list":
        return next((one for one in ("fields", "increasing", "unique", "length") if getattr(domain, one)), "items")
    if kind == "text":
        return "pattern" if domain.pattern is not None else "type"
    return {"multiple": "multiple_of"}.get(kind, kind)


def construct_of_condition(label: str) -> str:
    """What an outcome of a condition is an instance of."""
    return "rules" if label.startswith("rules/") else "cases" if "/cases/" in label else label.rpartition("/")[2]


def construct_without_value(parameter: Parameter) -> str:
    """What it is an instance of that a hyperparameter is not given."""
    if parameter.required:
        return "required"
    if parameter.default is None:
        return "if_unset"
    return "default" if parameter.default.expr is None else "computed_default"
