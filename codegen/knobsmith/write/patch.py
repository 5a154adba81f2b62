"""Changes as a patch that ``git apply`` and ``patch -p1`` take."""

import difflib

from knobsmith.write.files import Change

_NO_END = "\\ No newline at end of file\n"
_NOTHING = "/dev/null"


def patch(change: Change) -> str:
    """A change of a generated file as a unified diff, its paths relative to the project.

    Bytes that are not UTF-8 stand in it as surrogates, so it is to be encoded with ``surrogateescape``.
    """
    path = f"generated/{change.path}"
    mark = "\t" if " " in path else ""  # tells where the name ends
    before = _NOTHING if change.old is None else f"a/{path}{mark}"
    after = _NOTHING if change.new is None else f"b/{path}{mark}"
    hunks = difflib.unified_diff(_lines(change.old), _lines(change.new), before, after)
    head = f"diff --git a/{path} b/{path}\n"
    if change.old is None:
        head += "new file mode 100644\n"
    if change.new is None:
        head += "deleted file mode 100644\n"
    return head + "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}" for line in hunks)


def _lines(text: str | None) -> list[str]:
    """Lines that end in LF: other line ends are part of a line, for git as for us."""
    lines = (text or "").split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
