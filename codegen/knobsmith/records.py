"""Frozen records: what ``dataclass(frozen=True, slots=True)`` gives, at a small part of its price.

A command defines two hundred records before it does anything. `dataclasses` compiles half a dozen functions for each,
pydantic a validator and a serialiser: together that was half of a cold ``knobsmith generate``. Here records share
their methods, and the only one that has to be compiled, ``__init__``, is compiled when a record is first made. Type
checkers take a record for a dataclass.
"""

import sys
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

R = TypeVar("R", bound="Record")
REQUIRED: Any = object()


class _Hidden:
    """The default of a field that is hidden."""

    def __init__(self, default: Any) -> None:
        self.default = default


def hidden(*, default: Any) -> Any:
    """A field that takes no part in comparison and is not shown."""
    return _Hidden(default)


def _first_init(record: "Record", *values: Any, **named: Any) -> None:
    """What a class has for ``__init__`` until it is first needed: most records that are defined are never made."""
    kind = type(record)
    init = _compiled(kind)
    type.__setattr__(kind, "__init__", init)
    init(record, *values, **named)


def _compiled(kind: "RecordType") -> Callable[..., None]:
    """An ``__init__`` that puts each value where it belongs, past the ``__setattr__`` that refuses to."""
    scope: dict[str, Any] = {f"put_{field}": getattr(kind, field).__set__ for field in kind.__fields__}
    scope |= {f"default_{field}": default for field, default in kind.__fields__.items()}
    by_name = [field for field in kind.__fields__ if field not in kind.__positional__]
    names = [*kind.__positional__, *(["*"] if by_name else []), *by_name]
    heads = [
        field if kind.__fields__.get(field, REQUIRED) is REQUIRED else f"{field}=default_{field}" for field in names
    ]
    lines = [f" put_{field}(self, {field})" for field in kind.__fields__] or [" pass"]
    # Only names of fields get into the text, and Python has read them as names before.
    exec(f"def __init__(self, {', '.join(heads)}):\n" + "\n".join(lines), scope)  # noqa: S102
    return scope["__init__"]  # type: ignore[no-any-return]


def _getter(names: tuple[str, ...]) -> Callable[[Any], Any]:
    return attrgetter(*names) if names else lambda record: ()


def _annotations(space: Mapping[str, Any]) -> Mapping[str, Any]:
    """The annotations in the namespace of a class, which hold its fields."""
    if sys.version_info >= (3, 14):
        from annotationlib import Format, call_annotate_function, get_annotate_from_class_namespace

        annotate = get_annotate_from_class_namespace(space)
        return {} if annotate is None else call_annotate_function(annotate, Format.FORWARDREF)
    annotations: Mapping[str, Any] = space.get("__annotations__", {})
    return annotations


@dataclass_transform(frozen_default=True, field_specifiers=(hidden,))
class RecordType(type):
    """Makes a class of records: slots for its annotated fields, and what all of its records share.

    Attributes:
        __fields__: All fields with their defaults, those of the base first.
        __positional__: Those that may be given without their names.
        __shown__: Those that are not hidden.
        __seen__: Gives the values of these: the value of one, a tuple of several.
    """

    __fields__: dict[str, Any]
    __positional__: tuple[str, ...]
    __shown__: tuple[str, ...]
    __seen__: Callable[[Any], Any]

    def __new__(
        cls, name: str, bases: tuple[type, ...], space: dict[str, Any], *, kw_only: bool = False
    ) -> "RecordType":
        """A class with these fields beside those of its base."""
        own = {field: space.pop(field, REQUIRED) for field in _annotations(space)}
        base = bases[0] if bases and isinstance(bases[0], RecordType) else None
        positional = (*(base.__positional__ if base else ()), *(() if kw_only else own))
        added = {"__slots__": tuple(own), "__match_args__": positional, "__init__": _first_init}
        made = super().__new__(cls, name, bases, space | added)
        shown = [field for field, default in own.items() if not isinstance(default, _Hidden)]
        plain = {field: getattr(default, "default", default) for field, default in own.items()}
        made.__fields__ = {**(base.__fields__ if base else {}), **plain}
        made.__positional__ = positional
        made.__shown__ = (*(base.__shown__ if base else ()), *shown)
        made.__seen__ = staticmethod(_getter(made.__shown__))
        return made


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(hidden,))
class NamedRecordType(RecordType):
    """Makes a class of records whose fields are given by name, so that one with a default may come first."""

    def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> "NamedRecordType":
        """A class with these fields beside those of its base."""
        return super().__new__(cls, name, bases, space, kw_only=True)  # type: ignore[return-value]


class Record(metaclass=RecordType):
    """Something that is told by its fields: frozen, compared by them, and hashable if they are."""

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen: {name}")

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        seen = self.__class__.__seen__
        return bool(seen(self) == seen(other))

    def __hash__(self) -> int:
        return hash(self.__class__.__seen__(self))

    def __repr__(self) -> str:
        kind = type(self)
        return f"{kind.__qualname__}({', '.join(f'{field}={getattr(self, field)!r}' for field in kind.__shown__)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _remade, (type(self), {field: getattr(self, field) for field in type(self).__fields__})


class NamedRecord(Record, metaclass=NamedRecordType):
    """A record whose fields are given by name."""


def fields(kind: type[Record]) -> Mapping[str, Any]:
    """The fields of a class of records with their defaults; ``REQUIRED`` where there is none."""
    return kind.__fields__


def replace(record: R, **changes: Any) -> R:
    """The same record with other values in some fields."""
    kind = type(record)
    return kind(**{field: getattr(record, field) for field in kind.__fields__} | changes)


def _remade(kind: type[R], values: dict[str, Any]) -> R:
    return kind(**values)


__all__ = ["REQUIRED", "NamedRecord", "Record", "fields", "hidden", "replace"]
