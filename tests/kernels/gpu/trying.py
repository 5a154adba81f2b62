"""Where checks of the kernels run: on a GPU, or rehearsed without one."""

import unittest
from contextlib import AbstractContextManager, nullcontext

import numpy as np
import torch
import vision_kernels
from vision_kernels import backends


class Place:
    """Where the kernels are tried.

    Attributes:
        device: Where PyTorch allocates.
        stand_in: The backend that computes instead of the GPU, if one does.
        sizes: Numbers of elements to update.
    """

    def __init__(self, rehearsed: bool) -> None:
        self.stand_in = _stand_in() if rehearsed else None
        self.device = "cpu" if rehearsed else "cuda"
        self.sizes = (0, 1, 31, 257, 4099, *(() if rehearsed else (100_003,)))

    def __str__(self) -> str:
        return f"a rehearsal on {self.stand_in}" if self.stand_in else torch.cuda.get_device_name()

    def computing(self) -> AbstractContextManager[None]:
        """Inside of it, arrays on the device go to the backend of this place."""
        return vision_kernels.backend(self.stand_in) if self.stand_in else nullcontext()

    def put(self, array: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(array.copy()).to(self.device)


def _stand_in() -> str:
    try:
        backends.load("emulated")
    except vision_kernels.BackendMissingError:
        return "cpu"
    return "emulated"


class Tried(unittest.TestCase):
    place: Place

    def setUp(self) -> None:
        self.enterContext(self.place.computing())

    def needs_a_gpu(self, reason: str) -> None:
        if self.place.stand_in:
            self.skipTest(reason)
