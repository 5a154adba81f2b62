# Part of every package that `knobsmith generate` writes; do not edit.
"""Facts and values in plain English, for messages."""

from collections.abc import Iterable, Sequence
from typing import Any

from ._state import FORBIDDEN, UNKNOWN, State
from ._writing import number_text
from .facts import Domain, Parameter

_LONGEST = 80
_LISTED = 12


def plain(value: Any) -> str:
    """A native value as one would write it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(map(plain, value))}]"
    return number_text(value)


def quoted(value: Any) -> str:
    """A native value in backquotes, cut if it is long."""
    return f"`{shortened(value)}`"


def shortened(value: Any) -> str:
    """A native value as one would write it, cut if it is long."""
    text = value if isinstance(value, str) else plain(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def listed(texts: Sequence[str], last: str = "or") -> str:
    """ "a, b or c"."""
    if len(texts) > _LISTED:
        return f"{', '.join(texts[:_LISTED])} {last} {len(texts) - _LISTED} more"
    return f" {last} ".join(filter(None, [", ".join(texts[:-1]), *texts[-1:]]))


def domain_in_words(domain: Domain) -> str:
    """What a domain allows, to follow "must be"."""
    special = []
    for meaning in domain.special:
        if meaning.interval is None:
            special.append(quoted(meaning.value if meaning.word is None else meaning.word))
    if domain.values is not None:
        return listed([*[quoted(choice.value) for choice in domain.values], *special])
    parts = [f"in {domain.range.text}"] if domain.range else []
    if domain.multiple_of is not None:
        parts.append(f"a multiple of {domain.multiple_of}")
    if domain.pattern is not None:
        parts.append(f"a text that matches `{domain.pattern}`")
    return listed([" and ".join(parts) or "valid", *special])


def nearest(name: str, known: Iterable[str]) -> str:
    """What to do about a name or value that is not known: the nearest that is, else all of them."""
    candidates = list(known)
    near = _close(name, candidates)
    if near:
        return f"did you mean {listed([quoted(match) for match in near])}?"
    return f"known are {listed([quoted(candidate) for candidate in candidates], 'and')}" if known else "there is none"


def _close(name: str, candidates: list[str]) -> list[str]:
    wanted = name.casefold()
    continued = [candidate for candidate in candidates if _continues(candidate.casefold(), wanted)]
    if continued or not candidates:
        return continued
    from difflib import get_close_matches  # slow to load, and needed only here

    folded = {candidate.casefold(): candidate for candidate in candidates}
    return [folded[match] for match in get_close_matches(wanted, folded, 3)]


def _continues(one: str, other: str) -> bool:
    """Whether two texts are the same but for a few characters at the end of one."""
    shorter, longer = (one, other) if len(one) < len(other) else (other, one)
    return 3 <= len(shorter) >= len(longer) - 3 and longer.startswith(shorter)


def values_read(state: State, reads: Iterable[str]) -> str:
    """ "`optimizer` is `sgd` and `momentum` is not set"."""
    return listed([_value_read(state, name) for name in reads], "and")


def _value_read(state: State, name: str) -> str:
    if name not in state.laws.facts.parameters:
        value = state.context.get(name.removeprefix("context."), UNKNOWN)
    elif state.unused.get(name, UNKNOWN) is not UNKNOWN:
        return f"`{name}` is {'forbidden' if state.unused[name] is FORBIDDEN else 'ignored'}"
    else:
        value = state.given[name] if name in state.given else state.default_of(name)
    if value is UNKNOWN or (value is None and name in state.failed):
        return f"`{name}` is not known"
    return f"`{name}` is not set" if value is None else f"`{name}` is {quoted(value)}"


def default_in_words(parameter: Parameter) -> str:
    """What a hyperparameter is if nothing is given."""
    if parameter.default is not None:
        return f"its default is {quoted(parameter.default)}"
    return f"its default is `{parameter.computed}`" if parameter.computed else "its default depends on others"
