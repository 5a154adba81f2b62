"""Targets of others: found by their entry point, rendered like ours, and never trusted."""

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from knobsmith.targets.registry import BUILT_IN, known_targets, load_target

from tests.support.command import Command, Done, spawn
from tests.support.sample import edit, tree
from tests.support.third_party import GREETER, HEAD, distribution

PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "greeter"
version = "1.0"

[project.entry-points."knobsmith.targets"]
greeter = "greeter_target:Greeter"

[tool.hatch.build.targets.wheel]
include = ["greeter_target.py"]
"""

AT = "spec/knobsmith.yaml:7:3"
_numbers = count()


@pytest.fixture
def others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path of this interpreter, for distributions; what is imported from it is forgotten."""
    folder = tmp_path / "others"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    before = set(sys.modules)
    yield folder
    for name in set(sys.modules) - before:
        if str(folder) in str(getattr(sys.modules[name], "__file__", None)):
            del sys.modules[name]


def named(project: Path, target: str = "greeter", options: str = "{}") -> None:
    """Name a target in the project file, on its line 7."""
    edit(project, "  jsonschema: {}\n", f"  jsonschema: {{}}\n  {target}: {options}\n", "spec/knobsmith.yaml")


def bring(others: Path, text: str, place: str = "Greeter") -> None:
    """Install a target named greeter, whose module is this text."""
    module = f"greeter_target_{next(_numbers)}"
    distribution(others, "greeter", {module: text}, {"greeter": f"{module}:{place}"})


def refused(done: Done, project: Path) -> str:
    """The message of the one finding on a target; nothing was written."""
    line, excerpt, carets = done.out.splitlines()
    place, severity, code, message = line.split(" ", 3)
    assert (done.code, place, severity) == (1, AT, "error")
    assert carets.strip() == "^" * len(excerpt.strip().partition(":")[0])
    assert done.err == "1 error; generated/ is untouched\n"
    assert not (project / "generated").exists()
    return f"{code} {message}"


def test_an_installed_distribution_brings_a_target(project: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (source / "greeter_target.py").write_text(GREETER, encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-index"]
    place = ["--no-deps", "--no-build-isolation", "--target", str(tmp_path / "site")]
    subprocess.run([*pip, *place, str(source)], check=True, capture_output=True)
    named(project, options="{greeting: Salut}")

    env = {"PYTHONPATH": str(tmp_path / "site")}
    assert spawn("generate", cwd=project, env=env) == (0, "generated/: 10 new\n", "")
    assert (project / "generated" / "greeter" / "tiny.txt").read_text(encoding="utf-8") == "Salut, Tiny!\n"
    assert spawn("generate", "--check", cwd=project, env=env).code == 0
    manifest = json.loads((project / "generated" / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["targets"]["greeter"]) == ["greeter/tiny.txt"]

    done = spawn("generate", cwd=project)
    assert done.code == 1
    assert f"{AT} error KS403: " in done.out
    assert (project / "generated" / "greeter" / "tiny.txt").exists()


def test_what_it_cannot_carry_is_noted_at_its_name(run: Command, project: Path, others: Path) -> None:
    bring(others, GREETER)
    named(project)
    edit(project, "{KS402: off, KS401: off}", "{}", "spec/knobsmith.yaml")
    found = json.loads(run("generate", "--format", "json", "--target", "greeter").out)
    assert [(one["code"], one["line"], one["column"]) for one in found] == [("KS401", 7, 3), ("KS402", 7, 3)]
    assert "rules over several parameters (their names only)" in found[0]["message"]
    assert "tuning (a greeting has no range)" in found[1]["message"]


def test_a_construct_that_it_does_not_speak_of_is_taken_for_lost(run: Command, project: Path, others: Path) -> None:
    bring(others, f"{GREETER}\n    fidelity = {{}}\n")
    named(project)
    edit(project, "{KS402: off, KS401: off}", "{}", "spec/knobsmith.yaml")
    found = json.loads(run("generate", "--format", "json", "--target", "greeter").out)
    assert {one["code"] for one in found} == {"KS402"}
    assert all("the target does not say how it carries them" in one["message"] for one in found)


def test_an_entry_point_may_be_a_class_or_an_object(run: Command, project: Path, others: Path) -> None:
    bring(others, f"{GREETER}\n\nTARGET = Greeter()\n", "TARGET")
    named(project)
    assert run("generate").code == 0


def test_its_output_is_not_remembered_because_its_files_are_not_watched(project: Path, tmp_path: Path) -> None:
    distribution(tmp_path / "site", "greeter", {"greeter_target": GREETER}, {"greeter": "greeter_target:Greeter"})
    named(project)
    env = {"PYTHONPATH": str(tmp_path / "site")}
    spawn("generate", cwd=project, env=env)
    (tmp_path / "site" / "greeter_target.py").write_text(GREETER.replace("Hello", "Hi"), encoding="utf-8")
    assert spawn("generate", cwd=project, env=env).out == "generated/: 2 changed\n"
    assert (project / "generated" / "greeter" / "tiny.txt").read_text(encoding="utf-8") == "Hi, Tiny!\n"


def test_what_it_prints_stays_out_of_our_output(run: Command, project: Path, others: Path) -> None:
    loud = GREETER.replace("        for algo", "        print('rendering')\n        for algo") + "\nprint('loading')\n"
    bring(others, loud)
    named(project)
    code, out, err = run("generate", "--format", "json")
    assert (code, json.loads(out)) == (0, [])
    assert err == "loading\nrendering\n"


def test_a_name_that_nobody_brings_is_unknown_and_the_nearest_is_told(run: Command, project: Path) -> None:
    named(project, "pyton")
    message = refused(run("generate"), project)
    assert message.startswith("KS403: ")
    assert "`pyton` is not: did you mean `python`?" in message


def test_names_of_others_are_offered_too(run: Command, project: Path, others: Path) -> None:
    bring(others, GREETER)
    named(project, "greater")
    assert "did you mean `greeter`?" in refused(run("generate"), project)
    assert known_targets() == tuple(sorted([*BUILT_IN, "greeter"]))


def test_ours_cannot_be_replaced(run: Command, project: Path, others: Path) -> None:
    distribution(others, "evil", {"evil_target": "raise SystemExit"}, {"catalog": "evil_target:x"})
    assert run("generate").code == 0
    assert type(load_target("catalog")).__module__.startswith("knobsmith.targets.catalog")


def test_two_of_the_same_name_are_refused(run: Command, project: Path, others: Path) -> None:
    for module in ("one_target", "two_target"):
        distribution(others, module, {module: GREETER}, {"greeter": f"{module}:Greeter"})
    named(project)
    message = refused(run("generate"), project)
    assert message.startswith("KS404: ")
    assert "several are installed: one_target:Greeter, two_target:Greeter" in message


LOADING = {
    "a module that fails": ("raise ValueError('no\\nway')", "Greeter", "does not load: ValueError: no"),
    "a module that is none": ("class", "Greeter", "does not load: SyntaxError: "),
    "a module that leaves": ("raise SystemExit(3)", "Greeter", "does not load: SystemExit: 3"),
    "a name that is missing": ("", "Greeter", "does not load: AttributeError: "),
    "a class that cannot be made": (
        "class Greeter:\n    def __init__(self, x): pass",
        "Greeter",
        "does not load: TypeErr",
    ),
    "something else": ("Greeter = 3", "Greeter", "is no target: it lacks `render` or `fidelity`"),
    "no fidelity": ("class Greeter:\n    def render(self): pass", "Greeter", "is no target: it lacks `render` or"),
}


@pytest.mark.parametrize("case", LOADING)
def test_one_that_does_not_load_is_a_finding(case: str, run: Command, project: Path, others: Path) -> None:
    text, place, fact = LOADING[case]
    bring(others, text, place)
    named(project)
    message = refused(run("generate"), project)
    assert message.startswith("KS404: ")
    assert fact in message
    assert message.endswith(": report it to the target's maintainers")


RENDERING = {
    "raise ValueError('no way')": "this one fails: ValueError: no way",
    "raise SystemExit": "this one fails: SystemExit",
    "raise RecursionError": "this one fails: RecursionError",
    "return None": "this one fails: TypeError: ",
    "yield ('greeter/x', 'y')": "this one gives something else than an `OutputFile` of two texts",
    "yield OutputFile('greeter/x', b'y')": "this one gives something else than an `OutputFile` of two texts",
    "yield OutputFile('greeter/x', ''); yield OutputFile('greeter/x', '')": "this one gives `greeter/x` twice",
    "yield OutputFile('greeter/x', chr(0xD800))": "`greeter/x` holds half a surrogate pair, which no UTF-8 file can",
    "yield OutputFile('../x', '')": "`../x` is no path below the generated folder",
    "yield OutputFile('/tmp/x', '')": "`/tmp/x` is no path below the generated folder",
    "yield OutputFile('greeter/../../x', '')": "`greeter/../../x` is no path below the generated folder",
    "yield OutputFile(chr(27) + '[2J', '')": "`\\x1b[2J` is no path below the generated folder",
    "yield OutputFile('manifest.json', '')": "`manifest.json` is reserved",
    "yield OutputFile('catalog.json', '')": "`catalog.json` is a file of `catalog` already",
    "yield OutputFile('Catalog/TINY.json', '')": "`Catalog/TINY.json` is a file of `catalog` already",
    "yield OutputFile('catalog.json/x', '')": "`catalog.json/x` stands below `catalog.json`, which is a file of `catalog`",
}


@pytest.mark.parametrize("body", RENDERING)
def test_one_that_renders_what_it_must_not_is_a_finding(body: str, run: Command, project: Path, others: Path) -> None:
    lines = (
        f"{HEAD}\n\nclass Greeter:\n    fidelity = carried()\n    def render(self, catalog, options):\n        {body}\n"
    )
    bring(others, lines)
    named(project)
    message = refused(run("generate"), project)
    assert message.startswith("KS404: ")
    assert RENDERING[body] in message


def test_a_failure_leaves_what_was_generated_as_it_was(run: Command, project: Path, others: Path) -> None:
    run("generate")
    before = tree(project)
    bring(others, "raise ValueError")
    named(project)
    edit(project, "Fits a line.", "Fits a plane.")
    assert run("generate").code == 1
    assert tree(project / "generated") == {
        path.removeprefix("generated/"): text for path, text in before.items() if path.startswith("generated/")
    }


def test_a_failure_cannot_be_silenced(run: Command, project: Path, others: Path) -> None:
    bring(others, "raise ValueError")
    named(project)
    edit(project, "{KS402: off, KS401: off}", "{KS402: off, KS401: off, KS404: off}", "spec/knobsmith.yaml")
    assert "KS404: " in refused(run("generate"), project)


def test_the_others_can_be_generated_without_it(run: Command, project: Path, others: Path) -> None:
    bring(others, "raise ValueError")
    named(project)
    assert run("generate", "--target", "catalog").code == 0
