"""What the service is told of an algorithm: kinds, ranges, defaults, metrics and inputs."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from knobsmith.model.catalog import Algorithm
from knobsmith.targets.sagemaker.settings import settings_of
from knobsmith.targets.sagemaker.specification import training_specification
from knobsmith.views import tuning

from tests.strategies_tuning import Searched, searched
from tests.support.compile import compile_algorithm
from tests.support.sagemaker_documents import algorithms, document
from tests.support.sagemaker_service import definitions, ranges

Json = Any
ALGORITHMS = algorithms()


def told(entry: dict[str, Json], **more: Json) -> Json:
    """What is told of one hyperparameter."""
    unset = {} if entry.keys() & {"default", "required"} else {"if_unset": "none"}
    parameters = {"p": {"doc": "First. Second.", **unset, **entry}}
    spec = {"knobsmith": 1, "algorithm": "example", "title": "E", "doc": "E.", "parameters": parameters, **more}
    algorithm = compile_algorithm(json.dumps(spec).replace('"0":', "0:"))
    return training_specification(algorithm, settings_of({}))["SupportedHyperParameters"][0]


@pytest.mark.parametrize(
    ("entry", "kind", "range"),
    [
        ({"type": "integer"}, "Integer", ("-9007199254740991", "9007199254740991")),
        ({"type": "integer", "range": "(0, 10]"}, "Integer", ("1", "10")),
        ({"type": "integer", "range": "{0} | [2, 10]"}, "Integer", ("0", "10")),
        ({"type": "integer", "range": "[1, inf)", "special": {0: "None."}}, "Integer", ("0", "9007199254740991")),
        ({"type": "number"}, "Continuous", ("-1.7976931348623157e+308", "1.7976931348623157e+308")),
        (
            {"type": "number", "range": "(0, 1)", "precision": "float32"},
            "Continuous",
            ("1.401298464324817e-45", "0.9999999403953552"),
        ),
        ({"type": "number", "range": "[0, 1]", "special": {"[-2, -1]": "Off."}}, "Continuous", ("-2", "1")),
        ({"type": "integer", "values": [18, 34]}, "Categorical", ["18", "34"]),
        ({"type": "integer", "values": [1, 2], "open": True}, "Integer", ("-9007199254740991", "9007199254740991")),
        ({"type": "integer", "values": list(range(40))}, "Integer", ("0", "39")),
        ({"type": "boolean", "wire": "1/0"}, "Categorical", ["1", "0"]),
        ({"type": "boolean", "special": {"Auto": "Chosen."}}, "Categorical", ["true", "false", "Auto"]),
        ({"type": "string", "values": ["a", "b"]}, "Categorical", ["a", "b"]),
        ({"type": "string", "values": ["a", "b"], "open": True}, "FreeText", None),
        ({"type": "string"}, "FreeText", None),
        ({"type": "list", "items": {"type": "integer"}}, "FreeText", None),
        ({"type": "number", "special": {"auto": "Chosen."}}, "FreeText", None),
        (
            {"type": "number", "range": "[0, 1]", "special": {"auto": "Chosen."}, "tuning": {"range": "[0, 1]"}},
            "Continuous",
            ("0", "1"),
        ),
    ],
)
def test_a_hyperparameter_has_the_kind_and_the_range_that_hold_its_values(
    entry: dict[str, Json], kind: str, range: Json
) -> None:
    found = told(entry)
    assert found["Type"] == kind
    if range is None:
        assert "Range" not in found
    else:
        ((name, stated),) = found["Range"].items()
        assert name == f"{kind}ParameterRangeSpecification"
        assert stated == (
            {"Values": range} if isinstance(range, list) else dict(zip(("MinValue", "MaxValue"), range, strict=True))
        )


def test_a_default_is_told_if_it_is_the_same_everywhere() -> None:
    assert (
        told({"type": "list", "items": {"type": "integer"}, "wire": "comma", "default": [3, 4]})["DefaultValue"]
        == "3,4"
    )
    assert "DefaultValue" not in told({"type": "integer"})
    cases = [{"when": "context.fast", "default": 1}]
    context = {"fast": {"type": "boolean", "doc": "A."}}
    assert "DefaultValue" not in told({"type": "integer", "default": 2, "cases": cases}, context=context)
    assert "DefaultValue" not in told(
        {"type": "integer", "default": 2, "forbidden_when": "context.fast"}, context=context
    )


def test_required_tunable_and_described() -> None:
    found = told({"type": "integer", "range": "[0, 9]", "required": True, "tuning": {"range": "[0, 9]"}})
    assert (found["IsRequired"], found["IsTunable"], found["Description"]) == (True, True, "First.")


@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda a: a.name)
def test_what_is_tuned_lies_within_what_is_told(algorithm: Algorithm) -> None:
    specification = document(algorithm, "training-specification")
    agrees(specification, document(algorithm, "tuning-job"))
    names = [one["Name"] for one in specification["SupportedHyperParameters"]]
    assert names == [parameter.name for parameter in algorithm.parameters]
    objectives = {
        (one["MetricName"], one["Type"].lower()) for one in specification["SupportedTuningJobObjectiveMetrics"]
    }
    assert objectives == {(metric.name, metric.direction) for metric in algorithm.metrics if metric.objective}
    patterns = {one["Name"]: one["Regex"] for one in specification.get("MetricDefinitions", [])}
    assert patterns == {metric.name: metric.pattern for metric in algorithm.metrics if metric.pattern is not None}


@settings(max_examples=40)
@given(searched())
def test_what_is_tuned_in_random_searches_lies_within_what_is_told(spec: Searched) -> None:
    from tests.support.sagemaker_documents import documents_of

    found = documents_of(compile_algorithm.__wrapped__(spec.text))
    if "tuning-job" in found:
        agrees(found["training-specification"], found["tuning-job"])


def agrees(specification: Json, request: Json) -> None:
    """Ranges of a request lie within those of the specification; categories of numbers do too."""
    by_name = {one["Name"]: one for one in specification["SupportedHyperParameters"]}
    for definition in definitions(request):
        for kind, own in ranges(definition):
            stated = by_name[own["Name"]]
            assert stated["IsTunable"]
            if stated["Type"] == "FreeText":
                assert kind == "Categorical"
                continue
            ((_, range),) = stated["Range"].items()
            if stated["Type"] == "Categorical":
                assert set(own["Values"]) <= set(range["Values"])
                continue
            for value in own["Values"] if kind == "Categorical" else (own["MinValue"], own["MaxValue"]):
                assert float(range["MinValue"]) <= float(value) <= float(range["MaxValue"])


@pytest.mark.parametrize("name", ["branching", "sagemaker_limits", "sagemaker_quotas", "sagemaker_request"])
def test_what_written_packages_carry_needs_the_standard_library_only(name: str) -> None:
    text = (Path(tuning.__file__).parent / f"{name}.py").read_text(encoding="utf-8")
    imported = [
        line.split()[1].partition(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))
    ]
    assert imported
    assert set(imported) <= sys.stdlib_module_names
