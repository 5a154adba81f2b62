"""Stands for the copy of `knobsmith.views.tuning.floats` that each written package has."""

from knobsmith.views.tuning.floats import next_above, next_below

__all__ = ["next_above", "next_below"]
