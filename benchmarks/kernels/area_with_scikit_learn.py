"""Times scikit-learn's area under a curve, which sorts where Keras's counts."""

from sklearn.metrics import roc_auc_score

from benchmarks.kernels import detector as of
from benchmarks.kernels.workload import tell


def main() -> None:
    prediction, truth = of.predictions()
    tell({of.COUNTING: lambda: roc_auc_score(truth, prediction)})


if __name__ == "__main__":
    main()
