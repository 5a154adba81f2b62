"""The 38 hyperparameters and five rules of `typescript/spec.yaml` in msgspec."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

Count = Annotated[int, Meta(ge=1)]
From0 = Annotated[int, Meta(ge=0)]
Pixels = Annotated[int, Meta(ge=1, le=4096)]
Share = Annotated[float, Meta(ge=0, le=1)]
Below1 = Annotated[float, Meta(ge=0, lt=1)]
Above0 = Annotated[float, Meta(gt=0, le=1)]


class Wide(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    num_classes: Count | None = None
    num_training_samples: Count | None = None
    epochs: Count | None = None
    mini_batch_size: Count | None = None
    num_layers: Annotated[int, Meta(ge=1, le=200)] | None = None
    warmup_epochs: From0 | None = None
    patience: Count | None = None
    min_epochs: Count | None = None
    crop_height: Pixels | None = None
    crop_width: Pixels | None = None
    resize: Pixels | None = None
    seed: From0 | None = None
    workers: Annotated[int, Meta(ge=0, le=256)] | None = None
    checkpoint_frequency: Count | None = None
    learning_rate: Above0 | None = None
    momentum: Below1 | None = None
    weight_decay: Share | None = None
    beta_1: Below1 | None = None
    beta_2: Below1 | None = None
    eps: Above0 | None = None
    gamma: Share | None = None
    dropout: Below1 | None = None
    label_smoothing: Below1 | None = None
    mixup_alpha: Annotated[float, Meta(ge=0, le=10)] | None = None
    lr_factor: Annotated[float, Meta(gt=0, lt=1)] | None = None
    lr_minimum: Share | None = None
    tolerance: Share | None = None
    gradient_clip: Annotated[float, Meta(gt=0, le=1000)] | None = None
    use_pretrained: bool = False
    multi_label: bool = False
    weighted_loss: bool = False
    early_stopping: bool = False
    mixed_precision: bool = False
    optimizer: Literal["sgd", "adam", "rmsprop", "nag"] | None = None
    scheduler: Literal["constant", "step", "cosine"] | None = None
    augmentation: Literal["none", "crop", "crop_color", "crop_color_transform"] | None = None
    kv_store: Literal["local", "dist_sync", "dist_async"] | None = None
    dtype: Literal["float32", "float16", "bfloat16"] | None = None

    def __post_init__(self) -> None:
        if (
            _above(self.mini_batch_size, self.num_training_samples)
            or _above(self.min_epochs, self.epochs)
            or _above(self.crop_height, self.resize)
            or _above(self.crop_width, self.resize)
            or _above(self.lr_minimum, self.learning_rate)
            or (self.warmup_epochs is not None and self.epochs is not None and self.warmup_epochs >= self.epochs)
        ):
            raise ValueError("This does not fit.")


def _above(low: float | None, high: float | None) -> bool:
    return low is not None and high is not None and low > high


def invalid(configs: Sequence[Mapping[str, Any]], *, strict: bool) -> list[int]:
    """The places of those that are not valid; texts, which are not strict, are read by the grammars of msgspec."""
    found = []
    for place, config in enumerate(configs):
        try:
            msgspec.convert(config, Wide, strict=strict)
        except msgspec.ValidationError:
            found.append(place)
    return found


def all_valid(configs: Sequence[Mapping[str, Any]], *, strict: bool) -> bool:
    """Whether all of them are valid; it ends at the first that is not."""
    try:
        msgspec.convert(configs, list[Wide], strict=strict)
    except msgspec.ValidationError:
        return False
    return True
