"""Stands for the copy of `knobsmith.views.tuning.branching` that each written package has."""

from knobsmith.views.tuning.branching import Branch, Judgement, TooManyBranches, split

__all__ = ["Branch", "Judgement", "TooManyBranches", "split"]
