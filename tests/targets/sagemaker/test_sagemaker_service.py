"""Requests travel to a service and back unchanged. What stands in for it checks little: this is about transport."""

import os
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from knobsmith.model.catalog import Algorithm
from knobsmith.views.tuning.sagemaker_request import Setup, training_job
from moto.server import ThreadedMotoServer

from tests.support.sagemaker_documents import FORMS, algorithms, document, filled
from tests.support.sagemaker_service import draws

Json = Any
ALGORITHMS = algorithms()


@pytest.fixture(scope="module")
def service() -> Iterator[Any]:
    """A client of a server on this machine, at a port that is free."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        assert host == "127.0.0.1"
        client = boto3.client(
            "sagemaker",
            endpoint_url=f"http://{host}:{port}",
            region_name="eu-west-1",
            aws_access_key_id="none",
            aws_secret_access_key="none",
            config=Config(proxies={}, retries={"max_attempts": 0}),
        )
        yield client
        client.close()
    finally:
        server.stop()


@pytest.fixture(autouse=True)
def nothing_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No credentials, profile or endpoint of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda a: a.name)
def test_a_tuning_request_reads_back_as_it_was_sent(algorithm: Algorithm, form: str, service: Any) -> None:
    request = filled(document(algorithm, form))
    request["HyperParameterTuningJobName"] = f"job-{ALGORITHMS.index(algorithm)}-{FORMS.index(form)}"
    service.create_hyper_parameter_tuning_job(**request)
    found = service.describe_hyper_parameter_tuning_job(
        HyperParameterTuningJobName=request["HyperParameterTuningJobName"]
    )
    # A description holds no tags, neither here nor at the service.
    sent = {key: value for key, value in request.items() if key != "Tags"}
    assert {key: found[key] for key in sent} == sent


@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda a: a.name)
def test_a_training_request_reads_back_as_it_was_sent(algorithm: Algorithm, service: Any) -> None:
    """One of the jobs that the tuning job would start."""
    (drawn,) = draws(filled(document(algorithm, "tuning-job")), 1)
    request = filled(training_job(f"{algorithm.name}-1", drawn.hyperparameters, Setup()))
    service.create_training_job(**request)
    found = service.describe_training_job(TrainingJobName=request["TrainingJobName"])
    # The stand-in makes up metrics where none are defined.
    sent = request["AlgorithmSpecification"]
    found["AlgorithmSpecification"] = {key: found["AlgorithmSpecification"][key] for key in sent}
    assert {key: found[key] for key in request} == request
