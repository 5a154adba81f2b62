"""The command: arguments in, one line for each case and the counts out."""

import argparse
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from vision_kernels.errors import BackendMissingError
from vision_kernels.replay.machine import BACKENDS, machine
from vision_kernels.replay.manifests import manifests_of
from vision_kernels.replay.outcomes import Outcome, Status
from vision_kernels.replay.replaying import replay

USAGE_ERROR = 2
# As of a process that an interrupt ended.
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Replays a folder; returns 0 if no case failed, 1 if one did, 2 if nothing could be run, 130 if interrupted."""
    given = _parser().parse_args(arguments)
    if not _has_manifests(given.folder):
        print(f"{given.folder} must be a folder with a manifest*.json; it is not", file=sys.stderr)
        return USAGE_ERROR
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with machine(given.backend) as chosen:
            code = _told(replay(given.folder, chosen), as_json=given.format == "json")
            sys.stdout.flush()
            return code
    except BackendMissingError as problem:
        print(problem, file=sys.stderr)
        return USAGE_ERROR
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except OSError as problem:
        if not isinstance(problem, BrokenPipeError):
            print(f"the report must be written; {problem}", file=sys.stderr)
        # Nobody listens any more; nor shall the interpreter, at its end, find that out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _has_manifests(folder: Path) -> bool:
    try:
        return folder.is_dir() and bool(manifests_of(folder))
    except OSError:  # a name that is too long, or a folder that cannot be read
        return False


def _told(outcomes: Iterable[Outcome], as_json: bool) -> int:
    counts: Counter[Status] = Counter()
    for outcome in outcomes:
        counts[outcome.status] += 1
        print(json.dumps(outcome.as_json(), allow_nan=False) if as_json else _line(outcome))
    if not counts:
        print("the manifests hold no case; there was nothing to replay", file=sys.stderr)
        return USAGE_ERROR
    told = {str(status): counts[status] for status in Status}
    print(json.dumps({"counts": told}) if as_json else ", ".join(f"{count} {name}" for name, count in told.items()))
    return int(any(status.failed for status in counts.elements()))


def _line(outcome: Outcome) -> str:
    line = f"{outcome.status:12}  {_on_one_line(outcome.case)}  {_on_one_line(outcome.operation)}"
    if outcome.share_of_tolerance is not None:
        line += f"  {outcome.share_of_tolerance:.2g} of the tolerance"
    return line + (f"  {_on_one_line(outcome.reason)}" if outcome.reason else "")


def _on_one_line(text: str) -> str:
    """A text of a manifest, which must not look like a line of ours."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m vision_kernels.replay",
        description="Runs recorded cases of the frameworks through the kernels and compares what they compute.",
    )
    parser.add_argument("folder", type=Path, help="folder with manifest*.json and the arrays they speak of")
    parser.add_argument("--backend", choices=BACKENDS, default="cpu", help="what computes (default: %(default)s)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="one line or one JSON object a case")
    return parser
