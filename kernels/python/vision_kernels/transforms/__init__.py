"""Augmentation of training images, as the built-in algorithms name it, for any data loader:

    from vision_kernels.transforms import MxnetAugmentation, Normalization

    augment = MxnetAugmentation((3, 224, 224), resize=256, augmentation_type="crop_color", seed=7)
    batch = augment(images, indices, epoch=3)        # bytes, [n, 224, 224, 3]
    batch = Normalization()(batch)                   # single precision, [n, 3, 224, 224]

Images are lists of NumPy arrays or tensors of PyTorch, of differing sizes. What is drawn for an image follows from the
seed, the epoch and the image's index alone: it is the same for any order, batch, backend and number of workers.
"""

from vision_kernels.transforms.keras import KerasAugmentation
from vision_kernels.transforms.loading import Collation
from vision_kernels.transforms.mxnet import MxnetAugmentation
from vision_kernels.transforms.normalization import Normalization

__all__ = ["Collation", "KerasAugmentation", "MxnetAugmentation", "Normalization"]
