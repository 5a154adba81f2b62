"""The golden losses, run through the oracle."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from tests.kernels import oracle
from tests.kernels.oracle.golden import Case, Compared, arrays_of

Results = dict[str, Any]


def run_loss(case: Case, real: Any = np.float64) -> Iterator[Compared]:
    """All recorded arrays of a loss beside those of the oracle."""
    ours = RUNS[case["op"]](arrays_of(case, "inputs"), case["hyper"], real)
    for name, recorded in arrays_of(case, "expected").items():
        yield Compared(name, np.asarray(ours[name]), recorded)


def _softmax_output(inputs: Results, hyper: Results, real: Any) -> Results:
    multi = hyper.get("multi_output", False)
    scalars = {
        "gradient_scale": hyper.get("grad_scale", 1.0),
        "normalization": {"null": "none"}.get(hyper.get("normalization", "null"), hyper.get("normalization", "none")),
        "use_ignore": hyper.get("use_ignore", False),
        "ignore_label": hyper.get("ignore_label", -1),
    }
    arrays = {"logits": inputs["data"], "label": inputs["label"]}
    if multi:
        out = oracle.loss("mxnet_softmax_cross_entropy_per_position", arrays, real, **scalars)
        return {"prob": out["probability"], "grad_data": out["gradient"]}
    smoothing = hyper.get("smooth_alpha", 0.0)
    out = oracle.loss("mxnet_softmax_cross_entropy", arrays, real, smoothing=smoothing, **scalars)
    plain = oracle.loss("mxnet_softmax_cross_entropy", arrays, real)
    rows = np.arange(len(inputs["label"]))
    with np.errstate(all="ignore"):
        true = out["probability"][rows, inputs["label"].astype(int) % out["probability"].shape[1]]
        entropy = np.mean(-np.log(true + 1e-12))
    return {
        "prob": out["probability"],
        "grad_data": out["gradient"],
        "metric_cross_entropy": entropy,
        "gluon_ce_per_sample": plain["loss"],
        "gluon_ce_grad_of_sum": plain["gradient"],
    }


def _logistic(inputs: Results, hyper: Results, real: Any) -> Results:
    arrays = {"logits": inputs["data"], "label": inputs["label"]}
    out = oracle.loss("mxnet_sigmoid_cross_entropy", arrays, real, gradient_scale=hyper.get("grad_scale", 1.0))
    plain = oracle.loss("mxnet_sigmoid_cross_entropy", arrays, real)
    return {
        "out": out["probability"],
        "grad_data": out["gradient"],
        "gluon_bce_per_sample": plain["loss"],
        "gluon_bce_grad_of_sum": plain["gradient"],
    }


def _smooth_l1(inputs: Results, hyper: Results, real: Any) -> Results:
    out = oracle.loss("smooth_l1", {"difference": inputs["data"]}, real, sigma=hyper["scalar"])
    return {"out": out["loss"], "grad_data": out["gradient"] * inputs.get("head_grad", 1)}


def _categorical(inputs: Results, hyper: Results, real: Any) -> Results:
    smoothing = {"label_smoothing": hyper["label_smoothing"]}
    out = oracle.loss(
        "keras_softmax_cross_entropy", {"logits": inputs["logits"], "target": inputs["onehot"]}, real, **smoothing
    )
    with np.errstate(all="ignore"):
        probability = oracle.losses.softmax(inputs["logits"].astype(np.float64), 1).astype(np.float32)
    given = {"probability": probability, "target": inputs["onehot"]}
    from_probabilities = oracle.loss("keras_cross_entropy_of_probabilities", given, real, **smoothing)
    return {
        "loss": np.mean(out["loss"]),
        "loss_tf_keras": np.mean(out["loss"]),
        "loss_per_sample": out["loss"],
        "grad_logits": out["gradient"],
        "grad_of_sum": out["gradient"] * len(inputs["logits"]),
        "loss_from_probs": np.mean(from_probabilities["loss"]),
    }


def _binary(inputs: Results, hyper: Results, real: Any) -> Results:
    smoothing = {"label_smoothing": hyper["label_smoothing"]}
    out = oracle.loss(
        "keras_sigmoid_cross_entropy", {"logits": inputs["logits"], "label": inputs["labels"]}, real, **smoothing
    )
    probability = oracle.losses.sigmoid(inputs["logits"].astype(np.float64)).astype(np.float32)
    given = {"probability": probability, "label": inputs["labels"]}
    means = {
        variant: np.mean(
            oracle.loss("keras_sigmoid_cross_entropy_of_probabilities", given, real, variant=variant, **smoothing)[
                "loss"
            ]
        )
        for variant in ("keras3", "tf_keras")
    }
    return {
        "loss": np.mean(out["loss"]),
        "loss_tf_keras": np.mean(out["loss"]),
        "loss_per_sample": out["loss"],
        "grad_logits": out["gradient"],
        "loss_from_probs": means["keras3"],
        "loss_from_probs_tf_keras": means["tf_keras"],
    }


def _binary_elements(inputs: Results, hyper: Results, real: Any) -> Results:
    """Each element by itself, as a sample of one class."""
    label = inputs["labels"].reshape(-1, 1)
    if not hyper["from_logits"]:
        given = {"probability": inputs["probs"].reshape(-1, 1), "label": label}
        return {
            f"loss_{variant}": oracle.loss(
                "keras_sigmoid_cross_entropy_of_probabilities", given, real, label_smoothing=0.0, variant=variant
            )["loss"].reshape(inputs["labels"].shape)
            for variant in ("keras3", "tf_keras")
        }
    logits, smoothing = inputs["logits"].reshape(-1, 1), {"label_smoothing": hyper["label_smoothing"]}
    out = oracle.loss("keras_sigmoid_cross_entropy", {"logits": logits, "label": label}, real, **smoothing)
    shape = inputs["labels"].shape
    return {"loss_elements": out["loss"].reshape(shape), "grad_of_sum": out["gradient"].reshape(shape) * label.size}


def _l2(inputs: Results, hyper: Results, real: Any) -> Results:
    out = oracle.loss("l2_regularization", {"weight": inputs["w"]}, real, l2=hyper["l2"])
    return {"value": out["value"][0], "grad": out["gradient"]}


RUNS = {
    "SoftmaxOutput": _softmax_output,
    "LogisticRegressionOutput": _logistic,
    "smooth_l1": _smooth_l1,
    "losses.CategoricalCrossentropy": _categorical,
    "losses.BinaryCrossentropy": _binary,
    "losses.BinaryCrossentropy elementwise": _binary_elements,
    "regularizers.L2": _l2,
}
