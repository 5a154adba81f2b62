"""Conditions as people say them, in Markdown: "`optimizer` is `adam` and `momentum` is above 0.5"."""

import json
import re
from typing import Literal as Choice

from knobsmith.expr.phrases import Phrases, phrases_of
from knobsmith.expr.printing import print_expr
from knobsmith.expr.spelling import spell_number
from knobsmith.expr.syntax import (
    Both,
    Comparison,
    ContextName,
    Either,
    Expr,
    FieldOf,
    Has,
    ListLiteral,
    Literal,
    Matches,
    Membership,
    Name,
    Not,
    Quantifier,
    Size,
    Variable,
    context_read,
    names_read,
)
from knobsmith.records import Record


def prose(expr: Expr, locale: str = "en", subject: str | None = None) -> str:
    """A condition in words.

    Args:
        expr: A well-typed condition.
        locale: The language; English where its phrases are not known.
        subject: The parameter that the text around speaks of: as a subject it becomes "it".
    """
    return _Speaker(phrases_of(locale), subject).clause(expr, True).text


def value_prose(expr: Expr, locale: str = "en") -> str:
    """A value in words, such as a computed default: "`2 * width`", "the length of `steps`"."""
    return _Speaker(phrases_of(locale), None).term(expr)


def only_name(expr: Expr) -> str | None:
    """The parameter that a condition speaks of, if it speaks of one and of nothing else."""
    names = names_read(expr)
    return names[0] if len(names) == 1 and not context_read(expr) else None


def code(text: str) -> str:
    """A Markdown code span that shows exactly this text; control characters would not show, so they are escaped."""
    if not text or text != text.strip() or not text.isprintable():
        text = json.dumps(text, ensure_ascii=not text.isprintable())
    runs = [len(run) for run in re.findall("`+", text)]
    fence = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


class _Clause(Record):
    """A piece of text and how it holds together: one statement, a row of "and", a row of "or"."""

    text: str
    kind: Choice["one", "all", "any"] = "one"


class _Speaker:
    def __init__(self, phrases: Phrases, subject: str | None) -> None:
        self._say = phrases
        self._subject = subject

    def clause(self, expr: Expr, holds: bool) -> _Clause:
        """A condition, or its contrary."""
        match expr:
            case Not(operand=operand):
                return self.clause(operand, not holds)
            case Both() | Either():
                return self._row(expr, holds)
            case Literal(value=value):
                return _Clause(self._say.fixed[bool(value) is not holds])
            case Has(target=target):
                return self._clause(self._say.is_set, holds, target)
            case Comparison():
                return self._comparison(expr, holds)
            case Membership(item=item, container=container):
                return self._membership(item, container, holds)
            case Matches(subject=subject, pattern=pattern):
                return self._clause(self._say.matches, holds, subject, code(pattern))
            case Quantifier():
                return self._quantifier(expr, holds)
            case _:
                return self._clause(self._say.equal, True, expr, code("true" if holds else "false"))

    def term(self, expr: Expr) -> str:
        """A value inside a clause."""
        match expr:
            case Literal(value=bool(value)):
                return code("true" if value else "false")
            case Literal(value=value):
                return code(value) if isinstance(value, str) else spell_number(value)
            case Name(name=name) | Variable(name=name):
                return code(name)
            case ContextName(name=name):
                return code(f"context.{name}")
            case FieldOf(base=Name(name=name), field=field):
                return code(f"{name}.{field}")
            case Size(operand=operand):
                return self._say.length.format(a=self.term(operand))
            case _:
                return code(print_expr(expr))

    def _topic(self, expr: Expr) -> str:
        """A value as the subject of a clause: "it", where the text around speaks of it already."""
        return self._say.pronoun if expr == Name(self._subject or "") else self.term(expr)

    def _clause(self, pair: tuple[str, str], holds: bool, topic: Expr, other: str = "") -> _Clause:
        return _Clause(pair[not holds].format(a=self._topic(topic), b=other))

    def _comparison(self, expr: Comparison, holds: bool) -> _Clause:
        if not _is_sayable(expr.left) or not _is_sayable(expr.right):
            return _Clause(self._say.holds[not holds].format(a=code(print_expr(expr))))
        topic, other, operator = expr.left, expr.right, expr.operator
        if isinstance(topic, Literal) or other == Name(self._subject or ""):
            topic, other = other, topic
            operator = _MIRRORED.get(operator, operator)
        if operator in ("==", "!="):
            return self._clause(self._say.equal, holds == (operator == "=="), topic, self.term(other))
        pair = self._say.above if operator in (">", "<=") else self._say.below
        return self._clause(pair, holds == (operator in ("<", ">")), topic, self.term(other))

    def _membership(self, item: Expr, container: Expr, holds: bool) -> _Clause:
        match container:
            case ListLiteral(items=()):
                return _Clause(self._say.fixed[holds])
            case ListLiteral(items=(only,)):
                return self._clause(self._say.equal, holds, item, self.term(only))
            case ListLiteral(items=items):
                joint = self._say.choice if holds else self._say.exclusion
                return self._clause(self._say.one_of, holds, item, _joined([self.term(one) for one in items], joint))
            case _:
                return self._clause(self._say.contains, holds, container, self.term(item))

    def _quantifier(self, expr: Quantifier, holds: bool) -> _Clause:
        phrase = self._say.every if (expr.kind == "all") == holds else self._say.some
        inside = self.clause(expr.predicate, holds).text
        text = phrase.format(v=code(expr.variable), a=self.term(expr.container), p=inside)
        return _Clause(text, "any")  # ends in a clause of its own, which must not run on

    def _row(self, expr: Both | Either, holds: bool) -> _Clause:
        kind: Choice["all", "any"] = "all" if isinstance(expr, Both) == holds else "any"
        parts = [self.clause(part, holds) for part in _chain(expr)]
        enclosed = {"any"} if self._say.clause else {"any", "all"}
        texts = [self._in_brackets(part) if part.kind in enclosed - {kind} else part.text for part in parts]
        between, last = self._say.all_of if kind == "all" else self._say.any_of
        if any(part.kind != "one" for part in parts):
            between, last = f"{self._say.clause}{last}", f"{self._say.clause}{last}"
        return _Clause(_joined(texts, (between, last)), kind)

    def _in_brackets(self, part: _Clause) -> str:
        opening, closing = self._say.brackets
        return f"{opening}{part.text}{closing}"


_MIRRORED: dict[str, Choice["<", "<=", ">", ">="]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _is_sayable(expr: Expr) -> bool:
    """Whether one side of a comparison is a value rather than a condition."""
    return not isinstance(expr, (Both, Either, Not, Comparison, Membership, Matches, Quantifier, Has))


def _chain(expr: Both | Either) -> tuple[Expr, ...]:
    sides = (expr.left, expr.right)
    return tuple(part for side in sides for part in (_chain(side) if type(side) is type(expr) else (side,)))


def _joined(texts: list[str], joint: tuple[str, str]) -> str:
    between, last = joint
    return between.join(texts[:-1]) + last + texts[-1]
