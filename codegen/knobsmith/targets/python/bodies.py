"""Bodies of functions: statements that read hyperparameters into local variables where they come to need them."""

from collections.abc import Iterable

from knobsmith.expr import render_python
from knobsmith.expr.factoring import factored
from knobsmith.expr.formula import Formula, Term
from knobsmith.expr.syntax import ContextName, Name, Variable
from knobsmith.expr.walking import references
from knobsmith.targets.python_conditions import broken
from knobsmith.targets.source_text import INDENT, literal
from knobsmith.views.python_names import PythonNames


class Body:
    """The body of a function with the argument `state`, under construction."""

    def __init__(self, names: PythonNames, margin: str = INDENT) -> None:
        self._names = names
        self._spelling = render_python.PythonNames(self._local, nothing="None")
        self._bound: set[str] = set()
        self._sources: set[str] = set()
        self._margin = margin
        self._lines: list[str] = []

    @property
    def lines(self) -> list[str]:
        """The finished statements, from where the values come first."""
        heads = {"v": "v = state.values", "context": "context = state.context"}
        return [self._margin + head for name, head in heads.items() if name in self._sources] + self._lines

    def add(self, *statements: str) -> None:
        """Statements, indented as far as they stand below the body."""
        self._lines.extend(self._margin + statement for statement in statements)

    @property
    def values(self) -> str:
        """The local variable of the mapping that holds the hyperparameters."""
        self._sources.add("v")
        return "v"

    def local(self, name: str) -> str:
        """The local variable of a hyperparameter, which has its value from here on."""
        self._bind(Name(name))
        return self._names.locals[name]

    def bind(self, pieces: Iterable[Formula | Term], indent: str = "") -> None:
        """Read what formulas or terms need into local variables."""
        for ref in dict.fromkeys(ref for piece in pieces for ref in references(piece)):
            if not isinstance(ref, Variable):
                self._bind(ref, indent)

    def test(self, formula: Formula) -> str:
        """A formula as a condition; what it reads must be bound."""
        return render_python.render_formula(factored(formula), self._spelling)

    def value(self, term: Term) -> str:
        """A term as an expression; what it reads must be bound."""
        return render_python.render_term(term, self._spelling)

    def when(self, keyword: str, condition: str, *statements: str, indent: str = "") -> None:
        """An `if` or `elif` with its block."""
        margin = self._margin + indent
        self._lines.extend(broken(f"{keyword} ", condition, ":", margin))
        self._lines.extend(f"{margin}{INDENT}{statement}" for statement in statements)

    def give(self, expression: str, indent: str = "") -> None:
        """A `return`."""
        self._lines.extend(broken("return ", expression, "", self._margin + indent))

    def _local(self, ref: Name | ContextName) -> str:
        return self._names.locals[ref.name] if isinstance(ref, Name) else self._names.context_locals[ref.name]

    def _bind(self, ref: Name | ContextName, indent: str = "") -> None:
        local = self._local(ref)
        if local not in self._bound:
            # What a block binds is known in that block only.
            if not indent:
                self._bound.add(local)
            values = "v" if isinstance(ref, Name) else "context"
            self._sources.add(values)
            self.add(f"{indent}{local} = {values}[{literal(ref.name)}]")
