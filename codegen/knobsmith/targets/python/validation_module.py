"""The module that validates: readers, phases, tables."""

from typing import Any

from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm, Parameter
from knobsmith.targets.python.advice import ADVICE
from knobsmith.targets.python.drafts import Draft
from knobsmith.targets.python.phases import phases
from knobsmith.targets.python.readers import Form, Readers, Table
from knobsmith.targets.python.tunings import tuning
from knobsmith.targets.source_text import INDENT, Code, docstring, literal, source
from knobsmith.views.python_names import PythonNames
from knobsmith.views.statics import Statics, has_computed_default


def context_of_validation(algorithm: Algorithm, names: PythonNames) -> dict[str, Any]:
    """What the template of the module `validation` needs."""
    readers = Readers()
    assignments = _tables(algorithm, readers)
    draft = Draft(Statics(algorithm), names, readers.pattern)
    called = phases(draft)
    tunes = tuning(draft) is not None
    return {
        "readers": [
            {
                "name": function.name,
                "argument": function.argument,
                "result": function.result,
                "docstring": docstring(function.doc, INDENT),
                "lines": function.lines,
            }
            for function in readers.functions
        ],
        "tables": [_table(table) for table in readers.tables],
        "assignments": assignments,
        "phases": draft.functions,
        "judge": _judge([phase for phase in called if phase != ADVICE]),
        "advises": ADVICE in called,
        "tunes": tunes,
    }


def _judge(called: list[str]) -> list[str]:
    lines = []
    for phase in called:
        lines.append(f"{phase}(state)")
        if phase in ("_presence", "_narrowing"):
            lines += ["if state.unsettled:", f"{INDENT}state.settle()"]
    return lines


def _tables(algorithm: Algorithm, readers: Readers) -> list[str]:
    defaults = {p.name: None if has_computed_default(p) else _constant(p) for p in algorithm.parameters}
    told = {fact.name: Code("UNKNOWN") if fact.default is None else fact.default for fact in algorithm.context}
    return [
        _assignment("_WIRE", "dict[str, Reader]", _readers("wire", algorithm.parameters, readers)),
        _assignment("_NATIVE", "dict[str, Reader]", _readers("native", algorithm.parameters, readers)),
        _assignment("_WIRE_CONTEXT", "dict[str, Reader]", _readers("wire", algorithm.context, readers)),
        _assignment("_NATIVE_CONTEXT", "dict[str, Reader]", _readers("native", algorithm.context, readers)),
        _assignment("_DEFAULTS", "dict[str, Any]", defaults),
        _assignment("_CONTEXT", "dict[str, Any]", told),
    ]


def _readers(form: Form, facts: Any, readers: Readers) -> dict[str, Code]:
    return {fact.name: Code(readers.reader(form, fact.name, fact.domain, fact.wire)) for fact in facts}


def _constant(parameter: Parameter) -> PlainValue | None:
    return parameter.default.value if parameter.default is not None else None


def _assignment(name: str, kind: str, value: object) -> str:
    return f"{name}: {kind} = {source(value, taken=len(name) + len(kind) + 5)}"


def _table(table: Table) -> str:
    if isinstance(table.value, str):
        return f"{table.name} = re.compile({literal(table.value)}).search"
    kind = "dict[str, Any]"
    return _assignment(table.name, kind, table.value)
