"""Problems as values: what must hold, what does not, where, and what to do about it. Nothing here prints."""

from collections.abc import Iterable, Iterator
from enum import Enum

from knobsmith.records import Record, hidden, replace
from knobsmith.source import Span


class Severity(Enum):
    """How bad a finding is; only an error makes a command fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Rule(Record):
    """A law with a stable id.

    Attributes:
        code: ``KS`` and three digits; never reused.
        severity: What a finding is unless the project says otherwise.
        law: What must hold, as the start of a sentence: "a log scale needs a range above 0".
        why: Why it must hold and what to do, in Markdown, for the rule's page in the docs.
    """

    code: str
    severity: Severity
    law: str
    why: str

    def at(self, path: "Path", fact: str, help: str, offsets: tuple[int, int] | None = None) -> "Finding":
        """A breach of this law at ``path``; ``fact`` says what is, ``help`` what to do."""
        return Finding(self, path, fact, help, offsets)

    def on(self, span: Span, subject: str, fact: str, help: str) -> "Diagnostic":
        """A breach of this law at a known place."""
        return Diagnostic(self.code, self.severity, span, subject, self.law, fact, help)


# Where a fact stands in a resolved entry: ("parameters", "momentum", "tuning", "range").
Path = tuple[str | int, ...]


class Finding(Record):
    """A breach found in the meaning of a spec.

    Attributes:
        path: Leads to the fact.
        offsets: Where in its text.
        beside: Leads to another fact that takes part; where that one is inherited, the reader is told from where.
    """

    rule: Rule
    path: Path
    fact: str
    help: str
    offsets: tuple[int, int] | None = None
    beside: Path | None = None


class Diagnostic(Record):
    """A breach with its place. Reads as one sentence: law, fact, one action.

    ``algorithms`` are those in whose meaning it was found; none if it is about a file as such.
    """

    code: str
    severity: Severity
    span: Span
    subject: str
    law: str
    fact: str
    help: str
    algorithms: tuple[str, ...] = hidden(default=())

    @property
    def message(self) -> str:
        """ "a log scale needs a range above 0, this one starts at 0: raise the lower end"."""
        text = f"{self.law}, {self.fact}" if self.fact else self.law
        return f"{text}: {self.help}" if self.help else text

    def __str__(self) -> str:
        return f"{self.span} {self.severity.value} {self.code}: {self.message}"


def subject_of(path: Path) -> str:
    """A path as people write it: ``parameters.momentum.cases[0].when``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


class Report:
    """A growing collection of diagnostics; read back sorted by place and without repetition.

    A mistake in a fragment is found in each algorithm that uses it. What is found alike is kept once; where algorithms
    differ, each says of which it speaks.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str, Span, str], Diagnostic] = {}

    def add(self, *diagnostics: Diagnostic) -> None:
        """Record diagnostics; one that says the same at the same place is kept once."""
        for diagnostic in diagnostics:
            key = (diagnostic.code, diagnostic.span, diagnostic.message)
            kept = self._found.setdefault(key, diagnostic)
            if not set(diagnostic.algorithms) <= set(kept.algorithms):
                algorithms = tuple(sorted({*kept.algorithms, *diagnostic.algorithms}))
                self._found[key] = replace(kept, algorithms=algorithms)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Record all of an iterable."""
        self.add(*diagnostics)

    def __iter__(self) -> Iterator[Diagnostic]:
        concerned: dict[tuple[str, Span], set[str]] = {}
        for diagnostic in self._found.values():
            concerned.setdefault((diagnostic.code, diagnostic.span), set()).update(diagnostic.algorithms)
        told = (_telling_where(d, concerned[d.code, d.span]) for d in self._found.values())
        return iter(sorted(told, key=lambda d: (d.span, d.severity.rank, d.code, d.fact)))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def has_errors(self) -> bool:
        """Whether a later stage would work on something that is wrong."""
        return any(d.severity is Severity.ERROR for d in self._found.values())


def _telling_where(diagnostic: Diagnostic, concerned: set[str]) -> Diagnostic:
    """The diagnostic, naming its algorithms if another one is found at its place in others."""
    if not diagnostic.algorithms or len(diagnostic.algorithms) == len(concerned):
        return diagnostic
    where = "in " + " and ".join(f"`{name}`" for name in diagnostic.algorithms)
    return replace(diagnostic, fact=f"{diagnostic.fact} {where}".lstrip(), algorithms=())
