"""What autocast does for functions of single precision."""

from typing import Any

import torch
from torch import Tensor

_LOWER = (torch.float16, torch.bfloat16)


def in_single(value: Any) -> Any:
    """Under autocast a tensor of lower precision in single precision, as for PyTorch's own losses; else as it is."""
    if isinstance(value, (list, tuple)):
        return [in_single(item) for item in value]
    lower = isinstance(value, Tensor) and value.dtype in _LOWER
    return value.float() if lower and torch.is_autocast_enabled(value.device.type) else value
