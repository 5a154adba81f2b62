"""The eight phases of a verdict, a function each."""

from collections.abc import Mapping

from knobsmith.expr import UNKNOWN, Missing
from knobsmith.judging.reading import read_native, read_wire, without_aliases
from knobsmith.judging.subjects import subject_of_rule
from knobsmith.judging.verdict import Finding, Form, Verdict
from knobsmith.judging.world import Config, Fact, Knob, World, constant_part, has_names, named_only
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm, ContextFact, Parameter
from knobsmith.model.domain import Domain
from knobsmith.model.membership import broken_facts, in_range, is_special, same
from knobsmith.resolve.scope import scope_of


class Judge:
    """Judges configurations of one algorithm."""

    def __init__(self, algorithm: Algorithm) -> None:
        self.algorithm = algorithm
        parameters = {parameter.name: parameter.domain for parameter in algorithm.parameters}
        self._scope = scope_of(parameters, {fact.name: fact.domain for fact in algorithm.context})
        self._keys = frozenset(key for one in algorithm.parameters for key in (one.name, *one.aliases))

    def verdict(self, config: object, context: object, form: Form) -> Verdict:
        """The verdict on a configuration and what is known of its job; either may be no mapping."""
        return self.follow(config, context, form).verdict()

    def follow(self, config: object, context: object, form: Form) -> World:
        """A configuration after all phases, for questions that a verdict does not answer."""
        world = self.read(config, context, form)
        conclude(world)
        return world

    def read(self, config: object, context: object, form: Form) -> World:
        """A configuration after the phases that look at each value by itself."""
        world = World.of(self.algorithm, self._scope)
        named, known = _expect_names(world, "", config), _expect_names(world, "context", context)
        given = _names(world, self._keys, named, known)
        values = _reading(world, given, known, form)
        _domains(world, values)
        return world

    def suppose(self, given: Mapping[str, PlainValue | Missing], facts: Mapping[str, PlainValue]) -> World:
        """Values that are valid each by itself, after phase 4; one that is given but not known is ``UNKNOWN``."""
        world = World.of(self.algorithm, self._scope)
        for name, knob in world.knobs.items():
            if name in given:
                value = given[name]
                knob.is_given = True
                knob.is_default = isinstance(value, Missing)
                knob.value = None if isinstance(value, Missing) else value
        for name, known in facts.items():
            world.facts[name].value = known
        _effects(world)
        return world


def is_refused(world: World) -> bool:
    """Whether an error is known after phases 4, 6 and 7; what is required may still be given."""
    _narrowing(world)
    _rules(world)
    return any(found.severity == "error" and found.code != "required" for found in world.findings)


def conclude(world: World) -> None:
    """The phases that look at values together, once each is read.

    Where something else than names with values was read, nothing is missing in it: they find nothing then.
    """
    read = len(world.findings)
    _effects(world)
    _presence(world)
    _narrowing(world)
    _rules(world)
    _advice(world)
    if world.is_misread:
        del world.findings[read:]


def _expect_names(world: World, what: str, given: object) -> Config:
    """What has names with values; nothing, and a finding, instead of anything else."""
    if isinstance(given, Mapping):
        return given
    world.is_misread = True
    world.find("type", "error", what or None)
    return {}


def _names(world: World, known: frozenset[str], config: Config, context: Config) -> dict[str, object]:
    """Phase 1: what was given, by wire name; what was given twice has failed and is left out."""
    unknown = [name for name in config if name not in known]
    unknown += [f"context.{name}" for name in context if name not in world.facts]
    world.findings += [Finding("unknown", "error", name) for name in unknown]
    world.findings.sort(key=lambda found: (found.parameter or "", found.code == "type"))
    given: dict[str, object] = {}
    for name, knob in world.knobs.items():
        aliases = knob.about.aliases
        keys = [key for key in (name, *aliases) if key in config] if aliases else [name] * (name in config)
        if len(keys) > 1:
            knob.is_given = True
            world.fail(knob, "alias-conflict")
        elif keys:
            given[name] = config[keys[0]]
            if keys[0] != name:
                world.find("alias", "warning", name)
    return given


def _reading(world: World, given: Mapping[str, object], context: Config, form: Form) -> list[Fact | Knob]:
    """Phase 2: everything whose value could be read, in order."""
    readable: list[Fact | Knob] = []
    for name, fact in world.facts.items():
        if context.get(name) is not None and _read(world, fact, f"context.{name}", context[name], form):
            readable.append(fact)
    for name, knob in world.knobs.items():
        if name not in given:
            continue
        if given[name] is None and form == "native" and not knob.about.required and knob.about.default is None:
            continue
        if _read(world, knob, name, given[name], form):
            readable.append(knob)
    return readable


def _read(world: World, subject: Fact | Knob, name: str, raw: object, form: Form) -> bool:
    subject.is_given = True
    subject.value = None
    value = _value(subject.about, raw, form)
    if value is None:
        subject.has_failed = True
        world.find("type", "error", name)
        return False
    subject.value = without_aliases(subject.about.domain, value)
    if not same(subject.value, value):
        world.find("alias", "warning", name)
    return True


def _value(about: Parameter | ContextFact, raw: object, form: Form) -> PlainValue | None:
    return read_wire(about.domain, about.wire, raw) if form == "wire" else read_native(about.domain, raw)


def _domains(world: World, readable: list[Fact | Knob]) -> None:
    """Phase 3."""
    for subject in readable:
        prefix = "context." if isinstance(subject, Fact) else ""
        for code in (
            broken_facts(constant_part(subject.about.domain), subject.value) if subject.value is not None else ()
        ):
            subject.has_failed = True
            world.find(code, "error", f"{prefix}{subject.about.name}")


def _effects(world: World) -> None:
    """Phase 4: decided in dependency order, reported in that of the spec."""
    failed: dict[str, str] = {}
    for name in world.algorithm.effect_order:
        knob = world.knobs[name]
        _settle(world, knob)
        if knob.has_failed:
            continue
        if knob.is_forbidden and knob.is_given:
            failed[name] = "forbidden"
        elif knob.about.required and knob.use is True and knob.is_unset:
            failed[name] = "required"
        knob.has_failed = name in failed
    for name, knob in world.knobs.items():
        if name in failed:
            world.fail(knob, failed[name])


def _settle(world: World, knob: Knob) -> None:
    used = world.holds(knob.about.used_when, otherwise=True)
    forbidden = world.holds(knob.about.forbidden_when, otherwise=False)
    knob.is_forbidden = forbidden is True
    if knob.is_forbidden or (used is not True and used is not UNKNOWN):
        knob.use = False
    elif used is UNKNOWN or forbidden is UNKNOWN:
        knob.use = UNKNOWN
    if knob.is_given or knob.is_forbidden:
        return
    default = world.default_of(knob)
    knob.is_default = default is UNKNOWN or not isinstance(default, Missing)
    knob.value = None if isinstance(default, Missing) else default


def _presence(world: World) -> None:
    """Phase 5: decided before any of it counts."""
    missing = [
        knob
        for knob in world.knobs.values()
        if knob.is_judged and knob.is_unset and world.holds(knob.about.required_when, otherwise=False) is True
    ]
    for knob in missing:
        world.fail(knob, "required")


def _narrowing(world: World) -> None:
    """Phase 6: decided before any of it counts."""
    broken: list[tuple[Knob, str]] = []
    for knob in world.knobs.values():
        if not knob.is_judged or knob.value is None:
            continue
        case = world.cases(knob, "domain")
        if not isinstance(case, Missing) and case.domain is not None and _breaks(world, case.domain, knob.value):
            broken.append((knob, "case"))
        if _is_beyond(world, knob.about.domain, knob.value):
            broken.append((knob, "range"))
    for knob, code in broken:
        world.fail(knob, code)


def _breaks(world: World, domain: Domain, value: PlainValue) -> bool:
    """Whether a value breaks a domain all of whose ends are known."""
    return bool(broken_facts(world.bound_domain(domain), value))


def _is_beyond(world: World, domain: Domain, value: PlainValue) -> bool:
    """Whether a value lies beyond an end that is a name."""
    if domain.range is None or isinstance(value, (bool, str, tuple)) or not has_names(domain.range):
        return False
    return not _is_special(world, domain, value) and not in_range(world.bound(named_only(domain.range)), value)


def _is_special(world: World, domain: Domain, value: PlainValue) -> bool:
    """Whether a value has a meaning of its own, all ends being known."""
    return any(is_special(special, value) for special in world.bound_domain(domain).special)


def _rules(world: World) -> None:
    """Phase 7."""
    for rule in world.algorithm.rules:
        if world.holds(rule.when, otherwise=True) is True and world.holds(rule.require, otherwise=True) is False:
            world.find(f"rule:{rule.name}", rule.severity, subject_of_rule(rule.require, rule.when))


def _advice(world: World) -> None:
    """Phase 8."""
    for name, fact in world.facts.items():
        if fact.is_given and not fact.has_failed and fact.value is not None:
            _remark(world, f"context.{name}", fact.about.domain, fact.value, is_used=True)
    for name, knob in world.knobs.items():
        if not knob.is_given or knob.has_failed or knob.value is None:
            continue
        if knob.use is False:
            world.find("ignored", "warning", name)
        if knob.about.deprecated is not None:
            world.find("deprecated", "warning", name)
        _remark(world, name, knob.about.domain, knob.value, is_used=knob.use is True)
        if knob.use is True and _is_outside_advice(world, knob, knob.value):
            world.find("recommended", "info", name)


def _remark(world: World, name: str, domain: Domain, value: PlainValue, *, is_used: bool) -> None:
    if _is_deprecated(domain, value):
        world.find("deprecated", "warning", name)
    if is_used and _is_beside_list(domain, value):
        world.find("open", "warning", name)


def _is_deprecated(domain: Domain, value: PlainValue) -> bool:
    if any(choice.deprecated is not None and same(choice.value, value) for choice in domain.values or ()):
        return True
    items = domain.items
    return isinstance(value, tuple) and items is not None and any(_is_deprecated(items, item) for item in value)


def _is_beside_list(domain: Domain, value: PlainValue) -> bool:
    """Whether a value stands beside an open list."""
    if domain.values is not None and domain.open:
        listed = any(same(choice.value, value) for choice in domain.values)
        return not listed and not any(is_special(special, value) for special in domain.special)
    items = domain.items
    return isinstance(value, tuple) and items is not None and any(_is_beside_list(items, item) for item in value)


def _is_outside_advice(world: World, knob: Knob, value: PlainValue) -> bool:
    case = world.cases(knob, "recommended")
    if case is UNKNOWN:
        return False
    advice = knob.about.recommended if isinstance(case, Missing) else case.recommended
    if advice is None:
        return False
    if advice.values is not None:
        return not any(same(one, value) for one in advice.values)
    if advice.range is None or isinstance(value, (bool, str, tuple)):
        return False
    return not _is_special(world, knob.about.domain, value) and not in_range(world.bound(advice.range), value)
