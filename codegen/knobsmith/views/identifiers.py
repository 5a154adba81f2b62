"""Names for generated code, from the names of a spec: words, letter case, and no two alike."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+|[A-Z]")


def words(text: str) -> list[str]:
    """The words of a name: ``learning-rate``, ``learningRate`` and ``learning_rate`` have the same two."""
    return _WORD.findall(text)


def identifier(text: str, prefix: str = "value") -> str:
    """A text with everything replaced that no identifier may hold: ``drop-rate`` becomes ``drop_rate``."""
    name = re.sub(r"[^A-Za-z0-9_]+", "_", text).strip("_")
    return name if name[:1].isalpha() else f"{prefix}_{name}" if name else prefix


def snake(text: str) -> str:
    """``image-classification`` becomes ``image_classification``."""
    return identifier("_".join(words(text)).lower())


def constant(text: str) -> str:
    """``resnet-50`` becomes ``RESNET_50``; letter case separates no words, so ``sGd`` is ``SGD``."""
    return identifier(text).upper()


def pascal(text: str) -> str:
    """``image-classification`` becomes ``ImageClassification``."""
    return identifier("".join(word[:1].upper() + word[1:] for word in words(text)), "Value")


class Names:
    """Gives out names, each once."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._reserved = set(reserved)
        self._given: set[str] = set()

    def reserve(self, name: str) -> None:
        """Give a name to nobody from now on."""
        self._reserved.add(name)

    def unique(self, wanted: str) -> str:
        """The wanted name; with a trailing underscore if it is reserved, with a number if it was given out already."""
        base = f"{wanted}_" if wanted in self._reserved else wanted
        name, number = base, 2
        while name in self._given or name in self._reserved:
            name, number = f"{base.rstrip('_')}_{number}", number + 1
        self._given.add(name)
        return name
