"""The types of an algorithm's configurations, with what is to be known of each hyperparameter as comments."""

from collections.abc import Iterator, Sequence

from knobsmith.expr.typescript_text import constant_text
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm, ContextFact, Parameter
from knobsmith.model.domain import Domain
from knobsmith.targets.documentation import fact_doc, parameter_doc
from knobsmith.targets.typescript.source_text import INDENT, doc_comment, key_text
from knobsmith.views.statics import accepts_null, can_be_ignored, can_be_unset, has_computed_default

_PLAIN = {"integer": "number", "number": "number", "boolean": "boolean", "string": "string"}
# Tools offer the words although every text is allowed.
_ANY_TEXT = "(string & {})"


def types_of(algorithm: Algorithm) -> str:
    """The types that the module of an algorithm exports."""
    names = _union(f'"{name}"' for name in [p.name for p in algorithm.parameters])
    return "\n".join(
        [
            "/** The names of the hyperparameters. */",
            *_wrapped_union("export type Name", names),
            "",
            "/** A configuration: native values by the names of the training service. */",
            *_interface("Config", (_config_field(p, algorithm) for p in algorithm.parameters)),
            "",
            "/** What each hyperparameter of a valid configuration is, given or by default; null for no value. */",
            *_interface("Values", (_values_field(p) for p in algorithm.parameters)),
            "",
            "/** What is known of the job; what is absent is unknown. */",
            *_interface("Context", map(_context_field, algorithm.context)),
            "",
            "/** The names of the rules over several hyperparameters. */",
            *_wrapped_union("export type RuleName", _union(f'"{rule.name}"' for rule in algorithm.rules)),
            "",
        ]
    )


def value_type(domain: Domain, *, is_loose: bool = False) -> str:
    """The type of a native value.

    Args:
        domain: What is valid.
        is_loose: Whether texts are told apart from other kinds only, as validators see them.
    """
    return _union(_alternatives(domain, is_loose))


def _interface(name: str, fields: Iterator[str]) -> list[str]:
    body = "".join(fields)
    return [
        f"export interface {name} {{\n{body}}}" if body else f"export type {name} = Readonly<Record<never, never>>;"
    ]


def _config_field(parameter: Parameter, algorithm: Algorithm) -> str:
    optional = "" if parameter.required and not can_be_ignored(parameter) and not parameter.aliases else "?"
    held = value_type(parameter.domain) + (" | null" if accepts_null(parameter) else "")
    comment = doc_comment(parameter_doc(parameter, algorithm), INDENT)
    return f"{comment}{INDENT}readonly {key_text(parameter.name)}{optional}: {held};\n"


def _values_field(parameter: Parameter) -> str:
    held = value_type(parameter.domain) + (" | null" if _may_be_nothing(parameter) else "")
    return f"{INDENT}readonly {key_text(parameter.name)}: {held};\n"


def _context_field(fact: ContextFact) -> str:
    held = f"{value_type(fact.domain)} | null"
    return f"{doc_comment(fact_doc(fact), INDENT)}{INDENT}readonly {key_text(fact.name)}?: {held};\n"


def _may_be_nothing(parameter: Parameter) -> bool:
    if parameter.required and not can_be_ignored(parameter):
        return False
    return can_be_unset(parameter) or has_computed_default(parameter) or parameter.forbidden_when is not None


def _alternatives(domain: Domain, is_loose: bool) -> Iterator[str]:
    if domain.kind == "list":
        yield _list(domain, is_loose)
    elif domain.values is not None and not is_loose and domain.kind != "number":
        yield from _literals([choice.value for choice in domain.values])
        yield from _literals([one.value for one in domain.special if one.value is not None])
        if domain.open:
            yield _ANY_TEXT if domain.kind == "string" else _PLAIN[domain.kind]
        elif any(one.interval is not None for one in domain.special):
            yield _PLAIN[domain.kind]
    else:
        yield _PLAIN[domain.kind]
    if domain.words and not is_loose:
        yield from _literals(domain.words)
    elif domain.words and domain.kind != "string":
        yield "string"


def _list(domain: Domain, is_loose: bool) -> str:
    item = value_type(domain.items, is_loose=is_loose) if domain.items is not None else "unknown"
    if domain.fields and not is_loose:
        return f"readonly [{', '.join(f'{_label(field)}: {item}' for field in domain.fields)}]"
    return f"readonly ({item})[]" if " " in item else f"readonly {item}[]"


def _label(field: str) -> str:
    """A name for an item; labels are no identifiers of anything, but have to look like one."""
    return field.replace("-", "_").replace(".", "_")


def _literals(values: Sequence[PlainValue]) -> Iterator[str]:
    if {True, False} <= {value for value in values if isinstance(value, bool)}:
        yield "boolean"
        return
    for value in values:
        if not isinstance(value, tuple):
            yield constant_text(value)


def _union(parts: Iterator[str]) -> str:
    return " | ".join(dict.fromkeys(parts))


def _wrapped_union(head: str, union: str) -> list[str]:
    line = f"{head} = {union or 'never'};"
    if len(line) <= 120:
        return [line]
    parts = union.split(" | ")
    return [f"{head} =", *(f"{INDENT}| {part}" for part in parts[:-1]), f"{INDENT}| {parts[-1]};"]
