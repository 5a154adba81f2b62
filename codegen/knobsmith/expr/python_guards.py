"""Leaving out guards that Python does not need: a sentinel equals no value, so `x == "adam"` guards itself."""

from knobsmith.expr.formula import (
    Compared,
    Conjunction,
    Constant,
    Contains,
    Disjunction,
    Formula,
    IsNothing,
    IsTrue,
    IsUnknown,
    IsWord,
    Negation,
    Ref,
    Reference,
    Row,
    opposite,
)
from knobsmith.expr.walking import references


def without_idle_guards(formula: Formula) -> Formula:
    """A conjunction without the guards of names that are next compared with a constant; likewise a disjunction."""
    match formula:
        case Conjunction(parts=parts):
            kept = _needed(parts)
            return kept[0] if len(kept) == 1 else Conjunction(kept)
        case Disjunction(parts=parts):
            kept = tuple(map(opposite, _needed(tuple(map(opposite, parts)))))
            return kept[0] if len(kept) == 1 else Disjunction(kept)
        case _:
            return formula


def _needed(parts: tuple[Formula, ...]) -> tuple[Formula, ...]:
    kept: list[Formula] = []
    strict: set[Ref] = set()
    for position, part in enumerate(parts):
        guarded = _guarded(part)
        if guarded and _compares(_next_reading(guarded, parts[position + 1 :]), guarded):
            strict.add(guarded)
        elif strict and (told := _told_apart(part)) in strict and told:
            kept.append(_as_identity(part, told))
            strict.discard(told)
        else:
            kept.append(part)
    return tuple(kept)


def _guarded(part: Formula) -> Ref | None:
    match part:
        case Negation(part=IsUnknown(ref=ref) | IsNothing(ref=ref) | IsWord(term=Reference(ref=ref))):
            return ref
        case _:
            return None


def _next_reading(ref: Ref, parts: tuple[Formula, ...]) -> Formula | None:
    """The first part that does more with a name than guard it."""
    return next((part for part in parts if _guarded(part) != ref and ref in references(part)), None)


def _compares(part: Formula | None, ref: Ref) -> bool:
    match part:
        case Compared(operator="==", left=Reference(ref=found), right=Constant()):
            return found == ref
        case Contains(container=Row(items=items), item=Reference(ref=found)):
            return found == ref and all(isinstance(item, Constant) for item in items)
        case None:
            return False
        case _:
            return _told_apart(part) == ref


def _told_apart(part: Formula) -> Ref | None:
    """The boolean parameter that a part asks for, plainly or negated."""
    match part:
        case IsTrue(term=Reference(ref=ref)) | Negation(part=IsTrue(term=Reference(ref=ref))):
            return ref
        case _:
            return None


def _as_identity(part: Formula, ref: Ref) -> Formula:
    """`flag is True` where `flag` alone might be a sentinel."""
    match part:
        case IsTrue(term=term):
            return Compared("==", term, Constant(True))
        case Negation(part=IsTrue(term=term)):
            return Compared("==", term, Constant(False))
        case _:
            return part
