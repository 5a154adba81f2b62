"""What the letters of formulas and shapes stand for: said once for a file, or for one function that means otherwise."""

import re
from collections.abc import Iterable, Iterator

from knobsmith.diagnostics import Path
from knobsmith.model.kernels import KernelFunction
from knobsmith.model.spec import FunctionSpec, KernelsSpec
from knobsmith.records import replace
from knobsmith.resolve.laws import UNUSED
from knobsmith.resolve.notebook import Notebook

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def with_letters(spec: KernelsSpec, functions: Iterable[KernelFunction], notes: Notebook) -> Iterator[KernelFunction]:
    """The functions of a file, each with the letters that its formula and its shapes hold, as they are listed."""
    used: set[str] = set()
    for stated, function in zip(spec.functions, functions, strict=True):
        held = words(stated.formula or "") | {symbol.name for symbol in function.symbols} | {function.length or ""}
        _note_unused(stated.letters, held, ("functions", stated.name, "letters"), notes)
        used |= held - dict(stated.letters).keys()
        yield replace(function, letters=_letters(spec, stated, held))
    _note_unused(spec.letters, used, ("letters",), notes)


def words(formula: str) -> set[str]:
    """The names and letters in a formula."""
    return set(_WORD.findall(formula))


def _letters(spec: KernelsSpec, function: FunctionSpec, held: set[str]) -> tuple[tuple[str, str], ...]:
    known = dict(spec.letters) | dict(function.letters)
    return tuple((letter, meaning) for letter, meaning in known.items() if letter in held)


def _note_unused(letters: Iterable[tuple[str, str]], held: set[str], path: Path, notes: Notebook) -> None:
    for letter, _ in letters:
        if letter not in held:
            notes.note(UNUSED, (*path, letter), f"no formula and no shape speaks of `{letter}`", "remove it, or use it")
