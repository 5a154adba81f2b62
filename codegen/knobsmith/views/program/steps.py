"""The steps of the program, phase by phase. All formulas read what expressions read at that time."""

from knobsmith.expr.formula import Formula, Term
from knobsmith.model.base import PlainValue
from knobsmith.records import Record


class Computed(Record):
    """A default that is an expression.

    Attributes:
        term: The value; evaluated only where ``defined`` holds.
        defined: Where it has a value.
        unknown: Where it is unknown; elsewhere there is none.
    """

    term: Term
    defined: Formula
    unknown: Formula


Default = PlainValue | Computed | None


class DefaultCase(Record):
    """The default while a case holds; where that is unknown, so is the default."""

    holds: Formula
    unknown: Formula
    default: Default


class Effect(Record):
    """Phase 4 for hyperparameters that ask the same question, the defaults first.

    The first of these that holds counts: ``forbidden``; ``ignored``; ``may_be_forbidden``; being ``required`` and
    without a value.

    Attributes:
        names: The hyperparameters; one only, unless nothing but ``ignored`` is asked.
        cases: The default of what is not given: that of the first case that holds.
        default: The default if no case holds. Counts only if ``is_computed``.
        is_computed: Whether the default hangs on others; otherwise it is known from the start.
        forbidden: Where giving it is an error; it reads as nothing.
        may_be_forbidden: Where that is unknown; it reads as unknown.
        ignored: Where its condition is not true.
        may_be_ignored: Where, if ``ignored``, that is only because the condition is unknown; it reads as unknown.
        required: Whether it has to have a value.
    """

    names: tuple[str, ...]
    cases: tuple[DefaultCase, ...]
    default: Default
    is_computed: bool
    forbidden: Formula
    may_be_forbidden: Formula
    ignored: Formula
    may_be_ignored: Formula
    required: bool


class Presence(Record):
    """Phase 5: a hyperparameter that is missing where the formula holds, if it is used, judged and without a value."""

    name: str
    required: Formula


class CaseTest(Record):
    """One of the cases of which the first that holds decides; if one is unknown, nothing is decided.

    Attributes:
        index: Its place among all cases of the hyperparameter.
        holds: Whether it holds.
        unknown: Whether that is unknown.
        broken: Whether its fact is broken; evaluated only where ``holds``.
    """

    index: int
    holds: Formula
    unknown: Formula
    broken: Formula


class Narrowing(Record):
    """Phase 6 for a hyperparameter whose value is known.

    Attributes:
        cases: The cases that state a domain, and whether the value is outside.
        beyond: Whether the value is beyond an end of its own range that is a name.
    """

    name: str
    cases: tuple[CaseTest, ...]
    beyond: Formula


class RuleTest(Record):
    """Phase 7: where a rule is broken."""

    name: str
    broken: Formula


class Advice(Record):
    """Phase 8 for a hyperparameter that is given and whose value is known.

    Attributes:
        cases: The cases that recommend values, and whether the value is another.
        outside: The same for what is recommended if no case holds.
    """

    name: str
    cases: tuple[CaseTest, ...]
    outside: Formula


class Program(Record):
    """The phases from the fourth on, each in the order in which its steps are taken."""

    effects: tuple[Effect, ...]
    presence: tuple[Presence, ...]
    narrowing: tuple[Narrowing, ...]
    rules: tuple[RuleTest, ...]
    advice: tuple[Advice, ...]
