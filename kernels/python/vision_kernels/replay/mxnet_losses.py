"""Losses of MXNet."""

import numpy as np

from vision_kernels.replay.adapters import Allowance, Arrays, Computed, array, hyperparameters, operation
from vision_kernels.replay.machine import Machine
from vision_kernels.replay.manifests import Case
from vision_kernels.replay.outcomes import CaseError


@operation("SoftmaxOutput")
def _softmax_output(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(
        case, grad_scale=1.0, normalization="null", use_ignore=False, ignore_label=-1, smooth_alpha=0.0,
        multi_output=False,
    )  # fmt: skip
    inputs = case.inputs()
    logits, label = array(inputs, "data"), array(inputs, "label")
    options = {
        "gradient_scale": hyper["grad_scale"],
        "normalization": "none" if hyper["normalization"] == "null" else hyper["normalization"],
        "use_ignore": hyper["use_ignore"],
        "ignore_label": hyper["ignore_label"],
    }
    if hyper["multi_output"]:  # which makes MXNet forget the smoothing
        return Computed(_softmax(machine, "mxnet_softmax_cross_entropy_per_position", logits, label, options))
    options["smoothing"] = hyper["smooth_alpha"]
    found = _softmax(machine, "mxnet_softmax_cross_entropy", logits, label, options)
    computed = Computed(found)
    if any(name.startswith(("gluon", "metric")) for name in case.entry["expected"]):
        _add_gluon(computed, machine, logits, label)
    return computed


def _softmax(machine: Machine, function: str, logits: np.ndarray, label: np.ndarray, options: Arrays) -> Arrays:
    result = machine.call(function, machine.put(logits), machine.put(label), **options)
    return {"prob": machine.get(result.probability), "grad_data": machine.get(result.gradient)}


def _add_gluon(computed: Computed, machine: Machine, logits: np.ndarray, label: np.ndarray) -> None:
    """Gluon's loss, which has no smoothing, and the metric, which follows from the probabilities."""
    result = machine.call("mxnet_softmax_cross_entropy", machine.put(logits), machine.put(label))
    computed.arrays["gluon_ce_per_sample"] = machine.get(result.loss)
    computed.arrays["gluon_ce_grad_of_sum"] = machine.get(result.gradient)
    if not ((label >= 0) & (label < logits.shape[1])).all():
        raise CaseError("label must hold only classes where Gluon's loss is expected; it holds others")
    true = computed.arrays["prob"][np.arange(len(label)), label.astype(np.int64)]
    entropy = np.mean(-np.log(true + np.float32(1e-12)), dtype=np.float64)
    computed.arrays["metric_cross_entropy"] = np.array(entropy)
    lost = float(np.spacing(np.abs(logits[np.isfinite(logits)]).max(initial=0)))
    reason = "Gluon subtracts logarithms at the size of the logits, and loses what is below their last place"
    for name in ("gluon_ce_per_sample", "gluon_ce_grad_of_sum"):
        computed.allowances[name] = (Allowance(reason, absolute=lost),)


@operation("LogisticRegressionOutput")
def _logistic_regression_output(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, grad_scale=1.0)
    inputs = case.inputs()
    logits, label = machine.put(array(inputs, "data")), machine.put(array(inputs, "label"))
    result = machine.call("mxnet_sigmoid_cross_entropy", logits, label, gradient_scale=hyper["grad_scale"])
    plain = machine.call("mxnet_sigmoid_cross_entropy", logits, label)
    return Computed(
        {
            "out": machine.get(result.probability),
            "grad_data": machine.get(result.gradient),
            "gluon_bce_per_sample": machine.get(plain.loss),
            "gluon_bce_grad_of_sum": machine.get(plain.gradient),
        }
    )


@operation("smooth_l1")
def _smooth_l1(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, scalar=1.0)
    inputs = case.inputs()
    result = machine.call("smooth_l1", machine.put(array(inputs, "data")), sigma=hyper["scalar"])
    shape = inputs["data"].shape
    head = inputs.get("head_grad", np.ones(shape, np.float32))
    if head.shape != shape:
        raise CaseError(f"head_grad must have the shape of data, {list(shape)}; it has {list(head.shape)}")
    return Computed({"out": machine.get(result.loss), "grad_data": machine.get(result.gradient) * head})
