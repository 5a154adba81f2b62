"""image-classification in hand-written pydantic v2, read from text by the same strict grammar."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError, ValidationError

from benchmarks.peers import reading
from benchmarks.peers.rules import Problem, problems

Integer = Annotated[int, BeforeValidator(reading.integer)]
Number = Annotated[float, BeforeValidator(reading.number)]
Flag = Annotated[bool, BeforeValidator(reading.flag)]
Positive = Annotated[Integer, Field(ge=1)]
Share = Annotated[Number, Field(ge=0, le=1)]


def _ascending(steps: list[int]) -> list[int]:
    if any(later <= earlier for earlier, later in pairwise(steps)):
        raise ValueError("each epoch must be above the one before")
    return steps


Integers = Annotated[list[Annotated[int, Field(ge=1)]], BeforeValidator(reading.integers)]


class ImageClassification(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())

    num_classes: Positive
    num_training_samples: Positive
    resize: Positive | None = None
    image_shape: Annotated[Integers, Field(min_length=3, max_length=3)] = [3, 224, 224]
    augmentation_type: Literal["crop", "crop_color", "crop_color_transform"] | None = None
    num_layers: Annotated[Literal[18, 34, 50, 101, 152, 200, 20, 32, 44, 56, 110], BeforeValidator(reading.integer)] = (
        152
    )
    use_pretrained_model: Flag = False
    precision_dtype: Literal["float32", "float16"] = "float32"
    multi_label: Flag = False
    use_weighted_loss: Flag = False
    top_k: Annotated[Integer, Field(ge=2)] | None = None
    epochs: Positive = 30
    mini_batch_size: Positive = 32
    checkpoint_frequency: Positive | None = None
    kv_store: Literal["dist_sync", "dist_async"] | None = None
    optimizer: Literal["sgd", "adam", "rmsprop", "nag"] = "sgd"
    learning_rate: Share = 0.1
    momentum: Share = 0.9
    weight_decay: Share = 0.0001
    beta_1: Share = 0.9
    beta_2: Share = 0.999
    eps: Share = 1e-8
    gamma: Share = 0.9
    lr_scheduler_step: Annotated[Integers, Field(min_length=1), AfterValidator(_ascending)] | None = None
    lr_scheduler_factor: Share = 0.1
    early_stopping: Annotated[bool, BeforeValidator(reading.switch)] = False
    early_stopping_min_epochs: Positive = 10
    early_stopping_patience: Positive = 5
    early_stopping_tolerance: Share = 0.0

    _problems: list[Problem] = PrivateAttr(default_factory=list)

    @model_validator(mode="after")
    def _judge(self) -> "ImageClassification":
        found = problems(self, self.model_fields_set)
        errors = [problem.message for problem in found if problem.severity == "error"]
        if errors:
            raise PydanticCustomError("rule", "{problems}", {"problems": "\n".join(errors)})
        self._problems.extend(found)
        return self


def validate(config: Mapping[str, str]) -> tuple[bool, Any]:
    """Whether a configuration is valid, and what was found."""
    try:
        return True, ImageClassification.model_validate(config)
    except ValidationError as problem:
        return False, problem


def validate_in_words(config: Mapping[str, str]) -> tuple[bool, list[Any]]:
    """The same, each finding in words."""
    try:
        return True, ImageClassification.model_validate(config)._problems
    except ValidationError as problem:
        return False, problem.errors(include_url=False)
