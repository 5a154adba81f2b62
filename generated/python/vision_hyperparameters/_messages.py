# Part of every package that `knobsmith generate` writes; do not edit.
"""The wording of findings."""

from collections.abc import Callable, Iterable
from typing import Any

from ._codes import ADVICE, DOMAIN, NAMES, find
from ._domains import broken_facts
from ._refusals import Message, broken, described, refused
from ._state import Found, State
from ._wording import default_in_words, listed, nearest, quoted, values_read
from .facts import Choice, ContextFact, Deprecated, Domain, Parameter
from .findings import Finding

# Of so many findings each is worth a search for the name that was meant; of more, nobody reads all.
_PATIENCE = 100


def findings_of(state: State) -> tuple[Finding, ...]:
    """All findings in their order, in words. Advice, which decides nothing, is gathered here."""
    state = state.twin()  # threads may share a verdict
    if state.laws.advise is not None:
        state.laws.advise(state)
    _advise(state)
    found = sorted(state.found, key=lambda found: found.place) if state.found else []
    if any(map(_is_misread, found)):
        # Where there is no configuration, nothing is missing in it.
        found = [one for one in found if one.place[0] <= DOMAIN]
    told = [_finding(state, one) for one in found[:_PATIENCE]]
    told += [_finding(state, one, in_haste=True) for one in found[_PATIENCE:]]
    return tuple(told)


def _advise(state: State) -> None:
    """Phase 8 as far as it is the same for all algorithms."""
    if not state.given.keys().isdisjoint(state.unused):
        for name, read_as in state.unused.items():
            if read_as is None and name in state.given and name not in state.failed:
                find(state, ADVICE, name, "ignored", "warning")
    for name in state.laws.deprecated:
        if name in state.given and name not in state.failed:
            find(state, ADVICE, name, "deprecated", "warning")
    for name, code in state.noted:
        if name not in state.failed and (code == "deprecated" or name not in state.unused):
            find(state, ADVICE, name, code, "warning", "value")


def _finding(state: State, found: Found, *, in_haste: bool = False) -> Finding:
    if found.code.startswith("rule:"):
        rule = state.laws.facts.rules[found.subject]
        return Finding(found.code, found.severity, rule.subject, *_broken_rule(state, found.subject))
    if found.place[0] == DOMAIN:
        message = broken(f"`{found.subject}`", _fact(state, found).domain, found.code, found.detail)
    elif found.code == "unknown":
        message = _unknown(state, found, in_haste)
    elif _is_misread(found):
        return Finding(found.code, found.severity, found.subject or None, *_misread(found))
    else:
        message = _WORDINGS[found.code](state, found)
    return Finding(found.code, found.severity, found.subject, *message)


def _is_misread(found: Found) -> bool:
    """Whether something else stands where names with values should."""
    return found.code == "type" and found.place[0] == NAMES


def _misread(found: Found) -> Message:
    what, given = "the context" if found.subject else "a configuration", found.detail
    # Other objects are asked nothing: they may be anything.
    is_plain = given is None or issubclass(type(given), (bool, int, float, str, list, tuple))
    shown = described(given) if is_plain else f"of type {type(given).__name__}"
    return f"{what} must be a mapping of names to values, but is {shown}", None


def _unknown(state: State, found: Found, in_haste: bool) -> Message:
    laws = state.laws
    name, what, known = found.subject, "hyperparameter of {}", list(laws.names)
    if found.detail is not None:
        name, what, known = str(found.detail), "fact that {} asks of a job", list(laws.facts.context)
    message = f"{quoted(name)} is no {what.format(laws.name)}"
    return message, None if in_haste else nearest(name, known)


def _conflict(state: State, found: Found) -> Message:
    spelled = f", as {listed([f'`{key}`' for key in found.detail], 'and')}" if len(set(found.detail)) > 1 else ""
    keep = f"keep `{found.subject}` only" if spelled else "keep one of them"
    return f"`{found.subject}` is given {len(found.detail)} times{spelled}", keep


def _alias(state: State, found: Found) -> Message:
    if found.place[0] == NAMES:
        return f"`{found.detail}` is another name of `{found.subject}`", f"write `{found.subject}`"
    value, meant = found.detail
    message = f"{quoted(value)} is another name of the value {quoted(meant)} of `{found.subject}`"
    return message, f"write {quoted(meant)}"


def _type(state: State, found: Found) -> Message:
    if found.detail is not None:
        return refused(f"`{found.subject}`", found.detail)
    parameter = _parameter(state, found)
    reason = "it is required" if parameter.required else default_in_words(parameter)
    return f"`{found.subject}` must not be null: {reason}", "leave it out"


def _broken_rule(state: State, name: str) -> Message:
    rule = state.laws.facts.rules[name]
    reads = dict.fromkeys((*rule.require.reads, *(rule.when.reads if rule.when else ())))
    return f"{rule.message} ({values_read(state, reads)})" if reads else rule.message, None


def _forbidden(state: State, found: Found) -> Message:
    condition = _parameter(state, found).forbidden_when
    reason = f" when {condition.prose}" if condition else ""
    return f"`{found.subject}` must not be given{reason}", f"leave out `{found.subject}`"


def _required(state: State, found: Found) -> Message:
    condition = _parameter(state, found).required_when
    reason = f" when {condition.prose}" if condition else ""
    return f"`{found.subject}` is required{reason}", f"give `{found.subject}`"


def _case(state: State, found: Found) -> Message:
    parameter = _parameter(state, found)
    case = parameter.cases[found.detail]
    if case.domain is None:
        return f"`{parameter.name}` is not valid when {case.when.prose}", None
    value, when = _value(state, parameter), case.when.prose
    codes = broken_facts(case.domain, value)
    if not codes:
        return f"{_beyond_ends(state, parameter, case.domain)}, when {when}", None
    message, help = broken(f"`{parameter.name}`", case.domain, codes[0], value)
    return f"{message}, when {when}", help


def _range(state: State, found: Found) -> Message:
    parameter = _parameter(state, found)
    return _beyond_ends(state, parameter, parameter.domain), None


def _beyond_ends(state: State, parameter: Parameter, domain: Domain) -> str:
    if domain.range is None:
        return f"`{parameter.name}` is {quoted(_value(state, parameter))}"
    known = values_read(state, domain.range.reads)
    return f"`{parameter.name}` must be in {domain.range.text}, but is {quoted(_value(state, parameter))}, and {known}"


def _ignored(state: State, found: Found) -> Message:
    condition = _parameter(state, found).used_when
    if condition is None:
        return f"`{found.subject}` is ignored", None
    facts = values_read(state, condition.reads)
    message = f"`{found.subject}` is ignored: {facts}; used when {condition.afterwards or condition.prose}"
    return message, f"leave out `{found.subject}`"


def _deprecated(state: State, found: Found) -> Message:
    fact = _fact(state, found)
    if found.detail is None:
        notice = fact.deprecated if isinstance(fact, Parameter) else None
        return _deprecation(f"`{found.subject}`", notice or Deprecated())
    for choice in _choices(fact.domain, _given(state, found)):
        if choice.deprecated is not None:
            return _deprecation(f"the value {quoted(choice.value)} of `{found.subject}`", choice.deprecated)
    return f"`{found.subject}` has a deprecated value", None


def _deprecation(subject: str, notice: Deprecated) -> Message:
    since = f" since {notice.since}" if notice.since else ""
    reason = f": {notice.reason}" if notice.reason else ""
    help = f"use {quoted(notice.use_instead)} instead" if notice.use_instead else None
    return f"{subject} is deprecated{since}{reason}", help


def _open(state: State, found: Found) -> Message:
    domain = _fact(state, found).domain
    while domain.values is None and domain.items is not None:
        domain = domain.items
    known = listed([quoted(choice.value) for choice in domain.values or ()], "and")
    message = f"{quoted(_given(state, found))} is no known value of `{found.subject}`"
    return message, f"known are {known}" if known else None


def _recommended(state: State, found: Found) -> Message:
    parameter = _parameter(state, found)
    advice = parameter.recommended if found.detail is None else parameter.cases[found.detail].recommended
    when = "" if found.detail is None else f" when {parameter.cases[found.detail].when.prose}"
    best = listed([quoted(value) for value in advice.values or ()]) if advice else ""
    best = f"in {advice.range.text}" if advice and advice.range else best
    return f"`{parameter.name}` is best {best}{when}, and is {quoted(_value(state, parameter))}", None


_WORDINGS: dict[str, Callable[[State, Found], Message]] = {
    "alias-conflict": _conflict,
    "alias": _alias,
    "type": _type,
    "forbidden": _forbidden,
    "required": _required,
    "case": _case,
    "range": _range,
    "ignored": _ignored,
    "deprecated": _deprecated,
    "open": _open,
    "recommended": _recommended,
}


def _parameter(state: State, found: Found) -> Parameter:
    return state.laws.facts.parameters[found.subject]


def _fact(state: State, found: Found) -> Parameter | ContextFact:
    facts = state.laws.facts
    return facts.parameters.get(found.subject) or facts.context[found.subject.removeprefix("context.")]


def _value(state: State, parameter: Parameter) -> Any:
    return state.given[parameter.name] if parameter.name in state.given else state.default_of(parameter.name)


def _given(state: State, found: Found) -> Any:
    if found.subject in state.given:
        return state.given[found.subject]
    return state.context[found.subject.removeprefix("context.")]


def _choices(domain: Domain, value: Any) -> Iterable[Choice]:
    """The choices that a value, or the items of a list, stand for."""
    if isinstance(value, tuple) and domain.values is None and domain.items is not None:
        return [choice for item in value for choice in _choices(domain.items, item)]
    return [choice for choice in domain.values or () if choice.value == value]
