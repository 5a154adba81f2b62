"""The pydantic model: valid exactly where the verdict is, all errors at once, effective values, both forms."""

import copy
import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from knobsmith.targets.python import in_memory
from pydantic import BaseModel, TypeAdapter, ValidationError

from tests.targets.python.fixture import catalog


@pytest.fixture(scope="module")
def client() -> Iterator[in_memory.Client]:
    with in_memory.load_client(catalog()) as loaded:
        yield loaded


@pytest.fixture(scope="module")
def everything(client: in_memory.Client) -> Any:
    return client.model("everything")


def test_attributes_hold_the_values_in_effect(everything: Any) -> None:
    model = everything(classes=3, mode="embed", steps=[10, 20])
    assert (model.classes, model.mode, model.steps) == (3, "embed", (10, 20))
    assert (model.depth, model.width, model.epochs, model.resize) == (4, 64, 30, None)
    assert model.model_fields_set == {"classes", "mode", "steps"}


def test_choices_are_members_and_lists_with_fields_have_names(everything: Any) -> None:
    model = everything(classes=3, shape=[3, 32, 64])
    assert model.mode is type(model.mode).CLASSIFY
    assert (model.shape.height, model.shape.width) == (32, 64)
    assert everything(classes=3, mode=type(model.mode).EMBED).mode.value == "embed"


def test_an_open_choice_takes_members_and_other_texts(everything: Any) -> None:
    assert everything(classes=3, metric="mse").metric is not None
    other = everything(classes=3, metric="mape")
    assert other.metric == "mape"
    assert [finding.code for finding in other.verdict.findings if finding.parameter == "metric"] == ["open"]


def test_every_error_is_reported_at_its_place(everything: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        everything(classes=1, moed="embed", mode="embd", patience=40, stop_early=True, **{"drop-rate": "x"})
    errors = {error["loc"]: error for error in caught.value.errors()}
    assert {loc: error["type"] for loc, error in errors.items()} == {
        ("moed",): "unknown",
        ("classes",): "range",
        ("mode",): "values",
        ("drop-rate",): "type",
        ("patience",): "range",
    }
    assert "did you mean `embed`?" in errors["mode",]["msg"]
    assert errors["classes",]["input"] == 1


def test_an_error_inside_another_model_keeps_its_place(everything: Any) -> None:
    class Job(BaseModel):
        settings: everything

    with pytest.raises(ValidationError) as caught:
        Job.model_validate({"settings": {"classes": 1}})
    assert [error["loc"] for error in caught.value.errors()] == [("settings", "classes")]
    assert Job(settings=everything(classes=2)).settings.classes == 2


@pytest.mark.parametrize(
    "given",
    [
        {"lambda": 0.5},
        {"lambda_": 0.5},
        {"drop-rate": 0.25},
        {"drop_rate": 0.25},
        {"dropout": 0.25},
        {"model_config": "abc"},
        {"model_config_": "abc"},
    ],
)
def test_names_of_the_service_of_python_and_aliases_are_accepted(everything: Any, given: dict[str, Any]) -> None:
    model = everything(classes=3, **given)
    (name,) = model.model_fields_set - {"classes"}
    assert getattr(model, name) == next(iter(given.values()))


def test_context_decides_what_is_needed(everything: Any) -> None:
    assert everything(classes=3).resize is None
    for validate in (
        lambda: everything.from_native({"classes": 3}, context={"content": "image/png"}),
        lambda: everything.model_validate({"classes": 3}, context={"content": "image/png", "of somebody else": 1}),
        lambda: everything.from_wire({"classes": "3"}, context={"content": "image/png"}),
    ):
        with pytest.raises(ValidationError, match="`resize` is required when `context.content` is `image/png`"):
            validate()


def test_texts_of_the_service_are_read_and_written(everything: Any) -> None:
    texts = {"classes": "3", "steps": "10, 20", "shape": "(3, 256, 256)", "stop_early": "1", "lambda": "1e-07"}
    model = everything.from_wire(texts)
    assert (model.steps, model.stop_early, model.lambda_) == ((10, 20), True, 1e-7)
    assert model.to_wire() == {
        "classes": "3",
        "lambda": "1e-7",
        "steps": "10,20",
        "shape": "(3, 256, 256)",
        "stop_early": "1",
    }
    assert model.to_wire(defaults=True)["width"] == "64"


def test_a_model_is_frozen_and_copied_with_validation(everything: Any) -> None:
    model = everything(classes=3, mode="embed")
    with pytest.raises(ValidationError):
        model.classes = 4
    assert model.model_copy(update={"depth": 8}).depth == 8
    with pytest.raises(ValidationError, match="when `mode` is `embed`"):
        model.model_copy(update={"depth": 32})


def test_a_dump_reads_back(everything: Any) -> None:
    model = everything(classes=3, steps=[1], lambda_=2, shape=[1, 2, 3])
    assert everything.model_validate(model.model_dump(exclude_unset=True)) == model
    assert everything.model_validate_json(model.model_dump_json(exclude_unset=True, by_alias=True)) == model
    again = pickle.loads(pickle.dumps(model))
    assert (again, again.verdict) == (model, model.verdict)
    assert copy.deepcopy(model).verdict == model.verdict


def errors_of(everything: Any, text: str | bytes) -> set[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        everything.model_validate_json(text)
    return {(error["type"], ".".join(map(str, error["loc"]))) for error in caught.value.errors()}


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ('{"classes": 3, "classes": 3}', {("alias-conflict", "classes")}),
        ('{"classes": 1, "classes": 3, "rate": 2}', {("alias-conflict", "classes"), ("range", "rate")}),
        ('{"classes": NaN, "classes": 3}', {("alias-conflict", "classes")}),
        ('{"classes": 3, "lambda": 1, "lambda_": 1}', {("alias-conflict", "lambda")}),
        ('{"classes": 3, "huh": 1, "huh": 1}', {("unknown", "huh")}),
        ('{"classes": 3, "steps": {}}', {("type", "steps")}),
        ('{"classes": 3, "lambda": NaN}', {("type", "lambda")}),
        ('{"classes": 3, "lambda": 1e400}', {("type", "lambda")}),
        ("[[1, 2]]", {("model_type", "")}),
        ('{"classes": 3', {("json_invalid", "")}),
        (b'\xff{"classes": 3}', {("json_invalid", "")}),
    ],
)
def test_what_json_text_says_twice_is_an_error(
    everything: Any, text: str | bytes, errors: set[tuple[str, str]]
) -> None:
    assert errors_of(everything, text) == errors


def test_a_value_by_two_names_is_an_error(everything: Any) -> None:
    with pytest.raises(ValidationError, match="`lambda` is given 2 times: keep one of them"):
        everything(classes=3, lambda_=1, **{"lambda": 2})


def test_anything_else_than_a_mapping_is_refused_as_usual(everything: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        everything.model_validate(3)
    assert caught.value.errors()[0]["type"] == "model_type"


def test_the_schema_has_bounds_defaults_and_docs(everything: Any) -> None:
    schema = TypeAdapter(everything).json_schema()
    assert schema["properties"]["epochs"] == {
        "default": 30,
        "description": "Passes over the data.",
        "maximum": 1000,
        "minimum": 1,
        "title": "Epochs",
        "type": "integer",
    }
    assert schema["required"] == ["classes"]
    assert schema["properties"]["drop-rate"]["exclusiveMaximum"] == 1


def test_a_verdict_is_data(client: in_memory.Client) -> None:
    module = client.algorithm("everything")
    verdict = module.validate({"classes": 3, "factor": 0.5})
    assert verdict == pickle.loads(pickle.dumps(verdict))
    assert verdict.as_dict()["findings"] == [
        {
            "code": "ignored",
            "severity": "warning",
            "parameter": "factor",
            "message": "`factor` is ignored: `steps` is not set; used when it is set",
            "help": "leave out `factor`",
        }
    ]
    assert verdict.parameters["factor"] == ("given", False, "ignored: `steps` is not set; used when it is set", 0.5)
    assert '"shape": {"state": "default", "used": true, "reason": null, "value": [3, 224, 224]}' in verdict.to_json()


def test_writing_what_is_not_valid_says_why(client: in_memory.Client) -> None:
    with pytest.raises(ValueError, match=r"invalid hyperparameters of everything\n`classes` is required") as caught:
        client.algorithm("everything").to_wire({})
    assert not pickle.loads(pickle.dumps(caught.value)).verdict.valid


def test_context_is_read_from_texts(client: in_memory.Client) -> None:
    module = client.algorithm("everything")
    context = module.read_context({"machines": "2", "content": "text/csv", "x": "1"})
    assert context == {"machines": 2, "content": "text/csv", "x": "1"}
    assert module.read_context({"machines": "two"}) == {"machines": "two"}
    codes = [finding.code for finding in module.validate({"classes": 3}, {"machines": "two"}).findings]
    assert codes == ["type"]
