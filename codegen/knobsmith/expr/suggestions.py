"""Which known name was probably meant."""

from collections.abc import Callable, Sequence

_SHOWN = 8


def nearest(name: str, known: Sequence[str]) -> str | None:
    """The known name that is most like ``name``, if any is like it at all."""
    from difflib import get_close_matches

    by_lower_case = {one.lower(): one for one in known}
    close = get_close_matches(name.lower(), by_lower_case, n=1, cutoff=0.6)
    return by_lower_case[close[0]] if close else None


def accepted(name: str, known: Sequence[str], spell: Callable[[str], str]) -> str:
    """What to write instead of an unknown name: the nearest known one, else all of them as far as there is room."""
    if not known:
        return "there is nothing to choose from"
    close = nearest(name, known)
    if close:
        return f"write {spell(close)}"
    shown = ", ".join(map(spell, known[:_SHOWN]))
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    return f"known are {shown}{more}"
