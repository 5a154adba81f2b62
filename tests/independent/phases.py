"""The eight phases of a verdict (section 15), one function for each."""

from typing import Any

from tests.independent.cases import case_domain, default_of, recommended_of
from tests.independent.domains import broken_facts, is_beyond_named_ends, is_choice, is_in_range, is_special
from tests.independent.evaluating import NOTHING, UNKNOWN
from tests.independent.parsing import context_read, parameters_read, parse
from tests.independent.reading import UnreadableError, read_native, read_wire, without_aliases, write_wire
from tests.independent.values import Json, Outcome, Row, Value, native, same
from tests.independent.world import Fact, Job, Knob


def verdict(algorithm: Json, config: Json, context: Json, form: str) -> dict[str, Any]:
    """The verdict on a configuration, as JSON; reasons by their kind, findings without messages."""
    job = _judged(algorithm, config, context, form)
    return {
        "valid": all(finding["severity"] != "error" for finding in job.findings),
        "findings": job.findings,
        "parameters": {name: _shown(knob) for name, knob in job.knobs.items()},
    }


def to_wire(
    algorithm: Json, config: Json, form: str, defaults: bool = False, context: Json | None = None
) -> dict[str, str]:
    """What was given, as text, in the order of the spec; on request also the defaults of what is in use."""
    job = _judged(algorithm, config, context or {}, form)
    return {
        name: write_wire(knob.entry["domain"], knob.entry["wire"], knob.value)
        for name, knob in job.knobs.items()
        if knob.value is not None and (knob.is_given or (defaults and knob.use is True))
    }


def _judged(algorithm: Json, config: Json, context: Json, form: str) -> Job:
    job = Job(
        facts={entry["name"]: Fact(entry) for entry in algorithm["context"]},
        knobs={entry["name"]: Knob(entry) for entry in algorithm["parameters"]},
    )
    misread = [what for what, given in (("", config), ("context", context)) if not isinstance(given, dict)]
    config, context = (given if isinstance(given, dict) else {} for given in (config, context))
    judge_names(job, config, context)
    for what in misread:
        job.find("type", "error", what or None)
    if misread:
        job.findings.sort(key=lambda one: (one["code"] == "alias", one["parameter"] or "", one["code"] == "type"))
    judge_reading(job, form)
    judge_domains(job)
    told = len(job.findings)
    judge_effects(job, algorithm["effect_order"])
    judge_presence(job)
    judge_narrowing(job)
    judge_rules(job, algorithm["rules"])
    give_advice(job)
    if misread:
        del job.findings[told:]
    return job


def judge_names(job: Job, config: Json, context: Json) -> None:
    """Phase 1."""
    names = {knob.entry["name"]: knob for knob in job.knobs.values()}
    aliases = {alias: knob for knob in job.knobs.values() for alias in knob.entry["aliases"]}
    unknown = [name for name in config if name not in names and name not in aliases]
    unknown += [f"context.{name}" for name in context if name not in job.facts]
    for name in sorted(unknown):
        job.find("unknown", "error", name)
    for name, fact in job.facts.items():
        fact.raw = context.get(name)
    for knob in job.knobs.values():
        given = [name for name in config if names.get(name) is knob or aliases.get(name) is knob]
        if len(given) > 1:
            knob.is_given = True
            job.fail(knob, "alias-conflict")
        elif given:
            knob.raw = config[given[0]]
            knob.is_null = knob.raw is None
            knob.is_given = not knob.is_null
            if given[0] != knob.entry["name"]:
                job.find("alias", "warning", knob.entry["name"])


def judge_reading(job: Job, form: str) -> None:
    """Phase 2."""
    for name, fact in job.facts.items():
        if fact.raw is not None:
            _read_fact(job, name, fact, form)
        elif fact.entry["default"] is not None:
            fact.value = read_native(fact.entry["domain"], fact.entry["default"])
    for knob in job.knobs.values():
        if knob.has_failed:
            continue
        if knob.is_null and not _may_be_unset(knob.entry):
            knob.is_given = True
            job.fail(knob, "type")
        elif knob.is_given:
            _read_knob(job, knob, form)


def _read(entry: Json, raw: Json, form: str) -> Value:
    return read_wire(entry["domain"], entry["wire"], raw) if form == "wire" else read_native(entry["domain"], raw)


def _read_fact(job: Job, name: str, fact: Fact, form: str) -> None:
    try:
        value = _read(fact.entry, fact.raw, form)
    except UnreadableError:
        fact.has_failed = True
        job.find("type", "error", f"context.{name}")
        return
    fact.value = without_aliases(fact.entry["domain"], value)
    if fact.value != value:
        job.find("alias", "warning", f"context.{name}")


def _read_knob(job: Job, knob: Knob, form: str) -> None:
    try:
        value = _read(knob.entry, knob.raw, form)
    except UnreadableError:
        job.fail(knob, "type")
        return
    knob.value = without_aliases(knob.entry["domain"], value)
    if knob.value != value:
        job.find("alias", "warning", knob.entry["name"])


def _may_be_unset(entry: Json) -> bool:
    """Whether "unset" is a possible end; a default of some case only leaves it one."""
    return not entry["required"] and entry["default"] is None


def judge_domains(job: Job) -> None:
    """Phase 3."""
    for name, fact in job.facts.items():
        if fact.raw is not None and not fact.has_failed and fact.value is not None:
            for code in broken_facts(fact.entry["domain"], fact.value):
                fact.has_failed = True
                job.find(code, "error", f"context.{name}")
    for knob in job.knobs.values():
        if knob.is_given and not knob.has_failed and knob.value is not None:
            for code in broken_facts(knob.entry["domain"], knob.value):
                job.fail(knob, code)


def judge_effects(job: Job, effect_order: list[str]) -> None:
    """Phase 4: in dependency order; its findings in the order of the spec."""
    failed: dict[str, str] = {}
    for name in effect_order:
        knob = job.knobs[name]
        _settle_use(job, knob)
        _settle_value(job, knob)
        if knob.has_failed:
            continue
        if knob.is_forbidden is True and knob.is_given:
            failed[name] = "forbidden"
        elif knob.entry["required"] and knob.use is True and knob.is_known_unset:
            failed[name] = "required"
        knob.has_failed = name in failed
    for name, knob in job.knobs.items():
        if name in failed:
            job.fail(knob, failed[name])


def _settle_use(job: Job, knob: Knob) -> None:
    used_when, forbidden_when = knob.entry["used_when"], knob.entry["forbidden_when"]
    used = job.outcome(used_when) if used_when else True
    knob.is_forbidden = job.outcome(forbidden_when) if forbidden_when else False
    if knob.is_forbidden is True or used in (False, NOTHING):
        knob.use = False
    elif knob.is_forbidden is UNKNOWN or used is UNKNOWN:
        knob.use = UNKNOWN


def _settle_value(job: Job, knob: Knob) -> None:
    if knob.is_given or knob.is_forbidden is True:
        return
    value = default_of(knob.entry, job)
    if value is UNKNOWN:
        knob.is_default_unknown = True
    elif not isinstance(value, Outcome):
        knob.value, knob.has_default = value, True


def judge_presence(job: Job) -> None:
    """Phase 5."""
    missing = []
    for knob in job.knobs.values():
        required_when = knob.entry["required_when"]
        if knob.is_judged and knob.is_known_unset and required_when and job.outcome(required_when) is True:
            missing.append(knob)
    for knob in missing:
        job.fail(knob, "required")


def judge_narrowing(job: Job) -> None:
    """Phase 6. Failures count from phase 7 on."""
    failed: list[tuple[Knob, str]] = []
    for knob in job.knobs.values():
        if not knob.is_judged or knob.value is None:
            continue
        narrowed = case_domain(knob.entry, job)
        if narrowed is not None and broken_facts(narrowed, knob.value, job.result):
            failed.append((knob, "case"))
        if is_beyond_named_ends(knob.entry["domain"], knob.value, job.result):
            failed.append((knob, "range"))
    for knob, code in failed:
        job.fail(knob, code)


def judge_rules(job: Job, rules: list[Json]) -> None:
    """Phase 7."""
    for rule in rules:
        acts = job.outcome(rule["when"]) if rule["when"] else True
        if acts is True and job.outcome(rule["require"]) is False:
            job.find(f"rule:{rule['name']}", rule["severity"], _parameter_of(rule))


def _parameter_of(rule: Json) -> str | None:
    trees = [parse(rule[key]["text"]) for key in ("require", "when") if rule[key]]
    read = [name for tree in trees for name in parameters_read(tree)]
    read += [f"context.{name}" for tree in trees for name in context_read(tree)]
    return read[0] if read else None


def give_advice(job: Job) -> None:
    """Phase 8."""
    for name, fact in job.facts.items():
        if fact.raw is not None and fact.value is not None and not fact.has_failed:
            _advise_on_value(job, f"context.{name}", fact.entry["domain"], fact.value)
    for knob in job.knobs.values():
        if knob.is_given and not knob.has_failed:
            _advise(job, knob)


def _advise(job: Job, knob: Knob) -> None:
    name, domain = knob.entry["name"], knob.entry["domain"]
    assert knob.value is not None
    if knob.use is False:
        job.find("ignored", "warning", name)
    if knob.entry["deprecated"] is not None:
        job.find("deprecated", "warning", name)
    if _is_deprecated(domain, knob.value):
        job.find("deprecated", "warning", name)
    if knob.use is not True:
        return
    if _is_beside_an_open_list(domain, knob.value):
        job.find("open", "warning", name)
    if _is_outside_advice(job, knob):
        job.find("recommended", "info", name)


def _advise_on_value(job: Job, name: str, domain: Json, value: Value) -> None:
    if _is_deprecated(domain, value):
        job.find("deprecated", "warning", name)
    if _is_beside_an_open_list(domain, value):
        job.find("open", "warning", name)


def _is_deprecated(domain: Json, value: Value) -> bool:
    choices = [choice for choice in domain["values"] or [] if choice["deprecated"] is not None]
    if any(same(value, read_native(domain, choice["value"])) for choice in choices):
        return True
    return isinstance(value, Row) and any(_is_deprecated(domain["items"], item) for item in value.items)


def _is_beside_an_open_list(domain: Json, value: Value) -> bool:
    if domain["values"] is not None and domain["open"]:
        return not is_choice(domain, value) and not is_special(domain, value)
    return isinstance(value, Row) and any(_is_beside_an_open_list(domain["items"], item) for item in value.items)


def _is_outside_advice(job: Job, knob: Knob) -> bool:
    advice, value = recommended_of(knob.entry, job), knob.value
    if advice is None or value is None:
        return False
    if advice["range"] is not None:
        return not is_special(knob.entry["domain"], value, job.result) and not is_in_range(
            advice["range"], value, job.result
        )
    return not any(same(value, read_native(knob.entry["domain"], one)) for one in advice["values"])


def _shown(knob: Knob) -> dict[str, Json]:
    has_default = knob.has_default or knob.is_default_unknown
    return {
        "state": "given" if knob.is_given else "default" if has_default else "unset",
        "used": knob.use is not False,
        "reason": _reason(knob),
        "value": None if knob.value is None else native(knob.value),
    }


def _reason(knob: Knob) -> str | None:
    if knob.is_forbidden is True:
        return "forbidden"
    if knob.use is False:
        return "ignored"
    return "not judged" if knob.has_failed or knob.may_be_ignored or knob.is_default_unknown else None
