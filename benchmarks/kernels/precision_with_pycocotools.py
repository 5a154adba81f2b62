"""Times pycocotools on the same boxes, from its indexed annotations to the precision at one overlap."""

import contextlib
import io

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from benchmarks.kernels import detector as of
from benchmarks.kernels.workload import tell


def main() -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        truths, detections = annotations()

    def precision() -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            evaluation = COCOeval(truths, detections, "bbox")
            evaluation.params.iouThrs = np.array([of.OVERLAP])
            evaluation.params.areaRng, evaluation.params.areaRngLbl = [[0, 1e10]], ["all"]
            evaluation.params.maxDets = [100]
            evaluation.evaluate()
            evaluation.accumulate()

    tell({of.PRECISION: precision})


def annotations():
    """True boxes and detections as COCO has them: left, top, width, height."""
    truths, detections = COCO(), []
    found = {"images": [], "annotations": [], "categories": [{"id": number} for number in range(of.CLASSES - 1)]}
    for image, (detection, truth) in enumerate(of.evaluated()):
        found["images"].append({"id": image})
        for row in truth:
            box = [*row[1:3], *(row[3:5] - row[1:3])]
            found["annotations"].append(
                {
                    "id": len(found["annotations"]) + 1,
                    "image_id": image,
                    "category_id": int(row[0]),
                    "bbox": [float(one) for one in box],
                    "area": float(box[2] * box[3]),
                    "iscrowd": 0,
                }
            )
        for row in detection:
            box = [float(one) for one in (*row[2:4], *(row[4:] - row[2:4]))]
            detections.append({"image_id": image, "category_id": int(row[0]), "bbox": box, "score": float(row[1])})
    truths.dataset = found
    truths.createIndex()
    return truths, truths.loadRes(detections)


if __name__ == "__main__":
    main()
