"""The expression language: text, tree, types, outcomes.

What only some targets need stands in modules of its own: `outcomes` (two-valued formulas), `render_python`, `cel`,
`prose`.
"""

from knobsmith.expr.checking import TypeProblem, check
from knobsmith.expr.errors import ExprSyntaxError
from knobsmith.expr.evaluate import NOTHING, UNKNOWN, Environment, Missing, Outcome, Values, evaluate, holds
from knobsmith.expr.json_form import from_json, to_json
from knobsmith.expr.parser import parse
from knobsmith.expr.printing import print_expr
from knobsmith.expr.syntax import Expr, context_read, names_read
from knobsmith.expr.types import Names, Scope, ValueType, field_index, type_of

__all__ = [
    "NOTHING",
    "UNKNOWN",
    "Environment",
    "Expr",
    "ExprSyntaxError",
    "Missing",
    "Names",
    "Outcome",
    "Scope",
    "TypeProblem",
    "ValueType",
    "Values",
    "check",
    "context_read",
    "evaluate",
    "field_index",
    "from_json",
    "holds",
    "names_read",
    "parse",
    "print_expr",
    "to_json",
    "type_of",
]
