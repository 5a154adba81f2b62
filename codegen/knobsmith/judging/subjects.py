"""Where a finding about a rule is reported."""

from knobsmith.expr import Expr, context_read, names_read


def subject_of_rule(require: Expr, when: Expr | None) -> str | None:
    """Where a broken rule is reported: the first parameter that ``require`` reads, else ``when``, else a fact."""
    exprs = [require] if when is None else [require, when]
    read = [name for expr in exprs for name in names_read(expr)]
    read += [f"context.{name}" for expr in exprs for name in context_read(expr)]
    return read[0] if read else None
