"""What tests of jobs have in common: a setup, and a client that keeps what it is asked."""

from typing import Any

from knobsmith.targets.python.runtime.jobs import Channel, Setup, TrainingJob, TuningJob

Json = Any
SETUP = Setup(
    role="arn:aws:iam::123456789012:role/tuner",
    image="123456789012.dkr.ecr.eu-west-1.amazonaws.com/object-detection:1",
    channels=(Channel("train", "s3://images/train/", "application/x-recordio"),),
    output="s3://images/output/",
    instance_type="ml.p3.2xlarge",
)
STATIC = {"num_classes": 10, "num_training_samples": 5000}


class Recording:
    """A client that keeps what it is asked to submit."""

    def __init__(self) -> None:
        self.requests: list[Json] = []

    def create_hyper_parameter_tuning_job(self, **request: Json) -> str:
        self.requests.append(request)
        return "tuning"

    def create_training_job(self, **request: Json) -> str:
        self.requests.append(request)
        return "training"


def codes(job: TuningJob | TrainingJob) -> set[str]:
    return {problem.code for problem in job.preflight()}
