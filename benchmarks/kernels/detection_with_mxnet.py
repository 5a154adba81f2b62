"""Times MXNet's operators of a detector."""

import os

from benchmarks.kernels import detector as of
from benchmarks.kernels.workload import tell

os.environ["OMP_NUM_THREADS"] = str(of.THREADS)

from mxnet import nd


def main() -> None:
    anchors, label, scores, location, dense, sparse, threshold = of.batch()
    anchors, label, scores, dense, sparse = (nd.array(each) for each in (anchors[None], label, scores, dense, sparse))
    location = nd.array(location.reshape(of.BATCH, -1))

    def matching() -> None:
        nd.contrib.MultiBoxTarget(anchors, label, scores, negative_mining_ratio=3)[0].wait_to_read()

    def detection(probability, score):
        def run() -> None:
            found = nd.contrib.MultiBoxDetection(
                probability, location, anchors, nms_threshold=of.NMS_THRESHOLD, threshold=score
            )
            found.wait_to_read()

        return run

    tell(
        {
            of.MATCHING: matching,
            of.SPARSE_DETECTION: detection(sparse, threshold),
            of.DENSE_DETECTION: detection(dense, 0.01),
        }
    )


if __name__ == "__main__":
    main()
