# Part of every package that `knobsmith generate` writes; do not edit.
"""What is known of one configuration while it is judged, and afterwards by its verdict."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .facts import Algorithm, Severity

if TYPE_CHECKING:
    from .verdict import Verdict


class _Marker:
    """Stands where there is no value; copies and pickles are the same object."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name

    def __reduce__(self) -> str:
        return self.name


# What expressions read of a hyperparameter that failed or may be ignored, and of context that was not told.
UNKNOWN: Final = _Marker("UNKNOWN")
# Why a hyperparameter is not used. The other two reasons are what expressions read then: None if it is ignored,
# UNKNOWN if it may be.
FORBIDDEN: Final = _Marker("FORBIDDEN")

Reader = Callable[[Any], Any]


class Laws:
    """What validation needs to know of one algorithm.

    Attributes:
        facts: The facts of the algorithm.
        judge: Decides what is used, and judges it: the phases from the fourth to the seventh.
        advise: Finds values that are not the recommended ones, if there are such.
        tune: Notes which cases decide over what is tuned, if there are such.
        wire: A reader for each hyperparameter, from text. It gives None, or raises, for whatever needs a closer look.
        native: The same, from native values.
        wire_context: The same for the facts about the job.
        native_context: The same for the facts about the job.
        defaults: What each hyperparameter is if it is not given; None for no value.
        context: What is assumed of the job if nothing is told; UNKNOWN for no value.
        deprecated: The hyperparameters that are.
        fields: The wire name for each name in Python that differs.
        names: The wire name for each name and alias.
        places: Where each hyperparameter stands in the documentation.
    """

    __slots__ = (
        *("advise", "context", "defaults", "deprecated", "facts", "fields", "judge", "module"),
        *("tune", "name", "names", "native", "native_context", "places", "wire", "wire_context"),
    )

    def __init__(
        self,
        module: str,
        facts: Algorithm,
        *,
        judge: "Callable[[State], Verdict]",
        advise: "Callable[[State], None] | None" = None,
        tune: "Callable[[State], None] | None" = None,
        wire: Mapping[str, Reader],
        native: Mapping[str, Reader],
        wire_context: Mapping[str, Reader],
        native_context: Mapping[str, Reader],
        defaults: dict[str, Any],
        context: Mapping[str, Any],
    ) -> None:
        self.module = module
        self.name = facts.name
        self.facts = facts
        self.judge = judge
        self.advise = advise
        self.tune = tune
        self.wire = wire
        self.native = native
        self.wire_context = wire_context
        self.native_context = native_context
        self.defaults = defaults
        self.context = context
        self.deprecated = tuple(p.name for p in facts.parameters.values() if p.deprecated is not None)
        self.fields = {p.field: p.name for p in facts.parameters.values() if p.field != p.name}
        self.names = {key: p.name for p in facts.parameters.values() for key in (p.name, *p.aliases)}
        self.places = {name: place for place, name in enumerate(facts.parameters)}

    def __reduce__(self) -> "tuple[Callable[[str], Laws], tuple[str]]":
        return _laws_of, (self.module,)


def _laws_of(module: str) -> Laws:
    laws: Laws = import_module(module).LAWS
    return laws


class Found(NamedTuple):
    """Something found, in short: its message is worded when somebody asks.

    Attributes:
        place: Phase; context, hyperparameters or rules; the place there; that of the code.
        code: The code of the finding.
        severity: How bad it is.
        subject: The hyperparameter, `context.NAME`, or the rule.
        detail: What the wording needs beside the state.
    """

    place: tuple[int, int, int | str, int]
    code: str
    severity: Severity
    subject: str
    detail: Any = None


class State:
    """One configuration on its way through the phases of validation.

    Attributes:
        laws: Those of its algorithm.
        given: What was given, by wire name: the value as read, None if it could not be read.
        context: What is known of the job.
        values: What expressions read: None for nothing.
        computed: The defaults that hang on other hyperparameters.
        unused: The hyperparameters that are not used, or may not be, and why.
        failed: Those with an error.
        unsettled: Those of them that expressions read as unknown only from the next phase on.
        noted: What is to be said of values at the end: names with codes.
        found: The findings so far.
        cases: The cases that decide over what is tuned, as far as somebody has asked for them.
    """

    __slots__ = (
        "cases",
        "computed",
        "context",
        "failed",
        "found",
        "given",
        "laws",
        "noted",
        "unsettled",
        "unused",
        "values",
    )

    def __init__(self, laws: Laws, given: dict[str, Any]) -> None:
        self.laws = laws
        self.given = given
        self.context = laws.context
        self.values: dict[str, Any] = laws.defaults | given
        self.computed: dict[str, Any] = {}
        self.unused: dict[str, _Marker | None] = {}
        self.failed: set[str] = set()
        self.unsettled: tuple[str, ...] = ()
        self.noted: tuple[tuple[str, str], ...] = ()
        self.found: tuple[Found, ...] = ()
        self.cases: dict[str, int | None] = {}

    def twin(self) -> "State":
        """A state that shares everything, and whose findings are its own."""
        twin = State.__new__(State)
        for slot in State.__slots__:
            setattr(twin, slot, getattr(self, slot))
        return twin

    def fail(self, name: str) -> None:
        """From now on expressions read a hyperparameter as unknown."""
        self.failed.add(name)
        self.values[name] = UNKNOWN

    def fail_later(self, name: str) -> None:
        """From the next phase on expressions read a hyperparameter as unknown."""
        self.failed.add(name)
        self.unsettled += (name,)

    def settle(self) -> None:
        """A phase has ended."""
        for name in self.unsettled:
            self.values[name] = UNKNOWN
        self.unsettled = ()

    def default_of(self, name: str) -> Any:
        """The default of a hyperparameter: None for no value, UNKNOWN if that hangs on what is not known."""
        if self.unused.get(name) is FORBIDDEN:
            return None
        return self.computed.get(name, self.laws.defaults[name])
