"""What every part of the catalog is made of: frozen records, values, expressions in JSON form."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from knobsmith.expr import syntax
from knobsmith.expr.json_form import to_json
from knobsmith.expr.printing import print_expr


class Record(BaseModel):
    """A frozen record that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class _ValueForm:
    """Any value of the language: kept as it is in Python, a list instead of a tuple in JSON."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        plain = core_schema.plain_serializer_function_ser_schema(json_value)
        return core_schema.any_schema(serialization=plain)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": ["boolean", "number", "string", "array"]}


class _ExprForm:
    """An expression: a tree in Python, its text and its tree in JSON."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        both = core_schema.plain_serializer_function_ser_schema(
            lambda expr: {"text": print_expr(expr), "tree": to_json(expr)}
        )
        return core_schema.any_schema(serialization=both)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "type": "object",
            "properties": {"text": {"type": "string"}, "tree": {}},
            "required": ["text", "tree"],
        }


PlainValue = bool | int | float | str | tuple[Any, ...]
# A native value: a list is a tuple, a word of `special` is a string, integers are int, numbers float.
Value = Annotated[PlainValue, _ValueForm()]
Number = Annotated[int | float, _ValueForm()]
Expr = Annotated[syntax.Expr, _ExprForm()]


def json_value(value: PlainValue) -> Any:
    """A native value as JSON has it; a number without fraction loses its ``.0``."""
    if isinstance(value, tuple):
        return [json_value(item) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value
