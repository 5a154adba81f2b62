# Part of every package that `knobsmith generate` writes; do not edit.
"""Arguments of a wrong type, refused in one line that names the argument and what it takes."""

from collections.abc import Mapping, Sequence
from typing import Any

from ._sagemaker_request import Channel, Setup

_TEXTS = ("role", "image", "output", "instance_type")
_INTEGERS = ("instance_count", "volume_gigabytes", "max_seconds")


def expect_mapping(argument: str, value: object, wanted: str = "names to values") -> None:
    """Raise if an argument is no mapping with texts as keys; None is none given."""
    if value is None:
        return
    if not isinstance(value, Mapping):
        raise TypeError(f"{argument} must be a mapping of {wanted}")
    if not all(isinstance(key, str) for key in value):
        raise TypeError(f"{argument} must be a mapping of {wanted}; every name must be a text")


def expect_base(value: object) -> None:
    """Raise if the settings of a search are no mapping."""
    if not isinstance(value, Mapping):
        raise TypeError("base must be a mapping of names to values")


def expect_mappings(argument: str, value: Any) -> None:
    """Raise if an argument is no sequence of mappings."""
    if not _is_list(value) or not all(isinstance(item, Mapping) for item in value):
        raise TypeError(f"{argument} must be a list of requests, each of them a mapping")


def expect_text(argument: str, value: object) -> None:
    """Raise if an argument is no text; None is none given."""
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{argument} must be a text")


def expect_integer(argument: str, value: object) -> None:
    """Raise if an argument is no integer; None is none given."""
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise TypeError(f"{argument} must be an integer")


def expect_tags(value: object) -> None:
    """Raise if tags are no mapping of texts to texts."""
    expect_mapping("tags", value, "texts to texts")
    if isinstance(value, Mapping) and not all(isinstance(text, str) for text in value.values()):
        raise TypeError("tags must be a mapping of texts to texts; every value must be a text")


def expect_setup(value: object) -> None:
    """Raise if the rest of a job is no `Setup` or holds what is of another type; None is none given."""
    if value is None:
        return
    if not isinstance(value, Setup):
        raise TypeError("setup must be a Setup")
    for name in _TEXTS + _INTEGERS:
        field = getattr(value, name)
        if field is None or not _is_of(field, str if name in _TEXTS else int):
            raise TypeError(f"{name} of setup must be {'a text' if name in _TEXTS else 'an integer'}")
    if not _is_list(value.channels) or not all(_is_channel(channel) for channel in value.channels):
        raise TypeError("channels of setup must be a sequence of Channel, each of texts")
    if not _is_list(value.metrics) or not all(_is_pair(pair) for pair in value.metrics):
        raise TypeError("metrics of setup must be a sequence of pairs of a name and a regular expression")


def _is_of(value: Any, kind: type) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _is_channel(value: Any) -> bool:
    return isinstance(value, Channel) and all(isinstance(text, str) for text in value)


def _is_pair(value: Any) -> bool:
    return _is_list(value) and len(value) == 2 and all(isinstance(text, str) for text in value)
