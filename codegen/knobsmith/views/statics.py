"""What is known of each hyperparameter before any configuration is there."""

from functools import cached_property

from knobsmith.expr import Names
from knobsmith.expr.syntax import ContextName, Name
from knobsmith.model.catalog import Algorithm, Parameter
from knobsmith.resolve.scope import scope_of


class Statics:
    """Derived facts of one algorithm; also what the lowering of expressions wants to know of names."""

    def __init__(self, algorithm: Algorithm) -> None:
        self.algorithm = algorithm

    @cached_property
    def scope(self) -> Names:
        """The types of all names."""
        return scope_of(
            {parameter.name: parameter.domain for parameter in self.algorithm.parameters},
            {fact.name: fact.domain for fact in self.algorithm.context},
        )

    def can_be_unknown(self, ref: Name | ContextName) -> bool:
        """Whether a name may be unknown: always, as any value that is given may fail."""
        return True

    def can_be_nothing(self, ref: Name | ContextName) -> bool:
        """Whether a parameter may be unset or ignored where expressions read it."""
        return isinstance(ref, Name) and ref.name in self._can_be_nothing

    @cached_property
    def _can_be_nothing(self) -> frozenset[str]:
        return frozenset(
            parameter.name
            for parameter in self.algorithm.parameters
            if can_be_ignored(parameter) or (can_be_unset(parameter) and not parameter.required)
        )

    @cached_property
    def ordered(self) -> tuple[Parameter, ...]:
        """The parameters, each after those that its use and its default hang on."""
        by_name = {parameter.name: parameter for parameter in self.algorithm.parameters}
        return tuple(by_name[name] for name in self.algorithm.effect_order)


def can_be_ignored(parameter: Parameter) -> bool:
    """Whether a condition may switch the parameter off."""
    return parameter.used_when is not None or parameter.forbidden_when is not None


def can_be_unset(parameter: Parameter) -> bool:
    """Whether the parameter may have no value, be it that a required one is missing."""
    stated = [case.default for case in parameter.cases if case.default is not None]
    return parameter.default is None or any(default.expr is not None for default in (parameter.default, *stated))


def accepts_null(parameter: Parameter) -> bool:
    """Whether native ``null`` says "unset": where there is neither a requirement nor a default of its own."""
    return not parameter.required and parameter.default is None


def has_computed_default(parameter: Parameter) -> bool:
    """Whether the default hangs on other parameters, by an expression or by cases."""
    by_case = any(case.default is not None for case in parameter.cases)
    return by_case or (parameter.default is not None and parameter.default.expr is not None)
