# Part of every package that `knobsmith generate` writes; do not edit.
"""What is wrong with the values that a job tries: each combination of what decides is judged as validation does."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from ._codes import DOMAIN, NARROWING
from ._deciding import deciders, read_together
from ._job_reading import Definition, Text
from ._problems import Path, Problems
from ._range_checks import Known
from ._reading import read_wire_config
from ._sagemaker_request import PLACEHOLDER
from ._state import FORBIDDEN, Laws, State
from ._wording import listed, quoted
from ._writing import number_text
from .findings import Finding

# Beyond so many combinations, what decides is varied one by one.
_MOST_COMBINATIONS = 2_000
_Values = dict[str, Text]


class _Trial(NamedTuple):
    """One configuration that a job may try.

    Attributes:
        values: All of it, set or tuned.
        switches: The part that tells branches apart.
        state: What validation knows of it.
        findings: What validation says of it, with the places of its phases.
    """

    values: _Values
    switches: Mapping[str, str]
    state: State
    findings: tuple[tuple[int, Finding], ...]


class BranchChecks:
    """Judges the values of one algorithm's jobs, in every branch."""

    def __init__(self, laws: Laws, problems: Problems, context: Mapping[str, str]) -> None:
        self._laws = laws
        self._add = problems.add
        self._context = context
        self._decisive = deciders(laws.facts)
        self._together = read_together(laws.facts)

    def check(self, definition: Definition, statics: Mapping[str, Text], ranges: Sequence[Known], kind: str) -> None:
        """Note what is wrong with a definition.

        Args:
            definition: The definition.
            statics: What is set, by the names of the hyperparameters.
            ranges: What is tuned, as far as it could be read.
            kind: The kind of document: a table says nothing of what is set.
        """
        ranges = [known for known in ranges if known.points]
        left_open = {name for name, text in statics.items() if PLACEHOLDER.search(text.text)}
        left_open |= {known.name for known in ranges} & statics.keys()
        fixed = {name: text for name, text in statics.items() if name not in left_open}
        trials = [self._tried(values, switches) for values, switches in self._trials(fixed, ranges)]
        self._check_values(definition, trials, fixed, {known.name for known in ranges}, left_open, kind)
        if kind != "table":
            self._check_use(definition, trials, statics, ranges)

    def _tried(self, values: _Values, switches: Mapping[str, str]) -> _Trial:
        state = read_wire_config(self._laws, {name: text.text for name, text in values.items()}, self._context)
        verdict = self._laws.judge(state)
        if verdict.valid:
            return _Trial(values, switches, state, ())
        found = sorted(state.found, key=lambda one: one.place)
        pairs = [(one.place[0], finding) for one, finding in zip(found, verdict.findings, strict=False)]
        return _Trial(values, switches, state, tuple(pair for pair in pairs if pair[1].severity == "error"))

    def _trials(self, fixed: _Values, ranges: Sequence[Known]) -> Iterator[tuple[_Values, Mapping[str, str]]]:
        switches = {known.name: self._points(known) for known in ranges if known.name in self._decisive}
        others = {known.name: known.points for known in ranges if known.name not in switches and known.points}
        rounds = max([2, *map(len, others.values())]) if others else 1
        for combination in _combined(switches):
            told = {name: text.text for name, text in combination.items()}
            for turn in range(rounds):
                varied = {name: points[turn % len(points)] for name, points in others.items()}
                yield {**fixed, **varied, **combination}, told
        usual = {name: points[0] for name, points in others.items()}
        for names in self._together:
            corners = {name: points for name, points in others.items() if name in names}
            for combination in _combined({**switches, **corners}) if len(corners) > 1 else ():
                told = {name: combination[name].text for name in switches}
                yield {**fixed, **usual, **combination}, told

    def _points(self, known: Known) -> tuple[Text, ...]:
        """The values of a switch that matter: of a range its ends, and both sides of each constant in a condition."""
        if not known.is_numeric:
            return known.points
        low, high = (float(point.text) for point in known.points)
        cuts = {c for c in self._decisive[known.name] if low < c < high}
        sides = sorted({low, high, *cuts})
        between = [a + (b - a) / 2 for a, b in pairwise(sides)]
        if self._laws.facts.parameters[known.name].domain.kind == "integer":
            inner = {float(round(value)) for value in between} | {c + d for c in cuts for d in (-1, 0, 1)}
        else:
            inner = set(between) | cuts
        place = known.points[0]
        shown = [place._replace(text=number_text(value)) for value in sorted(inner) if low < value < high]
        return (known.points[0], *shown, known.points[1])

    def _check_values(
        self,
        definition: Definition,
        trials: Sequence[_Trial],
        fixed: _Values,
        tuned: set[str],
        left_open: set[str],
        kind: str,
    ) -> None:
        met: dict[tuple[str, Text | Path, str, str], list[_Trial]] = {}
        for trial in trials:
            for phase, finding in trial.findings:
                name = finding.parameter or ""
                if self._hangs_on(finding, left_open) or (kind == "table" and not _is_of_one(phase, finding, tuned)):
                    continue
                where: Text | Path = trial.values.get(name, definition.statics_path)
                code = "KS505" if name in tuned and _is_of_one(phase, finding, tuned) else "KS518"
                help = finding.help or ("narrow the range" if code == "KS505" else self._missing(finding))
                met.setdefault((code, where, finding.message, help), []).append(trial)
        for (code, where, message, help), own in met.items():
            fact = f"but {message}{_where(own, trials, message)}"
            path, part = (where.path, where.part) if isinstance(where, Text) else (where, None)
            self._add(code, path, fact, help, part=part)

    def _missing(self, finding: Finding) -> str:
        """What to do about a setting, where the finding itself does not say so."""
        name = quoted(finding.parameter or "")
        rule = self._laws.facts.rules.get(finding.code.removeprefix("rule:"))
        if rule is not None:
            reads = dict.fromkeys((*rule.require.reads, *(rule.when.reads if rule.when else ())))
            return f"give {listed([quoted(read) for read in reads])} another value"
        return f"leave {name} out" if finding.code == "forbidden" else f"give {name} another value"

    def _hangs_on(self, finding: Finding, left_open: set[str]) -> bool:
        """Whether a finding may be gone when what is left open is filled in, or is told of by other checks."""
        parameter = finding.parameter or ""
        if not parameter or parameter in left_open:
            return True
        if finding.code == "unknown":
            # Names of hyperparameters are checked where they stand, and some are the service's own.
            return not parameter.startswith("context.")
        rule = self._laws.facts.rules.get(finding.code.removeprefix("rule:"))
        reads = (*rule.require.reads, *(rule.when.reads if rule.when else ())) if rule is not None else ()
        return bool(left_open.intersection(reads))

    def _check_use(
        self, definition: Definition, trials: Sequence[_Trial], statics: Mapping[str, Text], ranges: Sequence[Known]
    ) -> None:
        for name, text in statics.items():
            if all(_is_ignored(trial, name) for trial in trials):
                self._add("KS507", text.path, self._unused(name, trials[0]), "leave it out")
        for known in ranges:
            ignoring = [trial for trial in trials if _is_ignored(trial, known.name)]
            if len(ignoring) == len(trials):
                self._add("KS507", known.stated.path, self._unused(known.name, trials[0]), "leave it out")
            elif ignoring:
                fact = f"{quoted(known.name)} is ignored{_where(ignoring, trials, '')}"
                help = "give each branch a definition of its own"
                self._add("KS507", known.stated.path, fact, help, severity="info")

    def _unused(self, name: str, trial: _Trial) -> str:
        used = self._laws.facts.parameters[name].used_when
        when = f", which is used when {used.prose}" if used is not None else ""
        return f"and nothing reads {quoted(name)}{when}"


def _combined(switches: Mapping[str, tuple[Text, ...]]) -> Iterator[_Values]:
    count = 1
    for points in switches.values():
        count *= len(points)
    if count <= _MOST_COMBINATIONS:
        for combination in product(*switches.values()):
            yield dict(zip(switches, combination, strict=True))
        return
    first = {name: points[0] for name, points in switches.items()}
    for name, points in switches.items():
        for point in points:
            yield {**first, name: point}


def _is_of_one(phase: int, finding: Finding, tuned: set[str]) -> bool:
    """Whether a finding is about the value of one tuned hyperparameter."""
    return finding.parameter in tuned and (phase <= DOMAIN or phase == NARROWING)


def _is_ignored(trial: _Trial, name: str) -> bool:
    return name in trial.state.unused and trial.state.unused[name] in (None, FORBIDDEN)


def _where(own: Sequence[_Trial], trials: Sequence[_Trial], message: str) -> str:
    """In which branches something is so, if it is not in all: " where `optimizer` is `sgd`"."""
    texts = []
    for name in trials[0].switches:
        whole = dict.fromkeys(trial.switches[name] for trial in trials)
        here = dict.fromkeys(trial.switches[name] for trial in own)
        if len(here) < len(whole) and f"`{name}`" not in message:
            texts.append(f"`{name}` is {listed([quoted(value) for value in here])}")
    return f" where {listed(texts, 'and')}" if texts else ""
