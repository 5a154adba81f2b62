"""Patches that git takes."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from knobsmith.write import Change, patch

LINES = st.text(alphabet="ab\n\r\x0c\u2028é \\+-@", max_size=12)


@given(LINES | st.none(), LINES | st.none(), st.sampled_from(["x", "a b/c", "é/线"]))
def test_git_makes_the_new_text_of_the_old_one(
    tmp_path_factory: pytest.TempPathFactory, old: str | None, new: str | None, path: str
) -> None:
    if old == new:
        return
    folder = tmp_path_factory.mktemp("patched")
    file = folder / "generated" / path
    if old is not None:
        file.parent.mkdir(parents=True)
        file.write_bytes(old.encode())
    apply(folder, patch(Change(path, old, new)))
    assert (file.read_bytes().decode() if file.exists() else None) == new


def test_bytes_that_are_no_text_survive(tmp_path: Path) -> None:
    (tmp_path / "generated").mkdir()
    (tmp_path / "generated" / "x").write_bytes(b"a\n\xff\nb\n")
    apply(tmp_path, patch(Change("x", "a\n\udcff\nb\n", "a\nc\nb\n")))
    assert (tmp_path / "generated" / "x").read_bytes() == b"a\nc\nb\n"


def apply(folder: Path, text: str) -> None:
    """As a user would."""
    subprocess.run(
        ["git", "apply", "-p1", "--whitespace=nowarn"],
        cwd=folder,
        input=text.encode("utf-8", "surrogateescape"),
        check=True,
    )
