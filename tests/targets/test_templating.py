"""Compiled templates are kept, and used only while they are what the template says and nobody else can have made them."""

import os
import sys
from pathlib import Path

import jinja2
import pytest
from knobsmith.targets.templating import environment


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / "page.md.j2").write_text("Hello {{ name }}", encoding="utf-8")
    return tmp_path


def filled(folder: Path) -> str:
    return environment(folder).get_template("page.md.j2").render(name="you")


@pytest.fixture
def compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that are compiled from now on, after all have been once."""
    assert filled(folder) == "Hello you"
    names: list[str] = []
    compile = jinja2.Environment.compile

    def noted(self: jinja2.Environment, source: str, *others: object) -> object:
        names.append(source)
        return compile(self, source, *others)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", noted)
    return names


def kept(folder: Path) -> Path:
    (file,) = (folder / "__pycache__").iterdir()
    return file


def test_a_template_is_compiled_once(folder: Path, compiled: list[str]) -> None:
    assert filled(folder) == "Hello you"
    assert compiled == []
    assert kept(folder).name.startswith(f"page.md.{sys.implementation.cache_tag}")


def test_a_changed_template_is_compiled_again(folder: Path, compiled: list[str]) -> None:
    (folder / "page.md.j2").write_text("Bye {{ name }}", encoding="utf-8")
    assert filled(folder) == "Bye you"
    assert compiled == ["Bye {{ name }}"]


@pytest.mark.parametrize("junk", [b"", b"junk", b"j2\x05\x00junk"])
def test_what_cannot_be_read_is_compiled_again(folder: Path, compiled: list[str], junk: bytes) -> None:
    kept(folder).write_bytes(junk)
    assert filled(folder) == "Hello you"
    assert len(compiled) == 1
    assert filled(folder) == "Hello you"
    assert len(compiled) == 1


def test_half_a_file_is_compiled_again(folder: Path, compiled: list[str]) -> None:
    whole = kept(folder).read_bytes()
    for length in range(0, len(whole), 7):
        kept(folder).write_bytes(whole[:length])
        assert filled(folder) == "Hello you"


@pytest.mark.parametrize("what", ["file", "folder"])
@pytest.mark.parametrize("mode", [0o020, 0o002])
def test_what_others_can_write_is_not_run(folder: Path, compiled: list[str], what: str, mode: int) -> None:
    path = kept(folder) if what == "file" else folder / "__pycache__"
    path.chmod(path.stat().st_mode | mode)
    assert filled(folder) == "Hello you"
    assert len(compiled) == 1


def test_what_another_user_owns_is_not_run(folder: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    if os.getuid() == 0:
        os.chown(kept(folder), 12345, -1)
    else:
        monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert filled(folder) == "Hello you"
    assert len(compiled) == 1


def test_others_may_not_write_what_is_kept(folder: Path) -> None:
    mask = os.umask(0)
    try:
        filled(folder)
    finally:
        os.umask(mask)
    assert not kept(folder).stat().st_mode & 0o022
    assert not (folder / "__pycache__").stat().st_mode & 0o022


def test_nothing_is_kept_where_python_keeps_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert filled(folder) == "Hello you"
    assert not (folder / "__pycache__").exists()


def test_what_is_kept_stands_where_python_keeps_its_own(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.setattr(sys, "pycache_prefix", str(elsewhere))
    assert filled(folder) == "Hello you"
    assert not (folder / "__pycache__").exists()
    assert len(list(elsewhere.rglob("*.pyc"))) == 1


def test_a_folder_that_cannot_be_written_to_is_no_obstacle(folder: Path) -> None:
    (folder / "__pycache__").write_text("a file in its place", encoding="utf-8")
    assert filled(folder) == "Hello you" == filled(folder)
