"""Losses of Keras."""

import numpy as np

from vision_kernels.replay.adapters import Arrays, Computed, array, hyperparameters, operation
from vision_kernels.replay.machine import Machine
from vision_kernels.replay.manifests import Case
from vision_kernels.replay.outcomes import CaseError
from vision_kernels.replay.tensorflow import FLUSHED


@operation("losses.CategoricalCrossentropy")
def _categorical(case: Case, machine: Machine) -> Computed:
    smoothing = _smoothing(case, from_logits=True)
    inputs = case.inputs()
    logits, target = array(inputs, "logits"), machine.put(array(inputs, "onehot"))
    result = machine.call("keras_softmax_cross_entropy", machine.put(logits), target, label_smoothing=smoothing)
    loss, gradient = machine.get(result.loss), machine.get(result.gradient)
    found = {
        "loss": _mean(loss), "loss_tf_keras": _mean(loss), "loss_per_sample": loss,
        "grad_logits": gradient, "grad_of_sum": gradient * np.float32(len(logits)),
    }  # fmt: skip
    if "loss_from_probs" in case.entry["expected"]:
        probability = machine.put(_softmax(logits))
        function = "keras_cross_entropy_of_probabilities"
        from_probabilities = machine.call(function, probability, target, label_smoothing=smoothing)
        found["loss_from_probs"] = _mean(machine.get(_only(from_probabilities)))
    return _on_tensorflow(found)


@operation("losses.BinaryCrossentropy")
def _binary(case: Case, machine: Machine) -> Computed:
    smoothing = _smoothing(case, from_logits=True)
    inputs = case.inputs()
    logits, label = array(inputs, "logits"), machine.put(array(inputs, "labels"))
    result = machine.call("keras_sigmoid_cross_entropy", machine.put(logits), label, label_smoothing=smoothing)
    loss = machine.get(result.loss)
    found = {
        "loss": _mean(loss), "loss_tf_keras": _mean(loss), "loss_per_sample": loss,
        "grad_logits": machine.get(result.gradient),
    }  # fmt: skip
    for name, variant in (("loss_from_probs", "keras3"), ("loss_from_probs_tf_keras", "tf_keras")):
        if name in case.entry["expected"]:
            found[name] = _mean(_of_probabilities(machine, _sigmoid(logits), label, smoothing, variant))
    return _on_tensorflow(found)


@operation("losses.BinaryCrossentropy elementwise")
def _binary_elements(case: Case, machine: Machine) -> Computed:
    """Every element by itself: a sample of one class."""
    smoothing = _smoothing(case, from_logits=case.hyper.get("from_logits", True))
    inputs = case.inputs()
    labels = array(inputs, "labels")
    label, shape = machine.put(labels.reshape(-1, 1)), labels.shape
    name = "logits" if case.hyper.get("from_logits", True) else "probs"
    if array(inputs, name).shape != shape:
        raise CaseError(f"{name} must have the shape of labels, {list(shape)}; it is {list(inputs[name].shape)}")
    if name == "probs":
        probability = inputs[name].reshape(-1, 1)
        losses = {
            f"loss_{variant}": _of_probabilities(machine, probability, label, smoothing, variant).reshape(shape)
            for variant in ("keras3", "tf_keras")
        }
        return _on_tensorflow(losses)
    logits = machine.put(inputs[name].reshape(-1, 1))
    result = machine.call("keras_sigmoid_cross_entropy", logits, label, label_smoothing=smoothing)
    gradient = machine.get(result.gradient).reshape(shape) * np.float32(labels.size)
    return _on_tensorflow({"loss_elements": machine.get(result.loss).reshape(shape), "grad_of_sum": gradient})


@operation("regularizers.L2")
def _l2(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, l2=0.01)
    result = machine.call("l2_regularization", machine.put(array(case.inputs(), "w")), l2=hyper["l2"])
    return _on_tensorflow({"value": machine.get(result.value)[0], "grad": machine.get(result.gradient)})


def _smoothing(case: Case, from_logits: bool) -> float:
    hyper = hyperparameters(case, label_smoothing=0.0, from_logits=True, reduction="sum_over_batch_size")
    if hyper["from_logits"] is not from_logits or hyper["reduction"] != "sum_over_batch_size":
        raise CaseError(f"{case.operation} must have from_logits and the reduction sum_over_batch_size")
    return float(hyper["label_smoothing"])


def _of_probabilities(
    machine: Machine, probability: np.ndarray, label: np.ndarray, smoothing: float, variant: str
) -> np.ndarray:
    function = "keras_sigmoid_cross_entropy_of_probabilities"
    options = {"label_smoothing": smoothing, "variant": variant}
    return machine.get(_only(machine.call(function, machine.put(probability), label, **options)))


def _only(result: object) -> object:
    """The single result of a function."""
    return getattr(result, "loss", result)


def _on_tensorflow(found: Arrays) -> Computed:
    return Computed(found, allowances=dict.fromkeys(found, (FLUSHED,)))


def _mean(loss: np.ndarray) -> np.ndarray:
    return np.array(np.mean(loss, dtype=np.float64))


def _softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def _sigmoid(logits: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):
        return np.asarray(1 / (1 + np.exp(-logits.astype(np.float64))), np.float32)
