"""Guards that stand before every part of a disjunction, before it as a whole."""

from itertools import takewhile

from knobsmith.expr.formula import Conjunction, Disjunction, Formula, conjunction, disjunction


def factored(formula: Formula) -> Formula:
    """A formula in which guards that all parts of a disjunction begin with stand before it once."""
    match formula:
        case Conjunction(parts=parts):
            return conjunction(*map(factored, parts))
        case Disjunction(parts=parts):
            rows = [part.parts if isinstance(part, Conjunction) else (part,) for part in map(factored, parts)]
            shared = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, zip(*rows, strict=False)))
            if not shared or any(len(row) == shared for row in rows):
                return formula
            rests = disjunction(*(conjunction(*row[shared:]) for row in rows))
            return conjunction(*rows[0][:shared], factored(rests))
        case _:
            return formula
