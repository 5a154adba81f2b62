"""What is known of each name where tuned hyperparameters are drawn: nothing given there is wrong."""

from functools import cached_property

from knobsmith.expr import Expr
from knobsmith.expr.syntax import ContextName, Name, walk
from knobsmith.model.catalog import Algorithm, Parameter
from knobsmith.views.statics import Statics


class Known(Statics):
    """As for any configuration, but that only facts about the job may be missing."""

    def __init__(self, algorithm: Algorithm) -> None:
        super().__init__(algorithm)
        self._untold = frozenset(fact.name for fact in algorithm.context if fact.default is None)

    def can_be_unknown(self, ref: Name | ContextName) -> bool:
        """Whether a fact may not have been told, or what hangs on such a fact."""
        return ref.name in (self._untold if isinstance(ref, ContextName) else self._hanging)

    @cached_property
    def _hanging(self) -> frozenset[str]:
        """The parameters whose use or default hangs on a fact that may not have been told."""
        found: set[str] = set()
        for parameter in self.ordered:
            refs = [ref for expr in _effect(parameter) for ref in references_of(expr)]
            if any(ref.name in (self._untold if isinstance(ref, ContextName) else found) for ref in refs):
                found.add(parameter.name)
        return frozenset(found)


def references_of(expr: Expr) -> list[Name | ContextName]:
    """The parameters and facts that an expression reads, each once, in the order of the text."""
    return list(dict.fromkeys(part for part in walk(expr) if isinstance(part, Name | ContextName)))


def _effect(parameter: Parameter) -> list[Expr]:
    stated = [case for case in parameter.cases if case.default is not None]
    defaults = [parameter.default, *(case.default for case in stated)]
    found = [parameter.used_when, parameter.forbidden_when, *(case.when for case in stated)]
    found += [default.expr for default in defaults if default is not None]
    return [expr for expr in found if expr is not None]
