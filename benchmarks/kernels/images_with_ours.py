"""Times our resizing on the CPU."""

import os

from benchmarks.kernels.photographs import COUNT, SIDE, THREADS, photographs
from benchmarks.kernels.workload import tell

os.environ["VISION_KERNELS_THREADS"] = str(THREADS)

import numpy as np
import vision_kernels


def main() -> None:
    images = photographs()
    resized = [np.empty((SIDE, SIDE, 3), np.uint8) for _ in range(COUNT)]

    def call(method: str, antialias: bool) -> object:
        options = {"height": SIDE, "width": SIDE, "method": method, "antialias": antialias}
        return lambda: vision_kernels.resize_uint8(images, **options, resized=resized)

    tell(
        {
            "area": call("area", False),
            "lanczos3, antialiased": call("lanczos3", True),
            "bilinear": call("bilinear", False),
            "bicubic": call("bicubic", False),
        }
    )


if __name__ == "__main__":
    main()
