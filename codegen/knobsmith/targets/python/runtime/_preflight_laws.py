"""Stands for the copy of `knobsmith.views.tuning.preflight_laws` that each written package has."""

from knobsmith.views.tuning.preflight_laws import LAWS, Law

__all__ = ["LAWS", "Law"]
