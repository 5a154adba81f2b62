"""Times our kernels on the CPU."""

import os

from benchmarks.kernels import workload as of

os.environ["VISION_KERNELS_THREADS"] = str(of.THREADS)

import numpy as np
import vision_kernels


def main() -> None:
    random = np.random.default_rng(1)
    sizes = of.resnet50_sizes()
    weight, gradient = ([random.standard_normal(n, np.float32) * 0.01 for n in sizes] for _ in range(2))
    first, second, velocity = ([np.zeros(n, np.float32) for n in sizes] for _ in range(3))
    logits = random.standard_normal((of.SAMPLES, of.CLASSES), np.float32)
    label = random.integers(0, of.CLASSES, of.SAMPLES)
    loss, slope = np.empty(of.SAMPLES, np.float32), np.empty_like(logits)

    def adam() -> None:
        vision_kernels.mxnet_adam_step(
            weight, gradient, first, second, learning_rate=of.LEARNING_RATE, beta_1=of.BETA_1, beta_2=of.BETA_2,
            epsilon=of.EPSILON, weight_decay=of.WEIGHT_DECAY, step=10,
        )  # fmt: skip

    def sgd() -> None:
        vision_kernels.mxnet_sgd_step(
            weight, gradient, velocity=velocity, learning_rate=of.LEARNING_RATE, momentum=of.MOMENTUM,
            weight_decay=of.WEIGHT_DECAY,
        )  # fmt: skip

    def cross_entropy() -> None:
        vision_kernels.keras_sparse_softmax_cross_entropy(
            logits, label, label_smoothing=of.SMOOTHING, loss=loss, gradient=slope
        )

    of.tell({"adam": adam, "sgd": sgd, "cross entropy": cross_entropy})


if __name__ == "__main__":
    main()
