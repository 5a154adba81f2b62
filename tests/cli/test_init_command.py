"""``knobsmith init``: from nothing to a validated configuration."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import Command, spawn
from tests.support.sample import tree

STARTER = [".gitignore", "README.md", "spec/algorithms/linear-classifier.yaml", "spec/knobsmith.yaml"]

CLIENT = """
import json, sys
from hyperparameters import linear_classifier

verdict = linear_classifier.validate({"optimizer": "adam", "momentum": 0.5, "learning_rate": 0.01})
print(json.dumps([verdict.valid, verdict.parameters["momentum"].reason, verdict.to_wire()]))
print(linear_classifier.validate({"learning_rate": 0}).valid)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["new", "deep/er/new", "with space"])
def test_a_new_folder_is_filled(name: str, run: Command, folder: Path) -> None:
    code, out, err = run("init", name)
    assert (code, err) == (0, "")
    assert out.startswith(f"started a project in {name}\n")
    assert sorted(tree(folder / name)) == STARTER


def test_what_to_do_next_can_be_done(run: Command, folder: Path) -> None:
    _, out, _ = run("init", "with space")
    script = out.partition("next:\n")[2].replace("knobsmith", f"{sys.executable} -m knobsmith")
    subprocess.run(["bash", "-e", "-c", script], cwd=folder, check=True, capture_output=True)
    assert (folder / "with space" / "generated" / "manifest.json").exists()


def test_the_current_folder_can_be_filled(run: Command, folder: Path) -> None:
    code, out, _ = run("init", ".")
    assert code == 0
    assert "cd " not in out
    assert sorted(tree(folder)) == STARTER


def test_what_exists_is_kept(run: Command, folder: Path) -> None:
    (folder / "README.md").write_text("mine\n", encoding="utf-8")
    (folder / "src").mkdir()
    code, _, err = run("init", ".")
    assert (code, err) == (0, "kept README.md as it is\n")
    assert (folder / "README.md").read_text(encoding="utf-8") == "mine\n"
    assert sorted(tree(folder)) == STARTER


@pytest.mark.parametrize("name", ["spec", "generated"])
def test_a_project_is_not_started_over_another(name: str, run: Command, folder: Path) -> None:
    (folder / name).mkdir()
    code, out, err = run("init", ".")
    assert (code, out) == (2, "")
    assert err == f"knobsmith: {name} exists already; a project is started where there is none\n"
    assert tree(folder) == {}


def test_it_is_not_started_twice(run: Command, folder: Path) -> None:
    assert run("init", "new").code == 0
    before = tree(folder)
    assert run("init", "new").code == 2
    assert tree(folder) == before


def test_a_file_is_no_folder(run: Command, folder: Path) -> None:
    (folder / "file").write_text("mine\n", encoding="utf-8")
    code, out, err = run("init", "file")
    assert (code, out) == (2, "")
    assert err.startswith("knobsmith: file is no folder")
    assert run("init", "file/below") == (1, "", "knobsmith: file/below: Not a directory\n")


def test_the_starter_is_sound_and_proved(run: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("init", "new")
    monkeypatch.chdir(folder / "new")
    code, out, err = run("check")
    assert (code, out) == (0, "")
    assert "0 refuted, 0 unknown of the proofs" in err
    assert run("generate").code == 0
    assert run("generate", "--check").code == 0
    code, out, _ = run("validate", "linear-classifier", stdin='{"momentum": 0.5, "optimizer": "adam"}')
    assert code == 0
    assert "ignored: `optimizer` is `adam`" not in out.splitlines()[0]


def test_the_starter_names_the_schemas_that_are_generated(run: Command, folder: Path) -> None:
    run("init", ".")
    run("generate")
    for path in (folder / "spec").rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        mark, _, schema = first.partition("$schema=")
        assert mark == "# yaml-language-server: "
        assert (path.parent / schema).is_file()


def test_from_init_to_a_validated_configuration(folder: Path) -> None:
    assert spawn("init", "new", cwd=folder).code == 0
    project = folder / "new"
    assert spawn("check", cwd=project).code == 0
    assert spawn("generate", cwd=project).code == 0
    config = b'{"optimizer": "adam", "momentum": 0.5, "learning_rate": 0.01}'
    done = spawn("validate", "linear-classifier", "--format", "json", cwd=project, stdin=config)
    assert (done.code, json.loads(done.out)["valid"]) == (0, True)

    script = "import sys; sys.path.insert(0, 'generated/python')" + CLIENT
    used = subprocess.run([sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=True)
    verdict, refused = used.stdout.splitlines()
    assert json.loads(verdict) == [
        True,
        "ignored: `optimizer` is `adam`; used when it is `sgd`",
        {"optimizer": "adam", "learning_rate": "0.01", "momentum": "0.5"},
    ]
    assert refused == "False"
