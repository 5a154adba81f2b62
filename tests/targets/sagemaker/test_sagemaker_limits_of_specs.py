"""What is too much for the service is an error at its place in the spec, which says what multiplies."""

import json
from pathlib import Path
from typing import Any

import pytest
from knobsmith.diagnostics import Diagnostic
from knobsmith.pipeline import generate

HEAD = """\
knobsmith: 1
project: sample
version: 0.1.0
targets:
  sagemaker: {options}
severity: {{KS301: off, KS401: off, KS402: off, KS132: off}}
"""


def compiled(tmp_path: Path, parameters: dict[str, Any], options: str = "{}") -> list[Diagnostic]:
    """What `knobsmith generate` finds in a spec with these parameters."""
    entries = {name: {"doc": "One.", "if_unset": "nothing", **own} for name, own in parameters.items()}
    lines = [f"  {name}: {json.dumps(own)}" for name, own in entries.items()]
    text = "\n".join(["knobsmith: 1", "algorithm: example", "title: E", "doc: One.", "parameters:", *lines, ""])
    (tmp_path / "spec" / "algorithms").mkdir(parents=True)
    (tmp_path / "spec" / "knobsmith.yaml").write_text(HEAD.format(options=options), encoding="utf-8")
    (tmp_path / "spec" / "algorithms" / "example.yaml").write_text(text, encoding="utf-8")
    found = generate(tmp_path, "write").diagnostics
    return [one for one in found if one.severity.value == "error"]


def choice(count: int, **more: Any) -> dict[str, Any]:
    values = [f"v{place}" for place in range(count)]
    return {"type": "string", "values": values, "tuning": {"values": values}, **more}


def each(name: str, switch: str, count: int) -> dict[str, Any]:
    """A hyperparameter of its own for each value of a switch."""
    own = {"type": "integer", "range": "[0, 9]", "tuning": {"range": "[0, 9]"}}
    return {f"{name}{place}": {**own, "used_when": f'{switch} == "v{place}"'} for place in range(count)}


def test_too_many_branches_are_an_error_where_most_of_them_come_from(tmp_path: Path) -> None:
    parameters = {"loss": choice(3), "solver": choice(4), **each("a", "loss", 3), **each("b", "solver", 4)}
    (found,) = compiled(tmp_path, parameters)
    assert (found.code, found.subject, found.span.line) == ("KS406", "parameters.solver.tuning", 7)
    assert "3 ways of `loss` x 4 ways of `solver` make 12 branches of the 10" in found.message
    assert '`loss == "v0"` of `a0`' in found.message
    assert '`solver == "v3"` of `b3`' in found.message
    assert not (tmp_path / "generated").exists() or not list((tmp_path / "generated").rglob("*.json"))


def test_as_many_branches_as_the_service_takes_are_none(tmp_path: Path) -> None:
    parameters = {"loss": choice(3), "solver": choice(3), **each("a", "loss", 3), **each("b", "solver", 3)}
    assert compiled(tmp_path, parameters) == []
    request = json.loads((tmp_path / "generated/tuning/sagemaker/example.tuning-job.json").read_text())
    assert len(request["TrainingJobDefinitions"]) == 9


def test_many_values_that_decide_the_same_are_one_branch(tmp_path: Path) -> None:
    """Only what tells branches apart multiplies: 20 combinations, of which two are told apart."""
    used = {"type": "integer", "range": "[0, 9]", "tuning": {"range": "[0, 9]"}, "used_when": 'loss == "v0"'}
    assert compiled(tmp_path, {"loss": choice(20), "depth": used}) == []
    request = json.loads((tmp_path / "generated/tuning/sagemaker/example.tuning-job.json").read_text())
    assert len(request["TrainingJobDefinitions"]) == 2


def test_more_combinations_than_are_looked_at_are_an_error_too(tmp_path: Path) -> None:
    switches = {f"s{place}": choice(12) for place in range(4)}
    used = {f"u{place}": next(iter(each("u", f"s{place}", 1).values())) for place in range(4)}
    (found,) = compiled(tmp_path, {**switches, **used})
    assert found.code == "KS406"
    assert "far too many branches" in found.message


@pytest.mark.parametrize(("count", "codes"), [(30, []), (31, ["KS407"])])
def test_a_category_has_a_limited_number_of_values(tmp_path: Path, count: int, codes: list[str]) -> None:
    found = compiled(tmp_path, {"loss": choice(count)})
    assert [one.code for one in found] == codes
    assert all(one.span.line == 6 for one in found)


@pytest.mark.parametrize(("count", "codes"), [(30, []), (31, ["KS407"])])
def test_a_limited_number_is_tuned_at_once(tmp_path: Path, count: int, codes: list[str]) -> None:
    own = {"type": "integer", "range": "[0, 9]", "tuning": {"range": "[0, 9]"}}
    found = compiled(tmp_path, {f"p{place}": own for place in range(count)})
    assert [one.code for one in found] == codes


@pytest.mark.parametrize(("count", "codes"), [(100, []), (101, ["KS407"])])
def test_a_request_holds_a_limited_number_of_hyperparameters(tmp_path: Path, count: int, codes: list[str]) -> None:
    found = compiled(tmp_path, {f"p{place}": {"type": "boolean"} for place in range(count)})
    assert [one.code for one in found] == codes


@pytest.mark.parametrize("options", ["{built_in: 3}", "{channels: train}", "{image: x}", "{built_in: []}"])
def test_an_option_that_is_none_is_an_error_at_the_target(tmp_path: Path, options: str) -> None:
    (found,) = compiled(tmp_path, {"loss": choice(2)}, options)
    assert (found.code, found.span.line) == ("KS404", 5)
    assert "option" in found.message


def test_nothing_to_tune_gives_no_tuning_job(tmp_path: Path) -> None:
    assert compiled(tmp_path, {"flag": {"type": "boolean"}}) == []
    names = {path.name for path in (tmp_path / "generated/tuning/sagemaker").iterdir()}
    assert names == {"README.md", "example.training-specification.json"}
