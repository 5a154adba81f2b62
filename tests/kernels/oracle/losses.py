"""The losses, sample by sample."""

import numpy as np

Arrays = dict[str, np.ndarray]


def softmax(x: np.ndarray, axis: int) -> np.ndarray:
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


def log_softmax(x: np.ndarray, axis: int) -> np.ndarray:
    shifted = x - np.max(x, axis=axis, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))


def sigmoid(x: np.ndarray) -> np.ndarray:
    return np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))


def softplus_loss(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.maximum(x, 0) - x * y + np.log1p(np.exp(-np.abs(x)))


def bounded(real: type, p: np.ndarray) -> np.ndarray:
    """Probabilities within the bounds of Keras, which are single-precision numbers."""
    return np.clip(p, real(np.float32(1e-7)), real(np.float32(1 - 1e-7)))


def mxnet_softmax(
    real: type,
    a: Arrays,
    *,
    smoothing: float = 0,
    gradient_scale: float = 1,
    normalization: str = "none",
    use_ignore: bool = False,
    ignore_label: int = -1,
) -> Arrays:
    logits, label = a["logits"], np.trunc(a["label"]).astype(np.int64)
    n, k = logits.shape
    target = np.zeros((n, k), real)
    for i in range(n):
        if 0 <= label[i] < k:
            target[i] = real(smoothing) / (k - 1) if k > 1 else 0
            target[i, label[i]] = 1 - real(smoothing)
        elif smoothing and k > 1:
            target[i] = real(smoothing) / (k - 1)
    probability = softmax(logits, 1)
    divisor = {"none": 1, "batch": n, "valid": max(1, int(np.sum(label != ignore_label)))}[normalization]
    gradient = (probability - target) * real(gradient_scale) / divisor
    loss = -np.sum(np.where(target != 0, target * log_softmax(logits, 1), 0), axis=1)
    if use_ignore:
        gradient[label == ignore_label] = 0
        loss[label == ignore_label] = 0
    return {"probability": probability, "loss": loss, "gradient": gradient}


def mxnet_softmax_per_position(
    real: type,
    a: Arrays,
    *,
    gradient_scale: float = 1,
    normalization: str = "none",
    use_ignore: bool = False,
    ignore_label: int = -1,
) -> Arrays:
    logits, label = a["logits"], np.trunc(a["label"]).astype(np.int64)
    n, k, s = logits.shape
    target = np.arange(k)[None, :, None] == label[:, None, :]
    probability = softmax(logits, 1)
    divisor = {"none": s, "batch": n * s, "valid": max(1, int(np.sum(label != ignore_label)))}[normalization]
    gradient = (probability - target) * real(gradient_scale) / divisor
    loss = -np.sum(np.where(target, log_softmax(logits, 1), 0), axis=1)
    if use_ignore:
        ignored = label == ignore_label
        gradient = np.where(ignored[:, None, :], 0, gradient)
        loss = np.where(ignored, 0, loss)
    return {"probability": probability, "loss": loss, "gradient": gradient}


def keras_softmax(real: type, a: Arrays, *, label_smoothing: float) -> Arrays:
    logits, alpha = a["logits"], real(label_smoothing)
    n, k = logits.shape
    target = a["target"] * (1 - alpha) + alpha / k
    loss = -np.sum(target * log_softmax(logits, 1), axis=1)
    return {"loss": loss, "gradient": (softmax(logits, 1) - target) / max(n, 1)}


def keras_sparse_softmax(real: type, a: Arrays, *, label_smoothing: float) -> Arrays:
    n, k = a["logits"].shape
    target = np.zeros((n, k), real)
    for i, label in enumerate(a["label"]):
        target[i] = np.eye(k)[label] if 0 <= label < k else np.nan
    return keras_softmax(real, {"logits": a["logits"], "target": target}, label_smoothing=label_smoothing)


def keras_of_probabilities(real: type, a: Arrays, *, label_smoothing: float) -> Arrays:
    p, alpha = a["probability"], real(label_smoothing)
    p = bounded(real, p / np.sum(p, axis=1, keepdims=True))
    target = a["target"] * (1 - alpha) + alpha / p.shape[1]
    return {"loss": -np.sum(target * np.log(p), axis=1)}


def mxnet_sigmoid(real: type, a: Arrays, *, use_weighted_loss: bool = False, gradient_scale: float = 1) -> Arrays:
    x, y, k = a["logits"], a["label"], a["logits"].shape[1]
    weight = a["class_weight"] if use_weighted_loss else np.ones(k, real)
    probability = sigmoid(x)
    gradient = weight * (probability - y) * real(gradient_scale) / k
    return {"probability": probability, "loss": np.mean(weight * softplus_loss(x, y), axis=1), "gradient": gradient}


def keras_sigmoid(real: type, a: Arrays, *, label_smoothing: float) -> Arrays:
    x, alpha = a["logits"], real(label_smoothing)
    y = a["label"] * (1 - alpha) + alpha / 2
    return {"loss": np.mean(softplus_loss(x, y), axis=1), "gradient": (sigmoid(x) - y) / max(x.size, 1)}


def keras_sigmoid_of_probabilities(real: type, a: Arrays, *, label_smoothing: float, variant: str = "keras3") -> Arrays:
    alpha, extra = real(label_smoothing), real(np.float32(1e-7 if variant == "tf_keras" else 0))
    p = bounded(real, a["probability"])
    y = a["label"] * (1 - alpha) + alpha / 2
    return {"loss": -np.mean(y * np.log(p + extra) + (1 - y) * np.log(1 - p + extra), axis=1)}


def smooth_l1(real: type, a: Arrays, *, sigma: float = 1) -> Arrays:
    x, square = a["difference"], real(sigma) * real(sigma)
    far = np.abs(x) > 1 / square
    loss = np.where(far, np.abs(x) - real(0.5) / square, real(0.5) * x * x * square)
    return {"loss": loss, "gradient": np.where(far, np.sign(x), square * x)}


def l2(real: type, a: Arrays, *, l2: float) -> Arrays:
    w = a["weight"]
    return {"value": np.array([real(l2) * np.sum(w * w)]), "gradient": 2 * real(l2) * w}
