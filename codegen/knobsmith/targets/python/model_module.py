"""The modules of the model and of the types of its values."""

from typing import Any

from knobsmith.model.catalog import Algorithm, Parameter
from knobsmith.model.domain import Choice
from knobsmith.targets.python import documentation
from knobsmith.targets.python.annotations import Annotations, item_annotation, may_hold_nothing
from knobsmith.targets.python.source_text import INDENT, WIDTH, docstring, literal, source
from knobsmith.views.python_names import EnumNames, PythonNames
from knobsmith.views.statics import has_computed_default


def context_of_model(algorithm: Algorithm, names: PythonNames) -> dict[str, Any]:
    """What the template of the module `model` needs."""
    annotations = Annotations(names)
    needed = [parameter for parameter in algorithm.parameters if parameter.required]
    optional = [parameter for parameter in algorithm.parameters if not parameter.required]
    return {
        "model": names.model,
        "docstring": docstring(documentation.algorithm_doc(algorithm), INDENT),
        "fields": [_field(parameter, algorithm, names, annotations) for parameter in algorithm.parameters],
        "arguments": [
            f"{names.fields[parameter.name]}: {annotations.argument(parameter)}{_presence(parameter)}"
            for parameter in (*needed, *optional)
        ],
    }


def _presence(parameter: Parameter) -> str:
    return "" if parameter.required and parameter.used_when is None and parameter.forbidden_when is None else " = ..."


def _field(parameter: Parameter, algorithm: Algorithm, names: PythonNames, annotations: Annotations) -> dict[str, str]:
    field, annotation = names.fields[parameter.name], annotations.attribute(parameter)
    default = _default(parameter, names)
    given = f" = {default}" if default else ""
    line = f"{INDENT}{field}: {annotation}{given}"
    if len(line) > WIDTH:
        line = f"{INDENT}{field}: (\n{_alternatives(annotation)}{INDENT}){given}"
    return {"statement": line, "docstring": docstring(documentation.parameter_doc(parameter, algorithm), INDENT)}


def _alternatives(annotation: str) -> str:
    return f"{INDENT * 2}{annotation}\n"


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
