"""Times PyTorch's fused optimizers, ours on the same tensors, and PyTorch's cross entropy as a user writes it and taken
apart by hand.

Two processes rarely get memory that is equally fast, and an update is little but memory: hence the same tensors. Calls
of a kind follow each other, because PyTorch's threads spin for a while when they are done, and would be in the way.
"""

import os
from collections.abc import Callable

import torch

from benchmarks.kernels import workload as of

os.environ["VISION_KERNELS_THREADS"] = str(of.THREADS)

import vision_kernels


def main() -> None:
    torch.set_num_threads(of.THREADS)
    torch.manual_seed(1)
    sizes = of.resnet50_sizes()
    adam = torch.optim.Adam(
        parameters(sizes), of.LEARNING_RATE, (of.BETA_1, of.BETA_2), of.EPSILON, of.WEIGHT_DECAY, fused=True
    )
    sgd = torch.optim.SGD(parameters(sizes), of.LEARNING_RATE, of.MOMENTUM, weight_decay=of.WEIGHT_DECAY, fused=True)
    adam.step()
    sgd.step()
    logits = torch.randn(of.SAMPLES, of.CLASSES, requires_grad=True)
    label = torch.randint(0, of.CLASSES, (of.SAMPLES,))

    def cross_entropy() -> None:
        logits.grad = None
        torch.nn.functional.cross_entropy(logits, label, label_smoothing=of.SMOOTHING).backward()

    def by_hand() -> None:
        with torch.no_grad():
            logarithm = torch.log_softmax(logits, 1)
            share = of.SMOOTHING / of.CLASSES
            -(1 - of.SMOOTHING) * logarithm.gather(1, label[:, None]).mean() - share * logarithm.sum(1).mean()
            slope = logarithm.exp_().sub_(share)
            rows = torch.arange(of.SAMPLES)
            slope[rows, label] -= 1 - of.SMOOTHING
            slope.div_(of.SAMPLES)

    of.tell(
        {
            "adam": adam.step,
            "adam by ours": ours_for_adam(adam),
            "sgd": sgd.step,
            "sgd by ours": ours_for_sgd(sgd),
            "cross entropy": cross_entropy,
            "cross entropy by hand": by_hand,
        }
    )


def ours_for_adam(theirs: torch.optim.Adam) -> Callable[[], None]:
    """Our update of the same parameters, after a step of theirs has made their state."""
    weight, gradient = tensors(theirs)
    mean, mean_square = state(theirs, "exp_avg"), state(theirs, "exp_avg_sq")

    def step() -> None:
        vision_kernels.mxnet_adam_step(
            weight, gradient, mean, mean_square, learning_rate=of.LEARNING_RATE, beta_1=of.BETA_1, beta_2=of.BETA_2,
            epsilon=of.EPSILON, weight_decay=of.WEIGHT_DECAY, step=10,
        )  # fmt: skip

    return step


def ours_for_sgd(theirs: torch.optim.SGD) -> Callable[[], None]:
    """Our update of the same parameters, after a step of theirs has made their state."""
    weight, gradient = tensors(theirs)
    velocity = state(theirs, "momentum_buffer")

    def step() -> None:
        vision_kernels.mxnet_sgd_step(
            weight, gradient, velocity=velocity, learning_rate=of.LEARNING_RATE, momentum=of.MOMENTUM,
            weight_decay=of.WEIGHT_DECAY,
        )  # fmt: skip

    return step


def tensors(optimizer: torch.optim.Optimizer) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """The parameters of an optimizer and their gradients."""
    held = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    return [parameter.detach() for parameter in held], [parameter.grad for parameter in held]


def state(optimizer: torch.optim.Optimizer, name: str) -> list[torch.Tensor]:
    """One of the tensors that an optimizer keeps for each parameter."""
    return [kept[name] for kept in optimizer.state.values()]


def parameters(sizes: list[int]) -> list[torch.nn.Parameter]:
    made = [torch.nn.Parameter(torch.randn(size) * 0.01) for size in sizes]
    for parameter in made:
        parameter.grad = torch.randn_like(parameter) * 0.01
    return made


if __name__ == "__main__":
    main()
