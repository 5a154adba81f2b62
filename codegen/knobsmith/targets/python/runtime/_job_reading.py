"""Requests and tables as jobs: what is tuned, what is set, and where each of it stands."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ._problems import Path, Problems
from ._wording import quoted, shortened
from ._writing import number_text

KINDS = ("Integer", "Continuous", "Categorical")


class Text(NamedTuple):
    """A text of a document, and where it stands."""

    text: str
    path: Path
    part: tuple[int, int] | None = None


class Stated(NamedTuple):
    """A range as it is stated; what is not is None.

    Attributes:
        name: The hyperparameter, as written.
        kind: The kind of range.
        low: The least value.
        high: The greatest value.
        values: The categories.
        scaling: How the values are spread.
        path: Where the range stands.
        kind_path: Where its kind is stated.
    """

    name: Text
    kind: str | None
    low: Text | None
    high: Text | None
    values: tuple[Text, ...] | None
    scaling: Text | None
    path: Path
    kind_path: Path


class Definition(NamedTuple):
    """What one search of a job covers.

    Attributes:
        path: Where the definition stands.
        statics: What is set, by name.
        statics_path: Where that stands.
        ranges: What is tuned.
        objective: The metric and its direction.
        metrics: The metrics that the definition adds.
        image: The container that trains, if one is named.
    """

    path: Path
    statics: Mapping[str, Text]
    statics_path: Path
    ranges: tuple[Stated, ...]
    objective: tuple[Text, Text | None] | None = None
    metrics: frozenset[str] = frozenset()
    image: Text | None = None


class Job(NamedTuple):
    """A job, or a table of ranges.

    Attributes:
        kind: Which.
        definitions: Its searches; a training job has one without ranges.
        config: What it says of the search as a whole.
    """

    kind: str
    definitions: tuple[Definition, ...]
    config: Mapping[str, Any]


def kind_of(document: Any) -> str:
    """What a document is: `tuning`, `training`, or else a `table`."""
    if isinstance(document, Mapping):
        if document.keys() & {"HyperParameterTuningJobConfig", "TrainingJobDefinition", "TrainingJobDefinitions"}:
            return "tuning"
        if document.keys() & {"HyperParameterTuningJobName"}:
            return "tuning"
        if document.keys() & {"TrainingJobName", "AlgorithmSpecification"}:
            return "training"
    return "table"


class Reader:
    """Reads requests; what has not the shape that the service reads is a problem."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def training(self, request: Mapping[str, Any]) -> Job:
        """A ``CreateTrainingJob``."""
        statics = self._texts(request.get("HyperParameters"), ("HyperParameters",))
        self._needs(request, (), "TrainingJobName", *_NEEDED)
        return Job("training", (Definition((), statics, ("HyperParameters",), ()),), {})

    def tuning(self, request: Mapping[str, Any]) -> Job:
        """A ``CreateHyperParameterTuningJob``, with one definition or several."""
        config = self._mapping(request.get("HyperParameterTuningJobConfig"), (_CONFIG,))
        self._needs(request, (), "HyperParameterTuningJobName", _CONFIG)
        self._needs(config, (_CONFIG,), "Strategy", "ResourceLimits")
        definitions = []
        single, several = request.get("TrainingJobDefinition"), request.get("TrainingJobDefinitions")
        if (single is None) == (several is None):
            fact = "it has both or neither of `TrainingJobDefinition` and `TrainingJobDefinitions`"
            self._wrong((), fact, "keep one of the two")
        if single is not None:
            path = (_CONFIG, "ParameterRanges")
            objective = (_CONFIG, "HyperParameterTuningJobObjective")
            found = self._mapping(single, ("TrainingJobDefinition",))
            definitions.append(self._definition(found, ("TrainingJobDefinition",), request, path, objective))
        if several is not None:
            definitions += [
                self._definition(found, path, found, ("HyperParameterRanges",), ("TuningObjective",), path)
                for path, found in self._items(several, ("TrainingJobDefinitions",))
            ]
        return Job("tuning", tuple(definitions), config)

    def ranges(self, grouped: Any, path: Path) -> Iterator[Stated]:
        """Ranges that stand in lists, one for each kind."""
        for kind in KINDS:
            key = f"{kind}ParameterRanges"
            group = self._mapping(grouped, path).get(key)
            for place, row in self._items(group, (*path, key)) if group is not None else ():
                yield self._range(kind, row, place)

    def _definition(
        self,
        definition: Mapping[str, Any],
        path: Path,
        owner: Mapping[str, Any],
        ranges: tuple[str, ...],
        objective: tuple[str, ...],
        base: Path = (),
    ) -> Definition:
        """A definition; its ranges and its objective stand in it, or in the part that all definitions share."""
        statics_path = (*path, "StaticHyperParameters")
        self._needs(definition, path, *_NEEDED)
        stated = _at(owner, ranges)
        return Definition(
            path,
            self._texts(definition.get("StaticHyperParameters"), statics_path),
            statics_path,
            tuple(self.ranges(stated, (*base, *ranges))) if stated is not None else (),
            self._objective(_at(owner, objective), (*base, *objective)),
            _metrics(definition),
            _image(definition, path),
        )

    def _objective(self, stated: Any, path: Path) -> tuple[Text, Text | None] | None:
        if stated is None:
            return None
        found = self._mapping(stated, path)
        metric = self._text(found.get("MetricName"), (*path, "MetricName"))
        direction = self._text(found.get("Type"), (*path, "Type"))
        return None if metric is None else (metric, direction)

    def _range(self, kind: str, row: Mapping[str, Any], path: Path) -> Stated:
        self._needs(row, path, "Name", *(("Values",) if kind == "Categorical" else ("MinValue", "MaxValue")))
        values = row.get("Values")
        listed = None
        if isinstance(values, Sequence) and not isinstance(values, str):
            texts = [self._text(value, (*path, "Values", place)) for place, value in enumerate(values)]
            listed = tuple(text for text in texts if text is not None)
        elif values is not None:
            self._wrong((*path, "Values"), "this is no list", "write a list of texts")
        return Stated(
            self._text(row.get("Name"), (*path, "Name")) or Text("", path),
            kind,
            self._text(row.get("MinValue"), (*path, "MinValue")),
            self._text(row.get("MaxValue"), (*path, "MaxValue")),
            listed,
            self._text(row.get("ScalingType"), (*path, "ScalingType")),
            path,
            path[:-1],
        )

    def _items(self, stated: Any, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
        if not isinstance(stated, Sequence) or isinstance(stated, str):
            self._wrong(path, "this is no list", "write a list")
            return
        for place, item in enumerate(stated):
            yield (*path, place), self._mapping(item, (*path, place))

    def _mapping(self, stated: Any, path: Path) -> Mapping[str, Any]:
        if isinstance(stated, Mapping):
            return stated
        if stated is not None:
            self._wrong(path, "this is no map", "write a map of names to values")
        return {}

    def _texts(self, stated: Any, path: Path) -> dict[str, Text]:
        found = {}
        for name, value in self._mapping(stated, path).items():
            if isinstance(name, str):
                found[name] = self._text(value, (*path, name))
            else:
                self._wrong(path, "one of its names is no text", "write every name as a text")
        return {name: text for name, text in found.items() if text is not None}

    def _text(self, value: Any, path: Path) -> Text | None:
        if value is None or isinstance(value, str):
            return None if value is None else Text(value, path)
        text = plain_text(value)
        if text is None:
            self._wrong(path, "this is no text", "write a text")
            return None
        self._wrong(path, f"{quoted(text)} is no text there", f'put it in quotes: "{shortened(text)}"')
        return Text(text, path)

    def _needs(self, found: Mapping[str, Any], path: Path, *keys: str) -> None:
        for key in keys:
            if key not in found:
                self._wrong(path, f"`{key}` is missing", "add it")

    def _wrong(self, path: Path, fact: str, help: str) -> None:
        self._problems.add("KS519", path, fact, help)


_CONFIG = "HyperParameterTuningJobConfig"
_NEEDED = ("AlgorithmSpecification", "RoleArn", "OutputDataConfig", "ResourceConfig", "StoppingCondition")


def plain_text(value: Any) -> str | None:
    """A scalar as a text, or None."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_text(value) if value - value == 0 else str(value)
    return value if isinstance(value, str) else None


def _at(found: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _metrics(definition: Mapping[str, Any]) -> frozenset[str]:
    stated = _at(definition, ("AlgorithmSpecification", "MetricDefinitions"))
    rows = stated if isinstance(stated, Sequence) and not isinstance(stated, str) else ()
    return frozenset(str(row.get("Name")) for row in rows if isinstance(row, Mapping))


def _image(definition: Mapping[str, Any], path: Path) -> Text | None:
    where = ("AlgorithmSpecification", "TrainingImage")
    stated = _at(definition, where)
    return Text(stated, (*path, *where)) if isinstance(stated, str) else None
