"""Jobs of the generated client: built, checked, and submitted to a stand-in for the service over HTTP."""

import os
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from knobsmith.targets.python.in_memory import load_client
from knobsmith.targets.python.runtime.jobs import Channel, JobRefused, Setup, TrainingJob, TuningJob, preflight
from moto.server import ThreadedMotoServer

from tests.support.sagemaker_documents import PROJECTS, catalog_of, document
from tests.targets.python.jobs import SETUP, STATIC, Recording, codes

Json = Any


@pytest.fixture(scope="module")
def service() -> Iterator[Json]:
    """A client of a server on this machine, at a port that is free."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
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


@pytest.mark.parametrize("root", PROJECTS, ids=lambda root: root.name)
def test_a_job_with_nothing_said_is_the_generated_request(root: Any) -> None:
    """But for the channels and the metrics, which the project file states and not the facts."""
    with load_client(catalog_of(root)) as client:
        for algorithm in catalog_of(root).algorithms:
            wanted = document(algorithm, "tuning-job")
            definition = wanted.get("TrainingJobDefinition") or wanted["TrainingJobDefinitions"][0]
            channels = tuple(
                Channel(one["ChannelName"], one["DataSource"]["S3DataSource"]["S3Uri"], one.get("ContentType", ""))
                for one in definition["InputDataConfig"]
            )
            stated = definition["AlgorithmSpecification"].get("MetricDefinitions", [])
            metrics = tuple((one["Name"], one["Regex"]) for one in stated)
            setup = Setup(channels=channels, metrics=metrics)
            assert TuningJob(client.algorithm(algorithm.name), setup=setup).request() == wanted


def test_what_is_left_open_is_told_and_nothing_is_submitted(detection: Json) -> None:
    client, job = Recording(), TuningJob(detection)
    assert codes(job) == {"KS517"}
    with pytest.raises(JobRefused) as refused:
        job.submit(client)
    assert client.requests == []
    assert refused.value.problems == job.preflight()
    assert "KS517" in str(refused.value)


def test_a_tuning_job_is_submitted_as_it_was_checked(detection: Json, service: Json) -> None:
    job = TuningJob(
        detection, static=STATIC, setup=SETUP, name="branches", max_jobs=12, parallel_jobs=3, tags={"a": "b"}
    )
    assert job.preflight() == ()
    assert "HyperParameterTuningJobArn" in job.submit(service)
    found = service.describe_hyper_parameter_tuning_job(HyperParameterTuningJobName="branches")
    sent = job.request()
    assert len(sent["TrainingJobDefinitions"]) == 3
    assert {key: found[key] for key in sent if key != "Tags"} == {key: sent[key] for key in sent if key != "Tags"}


def test_errors_of_the_service_are_passed_on(detection: Json, service: Json) -> None:
    job = TuningJob(detection, static=STATIC, setup=SETUP, name="twice")
    job.submit(service)
    with pytest.raises(ClientError):
        job.submit(service)


def test_a_training_job_is_submitted(detection: Json, service: Json) -> None:
    config = {**STATIC, "optimizer": "sgd", "momentum": 0.5, "epochs": 3}
    job = TrainingJob(detection, config, setup=SETUP, name="once")
    assert job.preflight() == ()
    job.submit(service)
    found = service.describe_training_job(TrainingJobName="once")
    assert found["HyperParameters"] == detection.from_native(config).to_wire()


def test_a_training_job_that_would_die_is_not_submitted(detection: Json) -> None:
    client = Recording()
    with pytest.raises(JobRefused) as refused:
        TrainingJob(detection, {**STATIC, "momentum": 0}, setup=SETUP).submit(client)
    assert {problem.code for problem in refused.value.problems} == {"KS518"}
    assert client.requests == []


def test_ranges_of_ones_own(detection: Json) -> None:
    ranges: Json = {"learning_rate": (1e-4, 0.1, "log"), "optimizer": ["sgd"], "weight_decay": None}
    job = TuningJob(detection, static=STATIC, setup=SETUP, ranges=ranges)
    assert job.preflight() == ()
    found = job.request()["HyperParameterTuningJobConfig"]["ParameterRanges"]
    assert found["ContinuousParameterRanges"][0] == {
        "Name": "learning_rate", "MinValue": "0.0001", "MaxValue": "0.1", "ScalingType": "Logarithmic"
    }  # fmt: skip
    assert [one["Name"] for one in found["ContinuousParameterRanges"]] == ["learning_rate", "momentum"]
    assert job.request()["TrainingJobDefinition"]["StaticHyperParameters"]["optimizer"] == "sgd"


@pytest.mark.parametrize(
    ("ranges", "code"),
    [
        ({"learning_rate": (1e-4, 2.0)}, "KS505"),
        ({"momentum": (0, 0.9)}, "KS505"),
        ({"learning_rate": (0.1, 0.01)}, "KS510"),
        ({"momentum": (0.5, 0.9, "reverse")}, "KS511"),
        ({"mini_batch_size": (8, 64.5)}, "KS504"),
        ({"optimizer": ["sgd", "nag"]}, "KS505"),
        ({"epochs": (1, 10)}, "KS502"),
        ({"eps": (1e-8, 1.0)}, "KS501"),
        ({"momentun": None}, "KS501"),
    ],
)
def test_ranges_of_ones_own_are_checked(detection: Json, ranges: Json, code: str) -> None:
    client = Recording()
    with pytest.raises(JobRefused) as refused:
        TuningJob(detection, static=STATIC, setup=SETUP, ranges=ranges).submit(client)
    assert {problem.code for problem in refused.value.problems if problem.severity == "error"} == {code}
    assert client.requests == []


@pytest.mark.parametrize("where", ["ranges", "static"])
def test_a_misspelt_name_without_a_value_is_told_with_the_nearest(detection: Json, where: str) -> None:
    told: Json = {"static": STATIC, "ranges": {}}
    told[where] = {**told[where], "momentun": None, "weight_decay": None}
    (problem,) = TuningJob(detection, setup=SETUP, **told).preflight()
    assert (problem.code, problem.help) == ("KS501", "did you mean `momentum`?")
    assert {one.code for one in TrainingJob(detection, {**STATIC, "momentun": None}, setup=SETUP).preflight()} == {
        "KS501"
    }


def test_each_placeholder_is_told_once() -> None:
    with load_client(catalog_of(PROJECTS[0])) as client:
        found = TuningJob(client.algorithm("image-classification")).preflight()
    facts = [problem.fact for problem in found]
    names = {fact.split("`")[1] for fact in facts}
    assert names >= {"<account>", "<role>", "<bucket>", "<num_classes>"}
    assert len(found) == len(names) == 8
    assert "`<role>` still stands here, and at 2 more places" in facts


def test_what_is_wrong_in_every_definition_is_told_once(detection: Json) -> None:
    static = {**STATIC, "num_classes": 0, "momentun": 1}
    found = TuningJob(detection, static=static, setup=SETUP).preflight()
    assert sorted(problem.code for problem in found) == ["KS501", "KS518"]
    assert all(problem.fact.endswith(", and at 2 more places") for problem in found)


def test_the_help_names_what_to_change(detection: Json) -> None:
    jobs = [
        TrainingJob(detection, stated, setup=SETUP) for stated in ({"num_classes": 10}, {**STATIC, "num_classes": 0})
    ]
    assert [problem.help for job in jobs for problem in job.preflight()] == [
        "give `num_training_samples`",
        "give `num_classes` another value",
    ]


def test_more_jobs_than_combinations_are_refused(detection: Json) -> None:
    ranges: Json = dict.fromkeys(("learning_rate", "momentum", "weight_decay", "mini_batch_size"))
    job = TuningJob(detection, static=STATIC, setup=SETUP, ranges=ranges, strategy="Grid", max_jobs=5)
    assert codes(job) == {"KS512"}
    assert TuningJob(detection, static=STATIC, setup=SETUP, ranges=ranges, strategy="Grid").preflight() == ()


def test_a_module_is_as_good_as_a_model() -> None:
    with load_client(catalog_of(PROJECTS[0])) as client:
        name = "image-classification"
        assert TuningJob(client.algorithm(name)).request() == TuningJob(client.model(name)).request()
        with pytest.raises(TypeError, match="neither a model nor the module"):
            TuningJob(Recording)


OWN = SETUP._replace(image="example/detectors:1")


def test_an_image_of_ones_own_defines_what_is_tuned_for(detection: Json) -> None:
    job = TuningJob(detection, static=STATIC, setup=OWN)
    (problem,) = job.preflight()
    assert (problem.code, problem.severity) == ("KS520", "warning")
    assert problem.path[-2:] == ("AlgorithmSpecification", "TrainingImage")
    metric = detection.facts().metrics["validation:mAP"]
    assert f"the expression `{metric.pattern}`" in problem.help
    own = OWN._replace(metrics=((metric.name, metric.pattern),))
    assert "<" in metric.pattern
    assert TuningJob(detection, static=STATIC, setup=own).preflight() == ()
    own = OWN._replace(metrics=((metric.name, "<regular expression>"),))
    assert codes(TuningJob(detection, static=STATIC, setup=own)) == {"KS517"}


@pytest.mark.parametrize("image", ["example/object_detection@sha256:0", "example/Object-Detection-2:1"])
def test_an_image_that_names_the_algorithm_is_taken_for_the_vendors(detection: Json, image: str) -> None:
    assert TuningJob(detection, static=STATIC, setup=OWN._replace(image=image)).preflight() == ()


def test_an_algorithm_of_the_account_brings_its_metrics(detection: Json) -> None:
    request = TuningJob(detection, static=STATIC, setup=OWN).request()
    for definition in request["TrainingJobDefinitions"]:
        definition["AlgorithmSpecification"] = {"AlgorithmName": "detectors", "TrainingInputMode": "File"}
    assert preflight(detection, request) == ()


def test_an_image_that_is_left_open_is_told_once(detection: Json) -> None:
    assert codes(TuningJob(detection, static=STATIC, setup=OWN._replace(image="<training-image>"))) == {"KS517"}


def test_a_single_training_tunes_for_nothing(detection: Json) -> None:
    assert TrainingJob(detection, STATIC, setup=OWN).preflight() == ()
