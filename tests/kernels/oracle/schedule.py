"""MXNet's step schedule, one update at a time."""

from collections.abc import Iterable


def learning_rates(
    updates: Iterable[int],
    *,
    base_learning_rate: float,
    boundaries: Iterable[int],
    factor: float,
    warmup_steps: int = 0,
    warmup_begin_learning_rate: float = 0,
    warmup_mode: str = "linear",
) -> list[float]:
    return [
        _rate(
            update, base_learning_rate, tuple(boundaries), factor, warmup_steps, warmup_begin_learning_rate, warmup_mode
        )
        for update in updates
    ]


def _rate(
    update: int, base: float, boundaries: tuple[int, ...], factor: float, steps: int, begin: float, mode: str
) -> float:
    if update < steps:
        return begin if mode == "constant" else begin + (base - begin) * update / steps
    for boundary in boundaries:
        if update > boundary:
            base *= factor
    return base
