"""Statements of a function under construction, and what of them may be left out because nobody reads the outcome."""

from collections.abc import Sequence

from knobsmith.records import Record
from knobsmith.targets.typescript.source_text import INDENT, broken, operands


class Line(Record):
    """A statement that has to be there."""

    text: str
    reads: frozenset[str] = frozenset()


class Assign(Record):
    """A local variable gets another value; ``has_effect`` says that the value has to be worked out in any case."""

    name: str
    value: str
    reads: frozenset[str] = frozenset()
    has_effect: bool = False


class If(Record):
    """Statements under a condition, and those otherwise."""

    condition: str
    reads: frozenset[str]
    body: "tuple[Statement, ...]"
    otherwise: "tuple[Statement, ...]" = ()


class Block(Record):
    """Statements with constants of their own."""

    body: "tuple[Statement, ...]"


class Comment(Record):
    """A remark on what follows; it falls with it."""

    text: str


Statement = Line | Assign | If | Block | Comment


class Pruned(Record):
    """Statements that matter, the local variables that are read before they are assigned, and those assigned."""

    statements: tuple[Statement, ...]
    read: frozenset[str]
    assigned: frozenset[str]


def pruned(statements: Sequence[Statement], live: frozenset[str] = frozenset()) -> Pruned:
    """What remains of statements if only some local variables are read after them."""
    kept: list[Statement] = []
    assigned: frozenset[str] = frozenset()
    for statement in reversed(statements):
        match statement:
            case Comment():
                if kept and not isinstance(kept[-1], Comment):
                    kept.append(statement)
            case Line(reads=reads):
                kept.append(statement)
                live |= reads
            case Assign(name=name, reads=reads):
                if name in live:
                    kept.append(statement)
                    assigned |= {name}
                elif statement.has_effect:
                    kept.append(Line(f"{statement.value};"))
                else:
                    continue
                live |= reads
            case Block(body=body):
                inner = pruned(body, live)
                if inner.statements:
                    kept.append(Block(inner.statements))
                    live, assigned = inner.read, assigned | inner.assigned
            case If():
                inner, other = pruned(statement.body, live), pruned(statement.otherwise, live)
                if inner.statements or other.statements:
                    kept.append(_merged(statement.condition, statement.reads, inner.statements, other.statements))
                    live |= statement.reads | inner.read | other.read
                    assigned |= inner.assigned | other.assigned
    return Pruned(tuple(reversed(kept)), live, assigned)


def _merged(condition: str, reads: frozenset[str], body: tuple[Statement, ...], otherwise: tuple[Statement, ...]) -> If:
    """A condition under another one as one condition, where nothing else stands under either."""
    match body:
        case (If(otherwise=()) as only,) if not otherwise and only.body:
            return If(f"{_bracketed(condition)} && {_bracketed(only.condition)}", reads | only.reads, only.body)
        case _:
            return If(condition, reads, body, otherwise)


def _bracketed(condition: str) -> str:
    return f"({condition})" if operands(condition)[0] == "||" else condition


def lines_of(statements: Sequence[Statement], margin: str) -> list[str]:
    """Statements as source."""
    lines: list[str] = []
    for statement in statements:
        match statement:
            case Line(text=text):
                lines.append(f"{margin}{text}")
            case Assign(name=name, value=value):
                lines.append(f"{margin}{name} = {value};")
            case Comment(text=text):
                lines += ["", f"{margin}// {text}"]
            case Block(body=body):
                lines += [f"{margin}{{", *lines_of(body, margin + INDENT), f"{margin}}}"]
            case If():
                lines += _if(statement, margin)
    return lines


def _if(statement: If, margin: str) -> list[str]:
    if not statement.body:
        inner = If(f"!({statement.condition})", statement.reads, statement.otherwise)
        return _if(inner, margin)
    lines = broken("if (", statement.condition, ") {", margin)
    lines += lines_of(statement.body, margin + INDENT)
    match statement.otherwise:
        case ():
            return [*lines, f"{margin}}}"]
        case (If() as only,) if only.body:
            head, *rest = _if(only, margin)
            return [*lines, f"{margin}}} else {head.lstrip()}", *rest]
        case others:
            return [*lines, f"{margin}}} else {{", *lines_of(others, margin + INDENT), f"{margin}}}"]
