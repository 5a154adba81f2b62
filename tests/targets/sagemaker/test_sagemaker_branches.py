"""How a space is split and put together again: names, statics, objectives, and what the flat form leaves out."""

import json
from typing import Any

from knobsmith.targets.sagemaker.branches import Branches
from knobsmith.targets.sagemaker.target import LOSSY
from knobsmith.views.tuning.sagemaker_request import (
    Branch,
    Range,
    combinations,
    definition_names,
    job_name,
    placeholders,
    settle,
)

from tests.support.compile import compile_algorithm
from tests.support.sagemaker_documents import documents_of
from tests.support.sagemaker_service import definitions, ranges

Json = Any
MODE = {"type": "string", "values": ["a", "b", "c"], "tuning": {"values": ["a", "b", "c"]}}
DEPTH = {"type": "integer", "range": "[0, 99]", "tuning": {"range": "[1, 9]"}}
RATE = {"type": "number", "range": "[0, 1]", "tuning": {"range": "[0, 1]"}}


def documents(parameters: dict[str, Json], **more: Json) -> dict[str, Json]:
    return documents_of(compile_algorithm(spec_of(parameters, **more)))


def spec_of(parameters: dict[str, Json], **more: Json) -> str:
    entries = {
        name: {"doc": "A.", **({} if "required" in own else {"if_unset": "none"}), **own}
        for name, own in parameters.items()
    }
    spec = {"knobsmith": 1, "algorithm": "example", "title": "E", "doc": "E.", "parameters": entries, **more}
    return json.dumps(spec)


def tuned(definition: Json) -> dict[str, Json]:
    """The ranges of a definition, by name, in short."""
    return {
        own["Name"]: own["Values"] if kind == "Categorical" else (own["MinValue"], own["MaxValue"])
        for kind, own in ranges(definition)
    }


def flat(found: dict[str, Json]) -> tuple[dict[str, Json], str]:
    """What the flat form tunes, and what it says that it loses."""
    request = found["tuning-job.flat"]
    (definition,) = definitions(request)
    (tag,) = request.get("Tags", [{"Key": LOSSY, "Value": ""}])
    assert tag["Key"] == LOSSY
    return tuned(definition), tag["Value"]


def test_a_guard_gives_each_branch_its_own_range_and_the_flat_form_what_they_share() -> None:
    cases = [{"when": 'mode == "a"', "tuning": {"range": "[5, 20]"}}, {"when": 'mode == "b"', "tuning": None}]
    found = documents({"mode": MODE, "depth": {**DEPTH, "cases": cases}})
    by_name = {one["DefinitionName"]: tuned(one).get("depth") for one in definitions(found["tuning-job"])}
    assert by_name == {"a": ("5", "20"), "b": None, "c": ("1", "9")}
    assert flat(found)[0].keys() == {"mode"}
    found = documents({"mode": MODE, "depth": {**DEPTH, "cases": cases[:1]}})
    assert flat(found) == (
        {"mode": ["a", "b", "c"], "depth": ("5", "9")},
        "What differs by case is tuned in part",
    )


def test_what_is_forbidden_somewhere_is_not_tuned_in_the_flat_form() -> None:
    found = documents({"mode": MODE, "depth": {**DEPTH, "forbidden_when": 'mode == "a"'}})
    assert [one["DefinitionName"] for one in definitions(found["tuning-job"])] == ["a", "b-c"]
    assert "depth" not in flat(found)[0]


def test_what_a_rule_refuses_has_no_definition_and_marks_the_flat_form() -> None:
    other = {**MODE, "values": ["x", "y"], "tuning": {"values": ["x", "y"]}}
    rules = {"pair": {"require": 'mode != "a" || other != "x"', "message": "No."}}
    found = documents({"mode": MODE, "other": other}, rules=rules)
    pairs = {
        (mode, value)
        for one in definitions(found["tuning-job"])
        for mode in tuned(one).get("mode", [one.get("StaticHyperParameters", {}).get("mode")])
        for value in tuned(one).get("other", [one.get("StaticHyperParameters", {}).get("other")])
    }
    assert pairs == {(mode, value) for mode in "abc" for value in "xy"} - {("a", "x")}
    assert flat(found)[1] == "Combinations are tried that a rule refuses"


def test_a_value_that_is_always_refused_is_tried_nowhere() -> None:
    found = documents({"mode": MODE}, rules={"never": {"require": 'mode != "a"', "message": "No."}})
    assert tuned(definitions(found["tuning-job"])[0])["mode"] == ["b", "c"]
    assert flat(found) == ({"mode": ["b", "c"]}, "")


def test_a_condition_on_a_range_splits_the_range() -> None:
    found = documents({"rate": RATE, "depth": {**DEPTH, "used_when": "rate > 0.5"}})
    below, above = definitions(found["tuning-job"])
    assert tuned(below) == {"rate": ("0", "0.5")}
    assert tuned(above) == {"rate": ("0.5000000000000001", "1"), "depth": ("1", "9")}
    assert [below["DefinitionName"], above["DefinitionName"]] == ["rate-0-to-0-5", "rate-0-5000000000000001-to-1"]
    assert flat(found)[0] == {"rate": ("0", "1"), "depth": ("1", "9")}


def test_what_is_required_is_static_only_where_it_is_used() -> None:
    more = {"type": "integer", "required": True, "used_when": 'mode == "a"'}
    late = {"type": "integer", "required_when": 'mode == "b"'}
    found = documents({"mode": MODE, "more": more, "late": late, "depth": {**DEPTH, "used_when": 'mode == "c"'}})
    statics = {one["DefinitionName"]: one["StaticHyperParameters"] for one in definitions(found["tuning-job"])}
    assert statics == {
        "a": {"mode": "a", "more": "<more>"},
        "b": {"mode": "b", "late": "<late>"},
        "c": {"mode": "c"},
    }
    (together,) = definitions(found["tuning-job.flat"])
    assert together["StaticHyperParameters"] == {"more": "<more>", "late": "<late>"}


def test_an_objective_that_all_branches_report_comes_before_one_that_some_do() -> None:
    metrics = {
        "deep": {"direction": "maximize", "doc": "A.", "reported_when": "has(depth)"},
        "loss": {"direction": "minimize", "doc": "A."},
    }
    parameters = {"mode": MODE, "depth": {**DEPTH, "used_when": 'mode == "a"'}}
    found = documents(parameters, metrics=metrics)
    assert {one["TuningObjective"]["MetricName"] for one in definitions(found["tuning-job"])} == {"loss"}
    flat_wide = {**metrics["loss"], "reported_when": "!has(depth)"}
    found = documents(parameters, metrics={**metrics, "loss": flat_wide})
    (deep, shallow) = (one.get("TuningObjective") for one in definitions(found["tuning-job"]))
    assert deep == {"Type": "Maximize", "MetricName": "deep"}
    assert shallow == {"Type": "Minimize", "MetricName": "loss"}


def test_without_an_objective_none_is_made_up() -> None:
    assert "TuningObjective" not in definitions(documents({"mode": MODE})["tuning-job"])[0]


def test_what_hangs_on_a_computed_condition_is_not_tuned() -> None:
    algorithm = compile_algorithm(spec_of({"rate": RATE, "depth": {**DEPTH, "used_when": "rate * 2 > 0.5"}}))
    assert Branches(algorithm).never == ("depth",)
    assert flat(documents_of(algorithm)) == ({"rate": ("0", "1")}, "")


def test_no_more_jobs_are_asked_for_than_there_are_configurations() -> None:
    limits = documents({"mode": MODE})["tuning-job"]["HyperParameterTuningJobConfig"]["ResourceLimits"]
    assert limits == {"MaxNumberOfTrainingJobs": 3, "MaxParallelTrainingJobs": 2}


def test_configurations_are_counted_over_all_branches() -> None:
    letters = Range("m", "Categorical", values=("a", "b"))
    few = Range("d", "Integer", "3", "5")
    assert combinations([Branch("", (letters, few), {}), Branch("", (letters,), {})]) == 8
    assert combinations([Branch("", (Range("r", "Continuous", "0", "1"),), {})]) is None
    assert combinations([Branch("", (Range("r", "Continuous", "1", "1"),), {})]) == 1


def test_a_range_of_one_value_is_static() -> None:
    branch = Branch("", (Range("d", "Integer", "3", "3"), Range("m", "Categorical", values=("", "b"))), {"k": "1"})
    assert settle(branch) == Branch("", (branch.ranges[1],), {"k": "1", "d": "3"})
    assert settle(Branch("", (Range("m", "Categorical", values=("",)),), {})).statics == {"m": ""}


def test_names_are_what_the_service_takes_and_differ() -> None:
    assert job_name("image classification_2.0") == "image-classification-2-0"
    assert job_name("a" * 31 + "-b") == "a" * 31
    assert definition_names(["a b", "a-b", "a_b", "", "ü"]) == ["a-b", "a-b-2", "a-b-3", "all", "all-2"]
    long = definition_names(["x" * 80, "x" * 70])
    assert [len(name) for name in long] == [64, 64]
    assert len(set(long)) == 2


def test_placeholders_are_found_with_their_places() -> None:
    request = {"a": ["<x>", {"b": "s3://<bucket>/<key>"}], "m": [{"Regex": "score <a>=(.*)"}, {"Regex": "<pattern>"}]}
    assert list(placeholders(request)) == [
        ("a[0]", "<x>"),
        ("a[1].b", "<bucket>"),
        ("a[1].b", "<key>"),
        ("m[1].Regex", "<pattern>"),
    ]
