"""What is no argument of a job is told in one line, and what is no range as a problem."""

from typing import Any

import pytest
from knobsmith.targets.python.runtime.jobs import JobRefused, Setup, TrainingJob, TuningJob

from tests.targets.python.jobs import SETUP, STATIC, Recording, codes

Json = Any


@pytest.mark.parametrize(
    ("name", "stated", "code", "said"),
    [
        ("learning_rate", (), "KS504", "`()` has not"),
        ("learning_rate", (0.1,), "KS504", "a range has two ends"),
        ("learning_rate", (1, 2, 3), "KS504", "a range has two ends and, if wanted, a scale in words, and `(1, 2, 3)`"),
        ("learning_rate", 5, "KS504", "`5` is no range"),
        ("learning_rate", {0.1: 0.2}, "KS504", "a value of type `dict` is no range"),
        ("learning_rate", "0,1", "KS504", "the text `0,1` is no range and has a decimal comma"),
        ("mini_batch_size", "8", "KS504", "write both ends, as in (8, 64)"),
        ("optimizer", "sgd", "KS519", "the text `sgd` is no range: list the values"),
        ("no_such", 5, "KS519", "`5` is no range"),
    ],
)
def test_what_is_no_range_is_told_and_has_no_request(
    detection: Json, name: str, stated: Json, code: str, said: str
) -> None:
    job = TuningJob(detection, static=STATIC, setup=SETUP, ranges={name: stated})
    (problem,) = job.preflight()
    assert (problem.code, problem.place, problem.severity) == (code, f"ranges.{name}", "error")
    assert said in str(problem)
    client = Recording()
    for ask in (job.request, lambda: job.submit(client)):
        with pytest.raises(JobRefused, match="is no range|has two ends"):
            ask()
    assert client.requests == []


@pytest.mark.parametrize("digits", [400, 5000])
def test_numbers_beyond_all_floats_are_quoted_and_cut(detection: Json, digits: int) -> None:
    ends = (10**digits, 10 ** (digits + 1))
    found = TuningJob(detection, static=STATIC, setup=SETUP, ranges={"mini_batch_size": ends}).preflight()
    assert any(problem.code == "KS504" and "`1000000000" in problem.fact for problem in found)
    assert all(len(str(problem)) < 400 for problem in found)
    assert "KS518" in codes(TuningJob(detection, static={**STATIC, "epochs": 10**digits}, setup=SETUP))
    jobs = TuningJob(detection, static=STATIC, setup=SETUP, max_jobs=10**digits, parallel_jobs=10 ** (digits + 1))
    assert codes(jobs) == {"KS511", "KS513"}


@pytest.mark.parametrize(
    ("argument", "value", "said"),
    [
        ("ranges", "abc", "ranges must be a mapping of names to ranges"),
        ("ranges", [1, 2], "ranges must be a mapping of names to ranges"),
        ("ranges", {1: (1, 2)}, "ranges must be a mapping of names to ranges; every name must be a text"),
        ("static", {1: 2}, "static must be a mapping of names to values; every name must be a text"),
        ("static", [1], "static must be a mapping of names to values"),
        ("static", "x", "static must be a mapping of names to values"),
        ("context", 5, "context must be a mapping of names to values"),
        ("tags", 5, "tags must be a mapping of texts to texts"),
        ("tags", {"a": 1}, "tags must be a mapping of texts to texts; every value must be a text"),
        ("warm_start", 5, "warm_start must be a mapping of names to values"),
        ("name", 5, "name must be a text"),
        ("strategy", 5, "strategy must be a text"),
        ("max_jobs", 1.5, "max_jobs must be an integer"),
        ("setup", {}, "setup must be a Setup"),
        ("setup", Setup(role=None), "role of setup must be a text"),  # type: ignore[arg-type]
        ("setup", Setup(instance_count="2"), "instance_count of setup must be an integer"),  # type: ignore[arg-type]
        ("setup", Setup(channels="x"), "channels of setup must be a sequence of Channel"),  # type: ignore[arg-type]
        ("setup", Setup(metrics=(("a",),)), "metrics of setup must be a sequence of pairs"),  # type: ignore[arg-type]
    ],
)
def test_an_argument_of_another_type_is_named_in_one_line(
    detection: Json, argument: str, value: Json, said: str
) -> None:
    with pytest.raises(TypeError) as refused:
        TuningJob(detection, **{argument: value})
    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("value", [None, [1], "x", 5])
def test_hyperparameters_are_a_mapping(detection: Json, value: Json) -> None:
    with pytest.raises(TypeError, match="^hyperparameters must be a mapping of names to values$"):
        TrainingJob(detection, value)


@pytest.mark.parametrize("value", ["image-classification", 5, None])
def test_a_name_is_no_algorithm(value: Json) -> None:
    with pytest.raises(TypeError, match="^algorithm is neither a model nor the module of an algorithm$"):
        TuningJob(value)


def test_parents_are_requests(detection: Json) -> None:
    with pytest.raises(TypeError, match="^parents must be a list of requests, each of them a mapping$"):
        TuningJob(detection).preflight(5)  # type: ignore[arg-type]
