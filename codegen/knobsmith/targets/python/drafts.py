"""The functions of a client while they are drafted, and what all phases ask of a hyperparameter."""

from collections.abc import Callable

from knobsmith.expr.syntax import Name
from knobsmith.model.catalog import Parameter
from knobsmith.model.domain import Domain
from knobsmith.records import Record
from knobsmith.targets.python.bodies import Body
from knobsmith.views.python_names import PythonNames
from knobsmith.views.statics import Statics

# Gives a name to the compiled pattern of a domain.
Patterns = Callable[[str, Domain], str]


class Function(Record):
    """A function of a client that takes the state of one configuration."""

    name: str
    doc: str
    lines: tuple[str, ...]
    result: str = "None"


class Draft:
    """The functions of one algorithm, callees before callers."""

    def __init__(self, statics: Statics, names: PythonNames, patterns: Patterns) -> None:
        self.statics = statics
        self.names = names
        self.patterns = patterns
        self.functions: list[Function] = []

    def body(self) -> Body:
        """An empty body."""
        return Body(self.names)

    def finish(self, name: str, doc: str, body: Body, result: str = "None") -> str | None:
        """Keep a function, unless there is nothing in it."""
        if not body.lines:
            return None
        self.functions.append(Function(name, doc, tuple(body.lines), result))
        return name

    def known(self, body: Body, parameter: Parameter) -> str:
        """Leave the function unless a hyperparameter has a value that is known; the name of its variable."""
        local = body.local(parameter.name)
        nothing = f"{local} is None or " if self.statics.can_be_nothing(Name(parameter.name)) else ""
        body.when("if", f"{nothing}{local} is UNKNOWN", "return")
        return local


def may_be_word(parameter: Parameter) -> bool:
    """Whether the value may be a word instead of one of its kind."""
    return parameter.domain.kind != "string" and bool(parameter.domain.words)
