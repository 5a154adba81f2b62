"""What the memory looks at: no change of a spec, a generated file or the compiler is missed, and a touch is none."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from knobsmith.freshness import Memory

from tests.freshness.memory import SPEC, UP_TO_DATE, Generate, Ran
from tests.support.sample import edit, tree


def replaced(path: Path) -> None:
    """The same contents in another file."""
    copy = path.with_name("copy")
    shutil.copyfile(path, copy)
    copy.replace(path)


@pytest.mark.parametrize(
    "touch",
    [
        lambda path: os.utime(path),
        lambda path: os.utime(path, (0, 0)),
        lambda path: os.utime(path, (2**32, 2**32)),
        lambda path: path.write_bytes(path.read_bytes()),
        lambda path: path.chmod(0o600),
        replaced,
    ],
    ids=["now", "long ago", "in the future", "written again", "mode", "replaced"],
)
@pytest.mark.parametrize("file", [SPEC, "spec/knobsmith.yaml", "generated/catalog.json", "generated/manifest.json"])
def test_a_touch_without_a_change_is_no_change(
    touch: Callable[[Path], None], file: str, remembered: Generate, project: Path
) -> None:
    touch(project / file)
    assert remembered() == Ran(0, UP_TO_DATE, False)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a spec": lambda project: edit(project, "Fits a line.", "Fits a plane."),
    "a spec, its size kept": lambda project: edit(project, "Fits a line.", "Fits a lime."),
    "the project file": lambda project: edit(project, "0.1.0", "0.2.0", "spec/knobsmith.yaml"),
    "a new spec": lambda project: (project / "spec" / "algorithms" / "new.yaml").touch(),
    "a new folder": lambda project: (project / "spec" / "fragments").mkdir(),
    "a renamed spec": lambda project: (project / SPEC).rename(project / "spec" / "algorithms" / "other.yaml"),
    "a removed spec": lambda project: (project / SPEC).unlink(),
    "a generated file": lambda project: (project / "generated" / "catalog.json").write_text("{}", encoding="utf-8"),
    "a removed generated file": lambda project: (project / "generated" / "catalog.json").unlink(),
    "a removed manifest": lambda project: (project / "generated" / "manifest.json").unlink(),
    "no generated folder": lambda project: shutil.rmtree(project / "generated"),
    "a generated file that is a folder": lambda project: swapped(project / "generated" / "catalog.json"),
    "the compiler": lambda project: (project.parent / "compiler" / "pipeline.py").write_text(".,.", encoding="utf-8"),
    "a template": lambda project: (project.parent / "compiler" / "targets" / "page.jinja").unlink(),
    "a new module": lambda project: (project.parent / "compiler" / "new.py").touch(),
}


def swapped(path: Path) -> None:
    """A folder in the place of a file."""
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_never_missed(change: str, remembered: Generate, project: Path) -> None:
    CHANGES[change](project)
    assert remembered().compiled


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_not_missed_either_if_times_are_set_back(change: str, remembered: Generate, project: Path) -> None:
    folders = (project, project.parent / "compiler")
    before = {path: path.stat() for folder in folders for path in folder.rglob("*")}
    CHANGES[change](project)
    for path, status in before.items():
        if path.exists():
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert remembered().compiled


def test_what_python_keeps_in_the_compiler_is_no_change(remembered: Generate, package: Path) -> None:
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "pipeline.pyc").touch()
    assert not remembered().compiled


def test_what_else_lies_in_generated_is_no_change(remembered: Generate, project: Path) -> None:
    (project / "generated" / "node_modules").mkdir()
    (project / "generated" / "node_modules" / "x").touch()
    assert not remembered().compiled


@pytest.mark.parametrize("depth", ["spec", "spec/algorithms"])
def test_a_change_behind_a_link_is_seen(depth: str, generate: Generate, project: Path) -> None:
    shutil.move(project / depth, project / "elsewhere")
    (project / depth).symlink_to(project / "elsewhere")
    generate()
    assert not generate().compiled
    edit(project, "Fits a line.", "Fits a plane.")
    assert generate().compiled


def test_links_in_a_circle_end(generate: Generate, project: Path) -> None:
    (project / "spec" / "algorithms" / "loop").symlink_to(project / "spec")
    generate()
    assert not generate().compiled


def test_tests_of_changes_notice_a_memory_that_looks_at_nothing(
    remembered: Generate, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Memory, "_is_certain", lambda self, last: True)
    edit(project, "Fits a line.", "Fits a plane.")
    before = tree(project / "generated")
    assert not remembered().compiled
    assert tree(project / "generated") == before
