"""Times Pillow's resizing, which always antialiases."""

from PIL import Image

from benchmarks.kernels.photographs import SIDE, on_threads, photographs
from benchmarks.kernels.workload import tell


def main() -> None:
    images = [Image.fromarray(image) for image in photographs()]
    filters = {"area": Image.Resampling.BOX, "lanczos3, antialiased": Image.Resampling.LANCZOS}
    tell(
        {
            name: on_threads(images, lambda image, how=how: image.resize((SIDE, SIDE), how))
            for name, how in filters.items()
        }
    )


if __name__ == "__main__":
    main()
