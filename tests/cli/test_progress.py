"""How far the work is: on a terminal only, and only when it takes long."""

import sys
import time
from pathlib import Path

import pytest
from knobsmith.cli import progress
from knobsmith.cli.progress import Progress

from tests.support.terminal import in_terminal

WORK = """
import sys, time
from knobsmith.cli import progress
progress._PATIENCE_SECONDS = {patience}
progress._INTERVAL_SECONDS = 0.01
with progress.Progress("reading") as shown:
    for number in shown.track(range(4), "proving"):
        time.sleep(0.1)
print("done")
"""


def worked(patience: float, tmp_path: Path, env: dict[str, str] | None = None) -> str:
    """What a terminal shows of work that takes 0.4 seconds."""
    code, text = in_terminal([sys.executable, "-c", WORK.format(patience=patience)], tmp_path, env)
    assert code == 0
    return text


def test_long_work_is_shown_on_a_terminal_and_erased_at_the_end(tmp_path: Path) -> None:
    text = worked(0.05, tmp_path)
    assert "proving [######..................] 1/4" in text
    assert "proving [##################......] 3/4" in text
    assert text.endswith("\r\033[Kdone\n")


def test_short_work_is_not_shown(tmp_path: Path) -> None:
    assert worked(30, tmp_path) == "done\n"


def test_a_dumb_terminal_is_left_in_peace(tmp_path: Path) -> None:
    assert worked(0.05, tmp_path, {"TERM": "dumb"}) == "done\n"


def test_short_means_a_second() -> None:
    assert progress._PATIENCE_SECONDS == 1.0


def test_without_a_terminal_items_pass_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_PATIENCE_SECONDS", 0.0)
    with Progress() as shown:
        assert list(shown.track([1, 2], "counting")) == [1, 2]
        time.sleep(0.05)
    assert capsys.readouterr() == ("", "")


def test_work_of_unknown_size_is_counted() -> None:
    shown = Progress()
    assert shown._line() == "reading ..."
    items = shown.track(iter("abc"), "validating")
    next(items), next(items)
    assert shown._line() == "validating ... 1"
