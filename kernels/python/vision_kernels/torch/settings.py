"""What a group of parameters calls the scalars of a kernel: as the schedulers of PyTorch look for them."""

from typing import Any

from torch import Tensor

Settings = dict[str, Any]

_RATE, _PAIR, _APART = "learning_rate", "betas", ("beta_1", "beta_2")


def setting_of(scalar: str) -> str:
    """The name of a scalar among the settings of an optimizer."""
    return "lr" if scalar == _RATE else scalar


def scalar_of(scalar: str, group: Settings) -> Any:
    """The value of a scalar in a group."""
    return group[_PAIR][_APART.index(scalar)] if scalar in _APART else group[setting_of(scalar)]


def number(scalar: str, value: Any) -> Any:
    """A setting as the kernels take it. PyTorch lets a tensor stand for a number.

    Raises ValueError for a tensor of several numbers.
    """
    if not isinstance(value, Tensor):
        return value
    if value.numel() != 1:
        raise ValueError(f"{setting_of(scalar)} must be one number; it has the shape {list(value.shape)}")
    return value.item()


def in_pair(settings: Settings) -> tuple[str, ...]:
    """The name of the pair, if the settings have what it stands for."""
    return (_PAIR,) if set(_APART) <= settings.keys() else ()


def paired(settings: Settings, defaults: Settings | None = None) -> Settings:
    """The settings with `betas` in place of `beta_1` and `beta_2`. One that is not among them is that of the defaults.

    Raises TypeError for both ways at once, and for a pair that is none.
    """
    apart = [name for name in _APART if name in settings]
    if _PAIR in settings:
        if apart:
            raise TypeError(f"{_PAIR} stands for {' and '.join(_APART)}; it was given beside {apart[0]}")
        if not isinstance(settings[_PAIR], (list, tuple)) or len(settings[_PAIR]) != len(_APART):
            raise TypeError(f"{_PAIR} must be a pair of numbers; it is {settings[_PAIR]!r}")
    if not apart:
        return settings
    usual = (defaults or {}).get(_PAIR, ())
    pair = tuple(settings[name] if name in apart else usual[index] for index, name in enumerate(_APART))
    rest: Settings = {}
    for name, value in settings.items():
        rest |= {_PAIR: pair} if name in _APART else {name: value}
    return rest
