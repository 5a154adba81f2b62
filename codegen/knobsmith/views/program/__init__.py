"""Judging as a program that names no language: what clients do with a configuration once its values are read.

Renderers turn its formulas into straight-line code; `knobsmith.judging` says what it has to mean.
"""

from knobsmith.views.program.compiling import program
from knobsmith.views.program.steps import (
    Advice,
    CaseTest,
    Computed,
    DefaultCase,
    Effect,
    Narrowing,
    Presence,
    Program,
    RuleTest,
)

__all__ = [
    "Advice",
    "CaseTest",
    "Computed",
    "DefaultCase",
    "Effect",
    "Narrowing",
    "Presence",
    "Program",
    "RuleTest",
    "program",
]
