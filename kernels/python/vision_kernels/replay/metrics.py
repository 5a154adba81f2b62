"""Metrics of MXNet and of Keras: counts over batches, and what is read from them."""

from typing import Any

import numpy as np

from vision_kernels.replay.adapters import NUMBER, Arrays, Computed, array, check_fact, hyperparameters, operation
from vision_kernels.replay.machine import Machine
from vision_kernels.replay.manifests import Case
from vision_kernels.replay.outcomes import CaseError

_BUCKETS = 200
# Where a case tells of one generation of Keras; both do the same.
_VARIANTS = ("keras3", "tf_keras")
_THRESHOLDS = np.array([0.3, 0.5, 0.7], np.float32)


class _InTop:
    """Counts of samples whose class is among the first `top_k`; None: those whose class is the first."""

    def __init__(self, machine: Machine, top_k: int | None) -> None:
        self.machine, self.top_k = machine, top_k
        self.correct, self.total = _zeros(machine, 1), _zeros(machine, 1)

    def add(self, prediction: np.ndarray, label: np.ndarray) -> float:
        arrays = [self.machine.put(prediction), self.machine.put(label), self.correct, self.total]
        if self.top_k is None:
            self.machine.call("count_correct", *arrays)
        else:
            self.machine.call("count_correct_in_top_k", *arrays, top_k=self.top_k)
        return self.share

    @property
    def counts(self) -> tuple[int, int]:
        return int(self.machine.get(self.correct)[0]), int(self.machine.get(self.total)[0])

    @property
    def share(self) -> float:
        correct, total = self.counts
        return correct / total if total else float("nan")


@operation("metric.Accuracy+TopKAccuracy")
def _accuracies(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, top_k=(), batches=NUMBER)
    batches = _batches(case.inputs(), "pred", "label", hyper["batches"])
    found: Arrays = {}
    for name, top_k in [("acc", None), *((f"top{k}", k) for k in hyper["top_k"])]:
        counts = _InTop(machine, top_k)
        found[f"running_{name}"] = np.array([counts.add(*batch) for batch in batches])
        found[f"sum_{name}"], found[f"num_{name}"] = map(np.array, counts.counts)
    return Computed(found | {"acc_from_indices": found["running_acc"][-1]})


@operation("metric.Accuracy")
def _accuracy(case: Case, machine: Machine) -> Computed:
    hyperparameters(case)
    return _share_of(case, _InTop(machine, None))


@operation("metric.TopKAccuracy")
def _top_k_accuracy(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, top_k=1, classes=NUMBER)
    if case.entry["inputs"]:
        check_fact("classes", hyper["classes"], array(case.inputs(), "pred", 2).shape[1])
    return _share_of(case, _InTop(machine, hyper["top_k"]))


def _share_of(case: Case, counts: _InTop) -> Computed:
    inputs = case.inputs()
    if inputs:
        counts.add(array(inputs, "pred"), array(inputs, "label"))
    return Computed({"acc": np.array(counts.share)})


def _batches(inputs: Arrays, prediction: str, label: str, stated: int | None) -> list[tuple[np.ndarray, np.ndarray]]:
    """Predictions and labels of each batch. Raises CaseError unless there are as many of both, and as was stated."""
    predictions, labels = array(inputs, prediction, 3), array(inputs, label)
    if labels.ndim == 0 or not len(predictions) == len(labels) > 0:
        shapes = f"{list(predictions.shape)} and {list(labels.shape)}"
        raise CaseError(f"{prediction} and {label} must hold the same number of batches; their shapes are {shapes}")
    check_fact("batches", stated, len(predictions))
    return list(zip(predictions, labels, strict=True))


@operation("metrics.CategoricalAccuracy")
def _categorical(case: Case, machine: Machine) -> Computed:
    hyper, counts = hyperparameters(case, batches=NUMBER), _InTop(machine, None)
    batches = _batches(case.inputs(), "pred", "label_index", hyper["batches"])
    running = np.array([counts.add(*batch) for batch in batches], np.float32)
    return Computed({"running": running, "final_tf_keras": running[-1]})


class _Binary:
    """Counts of a binary classifier: at a few thresholds, and in the intervals of Keras's area under a curve."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.confusion = [_zeros(machine, len(_THRESHOLDS)) for _ in range(4)]
        self.positive, self.negative = _zeros(machine, _BUCKETS), _zeros(machine, _BUCKETS)

    def add(self, prediction: np.ndarray, label: np.ndarray) -> Arrays:
        arrays = self.machine.put(prediction), self.machine.put(label)
        thresholds = self.machine.put(_THRESHOLDS)
        self.machine.call("keras_confusion", *arrays, thresholds, *self.confusion)
        self.machine.call("keras_auc_counts", *arrays, self.positive, self.negative)
        return self.results

    @property
    def results(self) -> Arrays:
        """What Keras reports, by the names of its metrics; 0 where nothing counts."""
        tp, fp, tn, fn = (self.machine.get(count).astype(np.float64) for count in self.confusion)
        precision, recall = _share(tp, tp + fp), _share(tp, tp + fn)
        accuracy = _share(tp + tn, tp + fp + tn + fn)
        (middle,) = np.flatnonzero(np.float32(0.5) == _THRESHOLDS)
        found = {
            "binary_accuracy": accuracy[middle], "precision": precision[middle], "recall": recall[middle],
            "precision_thr": precision, "recall_thr": recall, "auc_roc": self._area("roc"), "auc_pr": self._area("pr"),
        }  # fmt: skip
        return {name: np.asarray(value, np.float32) for name, value in found.items()}

    @property
    def curve(self) -> Arrays:
        """The counts at each threshold of the area under a curve."""
        above = {name: _from_above(self.machine.get(getattr(self, name))) for name in ("positive", "negative")}
        counts = {
            "true_positives": above["positive"], "false_negatives": above["positive"][0] - above["positive"],
            "false_positives": above["negative"], "true_negatives": above["negative"][0] - above["negative"],
        }  # fmt: skip
        inner = np.arange(1, _BUCKETS - 1) / (_BUCKETS - 1)
        thresholds = {"auc_thresholds": np.array([-1e-7, *inner, 1 + 1e-7])}
        return {f"auc_{name}": count.astype(np.float32) for name, count in counts.items()} | thresholds

    def _area(self, curve: str) -> float:
        counts = self.machine.get(self.positive), self.machine.get(self.negative)
        return float(self.machine.call_on_host("keras_auc", *counts, curve=curve).area[0])


@operation("metrics.BinaryAccuracy+Precision+Recall+AUC")
def _binary(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(
        case, batches=NUMBER, num_thresholds=_BUCKETS, summation_method="interpolation", threshold=0.5
    )
    if (hyper["num_thresholds"], hyper["summation_method"], hyper["threshold"]) != (_BUCKETS, "interpolation", 0.5):
        raise CaseError(f"hyper must be {_BUCKETS} thresholds, interpolation and 0.5; it is {case.hyper}")
    counts = _Binary(machine)
    batches = _batches(case.inputs(), "pred", "label", hyper["batches"])
    after = [counts.add(prediction, label) for prediction, label in batches]
    running = {f"running_{name}": np.stack([each[name] for each in after]) for name in after[-1]}
    return Computed(running | {f"final_tf_keras_{name}": value for name, value in after[-1].items()} | counts.curve)


@operation("metrics")
def _all_metrics(case: Case, machine: Machine) -> Computed:
    found = _after(case, machine)
    return Computed({f"{name}_{variant}": value for name, value in found.items() for variant in _VARIANTS})


@operation("metrics.AUC", variants=_VARIANTS)
def _area(case: Case, machine: Machine) -> Computed:
    return Computed({"result": _after(case, machine)["auc_roc"]})


@operation("metrics.Precision", variants=_VARIANTS)
def _precision(case: Case, machine: Machine) -> Computed:
    return Computed({"result": _after(case, machine)["precision"]})


def _after(case: Case, machine: Machine) -> Arrays:
    hyperparameters(case)
    counts, inputs = _Binary(machine), case.inputs()
    return counts.add(array(inputs, "pred"), array(inputs, "label")) if inputs else counts.results


def _zeros(machine: Machine, count: int) -> Any:
    return machine.put(np.zeros(count, np.int64))


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.asarray(np.divide(part, whole, out=np.zeros_like(part), where=whole != 0))


def _from_above(counts: np.ndarray) -> np.ndarray:
    return np.cumsum(counts[::-1])[::-1]
