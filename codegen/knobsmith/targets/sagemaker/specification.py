"""What `CreateAlgorithm` is told of an algorithm: its hyperparameters, metrics and inputs."""

import re
from collections.abc import Iterator
from typing import Any

from knobsmith.expr.spelling import LARGEST_INTEGER
from knobsmith.judging import write_wire
from knobsmith.judging.numbers import number_text
from knobsmith.model.catalog import Algorithm, Parameter, Tuning
from knobsmith.model.domain import Bound, Domain, Interval
from knobsmith.model.intervals import first_integer, last_integer
from knobsmith.targets.sagemaker.lowering import MOST_CATEGORIES
from knobsmith.targets.sagemaker.settings import Settings, defined_metrics
from knobsmith.views.tuning.axes import Numbers, axis_of
from knobsmith.views.tuning.floats import next_above, next_below
from knobsmith.views.tuning.sagemaker_limits import LIMITS

Json = dict[str, Any]
_LARGEST = 1.7976931348623157e308


def training_specification(algorithm: Algorithm, settings: Settings) -> Json:
    """The document; what the catalog cannot know is a placeholder."""
    metrics = [(name, pattern) for name, pattern in defined_metrics(algorithm) if not pattern.startswith("<")]
    objectives = [
        {"Type": metric.direction.capitalize(), "MetricName": metric.name}
        for metric in algorithm.metrics
        if metric.objective
    ]
    return {
        "TrainingImage": "<training-image>",
        "SupportedHyperParameters": [_hyperparameter(parameter) for parameter in algorithm.parameters],
        "SupportedTrainingInstanceTypes": ["<instance-type>"],
        "SupportsDistributedTraining": algorithm.fact("instance_count") is not None,
        **({"MetricDefinitions": [{"Name": n, "Regex": p} for n, p in metrics]} if metrics else {}),
        "TrainingChannels": list(_channels(algorithm, settings)),
        **({"SupportedTuningJobObjectiveMetrics": objectives} if objectives else {}),
    }


def _hyperparameter(parameter: Parameter) -> Json:
    kind, range = _range(parameter)
    default = _default(parameter)
    return {
        "Name": parameter.name,
        "Description": _summary(parameter.doc),
        "Type": kind,
        **({"Range": range} if range is not None else {}),
        "IsTunable": _is_tuned(parameter),
        "IsRequired": parameter.required and parameter.used_when is None,
        **({"DefaultValue": default} if default is not None else {}),
    }


def _range(parameter: Parameter) -> tuple[str, Json | None]:
    """The kind of a hyperparameter, and its range; what fits no other kind is text."""
    domain = parameter.domain
    listed = _listed(parameter)
    if listed is not None:
        return "Categorical", {"CategoricalParameterRangeSpecification": {"Values": listed}}
    if domain.kind not in ("integer", "number") or (domain.words and not _is_tuned_over_a_range(parameter)):
        return "FreeText", None
    kind = "Integer" if domain.kind == "integer" else "Continuous"
    low, high = _hull(domain)
    return kind, {f"{kind}ParameterRangeSpecification": {"MinValue": number_text(low), "MaxValue": number_text(high)}}


def _listed(parameter: Parameter) -> list[str] | None:
    """All texts that a hyperparameter may have, if they are few."""
    domain = parameter.domain
    if domain.kind == "boolean":
        values: list[Any] = [True, False]
    elif domain.values is not None and not domain.open:
        values = [choice.value for choice in domain.values]
    else:
        return None
    if any(special.interval is not None for special in domain.special):
        return None
    special = [one.word if one.word is not None else one.value for one in domain.special]
    texts = list(dict.fromkeys(write_wire(parameter.wire, value) for value in (*values, *special) if value is not None))
    return texts if len(texts) <= MOST_CATEGORIES else None


def _hull(domain: Domain) -> tuple[int | float, int | float]:
    """The least and the greatest number that may be valid; named ends bind nothing here."""
    points = [one.value for one in domain.special if isinstance(one.value, (int, float))]
    points += [choice.value for choice in domain.values or () if isinstance(choice.value, (int, float))]
    whole = Interval(lower=Bound(), upper=Bound())
    bounded = [] if domain.values is not None and not domain.open else [whole]
    intervals = list(domain.range.intervals) if domain.range is not None and domain.values is None else bounded
    intervals += [one.interval for one in domain.special if one.interval is not None]
    lows = [*points, *(_low(interval.lower, domain) for interval in intervals)]
    highs = [*points, *(_high(interval.upper, domain) for interval in intervals)]
    return min(lows), max(highs)


def _low(lower: Bound, domain: Domain) -> int | float:
    if domain.kind == "integer":
        return -LARGEST_INTEGER if lower.value is None else first_integer(lower)
    if lower.value is None:
        return -_LARGEST
    return float(lower.value) if lower.closed else next_above(float(lower.value), domain.precision)


def _high(upper: Bound, domain: Domain) -> int | float:
    if domain.kind == "integer":
        return LARGEST_INTEGER if upper.value is None else last_integer(upper)
    if upper.value is None:
        return _LARGEST
    return float(upper.value) if upper.closed else next_below(float(upper.value), domain.precision)


def _default(parameter: Parameter) -> str | None:
    """The default, if it is the same in every configuration: the service fills it in wherever it is not given."""
    default = parameter.default
    varies = parameter.forbidden_when is not None or any(case.default is not None for case in parameter.cases)
    if default is None or default.value is None or varies:
        return None
    text = write_wire(parameter.wire, default.value)
    return text if len(text) <= (LIMITS["HyperParameterValue"].most or 0) else None


def _tunings(parameter: Parameter) -> Iterator[Tuning]:
    stated = (parameter.tuning, *(case.tuning for case in parameter.cases))
    yield from (tuning for tuning in stated if tuning is not None)


def _is_tuned(parameter: Parameter) -> bool:
    return any(True for _ in _tunings(parameter))


def _is_tuned_over_a_range(parameter: Parameter) -> bool:
    return any(isinstance(axis_of(tuning, parameter.domain), Numbers) for tuning in _tunings(parameter))


def _channels(algorithm: Algorithm, settings: Settings) -> Iterator[Json]:
    fact = algorithm.fact("content_type")
    types = ["<content_type>"]
    if fact is not None and fact.domain.values is not None:
        types = [str(choice.value) for choice in fact.domain.values]
    for place, name in enumerate(settings.channels_of(algorithm)):
        yield {
            "Name": name,
            "IsRequired": place == 0,
            "SupportedContentTypes": types,
            "SupportedInputModes": ["File"],
        }


def _summary(doc: str) -> str:
    """The first sentence, on one line."""
    line = " ".join(doc.split())
    sentence = re.match(r".*?[.!?](?= [A-Z0-9`\"]|$)", line)
    return (sentence.group() if sentence else line)[: LIMITS["EntityDescription"].most]
