"""What the specification of image-classification says of several hyperparameters at once, by hand.

Peers whose library cannot say it share this function. As in the generated client every breach is collected, a value
that would be ignored is reported, and what is ignored takes part in no rule.
"""

from collections.abc import Collection
from typing import Any, NamedTuple

_MOMENTUM = ("sgd", "nag")
_PRETRAINED = (18, 34, 50, 101, 152, 200)
_SMALL = (20, 32, 44, 56, 110)


class Problem(NamedTuple):
    """A broken rule or a word of advice."""

    severity: str
    parameter: str
    message: str


def problems(c: Any, given: Collection[str], instance_count: int = 1) -> list[Problem]:
    """All that is wrong with values that are valid each by itself; ``given`` names those that are no defaults."""
    found: list[Problem] = []
    unused = _unused(c, instance_count)
    found.extend(_errors(c))
    found.extend(_warnings(c, unused))
    found.extend(Problem("warning", name, f"{name} is ignored") for name in unused if name in given)
    return found


def _unused(c: Any, instance_count: int) -> list[str]:
    """The names that the service would not read."""
    optimizer, names = c.optimizer, []
    if not c.multi_label:
        names.append("use_weighted_loss")
    if instance_count <= 1:
        names.append("kv_store")
    if optimizer not in _MOMENTUM:
        names += ["momentum", "weight_decay"]
    if optimizer != "adam":
        names += ["beta_1", "beta_2"]
    if optimizer not in ("adam", "rmsprop"):
        names.append("eps")
    if optimizer != "rmsprop":
        names.append("gamma")
    if c.lr_scheduler_step is None:
        names.append("lr_scheduler_factor")
    if not c.early_stopping:
        names += ["early_stopping_min_epochs", "early_stopping_patience", "early_stopping_tolerance"]
    return names


def _errors(c: Any) -> list[Problem]:
    found: list[Problem] = []
    _, height, width = c.image_shape
    if c.use_pretrained_model and c.num_layers not in _PRETRAINED:
        found.append(Problem("error", "num_layers", f"{c.num_layers} layers have no pretrained weights"))
    if c.checkpoint_frequency is not None and c.checkpoint_frequency > c.epochs:
        found.append(Problem("error", "checkpoint_frequency", "checkpoint_frequency exceeds epochs"))
    if c.resize is not None and not (c.resize > height and c.resize > width):
        found.append(Problem("error", "resize", "resize must exceed both the height and the width of image_shape"))
    if c.use_pretrained_model and not (height == width == 224):
        found.append(Problem("error", "image_shape", "pretrained weights fit images of 224 x 224 only"))
    return found


def _warnings(c: Any, unused: list[str]) -> list[Problem]:
    found: list[Problem] = []

    def warn(name: str, kept: bool, message: str) -> None:
        if not kept and name not in unused:
            found.append(Problem("warning", name, message))

    _, height, width = c.image_shape
    warn("mini_batch_size", c.mini_batch_size <= c.num_training_samples, "a batch needs more images than there are")
    warn("top_k", c.top_k is None or c.top_k <= c.num_classes, "there are fewer classes than top_k")
    warn("learning_rate", c.learning_rate > 0, "with a learning rate of 0 the weights never change")
    warn("momentum", c.momentum < 1, "with a momentum of 1 an old update never fades")
    warn("beta_1", c.beta_1 < 1, "with beta_1 = 1 Adam divides by 0")
    warn("beta_2", c.beta_2 < 1, "with beta_2 = 1 the weights never move")
    warn("eps", c.eps > 0, "with eps = 0 a weight whose gradient is 0 becomes NaN")
    warn("gamma", c.gamma < 1, "with gamma = 1 RMSProp never sees a gradient's size")
    steps_end = all(step < c.epochs for step in c.lr_scheduler_step or ())
    warn("lr_scheduler_step", steps_end, "a drop of the learning rate after the last epoch has no effect")
    warn("early_stopping_patience", c.early_stopping_patience < c.epochs, "training is over before its patience is")
    warn("early_stopping_min_epochs", c.early_stopping_min_epochs < c.epochs, "early stopping may never act")
    if height >= 224 and width >= 224 and not c.use_pretrained_model:
        warn("num_layers", c.num_layers in _PRETRAINED, "another depth is recommended for large images")
    elif height <= 28 and width <= 28:
        warn("num_layers", c.num_layers in _SMALL, "another depth is recommended for small images")
    return found
