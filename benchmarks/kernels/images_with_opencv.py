"""Times OpenCV's resizing; each image on one thread."""

import cv2

from benchmarks.kernels.photographs import SIDE, on_threads, photographs
from benchmarks.kernels.workload import tell


def main() -> None:
    cv2.setNumThreads(1)
    images = photographs()
    interpolations = {"area": cv2.INTER_AREA, "bilinear": cv2.INTER_LINEAR, "bicubic": cv2.INTER_CUBIC}
    tell(
        {
            name: on_threads(images, lambda image, how=how: cv2.resize(image, (SIDE, SIDE), interpolation=how))
            for name, how in interpolations.items()
        }
    )


if __name__ == "__main__":
    main()
