"""Optimizers, losses, schedules, detection and metrics of the training algorithms, exactly as their frameworks do them.

Each function takes arrays of NumPy, PyTorch, CuPy or JAX, in host memory or on a GPU, and says what it needs before it
writes anything:

    import numpy as np
    import vision_kernels as kernels

    weight, gradient, velocity = (np.ones(3, np.float32) for _ in range(3))
    kernels.mxnet_sgd_step([weight], [gradient], velocity=[velocity], learning_rate=0.1, momentum=0.9, weight_decay=0.0)

`describe` tells what a function takes, `hazards` what is likely to be a mistake in a call, and functions such as
`image_classification_step` give the update for a value of the hyperparameter `optimizer`.
"""

from vision_kernels import _dispatch, _functions
from vision_kernels._descriptions import describe
from vision_kernels._dispatch import *  # noqa: F403
from vision_kernels._functions import *  # noqa: F403
from vision_kernels._hazards import hazards
from vision_kernels.backends import backend
from vision_kernels.errors import BackendMissingError, UnknownFunctionError

__all__ = [
    "BackendMissingError",
    "UnknownFunctionError",
    "backend",
    "describe",
    "hazards",
]
__all__ += _dispatch.__all__
__all__ += _functions.__all__
