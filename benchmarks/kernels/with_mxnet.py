"""Times MXNet's optimizers, one call for each tensor, which is its fastest way here."""

import os

from benchmarks.kernels import workload as of

os.environ["OMP_NUM_THREADS"] = str(of.THREADS)

import mxnet


def main() -> None:
    mxnet.random.seed(1)
    settings = {"learning_rate": of.LEARNING_RATE, "wd": of.WEIGHT_DECAY}
    adam = mxnet.optimizer.Adam(beta1=of.BETA_1, beta2=of.BETA_2, epsilon=of.EPSILON, **settings)
    sgd = mxnet.optimizer.SGD(momentum=of.MOMENTUM, **settings)
    of.tell({"adam": step(adam), "sgd": step(sgd)})


def step(optimizer):
    sizes = of.resnet50_sizes()
    weights, gradients = ([mxnet.nd.random.normal(0, 0.01, n) for n in sizes] for _ in range(2))
    states = [optimizer.create_state(index, weight) for index, weight in enumerate(weights)]

    def update():
        for index, weight in enumerate(weights):
            optimizer.update(index, weight, gradients[index], states[index])
        mxnet.nd.waitall()

    return update


if __name__ == "__main__":
    main()
