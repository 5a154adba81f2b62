"""What is wrong with a command rather than with a spec."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from knobsmith.freshness import find_project


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


def unknown(kind: str, name: str, known: Iterable[str]) -> Usage:
    """A name that does not exist, with those that do, nearest first."""
    listed = sorted(known)
    near = get_close_matches(name, listed, 3, 0.4)
    ordered = [*near, *(other for other in listed if other not in near)]
    return Usage(f"no {kind} `{name}`; there are: {', '.join(ordered) or 'none'}")


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
