"""Times PyTorch's fused optimizers, and its cross entropy as a user writes it and taken apart by hand."""

import torch

from benchmarks.kernels import workload as of


def main() -> None:
    torch.set_num_threads(of.THREADS)
    torch.manual_seed(1)
    sizes = of.resnet50_sizes()
    adam = torch.optim.Adam(
        parameters(sizes), of.LEARNING_RATE, (of.BETA_1, of.BETA_2), of.EPSILON, of.WEIGHT_DECAY, fused=True
    )
    sgd = torch.optim.SGD(parameters(sizes), of.LEARNING_RATE, of.MOMENTUM, weight_decay=of.WEIGHT_DECAY, fused=True)
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

    of.tell({"adam": adam.step, "sgd": sgd.step, "cross entropy": cross_entropy, "cross entropy by hand": by_hand})


def parameters(sizes: list[int]) -> list[torch.nn.Parameter]:
    made = [torch.nn.Parameter(torch.randn(size) * 0.01) for size in sizes]
    for parameter in made:
        parameter.grad = torch.randn_like(parameter) * 0.01
    return made


if __name__ == "__main__":
    main()
