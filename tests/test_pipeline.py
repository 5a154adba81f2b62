"""The whole story: the same input gives the same bytes, and what stands after suppressions and severities."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from knobsmith.diagnostics import Severity
from knobsmith.pipeline import check, compile_project, generate
from knobsmith.targets.registry import BUILT_IN

from tests.support.command import spawn
from tests.support.sample import break_default, edit, make_sample, tree, warn
from tests.support.third_party import HEAD, distribution

ROOT = Path(__file__).parents[1]
# The command in an interpreter whose folders list their entries in another order each time.
SHUFFLED = """
import os, random, sys

def shuffled(original):
    def listed(*arguments):
        entries = list(original(*arguments))
        random.Random({seed}).shuffle(entries)
        return entries
    return listed

class Scanned(list):
    def __enter__(self):
        return iter(self)
    def __exit__(self, *error):
        pass

scandir = shuffled(os.scandir)
os.listdir, os.scandir = shuffled(os.listdir), lambda *arguments: Scanned(scandir(*arguments))
from knobsmith.__main__ import main
sys.exit(main())
"""

CIRCUMSTANCES: dict[str, Mapping[str, str]] = {
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "hash seed 4711": {"PYTHONHASHSEED": "4711"},
    "C": {"LC_ALL": "C", "LANG": "C"},
    "a Turkish user": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "far east": {"TZ": "Asia/Tokyo", "LC_ALL": "ja_JP.eucJP"},
    "far west": {"TZ": "Pacific/Honolulu", "PYTHONUTF8": "0"},
    "optimised": {"PYTHONOPTIMIZE": "2"},
    "a terminal of 20 columns": {"COLUMNS": "20", "LINES": "5", "NO_COLOR": "1"},
}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Several algorithms and a fragment, generated for all targets of ours."""
    project = make_everything(tmp_path_factory.mktemp("original") / "project")
    assert spawn("generate", cwd=project, env={"PYTHONHASHSEED": "0"}).code == 0
    return project


def make_everything(folder: Path) -> Path:
    """The sample project for all targets of ours, with two algorithms more and a fragment."""
    project = make_sample(folder)
    targets = "".join(f"  {name}: {{}}\n" for name in BUILT_IN)
    edit(project, "  catalog: {}\n  jsonschema: {}\n", targets, "spec/knobsmith.yaml")
    (project / "spec" / "fragments").mkdir()
    fragment = "knobsmith: 1\nfragment: shared\nparameters:\n  seed: {type: integer, default: 1, doc: Start.}\n"
    (project / "spec" / "fragments" / "shared.yaml").write_text(fragment, encoding="utf-8")
    edit(project, "rules:\n", "  seed: {use: shared/seed}\nrules:\n")
    tiny = (project / "spec" / "algorithms" / "tiny.yaml").read_text(encoding="utf-8")
    for name in ("another", "Zeta"):
        text = tiny.replace("algorithm: tiny", f"algorithm: {name}")
        (project / "spec" / "algorithms" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return project


def differences(one: Path, other: Path) -> list[str]:
    """The generated files that differ between two projects."""
    first, second = tree(one / "generated"), tree(other / "generated")
    return sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))


@pytest.mark.parametrize("name", CIRCUMSTANCES)
def test_no_circumstance_changes_a_byte(name: str, original: Path, tmp_path: Path) -> None:
    project = make_everything(tmp_path / "elsewhere")
    assert spawn("generate", cwd=project, env=CIRCUMSTANCES[name]).code == 0
    assert differences(original, project) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_in_which_folders_list_their_files_changes_no_byte(seed: int, original: Path, tmp_path: Path) -> None:
    project = make_everything(tmp_path / "elsewhere")
    start = [sys.executable, "-c", SHUFFLED.format(seed=seed)]
    assert spawn("generate", cwd=project, start=start).code == 0
    assert differences(original, project) == []


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with findings of every stage: of reading, of checking, and of a proof with a counterexample."""
    project = make_everything(tmp_path_factory.mktemp("doubtful") / "project")
    edit(project, "default: [3, 4],", "default: [3, 4], unit: sides, tags: [b, a],")
    edit(project, 'range: "[1, 50]"', 'range: "[1, 60]"')
    warn(project)
    return project


def test_no_circumstance_changes_a_finding(doubtful: Path) -> None:
    expected = spawn("check", cwd=doubtful, env={"PYTHONHASHSEED": "0"})
    assert expected.code == 1
    assert {"KS201", "KS132"} <= set(re.findall(r"KS\d{3}", expected.out))
    for name, circumstance in CIRCUMSTANCES.items():
        assert spawn("check", cwd=doubtful, env=circumstance) == expected, name
    for seed in (1, 2):
        start = [sys.executable, "-c", SHUFFLED.format(seed=seed)]
        assert spawn("check", cwd=doubtful, start=start) == expected


@pytest.mark.parametrize("name", ["hash seed 1", "a Turkish user", "far east"])
def test_what_is_committed_is_what_any_machine_generates(name: str, tmp_path: Path) -> None:
    for folder in ("spec", "generated"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    assert spawn("generate", "--check", cwd=tmp_path, env=CIRCUMSTANCES[name]).code == 0


def test_neither_the_place_of_a_project_nor_the_current_folder_changes_a_byte(original: Path, tmp_path: Path) -> None:
    project = make_everything(tmp_path / "a long way" / "from where" / "it was")
    assert spawn("generate", cwd=project / "spec" / "algorithms").code == 0
    assert differences(original, project) == []
    again = make_everything(tmp_path / "short")
    assert spawn("generate", "--project", str(again), cwd=Path("/")).code == 0
    assert differences(original, again) == []


def test_times_owners_and_modes_change_no_byte(original: Path, tmp_path: Path) -> None:
    project = make_everything(tmp_path / "old")
    for path in (project / "spec").rglob("*"):
        os.utime(path, (0, 0))
        path.chmod(0o755)
    assert spawn("generate", cwd=project).code == 0
    assert differences(original, project) == []


def test_windows_line_ends_and_a_byte_order_mark_change_no_byte(original: Path, tmp_path: Path) -> None:
    project = make_everything(tmp_path / "windows")
    for path in (project / "spec").rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert spawn("generate", cwd=project).code == 0
    assert differences(original, project) == []


def test_deleting_generated_restores_it_byte_for_byte(original: Path, tmp_path: Path) -> None:
    project = tmp_path / "copy"
    shutil.copytree(original, project)
    shutil.rmtree(project / "generated")
    assert spawn("generate", cwd=project).code == 0
    assert differences(original, project) == []


def test_one_target_at_a_time_gives_the_same(original: Path, tmp_path: Path) -> None:
    project = make_everything(tmp_path / "piecemeal")
    for name in reversed(BUILT_IN):
        generate(project, "write", [name])
    assert differences(original, project) == []


FICKLE = (
    HEAD
    + """
class Fickle:
    fidelity = carried()

    def render(self, catalog, options):
        yield OutputFile("fickle.txt", " ".join({"one", "two", "three", "four", "five", "six", "seven"}))
"""
)


def test_a_target_that_depends_on_the_hash_seed_is_noticed(tmp_path: Path) -> None:
    distribution(tmp_path / "site", "fickle", {"fickle": FICKLE}, {"fickle": "fickle:Fickle"})
    projects = []
    for seed in ("1", "2"):
        projects.append(make_sample(tmp_path / seed))
        edit(projects[-1], "  jsonschema: {}\n", "  fickle: {}\n", "spec/knobsmith.yaml")
        env = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(tmp_path / "site")}
        assert spawn("generate", cwd=projects[-1], env=env).code == 0
    assert differences(*projects) == ["fickle.txt", "manifest.json"]


def codes(project: Path, *, proofs: bool = False) -> list[str]:
    """The ids of what stands."""
    return [found.code for found in compile_project(project, proofs).diagnostics]


def test_a_severity_of_the_project_counts(project: Path) -> None:
    warn(project)
    assert codes(project) == ["KS132"]
    edit(project, "KS401: off", "KS401: off, KS132: error", "spec/knobsmith.yaml")
    (found,) = compile_project(project).diagnostics
    assert found.severity is Severity.ERROR
    edit(project, "KS132: error", "KS132: off", "spec/knobsmith.yaml")
    assert codes(project) == []


def test_what_a_spec_says_cannot_be_made_a_warning(project: Path) -> None:
    edit(project, "default: 0.1", "defualt: 0.1")
    edit(project, "KS401: off", "KS401: off, KS010: off", "spec/knobsmith.yaml")
    assert codes(project) == ["KS010"]


def test_a_suppression_counts_where_it_stands(project: Path) -> None:
    warn(project)
    (found,) = compile_project(project).diagnostics
    path = project / found.span.file
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[found.span.line - 1] += " # knobsmith: ignore KS132 (the loss is for readers)"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert codes(project) == []


def test_a_suppression_of_a_proof_is_called_needless_only_where_proofs_were_run(project: Path) -> None:
    edit(project, "  momentum: {", "  # knobsmith: ignore KS203 (always plain here)\n  momentum: {")
    assert codes(project) == []
    assert codes(project, proofs=True) == ["KS901"]


def test_nothing_is_proved_of_specs_with_errors(project: Path) -> None:
    break_default(project)
    assert check(project).tally is None
    assert check(project, proofs=False).tally is None


def test_proofs_are_counted_by_outcome(project: Path) -> None:
    tally = check(project).tally
    assert tally is not None
    assert tally.endswith(" proven, 0 refuted, 0 unknown of the proofs")
    assert int(tally.split(" ")[0]) > 5


def test_progress_is_reported_for_each_stage(project: Path) -> None:
    titles: list[str] = []

    def track(items: object, title: str) -> object:
        titles.append(title)
        return items

    check(project, track=track)  # type: ignore[arg-type]
    generate(project, "diff", track=track)  # type: ignore[arg-type]
    assert titles == ["checking", "proving tiny", "checking", "rendering"]


def test_looking_at_a_project_does_not_change_it(project: Path) -> None:
    before = tree(project)
    compile_project(project, proofs=True)
    assert tree(project) == before
    generate(project, "check")
    generate(project, "diff")
    after = {path: text for path, text in tree(project).items() if not path.startswith(".knobsmith/")}
    assert after == before


def test_importing_the_pipeline_loads_no_solver() -> None:
    code = "import sys, knobsmith.cli, knobsmith.cli.generating; sys.exit('z3' in sys.modules or 'rich' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
