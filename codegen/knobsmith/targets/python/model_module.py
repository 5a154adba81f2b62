"""The modules of the model and of the types of its values."""

from typing import Any

from knobsmith.model.catalog import Algorithm, Parameter
from knobsmith.model.domain import Choice
from knobsmith.targets import documentation
from knobsmith.targets.python.annotations import Annotations, alternatives, item_annotation, may_hold_nothing
from knobsmith.targets.source_text import INDENT, WIDTH, docstring, literal, source
from knobsmith.views.python_names import EnumNames, PythonNames
from knobsmith.views.statics import can_be_ignored, has_computed_default


def context_of_model(algorithm: Algorithm, names: PythonNames) -> dict[str, Any]:
    """What the template of the module `model` needs."""
    annotations = Annotations(names)
    needed = [parameter for parameter in algorithm.parameters if parameter.required]
    optional = [parameter for parameter in algorithm.parameters if not parameter.required]
    return {
        "model": names.model,
        "docstring": docstring(documentation.algorithm_doc(algorithm), INDENT),
        "fields": [_field(parameter, algorithm, names, annotations) for parameter in algorithm.parameters],
        "arguments": [line for parameter in (*needed, *optional) for line in _argument(parameter, names, annotations)],
    }


def _field(parameter: Parameter, algorithm: Algorithm, names: PythonNames, annotations: Annotations) -> dict[str, str]:
    field, annotation = names.fields[parameter.name], annotations.attribute(parameter)
    default = _default(parameter, names)
    given = f" = {default}" if default else ""
    lines = [f"{INDENT}{field}: {annotation}{given}"]
    if len(lines[0]) > WIDTH:
        lines = _broken_field(f"{INDENT}{field}: ", annotation, default)
    doc = docstring(documentation.parameter_doc(parameter, algorithm), INDENT)
    return {"statement": "\n".join(lines), "docstring": doc}


def _broken_field(before: str, annotation: str, default: str) -> list[str]:
    call, _, arguments = default.partition("(")
    first = f"{before}{annotation} = {call}("
    if arguments and len(first) <= WIDTH:
        return [first, f"{INDENT * 2}{arguments[:-1]}", f"{INDENT})"]
    parts = alternatives(annotation)
    inner = [f"{INDENT * 2}{'| ' if number else ''}{part}" for number, part in enumerate(parts)]
    return [f"{before}(", *inner, f"{INDENT}){f' = {default}' if default else ''}"]


def _argument(parameter: Parameter, names: PythonNames, annotations: Annotations) -> list[str]:
    """An argument of the constructor, in lines."""
    margin, annotation = INDENT * 3, annotations.argument(parameter)
    ending = "," if parameter.required and not can_be_ignored(parameter) else " = ...,"
    line = f"{margin}{names.fields[parameter.name]}: {annotation}{ending}"
    if len(line) <= WIDTH:
        return [line]
    first, *others = alternatives(annotation)
    lines = [f"{margin}{names.fields[parameter.name]}: {first}", *(f"{margin}| {other}" for other in others)]
    lines[-1] += ending
    return [part for line in lines for part in _bracketed(line, margin)]


def _bracketed(line: str, margin: str) -> list[str]:
    opening, bracket, inner = line.partition("[")
    if len(line) <= WIDTH or not bracket:
        return [line]
    content, _, ending = inner.rpartition("]")
    return [f"{opening}[", f"{margin}{INDENT}{content}", f"{margin}]{ending}"]


def _default(parameter: Parameter, names: PythonNames) -> str:
    """The right-hand side of a field; what depends on others is filled in by validation."""
    arguments = [f"alias={literal(parameter.name)}"] if names.fields[parameter.name] != parameter.name else []
    default = None
    if not parameter.required or may_hold_nothing(parameter):
        default = _constant(parameter, names)
    if default is not None and not arguments and (default != "None" or may_hold_nothing(parameter)):
        return default
    if default is not None:
        arguments.insert(0, f"default={default}")
    return f"Field({', '.join(arguments)})" if arguments else ""


def _constant(parameter: Parameter, names: PythonNames) -> str:
    if parameter.default is None or has_computed_default(parameter) or parameter.default.value is None:
        return "None"
    value = parameter.default.value
    if (enum := names.enums.get(parameter.name)) and value in enum.members:
        return f"{enum.name}.{enum.members[str(value)]}"
    if (row := names.rows.get(parameter.name)) and isinstance(value, tuple):
        return f"{row.name}({', '.join(map(literal, value))})"
    return literal(value)


def context_of_values(algorithm: Algorithm, names: PythonNames) -> dict[str, Any]:
    """What the template of the module `values` needs."""
    by_name = {parameter.name: parameter for parameter in algorithm.parameters}
    return {
        "enums": [_enum(by_name[name], enum) for name, enum in names.enums.items()],
        "rows": [
            {
                "name": row.name,
                "docstring": docstring(f"Items of `{name}`: {', '.join(row.fields)}.", INDENT),
                "fields": [
                    {"name": field, "annotation": item_annotation(items) if (items := _items(by_name[name])) else "Any"}
                    for field in row.fields.values()
                ],
            }
            for name, row in names.rows.items()
        ],
    }


def _items(parameter: Parameter) -> Any:
    return parameter.domain.items


def _enum(parameter: Parameter, names: EnumNames) -> dict[str, Any]:
    return {
        "name": names.name,
        "docstring": docstring(f"Values of `{parameter.name}`.\n\n{documentation.prose_doc(parameter.doc)}", INDENT),
        "members": [_member(choice, names) for choice in parameter.domain.values or ()],
    }


def _member(choice: Choice, names: EnumNames) -> dict[str, str]:
    doc = documentation.prose_doc(choice.doc) if choice.doc else ""
    return {
        "name": names.members[str(choice.value)],
        "value": source(str(choice.value), INDENT, 40),
        "docstring": docstring(doc, INDENT) if doc else "",
    }
