"""Reads the texts of the training service by hand, for peers that judge native values."""

import re
from collections.abc import Callable, Mapping
from typing import Any

_MOST_CHARACTERS = 64
_is_integer = re.compile(r"-?(?:0|[1-9][0-9]*)").fullmatch
_is_number = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?").fullmatch
_LARGEST = 2**53 - 1


def integer(text: str) -> int:
    """A whole number in JSON's grammar, exact in a double."""
    if len(text) > _MOST_CHARACTERS or not _is_integer(text):
        raise ValueError(f"{text!r} is no integer")
    value = int(text)
    if not -_LARGEST <= value <= _LARGEST:
        raise ValueError(f"{text} is beyond 2^53 - 1")
    return value


def number(text: str) -> float:
    """A finite number in JSON's grammar."""
    if len(text) > _MOST_CHARACTERS or not _is_number(text):
        raise ValueError(f"{text!r} is no number")
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"{text} is too large")
    return value


def integers(text: str) -> list[int]:
    """Whole numbers between commas; an empty text is the empty list."""
    return [integer(item.strip(" ")) for item in text.split(",")] if text else []


def flag(text: str) -> bool:
    """1 or 0."""
    return _token(text, "1", "0")


def switch(text: str) -> bool:
    """True or False."""
    return _token(text, "True", "False")


def _token(text: str, true: str, false: str) -> bool:
    if text == true:
        return True
    if text == false:
        return False
    raise ValueError(f"{text!r} is neither {true} nor {false}")


READERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("augmentation_type", "precision_dtype", "kv_store", "optimizer"), str),
    **dict.fromkeys(("image_shape", "lr_scheduler_step"), integers),
    **dict.fromkeys(("use_pretrained_model", "multi_label", "use_weighted_loss"), flag),
    "early_stopping": switch,
    **dict.fromkeys(("num_classes", "num_training_samples", "resize", "num_layers", "top_k"), integer),
    **dict.fromkeys(("epochs", "mini_batch_size", "checkpoint_frequency"), integer),
    **dict.fromkeys(("early_stopping_min_epochs", "early_stopping_patience"), integer),
    **dict.fromkeys(("learning_rate", "momentum", "weight_decay", "beta_1", "beta_2", "eps", "gamma"), number),
    **dict.fromkeys(("lr_scheduler_factor", "early_stopping_tolerance"), number),
}


def read(config: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The native values, and what could not be read. Unknown names are kept, for the peer to refuse."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for name, text in config.items():
        try:
            values[name] = READERS.get(name, str)(text)
        except ValueError as problem:
            problems.append(f"{name}: {problem}")
    return values, problems
