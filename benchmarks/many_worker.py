"""Times batches of configurations in one process, in turns; prints the seconds of one configuration, for each round.

``python -m benchmarks.many_worker ROUNDS``, with the generated client `wide`, its accelerator and msgspec on the path.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

Config = dict[str, Any]
Judge = Callable[[Sequence[Config]], bool]

BATCH = 4096
OURS, PURE, MSGSPEC, LIST = "ours", "pure", "msgspec", "msgspec, a list"
NATIVE, PARSED, TEXTS = "native values", "native values from `json.loads`", "texts"
_TEXT = (
    "epochs=90 mini_batch_size=128 num_layers=50 warmup_epochs=5 patience=4 min_epochs=10 crop_height=224 "
    "crop_width=224 resize=256 workers=8 checkpoint_frequency=5 momentum=0.9 weight_decay=0.0001 beta_1=0.9 "
    "beta_2=0.999 eps=1e-8 gamma=0.9 dropout=0.25 label_smoothing=0.1 mixup_alpha=0.2 lr_factor=0.1 "
    "lr_minimum=0.00001 tolerance=0.001 gradient_clip=5.5 use_pretrained=true multi_label=false weighted_loss=false "
    "early_stopping=true optimizer=sgd scheduler=cosine augmentation=crop_color kv_store=dist_sync dtype=float16"
)
# What makes a configuration invalid, in the grammars of all contenders.
_BAD = (
    *({"epochs": 0}, {"num_layers": 201}, {"learning_rate": 1.5}, {"momentum": 1}, {"eps": 0}, {"optimizer": "adamw"}),
    *({"dtype": "int8"}, {"unknown": 1}, {"epochs": "many"}, {"multi_label": "maybe"}),
    *({"mini_batch_size": 60000}, {"warmup_epochs": 90}, {"min_epochs": 91}, {"resize": 100}, {"lr_minimum": 0.9}),
)


def config(number: int) -> Config:
    """A valid configuration of all 38 hyperparameters, as texts."""
    changing = {
        "num_classes": str(10 + number),
        "num_training_samples": str(50000 + number),
        "seed": str(1234 + number),
        "learning_rate": f"0.0{500 + number}",
        "mixed_precision": "true" if number % 2 == 0 else "false",
    }
    return changing | dict(pair.split("=") for pair in _TEXT.split())


def batches() -> dict[str, list[Config]]:
    """The same configurations in each form. Those that were parsed have keys of their own, all others share them."""
    texts = [config(number % 64) for number in range(BATCH)]
    native = [{sys.intern(key): _value(text) for key, text in one.items()} for one in texts]
    texts = [{sys.intern(key): text for key, text in one.items()} for one in texts]
    return {NATIVE: native, PARSED: [json.loads(json.dumps(one)) for one in native], TEXTS: texts}


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def contenders() -> dict[str, tuple[Judge, Judge]]:
    """What judges native values, and what judges texts."""
    client = import_module("wide")
    if not client.accelerated:
        raise AssertionError("the accelerator is not in use")
    functions = client.wide
    found: dict[str, tuple[Judge, Judge]] = {
        OURS: (
            lambda c: not functions.validate_many(c).invalid,
            lambda c: not functions.validate_wire_many(c).invalid,
        ),
        PURE: (
            lambda c: not functions.validate_many(c, pure=True).invalid,
            lambda c: not functions.validate_wire_many(c, pure=True).invalid,
        ),
    }
    try:
        peer = import_module("benchmarks.peers.wide_msgspec")
    except ImportError:
        return found
    found[MSGSPEC] = (lambda c: not peer.invalid(c, strict=True), lambda c: not peer.invalid(c, strict=False))
    found[LIST] = (lambda c: peer.all_valid(c, strict=True), lambda c: peer.all_valid(c, strict=False))
    return found


def measure(rounds: int) -> dict[str, dict[str, list[float]]]:
    """The seconds of one configuration, by contender and form."""
    judges, forms = contenders(), batches()
    _agree(judges, forms)
    seconds: dict[str, dict[str, list[float]]] = {name: {form: [] for form in forms} for name in judges}
    names = list(judges)
    for number in range(rounds + 1):
        for form, batch in forms.items():
            for turn in range(len(names)):
                name = names[(turn + number) % len(names)]
                one = _time(judges[name][form == TEXTS], batch)
                if number:
                    seconds[name][form].append(one)
    return seconds


def _agree(judges: dict[str, tuple[Judge, Judge]], forms: dict[str, list[Config]]) -> None:
    """Only what does the same work may be compared."""
    for name, (native, texts) in judges.items():
        for form, batch in forms.items():
            judge = texts if form == TEXTS else native
            as_given: Callable[[Any], Any] = str if form == TEXTS else _as_it_is
            if not judge(batch):
                raise AssertionError(f"{name} refuses {form}")
            for bad in _BAD:
                given = {key: as_given(value) for key, value in bad.items()}
                if judge([batch[0], {**batch[0], **given}]):
                    raise AssertionError(f"{name} accepts {given}")


def _as_it_is(value: Any) -> Any:
    return value


def _time(judge: Judge, batch: list[Config]) -> float:
    start = time.process_time()
    judge(batch)
    return (time.process_time() - start) / len(batch)


if __name__ == "__main__":
    json.dump(measure(int(sys.argv[1])), sys.stdout)
