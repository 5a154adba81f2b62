"""Every configuration of a small algorithm, judged one by one, and from that what each obligation comes to.

The judge is the independent evaluator, which reads the published form of the catalog; nothing of the prover is used.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from knobsmith.model.base import as_json
from knobsmith.model.catalog import Algorithm
from knobsmith.prove.proving import Obligation

from tests.independent import phases
from tests.independent.domains import broken_facts, is_in_range
from tests.independent.evaluating import NOTHING, UNKNOWN
from tests.independent.parsing import parameters_read, parse
from tests.independent.reading import read_native
from tests.independent.values import Value, is_numeric, native, same
from tests.independent.world import Fact, Job, Knob

Json = Any


@dataclass(frozen=True)
class Point:
    """A configuration with its context, and who objects to it."""

    config: Json
    context: Json
    job: Job
    objecting: frozenset[str]
    broken: frozenset[str]
    broken_errors: frozenset[str]

    @property
    def is_valid(self) -> bool:
        return not self.objecting and not self.broken_errors

    def outcome(self, expression: Json) -> Any:
        return True if expression is None else self.job.outcome(expression)


def judged(algorithm: Json, config: Json, context: Json) -> Point:
    """One configuration, judged."""
    job = Job(
        facts={entry["name"]: Fact(entry) for entry in algorithm["context"]},
        knobs={entry["name"]: Knob(entry) for entry in algorithm["parameters"]},
    )
    phases.judge_names(job, config, context)
    phases.judge_reading(job, "native")
    phases.judge_domains(job)
    phases.judge_effects(job, algorithm["effect_order"])
    phases.judge_presence(job)
    # Rules and conditions of a proof speak of values that are valid as far as this; see the prover's `world`.
    phases.judge_narrowing(job)
    objecting = frozenset(finding["parameter"] for finding in job.findings if finding["severity"] == "error")
    for knob in job.knobs.values():
        knob.has_failed = False
    rules = [rule for rule in algorithm["rules"] if _is_broken(job, rule)]
    errors = frozenset(rule["name"] for rule in rules if rule["severity"] == "error")
    return Point(config, context, job, objecting, frozenset(rule["name"] for rule in rules), errors)


def _is_broken(job: Job, rule: Json) -> bool:
    acts = job.outcome(rule["when"]) if rule["when"] else True
    return acts is True and job.outcome(rule["require"]) is False


class Enumeration:
    """All points of an algorithm whose parameters have the listed values."""

    def __init__(self, algorithm: Algorithm, values: dict[str, tuple[Json, ...]]) -> None:
        self.algorithm = as_json(algorithm)
        self.parameters = {entry["name"]: entry for entry in self.algorithm["parameters"]}
        self.rules = {rule["name"]: rule for rule in self.algorithm["rules"]}
        facts = [f"context.{fact['name']}" for fact in self.algorithm["context"]]
        names = [*self.parameters, *facts]
        every = product(*([None, *values.get(name, ())] for name in names))
        self.points = [self.point(dict(zip(names, chosen, strict=True))) for chosen in every]

    def point(self, chosen: Json) -> Point:
        """One point, by the values of parameters and of `context.NAME`; None for what is not given."""
        given = {name: value for name, value in chosen.items() if value is not None}
        config = {name: value for name, value in given.items() if name in self.parameters}
        context = {name.removeprefix("context."): given[name] for name in given if name not in self.parameters}
        return judged(self.algorithm, config, context)

    @property
    def valid(self) -> Iterator[Point]:
        return (point for point in self.points if point.is_valid)

    def holds(self, obligation: Obligation) -> bool:
        """Whether what an obligation claims is so."""
        if obligation.refute:
            return not any(True for _ in self.counterexamples(obligation))
        return self._is_witnessed(obligation)

    def _is_witnessed(self, obligation: Obligation) -> bool:
        path, claim = obligation.path, obligation.claim
        match obligation.law:
            case "KS206":
                return any(True for _ in self.valid)
            case "KS203":
                return any(self._shows(point, path, claim) for point in self.valid)
            case "KS204":
                rule = self.rules[str(path[1])]
                if claim == "it can be broken":
                    return any(not point.objecting and rule["name"] in point.broken for point in self.points)
                return any(
                    not point.objecting
                    and point.outcome(rule["when"]) is True
                    and point.outcome(rule["require"]) is True
                    for point in self.points
                )
        entry, tuning, index = self._tuning(path)
        chosen = [tuning["values"][path[-1]]] if path[-2] == "values" else None
        return any(self._is_tuned(point, entry, index, chosen) for point in self.valid)

    def _shows(self, point: Point, path: Any, claim: str) -> bool:
        section, name, *steps = path
        entry = next(one for one in self.algorithm[section] if one["name"] == name)
        if steps[0] != "cases":
            outcome = point.outcome(entry[steps[0]])
            return outcome is True if claim == "it can be true" else outcome in (False, NOTHING)
        case = entry["cases"][steps[1]]
        outcome = point.outcome(case["when"])
        if claim != "it can be true":
            return outcome in (False, NOTHING)
        stated = [fact for fact in ("domain", "default", "recommended", "tuning") if states(case, fact)]
        return outcome is True and any(deciding(point, entry, fact) == steps[1] for fact in stated)

    def counterexamples(self, obligation: Obligation) -> Iterator[Point]:
        """The points that speak against a claim about all of them."""
        match obligation.law, obligation.path:
            case "KS202", _:
                yield from filter(self._breaks_default(obligation), self.points)
            case "KS201", ("parameters", _, *_, "tuning"):
                yield from filter(self._breaks_tuned(obligation), self.points)
            case _:
                yield from self._upset(obligation)

    def _breaks_default(self, obligation: Obligation) -> Callable[[Point], bool]:
        name, steps = str(obligation.path[1]), obligation.path[2:]
        index = steps[1] if steps[0] == "cases" else None
        entry = self.parameters[name]

        def breaks(point: Point) -> bool:
            knob = point.job.knobs[name]
            if knob.use is not True or not knob.has_default or knob.is_default_unknown or knob.value is None:
                return False
            if deciding(point, entry, "default") != index or not self._is_else_in_order(point, name):
                return False
            return name in point.objecting or broken_facts(entry["domain"], knob.value) != []

        return breaks

    def _breaks_tuned(self, obligation: Obligation) -> Callable[[Point], bool]:
        entry, _, index = self._tuning(obligation.path)
        name = entry["name"]
        return lambda point: (
            self._is_tuned(point, entry, index) and self._is_else_in_order(point, name) and name in point.objecting
        )

    def _is_else_in_order(self, point: Point, name: str) -> bool:
        about = {rule["name"] for rule in self.rules.values() if name in _reads(rule)}
        return point.objecting <= {name} and point.broken_errors <= about

    def _upset(self, obligation: Obligation) -> Iterator[Point]:
        """Points that a party objects to, though a valid one differs from them in tuned numbers only."""
        section, party = obligation.path[0], str(obligation.path[1])
        movable = {name: entry for name, entry in self.parameters.items() if _moves(entry)}
        for point in self.points:
            objects = party in (point.broken_errors if section == "rules" else point.objecting)
            if objects and any(self._is_same_branch(other, point, movable) for other in self.valid):
                yield point

    def _is_same_branch(self, one: Point, other: Point, movable: dict[str, Json]) -> bool:
        if one.context != other.context:
            return False
        for name in self.parameters:
            values = one.config.get(name), other.config.get(name)
            if values[0] == values[1] and type(values[0]) is type(values[1]):
                continue
            if name not in movable or not all(self._moves_through(point, movable[name]) for point in (one, other)):
                return False
        return True

    def _moves_through(self, point: Point, entry: Json) -> bool:
        spaces = [(None, entry["tuning"]), *enumerate(case["tuning"] for case in entry["cases"])]
        ranged = [index for index, tuning in spaces if tuning is not None and tuning["range"] is not None]
        return any(self._is_tuned(point, entry, index) for index in ranged)

    def _tuning(self, path: Any) -> tuple[Json, Json, int | None]:
        entry = self.parameters[path[1]]
        if path[2] == "cases":
            return entry, entry["cases"][path[3]]["tuning"], path[3]
        return entry, entry["tuning"], None

    def _is_tuned(self, point: Point, entry: Json, index: int | None, chosen: Json = None) -> bool:
        knob = point.job.knobs[entry["name"]]
        tuning = entry["tuning"] if index is None else entry["cases"][index]["tuning"]
        if not knob.is_given or knob.value is None or knob.use is not True or deciding(point, entry, "tuning") != index:
            return False
        return in_space(entry, tuning, knob.value, chosen)


def in_space(entry: Json, tuning: Json, value: Value, chosen: Json = None) -> bool:
    """Whether a value is a point of a tuning space, or of those chosen of it."""
    if tuning["values"] is None:
        return is_numeric(value) and is_in_range(tuning["range"], value, None) and _is_on_step(tuning, value)
    return any(same(value, read_native(entry["domain"], one)) for one in chosen or tuning["values"])


def _is_on_step(tuning: Json, value: Any) -> bool:
    lower = tuning["range"]["intervals"][0]["lower"]
    first = lower["value"] if lower["closed"] or isinstance(value, float) else lower["value"] + 1
    return tuning["step"] is None or (value - first) % tuning["step"] == 0


def states(case: Json, fact: str) -> bool:
    """Whether a case says something of a fact."""
    return case[fact] is not None or (fact == "tuning" and case["not_tunable"])


def deciding(point: Point, entry: Json, fact: str) -> int | str | None:
    """The first case that holds and states a fact; None for the parameter itself; a word where that is unknown."""
    for index, case in enumerate(entry["cases"]):
        if states(case, fact):
            outcome = point.outcome(case["when"])
            if outcome is UNKNOWN:
                return "unknown"
            if outcome is True:
                return index
    return None


def _moves(entry: Json) -> bool:
    tunings = [entry["tuning"], *(case["tuning"] for case in entry["cases"])]
    return any(tuning is not None and tuning["range"] is not None for tuning in tunings)


def _reads(rule: Json) -> set[str]:
    return {name for key in ("require", "when") if rule[key] for name in parameters_read(parse(rule[key]["text"]))}


def same_config(left: Json, right: Json) -> bool:
    """Whether two configurations are the same, `1` and `1.0` being equal and `1` and `true` not."""
    return left == right and all(isinstance(left[name], bool) == isinstance(right[name], bool) for name in left)


def plain_value(value: Any) -> Json:
    """A value of a proof as JSON has it."""
    if isinstance(value, tuple):
        return [plain_value(item) for item in value]
    return native(value) if not isinstance(value, (str, bool)) else value
