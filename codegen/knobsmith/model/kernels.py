"""What a kernels file declares: functions over tensors, scalars taken from hyperparameters, dispatch by a choice."""

from typing import Literal

from knobsmith.model.base import Expr, Record, Value
from knobsmith.model.domain import Domain, Range

Backend = Literal["cpu", "cuda"]


class Tensor(Record):
    """An array argument.

    ``same_dtype_as`` and ``same_shape_as`` name another tensor; else dtypes and shape are stated.

    Attributes:
        shape: Integers, symbols, and names of integer scalars.
        any_shape: Whether it has any number of dimensions of any size.
        required_when: While it must be given; else it may be left out.
        required_for: The dtypes of the function's variants for which it must be given; for others it must not be.
    """

    name: str
    access: Literal["in", "out", "inout"]
    dtypes: tuple[str, ...] = ()
    same_dtype_as: str | None = None
    shape: tuple[str | int, ...] = ()
    same_shape_as: str | None = None
    any_shape: bool = False
    many: bool = False
    optional: bool = False
    required_when: Expr | None = None
    required_for: tuple[str, ...] = ()
    doc: str | None = None


class KernelScalar(Record):
    """A scalar argument; ``hyperparameter`` is "algorithm/name" where its domain comes from one."""

    name: str
    doc: str
    domain: Domain
    default: Value | None = None
    unit: str | None = None
    hyperparameter: str | None = None


class Symbol(Record):
    """A size that shapes speak of: read off the tensors, or computed from scalars by ``expr``."""

    name: str
    range: Range
    expr: Expr | None = None


class KernelRule(Record):
    """A constraint over scalars and symbols of one function."""

    name: str
    require: Expr
    message: str
    when: Expr | None = None
    severity: Literal["error", "warning", "info"] = "error"


class KernelFunction(Record):
    """One function of a kernels file.

    Attributes:
        letters: The letters of the formula and of shapes, each with the argument that it stands for, or with words.
        length: The symbol that stands for the length of the lists, if shapes may speak of it.
    """

    name: str
    file: str
    doc: str
    formula: str | None = None
    letters: tuple[tuple[str, str], ...] = ()
    backends: tuple[Backend, ...]
    tensors: tuple[Tensor, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    length: str | None = None
    scalars: tuple[KernelScalar, ...] = ()
    rules: tuple[KernelRule, ...] = ()


class Dispatch(Record):
    """Which function serves which value of a hyperparameter; ``functions`` covers every value."""

    name: str
    file: str
    algorithm: str
    parameter: str
    functions: tuple[tuple[Value, str], ...]
