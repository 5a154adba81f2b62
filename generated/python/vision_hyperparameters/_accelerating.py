# Part of every package that `knobsmith generate` writes; do not edit.
"""Finds the native accelerator of a package, an extension that may be installed beside it."""

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final
from warnings import warn

# What the accelerator answers: the algorithm, whether configurations are texts, these, and what is known of the job.
Answers = Callable[[str, bool, tuple[Any, ...], Mapping[str, Any]], bytes]
INVALID: Final = 0
VALID: Final = 1
# Neither is certain: Python has to look.
UNSURE: Final = 2


class Accelerator:
    """The accelerator of a package. It is looked for when it is first needed, and never needed to be there.

    Args:
        package: The import name of the package.
        fingerprint: Tells what the package judges. Only an accelerator with the same one is used.
    """

    def __init__(self, package: str, fingerprint: str) -> None:
        self._package = package
        self._fingerprint = fingerprint
        self._found: Answers | None = None
        self._is_sought = False

    @property
    def is_used(self) -> bool:
        """Whether there is one, and it is not switched off."""
        return self.answers() is not None

    def answers(self) -> Answers | None:
        """The function that answers, or None if Python does without."""
        if os.environ.get(f"{self._package.upper()}_PURE", "") not in ("", "0"):
            return None
        if not self._is_sought:
            self._is_sought = True
            self._found = self._sought()
        return self._found

    def _sought(self) -> Answers | None:
        name = f"{self._package}_native"
        try:
            module = import_module(name)
        except ImportError as problem:
            if not isinstance(problem, ModuleNotFoundError) or problem.name != name:
                _tell(f"`{name}` does not load: {problem}")
            return None
        if getattr(module, "FINGERPRINT", None) != self._fingerprint:
            _tell(f"`{name}` was made from other specs than `{self._package}`")
            return None
        answers: Answers = module.judge
        return answers


def _tell(why: str) -> None:
    """Say once why an accelerator that is there is of no use."""
    warn(f"{why}, so Python does without it: install it again", RuntimeWarning, stacklevel=6)
