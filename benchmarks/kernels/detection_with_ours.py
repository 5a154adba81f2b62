"""Times our detection and metrics on the CPU."""

import os

from benchmarks.kernels import detector as of
from benchmarks.kernels.workload import tell

os.environ["VISION_KERNELS_THREADS"] = str(of.THREADS)

import numpy as np
import vision_kernels


def main() -> None:
    anchors, label, scores, location, dense, sparse, threshold = of.batch()
    prediction, truth = of.predictions()

    def matching() -> None:
        vision_kernels.mxnet_match_anchors(anchors, label, scores, negative_mining_ratio=3)

    def trained() -> None:
        vision_kernels.mxnet_detect(
            sparse, location, anchors, nms_threshold=of.NMS_THRESHOLD, score_threshold=threshold
        )

    def untrained() -> None:
        vision_kernels.mxnet_detect(dense, location, anchors, nms_threshold=of.NMS_THRESHOLD)

    def counting() -> None:
        positive, negative = np.zeros(200, np.int64), np.zeros(200, np.int64)
        vision_kernels.keras_auc_counts(prediction, truth, positive, negative)
        vision_kernels.keras_auc(positive, negative)

    detections, truths = (list(boxes) for boxes in zip(*of.evaluated(), strict=True))

    def precision() -> None:
        outcome = vision_kernels.match_detections(detections, truths, overlap_threshold=of.OVERLAP).outcome
        found, labels = np.concatenate(detections), np.concatenate(truths)[:, 0]
        counts = np.bincount(labels.astype(np.int64), minlength=of.CLASSES - 1)
        vision_kernels.average_precision(
            np.ascontiguousarray(found[:, 1]), found[:, 0].astype(np.int32), np.concatenate(outcome), counts
        )

    tell(
        {
            of.MATCHING: matching,
            of.SPARSE_DETECTION: trained,
            of.DENSE_DETECTION: untrained,
            of.COUNTING: counting,
            of.PRECISION: precision,
        }
    )


if __name__ == "__main__":
    main()
