"""Conditions in words, with the names that they read."""

from knobsmith.expr import Expr, context_read, names_read
from knobsmith.expr.prose import only_name, prose


def condition_in_words(expr: Expr, *, is_known: bool = False) -> str:
    """A condition, to follow "when".

    Args:
        expr: The condition.
        is_known: Whether the text before has said already what parameter it is about.
    """
    return prose(expr, subject=only_name(expr) if is_known else None)


def shown_names(expr: Expr) -> tuple[str, ...]:
    """What a condition reads, as verdicts call it: parameters by name, facts as ``context.NAME``."""
    return (*names_read(expr), *(f"context.{name}" for name in context_read(expr)))
