"""What a kernels file says."""

from typing import Literal

from knobsmith.model.base import Expr, Record, Value
from knobsmith.model.domain import Range
from knobsmith.model.kernels import Backend
from knobsmith.model.spec.records import DomainFacts, RuleSpec


class TensorSpec(Record):
    """An entry of `tensors`.

    A single ``dtype`` may name another tensor; a ``shape`` that is a text does, or is any. ``many`` may name the length
    of the lists.
    """

    name: str
    access: Literal["in", "out", "inout"]
    dtype: tuple[str, ...]
    shape: str | tuple[str | int, ...]
    many: bool | str = False
    optional: bool = False
    required_when: Expr | None = None
    required_for: tuple[str, ...] = ()
    doc: str | None = None


class ScalarSpec(Record):
    """An entry of `scalars`: facts of its own, or those of the hyperparameter ``use`` (`ALGORITHM/NAME`)."""

    name: str
    use: str | None = None
    domain: DomainFacts | None = None
    doc: str | None = None
    unit: str | None = None
    default: Value | None = None


class SizeSpec(Record):
    """A size that is computed."""

    expr: Expr


class FunctionSpec(Record):
    """An entry of `functions`; its ``letters`` count before those of the file."""

    name: str
    doc: str
    formula: str | None = None
    letters: tuple[tuple[str, str], ...] = ()
    backends: tuple[Backend, ...]
    tensors: tuple[TensorSpec, ...] = ()
    symbols: tuple[tuple[str, Range | SizeSpec], ...] = ()
    scalars: tuple[ScalarSpec, ...] = ()
    rules: tuple[RuleSpec, ...] = ()


class DispatchSpec(Record):
    """An entry of `dispatch`: which function serves which value of the hyperparameter ``on`` (`ALGORITHM/NAME`)."""

    name: str
    on: str
    functions: tuple[tuple[Value, str], ...]


class KernelsSpec(Record):
    """A kernels file."""

    name: str
    letters: tuple[tuple[str, str], ...] = ()
    functions: tuple[FunctionSpec, ...] = ()
    dispatch: tuple[DispatchSpec, ...] = ()
