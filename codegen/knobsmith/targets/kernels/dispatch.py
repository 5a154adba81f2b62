"""`_dispatch.py`: which function serves which value of a hyperparameter."""

from collections.abc import Iterator
from typing import Any

from knobsmith.model.kernels import Dispatch
from knobsmith.targets.kernels.parameters import call
from knobsmith.targets.source_text import docstring, literal
from knobsmith.views.identifiers import constant, identifier

Lines = Iterator[str]


def dispatch_module(tables: tuple[Dispatch, ...], named: dict[str, Any], called: dict[str, str], package: str) -> str:
    """`_dispatch.py`, without the notice at its top.

    Args:
        tables: The dispatch tables.
        named: Functions with their names, by name.
        called: The function for each table.
        package: The import name.
    """
    lines = [_DISPATCH.replace("@PACKAGE@", package)]
    for table in tables:
        lines += [f"{line}\n" for line in _table(table, named, called[table.name])]
    exported = sorted(called.values())
    lines += ["__all__ = [\n", *(f"    {literal(name)},\n" for name in exported), "]\n"]
    return "".join(lines)


def _table(table: Dispatch, named: dict[str, Any], name: str) -> Lines:
    argument = identifier(table.parameter)
    if not argument.isidentifier() or argument in _TAKEN:
        argument = f"{argument}_"
    constant_name = f"_{constant(name)}"
    hyperparameter = f"{table.algorithm}/{table.parameter}"
    values = ", ".join(literal(value) for value, _ in table.functions)
    is_literal = all(not isinstance(value, float) for value, _ in table.functions)
    yield f"def {name}("
    yield f"    {argument}: {f'Literal[{values}]' if is_literal else 'float'},"
    yield ") -> Callable[..., Any]:"
    doc = f"The function for a value of the hyperparameter {hyperparameter}."
    yield docstring(f"{doc}\n\nRaises:\n    ValueError: It has no such value.", "    ")
    yield from call("    return _chosen(", [literal(name), literal(hyperparameter), constant_name, argument], ")")
    yield ""
    yield ""
    yield f"{constant_name}: Final[_Table] = ("
    for value, function in table.functions:
        yield f"    ({literal(value)}, functions.{named[function][1].function}),"
    yield ")"
    yield ""
    yield ""


_TAKEN = frozenset(("functions", "None", "True", "False"))
_DISPATCH = '''\
"""Which function serves which value of a hyperparameter."""

from collections.abc import Callable
from numbers import Number
from typing import Any, Final, Literal

from @PACKAGE@ import _functions as functions

_Table = tuple[tuple[Any, Callable[..., Any]], ...]


def _chosen(name: str, hyperparameter: str, table: _Table, value: object) -> Callable[..., Any]:
    for known, function in table:
        if _is(known, value):
            return function
    listed = ", ".join(repr(known) for known, _ in table)
    shown = " ".join(repr(value).split())
    shown = shown if len(shown) <= 80 else f"{shown[:80]}..."
    raise ValueError(f"{name}: the value must be one of {listed} (hyperparameter {hyperparameter}); it is {shown}")


def _is(known: Any, value: object) -> bool:
    """Whether a value is the known one; an array of such is none."""
    if isinstance(known, bool) or isinstance(value, bool) or isinstance(known, str):
        return isinstance(value, type(known)) and bool(known == value)
    return isinstance(value, Number) and bool(known == value)


'''
