"""A run is repeated from memory only if it would do and say the very same; in doubt it runs."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

import knobsmith.__main__ as way_in
import pytest
from knobsmith import freshness
from knobsmith.cli import generating
from knobsmith.freshness import Memory, find_project
from knobsmith.streams import guarded

from tests.support.command import KNOBSMITH, spawn
from tests.support.sample import break_default, edit, tree, warn
from tests.support.terminal import in_terminal

SPEC = "spec/algorithms/tiny.yaml"
UP_TO_DATE = "generated/ is up to date (9 files)\n"
# With this, times tell all versions apart, as if nothing had been written lately.
NO_DOUBT = -(10**18)


class Ran(NamedTuple):
    """What became of a run, and whether the compiler did it."""

    code: int
    out: str
    compiled: bool


class Generate(Protocol):
    """Runs ``knobsmith generate`` as its own process would, in this one."""

    def __call__(self, *options: str) -> Ran: ...


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the files of the compiler, which a test may change."""
    folder = tmp_path / "compiler"
    (folder / "targets").mkdir(parents=True)
    (folder / "pipeline.py").write_text("...", encoding="utf-8")
    (folder / "targets" / "page.jinja").write_text("...", encoding="utf-8")
    monkeypatch.setattr(freshness, "_PACKAGE", str(folder))
    return folder


@pytest.fixture
def generate(
    project: Path, package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Generate:
    runs = []
    original = generating.generate

    def counted(*arguments: object) -> object:
        runs.append(arguments)
        return original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(generating, "generate", counted)

    def run(*options: str) -> Ran:
        before = len(runs)
        code = guarded(way_in._run, ["generate", *options])
        return Ran(code, capsys.readouterr().out, len(runs) > before)

    return run


@pytest.fixture
def remembered(generate: Generate) -> Generate:
    """The same, after a run that is remembered."""
    assert generate().compiled
    assert generate() == Ran(0, UP_TO_DATE, False)
    return generate


def test_nothing_changed_is_answered_from_memory(remembered: Generate) -> None:
    assert remembered() == Ran(0, UP_TO_DATE, False)
    assert remembered("--check") == Ran(0, UP_TO_DATE, False)


def test_a_check_that_succeeded_is_remembered_too(generate: Generate, project: Path) -> None:
    generate()
    shutil.rmtree(project / ".knobsmith")
    assert generate("--check").compiled
    assert generate() == Ran(0, UP_TO_DATE, False)


def test_other_requests_run(remembered: Generate) -> None:
    for options in (
        ["--diff"],
        ["--target", "catalog"],
        ["--format", "json"],
        ["--project", "."],
        ["--format", "text"],
    ):
        assert remembered(*options).compiled


def test_warnings_are_repeated(generate: Generate, project: Path) -> None:
    warn(project)
    first, second, third = generate(), generate(), generate()
    assert (first.compiled, second.compiled) == (True, False)
    assert " warning KS132: " in second.out
    assert second == third
    assert first.out.replace("generated/: 9 new\n", UP_TO_DATE) == second.out


def test_errors_are_not_remembered(remembered: Generate, project: Path) -> None:
    break_default(project)
    for _ in range(2):
        assert remembered()[::2] == (1, True)
    edit(project, "default: 1.5,", "default: 0.1,")
    assert remembered() == Ran(0, UP_TO_DATE, False)  # as it was before the error


def test_staleness_is_not_remembered(remembered: Generate, project: Path) -> None:
    (project / "generated" / "catalog.json").unlink()
    for _ in range(2):
        assert remembered("--check")[::2] == (1, True)
    assert remembered().compiled
    assert remembered("--check") == Ran(0, UP_TO_DATE, False)


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


def test_another_interpreter_runs(remembered: Generate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version", "3.99")
    assert remembered().compiled


def test_another_set_of_installed_packages_runs(
    generate: Generate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site-packages" / "jinja2-3.1.6.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(tmp_path / "site-packages"))
    generate()
    assert not generate().compiled
    (tmp_path / "site-packages" / "jinja2-3.1.6.dist-info").rename(
        tmp_path / "site-packages" / "jinja2-3.1.7.dist-info"
    )
    assert generate().compiled


def test_another_day_runs_because_suppressions_expire(remembered: Generate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness.time, "strftime", lambda form: "2099-01-01")
    assert remembered().compiled


def test_another_current_folder_runs_because_paths_are_shown_from_there(
    generate: Generate, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warn(project)
    generate()
    assert generate().out.startswith("spec/")
    monkeypatch.chdir(project / "spec")
    assert generate().out.startswith("../spec/")
    assert generate() == Ran(0, generate().out, False)


def test_a_copy_of_a_project_is_judged_by_its_own_files(
    remembered: Generate, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["cp", "-a", project, tmp_path / "copy"], check=True)
    monkeypatch.chdir(tmp_path / "copy")
    assert remembered() == Ran(0, UP_TO_DATE, True)
    assert remembered() == Ran(0, UP_TO_DATE, False)
    edit(tmp_path / "copy", "Fits a line.", "Fits a plane.")
    assert remembered().compiled


def test_a_project_that_is_moved_takes_its_memory_along(
    remembered: Generate, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.rename(tmp_path / "moved")
    monkeypatch.chdir(tmp_path / "moved")
    assert remembered() == Ran(0, UP_TO_DATE, False)


def test_a_state_that_comes_with_a_checkout_is_not_believed(
    remembered: Generate, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x"]
    subprocess.run([*git, "init", "-q"], cwd=project, check=True)
    subprocess.run([*git, "add", "--force", "."], cwd=project, check=True)
    subprocess.run([*git, "commit", "-q", "-m", "forged"], cwd=project, check=True)
    subprocess.run([*git, "clone", "-q", project, tmp_path / "clone"], check=True)
    monkeypatch.chdir(tmp_path / "clone")
    assert (tmp_path / "clone" / ".knobsmith" / "state").exists()
    assert remembered("--check").compiled


def test_a_checkout_of_another_version_and_back_is_seen(remembered: Generate, project: Path) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x", "-C", str(project)]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "one"], check=True)
    edit(project, "Fits a line.", "Fits a lime.")
    subprocess.run([*git, "commit", "-q", "-am", "two"], check=True)
    assert remembered().compiled
    assert not remembered().compiled
    subprocess.run([*git, "checkout", "-q", "HEAD~1", "--", "spec"], check=True)
    assert remembered().compiled
    assert not remembered().compiled


def same_times(project: Path) -> None:
    """Let the state on record have the times that the spec has now, as if the clock had not moved in between."""
    state, status = project / ".knobsmith" / "state", (project / SPEC).stat()
    lines = state.read_text(encoding="utf-8").split("\n")
    place = next(number for number, line in enumerate(lines) if line.startswith(f"{SPEC}\t"))
    path, _, _, size, digest = lines[place].split("\t")
    lines[place] = "\t".join([path, str(status.st_mtime_ns), str(status.st_ctime_ns), size, digest])
    state.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("is_guarded", [True, False], ids=["with the guard", "without"])
def test_an_edit_that_size_and_times_do_not_show_is_seen_while_times_are_in_doubt(
    is_guarded: bool, remembered: Generate, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(project, "Fits a line.", "Fits a lime.")
    same_times(project)
    if not is_guarded:
        monkeypatch.setattr(freshness, "_RACY_NANOSECONDS", NO_DOUBT)
    assert remembered().compiled is is_guarded


def test_without_doubt_nothing_is_hashed(remembered: Generate, monkeypatch: pytest.MonkeyPatch) -> None:
    def hashing(self: Memory, place: str) -> None:
        raise AssertionError(place)

    monkeypatch.setattr(freshness, "_RACY_NANOSECONDS", NO_DOUBT)
    monkeypatch.setattr(Memory, "_identify", hashing)
    assert not remembered().compiled


def test_of_the_compiler_only_what_is_new_is_read(
    remembered: Generate, project: Path, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in package.rglob("*.py")}
    state = project / ".knobsmith" / "state"
    assert all(digest in state.read_text(encoding="utf-8") for digest in digests.values())
    monkeypatch.setattr(freshness, "_RACY_NANOSECONDS", NO_DOUBT)
    edit(project, "Fits a line.", "Fits a plane.")
    assert remembered().compiled
    assert not any(digest in state.read_text(encoding="utf-8") for digest in digests.values())
    assert not remembered().compiled


def test_doubt_ends_once_the_files_are_old(remembered: Generate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "_RACY_NANOSECONDS", 50_000_000)
    time.sleep(0.1)
    remembered()  # hashes, and remembers that what it found is old by now
    test_without_doubt_nothing_is_hashed(remembered, monkeypatch)


def test_a_spec_that_changes_during_the_run_is_not_taken_for_what_was_generated(
    generate: Generate, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = generating.generate

    def slow(*arguments: object) -> object:
        outcome = original(*arguments)  # type: ignore[arg-type]
        edit(project, "Fits a line.", "Fits a plane.")
        return outcome

    with monkeypatch.context() as patched:
        patched.setattr(generating, "generate", slow)
        generate()
    assert generate().compiled
    assert "Fits a plane." in (project / "generated" / "catalog" / "tiny.json").read_text(encoding="utf-8")


def test_a_generated_file_that_changes_during_the_run_is_not_remembered(
    generate: Generate, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = generating.generate

    def slow(*arguments: object) -> object:
        outcome = original(*arguments)  # type: ignore[arg-type]
        (project / "generated" / "catalog.json").write_text("{}", encoding="utf-8")
        return outcome

    with monkeypatch.context() as patched:
        patched.setattr(generating, "generate", slow)
        generate()
    assert generate("--check") == Ran(1, STALE, True)


STALE = "generated/ is not what the specs say; run `knobsmith generate`:\n  differs catalog.json\n"


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


def test_colour_is_repeated_for_those_who_see_it(project: Path) -> None:
    warn(project)
    assert spawn("generate", cwd=project).code == 0
    shown = in_terminal([*KNOBSMITH, "generate"], project)
    plain = spawn("generate", cwd=project)
    assert "\033[33;1mwarning\033[0m" in shown.text
    assert "\033" not in plain.out
    assert shown.text.replace("\033[33;1m", "").replace("\033[0m", "") == plain.out


def test_the_answer_from_memory_imports_no_compiler(project: Path) -> None:
    assert spawn("generate", cwd=project).code == 0
    code = "import sys, knobsmith.__main__ as way_in\nsys.argv = ['knobsmith', 'generate']\ncode = way_in.main()\n"
    code += "assert 'knobsmith.cli' not in sys.modules, 'compiled'\nsys.exit(code)"
    assert spawn(cwd=project, start=[sys.executable, "-c", code]) == (0, UP_TO_DATE, "")
    edit(project, "Fits a line.", "Fits a plane.")
    assert "AssertionError: compiled" in spawn(cwd=project, start=[sys.executable, "-c", code]).err


def test_the_nearest_project_above_is_found(project: Path, tmp_path: Path) -> None:
    inner = project / "examples" / "inner"
    (inner / "spec").mkdir(parents=True)
    assert find_project(str(inner)) == str(project)
    (inner / "spec" / "knobsmith.yaml").touch()
    assert find_project(str(inner / "spec")) == str(inner)
    assert find_project(str(tmp_path)) is None


def test_tests_of_changes_notice_a_memory_that_looks_at_nothing(
    remembered: Generate, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Memory, "_is_certain", lambda self, last: True)
    edit(project, "Fits a line.", "Fits a plane.")
    before = tree(project / "generated")
    assert not remembered().compiled
    assert tree(project / "generated") == before
