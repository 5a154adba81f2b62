"""What the judgement of a parameter or a rule hangs on, through every condition and default between."""

from collections.abc import Iterable, Iterator

from knobsmith.expr.syntax import Expr, names_read
from knobsmith.model.catalog import Algorithm, CrossRule, Parameter
from knobsmith.model.domain import Domain
from knobsmith.resolve.order import effect_graph


class Influence:
    """Which parameters can change the outcome of a judgement."""

    def __init__(self, algorithm: Algorithm) -> None:
        effects = effect_graph(algorithm.parameters)
        # Where a parameter is tuned may hang on its cases, too.
        self._graph = {p.name: (*effects[p.name], *_read_by_cases(p)) for p in algorithm.parameters}

    def on_rule(self, rule: CrossRule) -> frozenset[str]:
        """All that a rule reads, and what the use and the default of these hang on."""
        return self._closure(rule_reads(rule))

    def on_parameter(self, parameter: Parameter) -> frozenset[str]:
        """All that decides whether a value of a parameter is valid, itself included."""
        conditions = [] if parameter.required_when is None else [parameter.required_when]
        domains = [parameter.domain, *(case.domain for case in parameter.cases if case.domain is not None)]
        ends = [end for domain in domains for end in named_ends(domain)]
        return self._closure([parameter.name, *(name for expr in (*conditions, *ends) for name in names_read(expr))])

    def _closure(self, names: Iterable[str]) -> frozenset[str]:
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self._graph.get(name, ()))
        return frozenset(found)


def _read_by_cases(parameter: Parameter) -> Iterator[str]:
    for case in parameter.cases:
        yield from names_read(case.when)


def rule_reads(rule: CrossRule) -> tuple[str, ...]:
    """The parameters that a rule itself speaks of."""
    return tuple(dict.fromkeys((*names_read(rule.require), *(names_read(rule.when) if rule.when is not None else ()))))


def named_ends(domain: Domain) -> Iterator[Expr]:
    """The names at the ends of a domain's intervals."""
    intervals = [*(domain.range.intervals if domain.range is not None else ())]
    intervals += [special.interval for special in domain.special if special.interval is not None]
    for interval in intervals:
        yield from (bound.name for bound in (interval.lower, interval.upper) if bound.name is not None)
