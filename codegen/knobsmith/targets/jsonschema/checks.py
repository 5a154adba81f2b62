"""Everything a verdict refuses beyond single values, as schemas of the whole configuration."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from knobsmith.expr.outcomes import Lowered
from knobsmith.expr.printing import print_expr
from knobsmith.expr.syntax import Comparison, Expr, Name
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm, Case, CrossRule, Parameter
from knobsmith.model.domain import Domain
from knobsmith.model.membership import contains, is_special
from knobsmith.targets.jsonschema import domains
from knobsmith.targets.jsonschema.folding import NoValueError, is_closed, value_of
from knobsmith.targets.jsonschema.questions import YES, Question, both, either
from knobsmith.targets.jsonschema.schemas import Schema, all_of, any_of, implies, not_
from knobsmith.targets.jsonschema.states import States

_NAMED_SPECIAL = "a special range ends at the value of another hyperparameter"


class Loss(NamedTuple):
    """Something a verdict refuses and the schema may accept.

    Attributes:
        code: The code of the finding.
        subject: Its parameter, or None for a rule.
        carried: Whether the schema refuses some such configurations at least.
    """

    code: str
    subject: str | None
    carried: bool
    because: str


class Check(NamedTuple):
    """A law over a whole configuration; ``schema`` accepts what does not break it, as far as a schema can tell."""

    title: str
    schema: Schema
    losses: tuple[Loss, ...] = ()
    annotations: Mapping[str, Any] = MappingProxyType({})

    def fragment(self) -> dict[str, Any] | None:
        """What stands in the file, or None if there is nothing to say."""
        if self.schema is True:
            return None
        body = self.schema if isinstance(self.schema, dict) else {"not": {}}
        return {"title": self.title, **self.annotations, **body}


def checks(algorithm: Algorithm, states: States) -> Iterator[Check]:
    """All laws of an algorithm, in the order in which a verdict asks for them."""
    for parameter in algorithm.parameters:
        yield from _names(parameter)
    for parameter in algorithm.parameters:
        yield from _forbidden(parameter, states)
        yield from _required(parameter, states)
    for parameter in algorithm.parameters:
        yield from _required_when(parameter, states)
    for parameter in algorithm.parameters:
        yield from _cases(parameter, states)
        yield from _named_ends(parameter, states)
    for rule in algorithm.rules:
        yield from _rule(rule, states)


def _names(parameter: Parameter) -> Iterator[Check]:
    names = (parameter.name, *parameter.aliases)
    pairs = [{"required": [a, b]} for i, a in enumerate(names) for b in names[i + 1 :]]
    if pairs:
        yield Check(f"{parameter.name}: one name", not_(any_of(*pairs)))


def _forbidden(parameter: Parameter, states: States) -> Iterator[Check]:
    if parameter.forbidden_when is not None:
        barred = states.forbidden(parameter.name)
        schema = implies(barred.yes, states.given(parameter.name).no)
        losses = _losses("forbidden", parameter.name, barred)
        yield Check(f"{parameter.name}: forbidden", schema, losses, _comment(parameter.forbidden_when))


def _required(parameter: Parameter, states: States) -> Iterator[Check]:
    if parameter.required:
        needed = states.used(parameter.name)
        yield _presence(parameter, needed, states, parameter.used_when)


def _required_when(parameter: Parameter, states: States) -> Iterator[Check]:
    if parameter.required_when is not None:
        needed = both(states.used(parameter.name), states.is_true(parameter.required_when))
        yield _presence(parameter, needed, states, parameter.required_when)


def _presence(parameter: Parameter, needed: Question, states: States, condition: Expr | None) -> Check:
    name = parameter.name
    unset = states.unset(name)
    losses = _losses("required", name, both(needed, unset))
    return Check(f"{name}: required", implies(needed.yes, not_(unset.yes)), losses, _comment(condition))


def _cases(parameter: Parameter, states: States) -> Iterator[Check]:
    stating = [(case, case.domain) for case in parameter.cases if case.domain is not None]
    turns = states.in_turn(case.when for case, _ in stating)
    for (case, domain), first in zip(stating, turns.first, strict=True):
        holds = both(states.used(parameter.name), first)
        yield _narrowing(parameter, case, domain, holds, states)


def _narrowing(parameter: Parameter, case: Case, domain: Domain, holds: Question, states: States) -> Check:
    """The domain of a case: a value that is given, or a default, has to lie in it."""
    name = parameter.name
    if any(domains.has_named_end(special.interval) for special in domain.special):
        return Check(f"{name}: case", True, (Loss("case", name, False, _NAMED_SPECIAL),))
    inside = domains.domain_schema(domain, parameter.domain)
    default = either(*_defaults_outside(parameter, domain, states))
    schema = implies(holds.yes, states.unless_given_with(name, inside))
    refused = all_of(holds.yes, states.given(name).no, default.yes)
    losses = [*_losses("case", name, both(holds, Question(True, False, default.lost)))]
    losses += [Loss("case", name, True, because) for _, because in domains.losses(domain)]
    if _has_named_end(domain):
        losses.append(Loss("case", name, True, "an end of its range is the value of another hyperparameter"))
    about = _comment(case.when) | ({"description": case.doc} if case.doc else {})
    return Check(f"{name}: case", all_of(schema, not_(refused)), tuple(losses), about)


def _defaults_outside(parameter: Parameter, domain: Domain, states: States) -> Iterator[Question]:
    for applies, lowered in states.defaults(parameter.name).applying:
        if not is_closed(lowered.term):
            yield both(applies, Question(False, False, ("its default is computed",)))
        elif any(not contains(domain, value) for value in _values(lowered)):
            yield both(applies, states.ask(lowered.defined))


def _values(lowered: Lowered) -> list[PlainValue]:
    """The value of a default that reads nothing, or none where it has none."""
    try:
        return [value_of(lowered.term)]
    except NoValueError:
        return []


def _named_ends(parameter: Parameter, states: States) -> Iterator[Check]:
    """Ends of the parameter's own range that are names: they bind where they have a value."""
    if parameter.domain.range is None or not any(map(domains.has_named_end, parameter.domain.range.intervals)):
        return
    beyond = [states.is_false(side) for side in _sides(parameter)]
    broken = both(states.used(parameter.name), either(*beyond), _is_ordinary(parameter, states))
    losses = _losses("range", parameter.name, broken)
    text = " && ".join(map(print_expr, _sides(parameter)))
    yield Check(f"{parameter.name}: range", not_(broken.yes), losses, {"$comment": text})


def _sides(parameter: Parameter) -> Iterator[Expr]:
    for interval in parameter.domain.range.intervals if parameter.domain.range is not None else ():
        if interval.lower.name is not None:
            yield Comparison(">=" if interval.lower.closed else ">", Name(parameter.name), interval.lower.name)
        if interval.upper.name is not None:
            yield Comparison("<=" if interval.upper.closed else "<", Name(parameter.name), interval.upper.name)


def _is_ordinary(parameter: Parameter, states: States) -> Question:
    """Whether the value has no special meaning of its own, which would satisfy the range."""
    numbers = [special for special in parameter.domain.special if special.word is None]
    if any(domains.has_named_end(special.interval) for special in numbers):
        return Question(False, False, (_NAMED_SPECIAL,))
    if not numbers:
        return YES
    schema = any_of(*(domains.special_schema(one, parameter.domain.kind) for one in numbers))
    given = states.given_with(parameter.name, schema)
    by_default = both(states.given(parameter.name).opposite(), either(*_special_defaults(parameter, states)))
    return either(Question(given, not_(given)), by_default).opposite()


def _special_defaults(parameter: Parameter, states: States) -> Iterator[Question]:
    for applies, lowered in states.defaults(parameter.name).applying:
        if not is_closed(lowered.term):
            yield both(applies, Question(False, False, ("its default is computed",)))
        elif any(is_special(special, value) for special in parameter.domain.special for value in _values(lowered)):
            yield both(applies, states.ask(lowered.defined))


def _rule(rule: CrossRule, states: States) -> Iterator[Check]:
    if rule.severity != "error":
        return
    acts = states.is_true(rule.when)
    broken = states.is_false(rule.require)
    schema = implies(acts.yes, not_(broken.yes))
    losses = _losses(f"rule:{rule.name}", None, both(acts, broken))
    text = (
        print_expr(rule.require) if rule.when is None else f"{print_expr(rule.when)} implies {print_expr(rule.require)}"
    )
    yield Check(f"rule:{rule.name}", schema, losses, {"description": rule.message, "$comment": text})


def _losses(code: str, subject: str | None, refused: Question) -> tuple[Loss, ...]:
    return tuple(Loss(code, subject, refused.yes is not False, because) for because in refused.lost)


def _comment(condition: Expr | None) -> dict[str, Any]:
    return {} if condition is None else {"$comment": print_expr(condition)}


def _has_named_end(domain: Domain) -> bool:
    own = domain.range is not None and any(map(domains.has_named_end, domain.range.intervals))
    return own or (domain.items is not None and _has_named_end(domain.items))
