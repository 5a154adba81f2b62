"""The options of the target in the project file."""

from collections.abc import Mapping

from knobsmith.model.catalog import Algorithm
from knobsmith.records import Record
from knobsmith.targets.base import Options
from knobsmith.views.tuning.sagemaker_request import Channel, Setup

_KNOWN = ("built_in", "channels")


class BadOption(ValueError):
    """An option of the target is not what it may be."""


class Settings(Record):
    """How the algorithms of a project run.

    Attributes:
        built_in: The algorithms whose images the vendor brings, which know their metrics; None for all of them.
        channels: The inputs of training, by algorithm; the key "" counts for all others.
    """

    built_in: tuple[str, ...] | None = ()
    channels: Mapping[str, tuple[str, ...]] = {"": ("train", "validation")}

    def is_built_in(self, algorithm: Algorithm) -> bool:
        """Whether the vendor's image defines the metrics."""
        return self.built_in is None or algorithm.name in self.built_in

    def channels_of(self, algorithm: Algorithm) -> tuple[str, ...]:
        """The inputs of training; the first one is needed."""
        return self.channels.get(algorithm.name) or self.channels[""]

    def setup(self, algorithm: Algorithm) -> Setup:
        """The rest of a request, with placeholders."""
        typed = "<content_type>" if algorithm.fact("content_type") is not None else ""
        found = [Channel(name, f"s3://<bucket>/{name}/", typed) for name in self.channels_of(algorithm)]
        metrics = () if self.is_built_in(algorithm) else defined_metrics(algorithm)
        return Setup(channels=tuple(found), metrics=metrics)


def settings_of(options: Options) -> Settings:
    """The settings that a project states.

    Raises:
        BadOption: An option is unknown, or not what it may be.
    """
    for name in options:
        if name not in _KNOWN:
            raise BadOption(f"`{name}` is none of its options, which are {' and '.join(f'`{one}`' for one in _KNOWN)}")
    built_in, channels = options.get("built_in", False), options.get("channels", {})
    default = {"": ("train", "validation")}
    by_name = channels if isinstance(channels, Mapping) else {"": channels}
    return Settings(
        built_in=None if built_in is True else () if built_in is False else _names("built_in", built_in),
        channels={**default, **{str(name): _names("channels", own) for name, own in by_name.items()}},
    )


def defined_metrics(algorithm: Algorithm) -> tuple[tuple[str, str], ...]:
    """The metrics with the expressions that find them in the log; of an objective without one a placeholder."""
    return tuple(
        (metric.name, metric.pattern or f"<pattern of {metric.name}>")
        for metric in algorithm.metrics
        if metric.pattern is not None or metric.objective
    )


def _names(option: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)) or not value or not all(isinstance(item, str) for item in value):
        raise BadOption(f"its option `{option}` is no list of names")
    return tuple(value)
