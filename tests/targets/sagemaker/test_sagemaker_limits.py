"""The limits are those of the service model, read and not copied."""

import re

from knobsmith.views.tuning import sagemaker_limits, sagemaker_quotas
from knobsmith.views.tuning.sagemaker_request import definition_names, job_name, training_job

from tests.accept import SAGEMAKER_LIMITS
from tests.support.sagemaker_limits import SHAPES, limits_module, service_model


def test_the_table_is_what_the_installed_botocore_says() -> None:
    """`make accept` writes it anew when botocore has changed."""
    assert SAGEMAKER_LIMITS.read_text(encoding="utf-8") == limits_module()


def test_each_limit_reads_back_as_the_model_states_it() -> None:
    assert sagemaker_limits.LIMITS.keys() == set(SHAPES)
    for name, limit in sagemaker_limits.LIMITS.items():
        shape = service_model()[name]
        stated = (shape.get("min"), shape.get("max"), shape.get("pattern"), tuple(shape.get("enum", ())))
        assert tuple(limit) == stated, name


def test_the_quota_of_tuned_hyperparameters_is_that_of_one_list_of_ranges() -> None:
    """The model gives it to each list, and says in prose that it holds for their sum."""
    prose = re.sub("<[^>]+>", "", service_model()["ParameterRanges"]["documentation"])
    assert "the sum of the number of hyperparameters for all the ranges" in prose
    assert sagemaker_limits.LIMITS["IntegerParameterRanges"].most == sagemaker_quotas.MOST_TUNED


def test_names_are_as_long_as_they_may_be_and_no_longer() -> None:
    """Requests are built without the table, so that their module stands alone."""
    long = "n" * 999
    (definition,) = definition_names([long])
    names = {
        "HyperParameterTuningJobName": job_name(long),
        "HyperParameterTrainingJobDefinitionName": definition,
        "TrainingJobName": training_job(long, {})["TrainingJobName"],
    }
    assert {shape: len(name) for shape, name in names.items()} == {
        shape: sagemaker_limits.LIMITS[shape].most for shape in names
    }
