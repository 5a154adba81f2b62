"""The order in which the effect of each parameter can be decided, and the circles that forbid one."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from knobsmith.expr.syntax import Expr, names_read
from knobsmith.model.catalog import Parameter

Graph = Mapping[str, tuple[str, ...]]


def effect_graph(parameters: tuple[Parameter, ...]) -> Graph:
    """For each parameter those that its use, its being forbidden and its default hang on."""
    known = {parameter.name for parameter in parameters}
    return {p.name: tuple(name for name in _hangs_on(p) if name in known) for p in parameters}


def effect_order(graph: Graph) -> tuple[str, ...]:
    """Each parameter after those it hangs on, otherwise in the order of the spec.

    Raises:
        CycleError: there is a circle; ``args[1]`` lists it, first and last the same.
    """
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    position = {name: index for index, name in enumerate(graph)}
    order: list[str] = []
    ready: list[str] = []
    while sorter.is_active():
        ready = sorted([*ready, *sorter.get_ready()], key=position.__getitem__)
        order.append(ready.pop(0))
        sorter.done(order[-1])
    return tuple(order)


def circle(graph: Graph) -> tuple[str, ...]:
    """One circle, as the names along it with the first repeated at the end; empty if there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        # graphlib lists predecessors first; readers follow "hangs on", so turn it round.
        return tuple(reversed(error.args[1]))
    return ()


def _hangs_on(parameter: Parameter) -> tuple[str, ...]:
    found: list[str] = []
    for expr in _effect_expressions(parameter):
        found.extend(names_read(expr))
    return tuple(dict.fromkeys(found))


def _effect_expressions(parameter: Parameter) -> list[Expr]:
    exprs = [e for e in (parameter.used_when, parameter.forbidden_when) if e is not None]
    if parameter.default is not None and parameter.default.expr is not None:
        exprs.append(parameter.default.expr)
    for case in parameter.cases:
        if case.default is not None:
            exprs.append(case.when)
            if case.default.expr is not None:
                exprs.append(case.default.expr)
    return exprs
