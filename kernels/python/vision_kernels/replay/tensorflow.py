"""What all operations on TensorFlow have in common."""

import numpy as np

from vision_kernels.replay.adapters import Allowance

VARIANTS = ("keras3", "tf_keras", "tf_keras_legacy")
SMALLEST = float(np.finfo(np.float32).tiny)
FLUSHED = Allowance("TensorFlow flushes denormal numbers to 0", absolute=SMALLEST)
