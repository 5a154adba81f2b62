"""What every part of the catalog is made of: frozen records, values, expressions; and how JSON has them."""

from typing import Annotated, Any

from knobsmith.expr import syntax
from knobsmith.expr.json_form import to_json
from knobsmith.expr.printing import print_expr
from knobsmith.records import NamedRecord, fields
from knobsmith.records import Record as AnyRecord


class Record(NamedRecord):
    """A part of the catalog."""


PlainValue = bool | int | float | str | tuple[Any, ...]
# A native value: a list is a tuple, a word of `special` is a string, integers are int, numbers float.
Value = Annotated[PlainValue, "value"]
Number = Annotated[int | float, "value"]
Expr = Annotated[syntax.Expr, "expression"]


def json_value(value: PlainValue) -> Any:
    """A native value as JSON has it; a number without fraction loses its ``.0``."""
    if isinstance(value, tuple):
        return [json_value(item) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def as_json(part: Any) -> Any:
    """A part of the catalog as JSON has it: every field, a list for a tuple, text and tree of an expression."""
    if part is None or isinstance(part, str):
        return part
    if isinstance(part, Record):
        return {field: as_json(getattr(part, field)) for field in fields(type(part))}
    if isinstance(part, AnyRecord):
        return {"text": print_expr(part), "tree": to_json(part)}  # type: ignore[arg-type]
    if isinstance(part, tuple):
        return [as_json(item) for item in part]
    if isinstance(part, dict):
        return {key: as_json(item) for key, item in part.items()}
    return json_value(part)
