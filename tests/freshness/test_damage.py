"""A state that is damaged or something else, and files that are none."""

import os
from pathlib import Path

import pytest

from tests.freshness.memory import UP_TO_DATE, Generate, Ran
from tests.support.sample import edit


@pytest.mark.parametrize("damage", range(40))
def test_a_damaged_state_is_no_state(damage: int, remembered: Generate, project: Path) -> None:
    state = project / ".knobsmith" / "state"
    content = state.read_bytes()
    cut = len(content) * damage // 40
    state.write_bytes([content[:cut], content[:cut] + b"\xff\t\n" + content[cut:], content[cut:]][damage % 3])
    edit(project, "Fits a line.", "Fits a plane.")
    assert remembered().compiled
    assert remembered() == Ran(0, UP_TO_DATE, False)


def test_a_state_that_is_something_else_is_no_state(remembered: Generate, project: Path) -> None:
    state = project / ".knobsmith" / "state"
    state.unlink()
    (project / "precious").write_text("mine", encoding="utf-8")
    state.symlink_to(project / "precious")
    assert remembered().compiled
    assert (project / "precious").read_text(encoding="utf-8") == "mine"
    assert not remembered().compiled
    state.unlink()
    state.mkdir()
    assert remembered().compiled
    assert remembered().compiled


def test_names_that_a_line_cannot_hold_are_not_remembered(generate: Generate, project: Path) -> None:
    (project / "spec" / "two\nlines").touch()
    assert generate().compiled
    assert generate().compiled


def test_names_that_are_no_text_are(generate: Generate, project: Path) -> None:
    with open(os.fsencode(project / "spec") + b"/\xff", "wb"):
        pass
    assert generate().compiled
    assert not generate().compiled


def test_a_pipe_in_the_specs_is_not_waited_for(generate: Generate, project: Path) -> None:
    os.mkfifo(project / "spec" / "pipe")
    assert generate().compiled
    assert generate().compiled


def test_a_dangling_link_in_the_specs_is_no_obstacle(generate: Generate, project: Path) -> None:
    (project / "spec" / ".#tiny.yaml").symlink_to("nobody@nowhere")
    assert generate() == Ran(0, "generated/: 9 new\n", True)
    assert generate() == Ran(0, UP_TO_DATE, True)
