"""What is wrong with a command rather than with a spec."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from knobsmith.freshness import find_project

_SHOWN = 5


class Usage(Exception):
    """The command cannot be carried out as it was typed; the message says why and what to type."""


def project_folder(given: str | None) -> Path:
    """The project to work on.

    Raises:
        Usage: There is none.
    """
    if given is not None:
        if not (Path(given) / "spec").is_dir():
            raise Usage(f"{given}: no folder `spec` in it; `knobsmith init {given}` starts a project")
        return Path(given)
    found = find_project(str(Path.cwd()))
    if found is None:
        raise Usage("no `spec/knobsmith.yaml` here or above; go to a project, or start one with `knobsmith init DIR`")
    return Path(found)


def unknown(kind: str, name: str, known: Iterable[str], all_of_them: str = "") -> Usage:
    """A name that does not exist: the nearest that does, then some more, and how to list ``all_of_them``."""
    listed = sorted(known)
    near = get_close_matches(name, listed, _SHOWN, 0.5)
    is_meant = bool(get_close_matches(name, near[:1]))
    question = f"; did you mean `{near[0]}`?" if is_meant else ""
    ordered = [*near, *(other for other in listed if other not in near)]
    shown = ordered if len(ordered) <= _SHOWN else near or ordered[:_SHOWN]
    return Usage(f"no {kind} `{name}`{question}{_others(shown[is_meant:], len(ordered), all_of_them, is_meant)}")


def _others(names: list[str], count: int, all_of_them: str, is_meant: bool) -> str:
    """The names to choose from beside the one that is meant."""
    shown = ", ".join(f"`{name}`" for name in names)
    left = count - len(names) - is_meant
    how = f" ({all_of_them} lists all {count})" if left and all_of_them else ""
    if not shown:
        return how or ("" if is_meant else "; there is none")
    more = f" and {left} more" if left and not how else ""
    return f"{' There are also:' if is_meant else '; there are:'} {shown}{more}{how}"


def facts_of(stated: Iterable[str]) -> dict[str, str]:
    """What is known of a job, as it was typed.

    Raises:
        Usage: It is not typed as KEY=VALUE, or twice.
    """
    facts: dict[str, str] = {}
    for text in stated:
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise Usage(f"--context {text}: write KEY=VALUE")
        if key in facts:
            raise Usage(f"--context {key} is given twice: keep one of the two")
        facts[key] = value
    return facts
