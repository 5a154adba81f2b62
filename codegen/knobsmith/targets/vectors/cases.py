"""The trials of one algorithm: what is tried, in which surroundings."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from knobsmith.expr import NOTHING, UNKNOWN, Expr, Missing, names_read
from knobsmith.judging import World
from knobsmith.judging.reading import read_native
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm, CrossRule, Parameter
from knobsmith.model.domain import Domain, Range
from knobsmith.model.membership import contains
from knobsmith.targets.vectors.constructs import construct_of, construct_of_condition, construct_without_value
from knobsmith.targets.vectors.points import Point, neighbours, points, samples
from knobsmith.targets.vectors.scenarios import Scenario, Scenarios
from knobsmith.targets.vectors.texts import texts

OUTCOMES: tuple[tuple[str, bool | Missing], ...] = (
    ("true", True),
    ("false", False),
    ("nothing", NOTHING),
    ("unknown", UNKNOWN),
)
# What has no names with values, though JSON has it.
_NO_OBJECTS: tuple[tuple[str, object], ...] = (
    *(("null", None), ("number", 5), ("boolean", True), ("text", "x"), ("empty text", ""), ("list", [])),
    ("list of pairs", [["x", 1]]),
)
# Names that a map of some language has already, and other things that no hyperparameter is called.
_STRANGE_NAMES = ("__proto__", "constructor", "toString", "hasOwnProperty", "", " ", "é", "unknown")


class Trial(NamedTuple):
    """A configuration to be judged.

    Attributes:
        name: What it tries.
        construct: Of which construct of the language that is an instance.
        config: Native values by names on the wire, or under whatever stands instead of one; or no mapping at all.
        context: What is known of the job, native; or no mapping.
        config_texts: Further entries as text; there is only a wire form then.
        context_texts: The same of the context.
    """

    name: str
    construct: str
    config: object
    context: object
    config_texts: Mapping[str, str] = {}
    context_texts: Mapping[str, str] = {}


def trials(algorithm: Algorithm) -> Iterator[Trial]:
    """All trials of an algorithm; some come by several ways."""
    return _Trials(algorithm).all()


class _Trials:
    def __init__(self, algorithm: Algorithm) -> None:
        self._algorithm = algorithm
        self._scenarios = Scenarios(algorithm)
        self._base = self._scenarios.base
        self._ways: set[object] = set()

    def all(self) -> Iterator[Trial]:
        yield _trial("base", "default", self._base)
        yield Trial("empty", "required", {}, {})
        yield from self._names()
        for fact in self._algorithm.context:
            for label, value in points(fact.domain):
                name = f"context.{fact.name}/{label}"
                yield Trial(name, "context", self._base.config, {fact.name: value})
            for label, text in texts(fact.domain, fact.wire):
                name = f"context.{fact.name}/{label}"
                yield Trial(name, "context", self._base.config, {}, context_texts={fact.name: text})
        for parameter in self._algorithm.parameters:
            yield from self._of_parameter(parameter)
        for label, condition in conditions(self._algorithm):
            yield from self._of_condition(label, condition)
        for rule in self._algorithm.rules:
            yield from self._of_rule(rule)
        yield from self._combined()

    def _names(self) -> Iterator[Trial]:
        for label, given in _NO_OBJECTS:
            yield Trial(f"no object/{label}", "type", given, self._base.context)
            if given is not None:
                yield Trial(f"no object/context/{label}", "context", self._base.config, given)
        for name in _STRANGE_NAMES:
            yield Trial(f"names/{name or 'empty'}", "type", {**self._base.config, name: "1"}, self._base.context)
            yield Trial(f"names/context.{name or 'empty'}", "context", self._base.config, {name: "1"})
        for parameter in self._algorithm.parameters:
            yield Trial(f"{parameter.name}/misspelt", "type", {**self._base.config, f"{parameter.name}_": "1"}, {})

    def _of_parameter(self, parameter: Parameter) -> Iterator[Trial]:
        used = self._scenarios.in_use(parameter, used=True) or self._base
        without = {name: value for name, value in used.config.items() if name != parameter.name}
        yield _trial(f"{parameter.name}/unset", construct_without_value(parameter), Scenario(without, used.context))
        yield from self._stated(parameter, used)
        yield from self._points(parameter, used, "", points(parameter.domain))
        for label, text in self._texts(parameter):
            found = {parameter.name: text}
            yield Trial(f"{parameter.name}/{label}", "wire", without, used.context, config_texts=found)
        if parameter.recommended is not None:
            advice = _advised(parameter.domain, parameter.recommended.range, parameter.recommended.values)
            yield from self._points(parameter, used, "recommended/", advice, "recommended")
        yield from self._aliases(parameter, used)
        yield from self._unused(parameter)
        yield from self._cases(parameter)
        yield from self._named_ends(parameter, used)

    def _stated(self, parameter: Parameter, used: Scenario) -> Iterator[Trial]:
        """What is stated beside a domain, before a point of it comes to the same configuration."""
        rest = {name: value for name, value in used.config.items() if name != parameter.name}
        value = next(samples(parameter.domain), None)
        if parameter.deprecated is not None and value is not None:
            yield _trial(f"{parameter.name}/deprecated", "deprecated", used.with_value(parameter.name, value))
        for choice in parameter.domain.values or ():
            if choice.deprecated is not None:
                label = f"{parameter.name}/deprecated/{choice.value}"
                yield _trial(label, "deprecated", used.with_value(parameter.name, choice.value))
        where = self._scenarios.outcomes(parameter.required_when).get(True) if parameter.required_when else None
        if where is not None and value is not None:
            label = f"{parameter.name}/required_when/given"
            yield _trial(label, "required_when", where.with_value(parameter.name, value))
        if parameter.default is not None and parameter.default.expr is not None:
            for name in sorted(names_read(parameter.default.expr)):
                for read in list(samples(self._parameter(name).domain))[:3]:
                    label = f"{parameter.name}/default/{name}/{read}"
                    yield Trial(label, "computed_default", {**rest, name: read}, used.context)

    def _texts(self, parameter: Parameter) -> Iterator[tuple[str, str]]:
        """Everything there is to try once for each way of reading; then every third of it."""
        domain = parameter.domain
        way = (domain.kind, parameter.wire, domain.words, domain.items.kind if domain.items is not None else None)
        found = list(texts(domain, parameter.wire))
        yield from found if way not in self._ways else found[len(self._ways) % 3 :: 3]
        self._ways.add(way)

    def _points(
        self, parameter: Parameter, where: Scenario, label: str, found: Iterable[Point], construct: str | None = None
    ) -> Iterator[Trial]:
        for about, value in found:
            config = {**where.config, parameter.name: value}
            tried = construct or construct_of(parameter.domain, about)
            yield Trial(f"{parameter.name}/{label}{about}", tried, config, where.context)

    def _aliases(self, parameter: Parameter, used: Scenario) -> Iterator[Trial]:
        value = next(samples(parameter.domain), None)
        rest = {name: given for name, given in used.config.items() if name != parameter.name}
        for place, alias in enumerate(parameter.aliases):
            name = f"{parameter.name}/alias/{place}"
            yield Trial(name, "aliases", {**rest, alias: value}, used.context)
            twice = {**rest, alias: value, parameter.name: value}
            yield Trial(f"{name}/beside the name", "aliases", twice, used.context)
            for other in parameter.aliases[place + 1 :]:
                yield Trial(f"{name}/beside {other}", "aliases", {**rest, alias: value, other: value}, used.context)

    def _unused(self, parameter: Parameter) -> Iterator[Trial]:
        """A value that is ignored is checked all the same."""
        unused = self._scenarios.in_use(parameter, used=False)
        if unused is None:
            return
        construct = "used_when" if parameter.used_when is not None else "forbidden_when"
        yield _trial(f"{parameter.name}/unused/unset", construct, unused)
        found = list(points(parameter.domain))
        good = [point for point in found if _is_valid(parameter.domain, point[1])][:2]
        bad = [point for point in found if not _is_valid(parameter.domain, point[1])][:2]
        yield from self._points(parameter, unused, "unused/", [*good, *bad], construct)

    def _cases(self, parameter: Parameter) -> Iterator[Trial]:
        for place, case in enumerate(parameter.cases):
            where = self._scenarios.outcomes(case.when).get(True)
            if where is None:
                continue
            label = f"cases/{place}"
            yield _trial(f"{parameter.name}/{label}/unset", "cases", where)
            if case.domain is not None:
                yield from self._points(parameter, where, f"{label}/", _edges(case.domain), "cases")
                yield from self._points(parameter, where, f"{label}/beside/", _edges(parameter.domain), "cases")
            if case.recommended is not None:
                advised = _advised(parameter.domain, case.recommended.range, case.recommended.values)
                yield from self._points(parameter, where, f"{label}/recommended/", advised, "recommended")

    def _named_ends(self, parameter: Parameter, used: Scenario) -> Iterator[Trial]:
        """Around the values that a named end may have."""
        for end in _ends(parameter.domain):
            for name in names_read(end):
                for value in list(samples(self._parameter(name).domain))[:3]:
                    for near in _around(value, parameter.domain.kind):
                        config = {**used.config, name: value, parameter.name: near}
                        label = f"{parameter.name}/end/{name}/{value}/{near}"
                        yield Trial(label, "named_range", config, used.context)

    def _of_condition(self, label: str, condition: Expr) -> Iterator[Trial]:
        for about, wanted in OUTCOMES:
            where = self._scenarios.outcomes(condition).get(wanted)
            if where is not None:
                yield _trial(f"{label}/{about}", construct_of_condition(label), where)

    def _of_rule(self, rule: CrossRule) -> Iterator[Trial]:
        exprs = [rule.require, *([rule.when] if rule.when is not None else [])]
        for about, wanted in (("held", True), ("broken", False)):
            where = self._scenarios.find(partial(_judges, rule, wanted), exprs)
            if where is not None:
                yield _trial(f"rules/{rule.name}/{about}", "rules", where)

    def _combined(self) -> Iterator[Trial]:
        """Pairs of outcomes of conditions that can be had together, each once."""
        found = [
            (label, about, where)
            for label, condition in conditions(self._algorithm)
            for about, wanted in OUTCOMES[:2]
            if (where := self._scenarios.outcomes(condition).get(wanted)) is not None
        ]
        for place, (label, about, where) in enumerate(found):
            for other, other_about, other_where in found[place + 1 :]:
                both = where.joined(other_where)
                if both is not None and label != other:
                    construct = construct_of_condition(label)
                    yield _trial(f"{label}/{about} with {other}/{other_about}", construct, both)

    def _parameter(self, name: str) -> Parameter:
        return next(parameter for parameter in self._algorithm.parameters if parameter.name == name)


def conditions(algorithm: Algorithm) -> Iterator[tuple[str, Expr]]:
    """All conditions of an algorithm with a label; those that are said several times once."""
    seen: set[Expr] = set()
    for label, condition in _conditions(algorithm):
        if condition not in seen:
            seen.add(condition)
            yield label, condition


def _conditions(algorithm: Algorithm) -> Iterator[tuple[str, Expr]]:
    for parameter in algorithm.parameters:
        for key in ("used_when", "forbidden_when", "required_when"):
            if (condition := getattr(parameter, key)) is not None:
                yield f"{parameter.name}/{key}", condition
        for place, case in enumerate(parameter.cases):
            yield f"{parameter.name}/cases/{place}/when", case.when
    for rule in algorithm.rules:
        if rule.when is not None:
            yield f"rules/{rule.name}/when", rule.when


def _trial(name: str, construct: str, where: Scenario) -> Trial:
    return Trial(name, construct, where.config, where.context)


def _edges(domain: Domain) -> Iterator[Point]:
    return (point for point in points(domain) if not point[0].startswith("type/"))


def _advised(domain: Domain, range: Range | None, values: tuple[PlainValue, ...] | None) -> Iterator[Point]:
    if range is not None:
        advice = Domain(kind=domain.kind, range=range, items=domain.items)
        yield from (point for point in points(advice) if point[0].startswith("range/"))
    yield from ((f"values/{place}", value) for place, value in enumerate(values or ()))


def _judges(rule: CrossRule, wanted: bool, world: World) -> bool:
    """Whether a rule acts, and is kept or broken as wanted."""
    return world.holds(rule.when, otherwise=True) is True and world.holds(rule.require, otherwise=True) is wanted


def _is_valid(domain: Domain, value: object) -> bool:
    read = read_native(domain, value)
    return read is not None and contains(domain, read)


def _ends(domain: Domain) -> Iterator[Expr]:
    for interval in domain.range.intervals if domain.range is not None else ():
        yield from (bound.name for bound in (interval.lower, interval.upper) if bound.name is not None)


def _around(value: PlainValue, kind: str) -> tuple[PlainValue, ...]:
    if isinstance(value, (bool, str, tuple)):
        return ()
    below, above = neighbours(value, kind)
    return below, value, above
