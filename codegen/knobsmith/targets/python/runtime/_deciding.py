"""What decides about what in an algorithm, as far as its facts say."""

import re

from .facts import Algorithm

_NUMBER = re.compile(r"(?<![\w.])-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


def deciders(facts: Algorithm) -> dict[str, set[float]]:
    """The names on which it hangs what is used and which case holds, with the numbers they are compared with."""
    found: dict[str, set[float]] = {}
    for parameter in facts.parameters.values():
        cases = [case.when for case in parameter.cases]
        for condition in (parameter.used_when, parameter.forbidden_when, parameter.required_when, *cases):
            for name in condition.reads if condition is not None else ():
                found.setdefault(name, set()).update(map(float, _NUMBER.findall(condition.text if condition else "")))
    return found


def read_together(facts: Algorithm) -> list[frozenset[str]]:
    """Groups of names whose values are judged together: by a rule, or because one is the end of another's range."""
    groups = []
    for rule in facts.rules.values():
        groups.append(frozenset((*rule.require.reads, *(rule.when.reads if rule.when is not None else ()))))
    for parameter in facts.parameters.values():
        for domain in (parameter.domain, *(case.domain for case in parameter.cases)):
            if domain is not None and domain.range is not None and domain.range.reads:
                groups.append(frozenset((parameter.name, *domain.range.reads)))
    return list(dict.fromkeys(groups))
