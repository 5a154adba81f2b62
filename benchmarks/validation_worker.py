"""Times one validation after the other in one process, in turns; prints the seconds of one, for each round, as JSON.

``python -m benchmarks.validation_worker ROUNDS REPETITIONS``, with the generated client on the path.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

Config = Mapping[str, str]
Validate = Callable[[Config], tuple[bool, Any]]


def _config(text: str) -> Config:
    """A configuration from pairs of name and text."""
    return dict(pair.split("=") for pair in text.split())


_TYPICAL = _config(
    "num_classes=257 num_training_samples=15420 image_shape=3,224,224 num_layers=50 use_pretrained_model=1 epochs=20 "
    "mini_batch_size=64 optimizer=adam learning_rate=0.001 beta_1=0.9 lr_scheduler_step=10,15 early_stopping=True"
)
_EVERY = _config(
    "num_classes=257 num_training_samples=15420 resize=256 image_shape=3,224,224 augmentation_type=crop_color "
    "num_layers=152 use_pretrained_model=0 precision_dtype=float16 multi_label=1 use_weighted_loss=1 top_k=5 epochs=20 "
    "mini_batch_size=64 checkpoint_frequency=2 kv_store=dist_sync optimizer=sgd learning_rate=0.01 momentum=0.9 "
    "weight_decay=1e-4 beta_1=0.9 beta_2=0.999 eps=1e-8 gamma=0.9 lr_scheduler_step=10,15 lr_scheduler_factor=0.1 "
    "early_stopping=True early_stopping_min_epochs=5 early_stopping_patience=3 early_stopping_tolerance=0.01"
)
CONFIGS: dict[str, tuple[bool, Config]] = {
    "valid, 12 of 29 given": (True, _TYPICAL),
    "valid, all 29 given, 5 of them ignored": (True, _EVERY),
    "three bad values": (False, {**_TYPICAL, "num_classes": "0257", "learning_rate": "1.5", "optimizer": "adamw"}),
    "two broken rules": (False, {**_TYPICAL, "resize": "224", "num_layers": "20"}),
}
OURS = "generated client"
PYDANTIC = "hand-written pydantic"
WORDED = ", findings worded"
_PEERS = {PYDANTIC: "with_pydantic", "msgspec": "with_msgspec", "jsonschema-rs": "with_jsonschema_rs"}


def contenders() -> dict[str, Validate | str]:
    """What validates, by name; why not, where a library is missing."""
    found: dict[str, Validate | str] = dict(_ours())
    for name, module in _PEERS.items():
        try:
            peer = import_module(f"benchmarks.peers.{module}")
        except ImportError as problem:
            found[name] = f"not installed: {problem}"
        else:
            found[name] = peer.validate
            if hasattr(peer, "validate_in_words"):
                found[name + WORDED] = peer.validate_in_words
    return found


def _ours() -> dict[str, Validate]:
    client = import_module("vision_hyperparameters")
    functions, model = client.image_classification, client.ImageClassification

    def verdict(config: Config) -> tuple[bool, Any]:
        judged = functions.validate_wire(config)
        return judged.valid, judged

    def worded(config: Config) -> tuple[bool, Any]:
        judged = functions.validate_wire(config)
        return judged.valid, judged.findings

    def whole(config: Config) -> tuple[bool, Any]:
        told = functions.validate_wire(config).as_dict()
        return told["valid"], told["findings"]

    def built(config: Config) -> tuple[bool, Any]:
        try:
            return True, model.from_wire(config)
        except ValueError as problem:
            return False, problem.errors(include_url=False)  # type: ignore[attr-defined]

    return {OURS: verdict, OURS + WORDED: worded, f"{OURS}, all told": whole, f"{OURS}, pydantic model": built}


def measure(rounds: int, repetitions: int) -> dict[str, Any]:
    """The seconds of one validation for each contender, configuration and round, or why there are none."""
    results: dict[str, Any] = {}
    usable: dict[str, Validate] = {}
    for name, validate in contenders().items():
        if isinstance(validate, str):
            results[name] = validate
        else:
            usable[name], results[name] = validate, {config: [] for config in CONFIGS}
    _agree(usable)
    names = list(usable)
    for number in range(rounds + 1):
        for config, (_, texts) in CONFIGS.items():
            for turn in range(len(names)):
                name = names[(turn + number) % len(names)]
                seconds = _time(usable[name], texts, repetitions)
                if number:
                    results[name][config].append(seconds)
    return results


def _agree(usable: Mapping[str, Validate]) -> None:
    """Only what does the same work may be compared."""
    for config, (valid, texts) in CONFIGS.items():
        for name, validate in usable.items():
            judged, found = validate(texts)
            if judged is not valid or (not valid and not found):
                raise AssertionError(f"{name} says {judged} of {config}: {found}")


def _time(validate: Validate, texts: Config, repetitions: int) -> float:
    start = time.process_time()
    for _ in range(repetitions):
        validate(texts)
    return (time.process_time() - start) / repetitions


if __name__ == "__main__":
    json.dump(measure(int(sys.argv[1]), int(sys.argv[2])), sys.stdout)
