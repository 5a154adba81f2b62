"""image-classification as a msgspec struct. msgspec stops at the first value that it refuses."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal

import msgspec

from benchmarks.peers.reading import read
from benchmarks.peers.rules import problems

Positive = Annotated[int, msgspec.Meta(ge=1)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class ImageClassification(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    num_classes: Positive
    num_training_samples: Positive
    resize: Positive | None = None
    image_shape: Annotated[list[Positive], msgspec.Meta(min_length=3, max_length=3)] = msgspec.field(
        default_factory=lambda: [3, 224, 224]
    )
    augmentation_type: Literal["crop", "crop_color", "crop_color_transform"] | None = None
    num_layers: Literal[18, 34, 50, 101, 152, 200, 20, 32, 44, 56, 110] = 152
    use_pretrained_model: bool = False
    precision_dtype: Literal["float32", "float16"] = "float32"
    multi_label: bool = False
    use_weighted_loss: bool = False
    top_k: Annotated[int, msgspec.Meta(ge=2)] | None = None
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
    lr_scheduler_step: Annotated[list[Positive], msgspec.Meta(min_length=1)] | None = None
    lr_scheduler_factor: Share = 0.1
    early_stopping: bool = False
    early_stopping_min_epochs: Positive = 10
    early_stopping_patience: Positive = 5
    early_stopping_tolerance: Share = 0.0

    def __post_init__(self) -> None:
        steps = self.lr_scheduler_step or []
        if any(later <= earlier for earlier, later in pairwise(steps)):
            raise ValueError("each epoch must be above the one before")


def validate(config: Mapping[str, str]) -> tuple[bool, list[Any]]:
    """Whether a configuration is valid, and what was found."""
    values, unread = read(config)
    try:
        judged = msgspec.convert(values, ImageClassification)
    except msgspec.ValidationError as problem:
        return False, [*unread, str(problem)]
    found = problems(judged, config.keys())
    return not unread and all(problem.severity != "error" for problem in found), [*unread, *found]
