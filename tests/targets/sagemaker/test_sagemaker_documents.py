"""Every document is what the service's own model takes, and says what the catalog says."""

import copy
import re
from typing import Any

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.validate import ParamValidator
from knobsmith.model.catalog import Algorithm
from knobsmith.views.tuning.sagemaker_limits import LIMITS
from knobsmith.views.tuning.sagemaker_request import placeholders, training_job

from tests.support.sagemaker_documents import FORMS, algorithms, document, filled
from tests.support.sagemaker_service import definitions, ranges

Json = Any
ALGORITHMS = algorithms()
MODEL = ServiceModel(Loader().load_service_model("sagemaker", "service-2"))
SPECIFICATION = "training-specification"
SHAPES = {SPECIFICATION: "TrainingSpecification", **dict.fromkeys(FORMS, "CreateHyperParameterTuningJobRequest")}


def problems(document: Json, shape: str) -> str:
    return str(ParamValidator().validate(document, MODEL.shape_for(shape)).generate_report())


@pytest.mark.parametrize("form", SHAPES)
@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda a: a.name)
def test_a_document_is_valid_by_the_model_of_the_service(algorithm: Algorithm, form: str) -> None:
    """As it is, and filled in."""
    assert problems(document(algorithm, form), SHAPES[form]) == ""
    assert problems(filled(document(algorithm, form)), SHAPES[form]) == ""


@pytest.mark.parametrize("form", SHAPES)
def test_a_wrong_type_anywhere_is_found(form: str) -> None:
    """A number in place of each text in turn, and a text in place of each number."""
    whole = document(ALGORITHMS[0], form)
    places = list(leaves(whole))
    assert len(places) > 20
    for path in places:
        planted = copy.deepcopy(whole)
        holder = planted
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = 1 if isinstance(holder[path[-1]], str) else "1"
        assert "Invalid type" in problems(planted, SHAPES[form]), path


@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda a: a.name)
def test_a_request_to_train_is_valid_too(algorithm: Algorithm) -> None:
    request = training_job(algorithm.name, {"num_classes": "10"})
    assert problems(request, "CreateTrainingJobRequest") == ""


@pytest.mark.parametrize("form", SHAPES)
@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda a: a.name)
def test_texts_and_lists_keep_within_what_the_service_takes(algorithm: Algorithm, form: str) -> None:
    """botocore checks no pattern and no greatest length; the service does."""
    whole = filled(document(algorithm, form))
    assert list(placeholders(whole)) == []
    broken = list(beyond(whole, MODEL.shape_for(SHAPES[form]), ""))
    assert broken == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda a: a.name)
def test_numbers_are_texts_in_order_and_scales_fit_them(algorithm: Algorithm, form: str) -> None:
    for definition in definitions(document(algorithm, form)):
        found = list(ranges(definition))
        assert 0 < len(found) <= 30
        for kind, own in found:
            if kind == "Categorical":
                assert 1 < len(own["Values"]) <= (LIMITS["ParameterValues"].most or 0)
                continue
            assert float(own["MinValue"]) < float(own["MaxValue"])
            if own["ScalingType"] == "Logarithmic":
                assert float(own["MinValue"]) > 0


@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda a: a.name)
def test_each_definition_has_the_objective_and_its_direction(algorithm: Algorithm) -> None:
    metric = next(one for one in algorithm.metrics if one.objective)
    for form in FORMS:
        for definition in definitions(document(algorithm, form)):
            assert definition["TuningObjective"] == {
                "Type": metric.direction.capitalize(),
                "MetricName": metric.name,
            }


def test_a_built_in_image_knows_its_metrics_and_another_is_told() -> None:
    for algorithm in ALGORITHMS:
        is_ours = algorithm.name.endswith("classifier") or algorithm.name.endswith("regression")
        for definition in definitions(document(algorithm, "tuning-job")):
            assert ("MetricDefinitions" in definition["AlgorithmSpecification"]) == is_ours


def test_only_a_form_that_loses_something_is_marked() -> None:
    for algorithm in ALGORITHMS:
        several = "TrainingJobDefinitions" in document(algorithm, "tuning-job")
        assert "Tags" not in document(algorithm, "tuning-job")
        assert ("Tags" in document(algorithm, "tuning-job.flat")) == several


def test_branches_merge_and_single_values_are_static() -> None:
    (algorithm,) = (one for one in ALGORITHMS if one.name == "image-classification")
    request = document(algorithm, "tuning-job")
    names = [definition["DefinitionName"] for definition in request["TrainingJobDefinitions"]]
    assert names == ["sgd-nag", "adam", "rmsprop"]
    both, adam, _ = request["TrainingJobDefinitions"]
    assert both["HyperParameterRanges"]["CategoricalParameterRanges"] == [
        {"Name": "optimizer", "Values": ["sgd", "nag"]}
    ]
    assert adam["StaticHyperParameters"] == {
        "num_classes": "<num_classes>",
        "num_training_samples": "<num_training_samples>",
        "optimizer": "adam",
    }


def leaves(document: Json, path: tuple[Any, ...] = ()) -> Any:
    if isinstance(document, dict):
        for key, value in document.items():
            yield from leaves(value, (*path, key))
    elif isinstance(document, list):
        for place, item in enumerate(document):
            yield from leaves(item, (*path, place))
    else:
        yield path


def beyond(value: Json, shape: Any, path: str) -> Any:
    """What is too long, too many, or of another form than the model states."""
    stated = shape.metadata
    if isinstance(value, (str, list, dict)) and len(value) > stated.get("max", len(value)):
        yield f"{path}: {len(value)}"
    if isinstance(value, str):
        if "enum" in stated and value not in stated["enum"]:
            yield f"{path}: {value}"
        # Python knows no Unicode classes: printable stands for them.
        pattern = re.sub(r"\[\\p\{L\}\\p\{M\}[^\]]*\]", r"[^\\x00-\\x1f]", stated.get("pattern", "(?s:.*)"))
        pattern = pattern.replace(r"\p{L}\p{Z}\p{N}", r"\w ")
        if not re.fullmatch(pattern, value):
            yield f"{path}: {value!r} is not {pattern}"
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from beyond(item, shape.member, f"{path}[{place}]")
    elif isinstance(value, dict) and shape.type_name == "map":
        for key, item in value.items():
            yield from beyond(key, shape.key, f"{path}.{key}")
            yield from beyond(item, shape.value, f"{path}.{key}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from beyond(item, shape.members[key], f"{path}.{key}")
