# Part of every package that `knobsmith generate` writes; do not edit.
"""What must hold of a job that tunes or trains, before it is launched.

This module is part of the compiler and of the packages that it writes; it needs nothing but the standard library.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple


class Law(NamedTuple):
    """What must hold of a job, as the start of a sentence."""

    severity: Literal["error", "warning", "info"]
    text: str


LAWS: Mapping[str, Law] = {
    "KS501": Law("error", "a job names hyperparameters of its algorithm"),
    "KS502": Law("error", "a job tunes what can be tuned"),
    "KS503": Law("error", "the kind of a range is that of its hyperparameter"),
    "KS504": Law("error", "the ends of a range are numbers as JSON writes them"),
    "KS505": Law("error", "every value of a range is valid, wherever it is tried"),
    "KS506": Law("error", "a hyperparameter is tuned or set, once"),
    "KS507": Law("warning", "what a job sets or tunes is used"),
    "KS508": Law("error", "a logarithmic scale needs a range above 0"),
    "KS509": Law("error", "a reverse logarithmic scale needs a range in [0, 1)"),
    "KS510": Law("error", "the least value of a range is not above the greatest"),
    "KS511": Law("error", "a request keeps the limits of the service"),
    "KS512": Law("error", "a search has as many combinations as jobs"),
    "KS513": Law("error", "no more jobs run at a time than in all"),
    "KS514": Law("error", "a warm start repeats one definition, with the hyperparameters of its parents"),
    "KS515": Law("error", "the objective is a metric that training reports, in its own direction"),
    "KS516": Law("error", "a grid search has categories only"),
    "KS517": Law("error", "nothing in a request is left to fill in"),
    "KS518": Law("error", "what a job sets makes a valid configuration"),
    "KS519": Law("error", "a request has the shape that the service reads"),
    "KS520": Law("warning", "an image of one's own defines the metric that is tuned for"),
}
