"""The golden metrics, run through the oracle."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from tests.kernels.oracle import metrics
from tests.kernels.oracle.golden import Case, Compared, arrays_of

Arrays = dict[str, Any]
BUCKETS = 200
THRESHOLDS = (0.3, 0.5, 0.7)


def run_metric(case: Case) -> Iterator[Compared]:
    """All recorded results of a metric beside those of the oracle. Raises ValueError where MXNet does."""
    with np.errstate(all="ignore"):
        ours = RUNS[case["op"]](arrays_of(case, "inputs"), case["hyper"])
    for name, recorded in arrays_of(case, "expected").items():
        yield Compared(name, np.asarray(ours[name.removesuffix("_keras3").removesuffix("_tf_keras")]), recorded)


def _accuracy(inputs: Arrays, hyper: Arrays) -> Arrays:
    ours: Arrays = {}
    for name, k in [("acc", 1), *((f"top{k}", k) for k in hyper["top_k"])]:
        counts = [metrics.correct_in_top(p, y, k) for p, y in zip(inputs["pred"], inputs["label"], strict=True)]
        correct, total = np.cumsum(counts), np.cumsum([len(y) for y in inputs["label"]])
        ours |= {f"running_{name}": correct / total, f"sum_{name}": correct[-1], f"num_{name}": total[-1]}
    return ours | {"acc_from_indices": ours["running_acc"][-1]}


def _edge_accuracy(inputs: Arrays, hyper: Arrays) -> Arrays:
    if "top_k" in hyper and not 2 <= hyper["top_k"] <= hyper["classes"]:
        raise ValueError("top_k must lie between 2 and the number of classes")
    if not inputs:
        return {"acc": np.nan}
    return {"acc": metrics.correct_in_top(inputs["pred"], inputs["label"]) / len(inputs["label"])}


def _categorical(inputs: Arrays, hyper: Arrays) -> Arrays:
    pairs = zip(inputs["pred"], inputs["label_index"], strict=True)
    correct = np.cumsum([metrics.correct_in_top(p, y) for p, y in pairs])
    running = correct / (np.arange(1, hyper["batches"] + 1) * inputs["label_index"].shape[1])
    return {"running": running, "final": running[-1]}


def shares(counts: metrics.Counts) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Accuracy, precision and recall at each threshold; 0 where nothing counts."""
    tp, fp, tn, fn = (counts[name].astype(float) for name in counts)
    quotient = metrics.quotient
    return quotient(tp + tn, tp + fp + tn + fn), quotient(tp, tp + fp), quotient(tp, tp + fn)


def _binary_at(prediction: np.ndarray, label: np.ndarray) -> Arrays:
    accuracy, precision, recall = shares(metrics.confusion(prediction, label, (0.5,)))
    _, precisions, recalls = shares(metrics.confusion(prediction, label, THRESHOLDS))
    counts = metrics.auc_counts(prediction, label, BUCKETS)
    tp, fp = (metrics.above_thresholds(counts[name]) for name in ("positive", "negative"))
    return {
        "binary_accuracy": accuracy[0],
        "precision": precision[0],
        "recall": recall[0],
        "precision_thr": precisions,
        "recall_thr": recalls,
        "auc_roc": metrics.auc(**counts, curve="roc"),
        "auc_pr": metrics.auc(**counts, curve="pr"),
        "auc_true_positives": tp,
        "auc_false_positives": fp,
        "auc_false_negatives": tp[0] - tp,
        "auc_true_negatives": fp[0] - fp,
        "auc_thresholds": np.array([-1e-7, *(np.arange(1, BUCKETS - 1) / (BUCKETS - 1)), 1 + 1e-7]),
    }


def _binary(inputs: Arrays, hyper: Arrays) -> Arrays:
    after = [_binary_at(inputs["pred"][: i + 1], inputs["label"][: i + 1]) for i in range(hyper["batches"])]
    running = {f"running_{name}": np.stack([each[name] for each in after]) for name in after[-1]}
    return running | {f"final_tf_keras_{name}": value for name, value in after[-1].items()} | after[-1]


def _edges(inputs: Arrays, _: Arrays) -> Arrays:
    return _binary_at(inputs["pred"], inputs["label"])


def _result(name: str) -> Callable[[Arrays, Arrays], Arrays]:
    def run(inputs: Arrays, _: Arrays) -> Arrays:
        nothing = np.empty(0, np.float32)
        return {"result": _binary_at(inputs.get("pred", nothing), inputs.get("label", nothing))[name]}

    return run


RUNS: dict[str, Callable[[Arrays, Arrays], Arrays]] = {
    "metric.Accuracy+TopKAccuracy": _accuracy,
    "metric.Accuracy": _edge_accuracy,
    "metric.TopKAccuracy": _edge_accuracy,
    "metrics.CategoricalAccuracy": _categorical,
    "metrics.BinaryAccuracy+Precision+Recall+AUC": _binary,
    "metrics": _edges,
    "metrics.AUC": _result("auc_roc"),
    "metrics.Precision": _result("precision"),
}
