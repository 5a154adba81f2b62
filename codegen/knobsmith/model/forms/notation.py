"""Texts with a grammar of their own: ranges, expressions, patterns, wire forms."""

from typing import Any, NamedTuple

from knobsmith.expr import Expr, ExprSyntaxError, parse, print_expr
from knobsmith.load.tree import Node, Scalar, text_span
from knobsmith.model.domain import BooleanTokens, ListForm, Range
from knobsmith.model.forms.form import Json, Place, refuse_kind, shown
from knobsmith.model.forms.laws import EXPRESSION, EXPRESSION_SIZE, PATTERN, RANGE, WIRE
from knobsmith.model.forms.scalars import Text
from knobsmith.model.range_syntax import RangeSyntaxError, parse_range, print_range
from knobsmith.regex import RegexSyntaxError
from knobsmith.regex import parse as parse_pattern

LIST_FORMS: tuple[ListForm, ...] = ("comma", "space", "json", "tuple")


class RangeText(NamedTuple):
    """A range. ``constant`` refuses ends that are names."""

    constant: bool = False

    @property
    def wanted(self) -> str:
        """The kind, with an example."""
        return "a range in quotes"

    def read(self, node: Node, place: Place) -> Range | None:
        """The range."""
        text = Text(self.wanted).read(node, place)
        if text is None:
            return None
        try:
            range = parse_range(text)
        except RangeSyntaxError as problem:
            place.refuse(RANGE, text_span(node, problem.start, problem.end), problem.message, problem.help)
            return None
        return None if self.constant and self._has_name(range, node, place) else range

    def write(self, value: Range) -> Any:
        """The text."""
        return print_range(value)

    def schema(self, defs: Json) -> Json:
        """A string that starts like a range."""
        return {"type": "string", "pattern": r"^\s*[\[({].*[\])}]\s*$"}

    def _has_name(self, range: Range, node: Node, place: Place) -> bool:
        for interval in range.intervals:
            for bound in (interval.lower, interval.upper):
                if bound.name is not None:
                    fact = f"this one is constant and {shown(print_expr(bound.name))} is a name"
                    place.refuse(RANGE, text_span(node, *bound.name.span), fact, "write a number")
                    return True
        return False


class Expression(NamedTuple):
    """An expression; a plain number or boolean is one as well."""

    wanted: str = "an expression"

    def read(self, node: Node, place: Place) -> Expr | None:
        """The tree of the expression."""
        if not isinstance(node, Scalar) or node.value is None:
            refuse_kind(node, place, self.wanted, "write one, and quote it if it starts with a bracket or a quote")
            return None
        try:
            return parse(node.text)
        except ExprSyntaxError as problem:
            rule = EXPRESSION_SIZE if problem.code == EXPRESSION_SIZE.code else EXPRESSION
            place.refuse(rule, text_span(node, problem.start, problem.end), problem.message, problem.help)
            return None

    def write(self, value: Expr) -> Any:
        """The text."""
        return print_expr(value)

    def schema(self, defs: Json) -> Json:
        """A string, or a literal that YAML reads as something else."""
        return {"type": ["string", "boolean", "number"]}


class Pattern(NamedTuple):
    """A regular expression of the common subset; kept as text."""

    wanted: str = "a regular expression"

    def read(self, node: Node, place: Place) -> str | None:
        """The text, which is known to be well-formed."""
        text = Text(self.wanted).read(node, place)
        if text is None:
            return None
        try:
            parse_pattern(text)
        except RegexSyntaxError as problem:
            place.refuse(PATTERN, text_span(node, problem.start, problem.end), problem.message, problem.help)
            return None
        return text

    def write(self, value: str) -> Any:
        """The text."""
        return value

    def schema(self, defs: Json) -> Json:
        """A string."""
        return {"type": "string"}


class WireText(NamedTuple):
    """The text form of a boolean or of a list."""

    wanted: str = "two tokens such as `1/0`, or the form of a list"

    def read(self, node: Node, place: Place) -> BooleanTokens | ListForm | None:
        """The tokens or the form."""
        text = Text(self.wanted).read(node, place)
        if text is None or text in LIST_FORMS:
            return next((form for form in LIST_FORMS if form == text), None)
        true, _, false = text.partition("/")
        if true and false and "/" not in false and true != false:
            return BooleanTokens(true=true, false=false)
        if "/" in text:
            fact, help = f"{shown(text)} is not two different tokens", "write the one for true first: `1/0`"
        else:
            fact, help = f"{shown(text)} is neither", place.nearest(text, LIST_FORMS)
        place.refuse(WIRE, node.span, fact, help)
        return None

    def write(self, value: BooleanTokens | ListForm) -> Any:
        """The text."""
        return f"{value.true}/{value.false}" if isinstance(value, BooleanTokens) else value

    def schema(self, defs: Json) -> Json:
        """A word or two tokens."""
        return {"anyOf": [{"enum": list(LIST_FORMS)}, {"type": "string", "pattern": "^[^/]+/[^/]+$"}]}
