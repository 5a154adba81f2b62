"""image-classification as a JSON Schema, judged by jsonschema-rs, which collects all that it refuses."""

from collections.abc import Mapping
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import jsonschema_rs

from benchmarks.peers.reading import read
from benchmarks.peers.rules import problems

_POSITIVE = {"type": "integer", "minimum": 1}
_SHARE = {"type": "number", "minimum": 0, "maximum": 1}
_SWITCH = {"type": "boolean"}


def _one_of(*values: Any) -> dict[str, Any]:
    return {"enum": list(values)}


_SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": ["num_classes", "num_training_samples"],
    "properties": {
        **dict.fromkeys(("num_classes", "num_training_samples", "resize"), _POSITIVE),
        **dict.fromkeys(("epochs", "mini_batch_size", "checkpoint_frequency"), _POSITIVE),
        **dict.fromkeys(("early_stopping_min_epochs", "early_stopping_patience"), _POSITIVE),
        "top_k": {"type": "integer", "minimum": 2},
        "image_shape": {"type": "array", "items": _POSITIVE, "minItems": 3, "maxItems": 3},
        "lr_scheduler_step": {"type": "array", "items": _POSITIVE, "minItems": 1},
        "num_layers": _one_of(18, 34, 50, 101, 152, 200, 20, 32, 44, 56, 110),
        "augmentation_type": _one_of("crop", "crop_color", "crop_color_transform"),
        "precision_dtype": _one_of("float32", "float16"),
        "kv_store": _one_of("dist_sync", "dist_async"),
        "optimizer": _one_of("sgd", "adam", "rmsprop", "nag"),
        **dict.fromkeys(("use_pretrained_model", "multi_label", "use_weighted_loss", "early_stopping"), _SWITCH),
        **dict.fromkeys(("learning_rate", "momentum", "weight_decay", "beta_1", "beta_2", "eps", "gamma"), _SHARE),
        **dict.fromkeys(("lr_scheduler_factor", "early_stopping_tolerance"), _SHARE),
    },
}

_DEFAULTS = {
    **dict.fromkeys(("resize", "top_k", "checkpoint_frequency", "lr_scheduler_step", "kv_store")),
    **dict.fromkeys(("use_pretrained_model", "multi_label", "use_weighted_loss", "early_stopping"), False),
    "image_shape": [3, 224, 224],
    "num_layers": 152,
    "optimizer": "sgd",
    "epochs": 30,
    "mini_batch_size": 32,
    "early_stopping_min_epochs": 10,
    "early_stopping_patience": 5,
    "learning_rate": 0.1,
    **dict.fromkeys(("momentum", "beta_1", "gamma"), 0.9),
    "beta_2": 0.999,
    "eps": 1e-8,
}

_VALIDATOR = jsonschema_rs.validator_for(_SCHEMA)


def validate(config: Mapping[str, str]) -> tuple[bool, list[Any]]:
    """Whether a configuration is valid, and what was found."""
    values, found = read(config)
    found.extend(error.message for error in _VALIDATOR.iter_errors(values))
    steps = values.get("lr_scheduler_step", ())
    if any(later <= earlier for earlier, later in pairwise(steps)):
        found.append("lr_scheduler_step: each epoch must be above the one before")
    if found:
        return False, found
    rules = problems(SimpleNamespace(**{**_DEFAULTS, **values}), config.keys())
    return all(problem.severity != "error" for problem in rules), list(rules)
