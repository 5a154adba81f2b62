"""The accelerator as its users have it: optional, visible, and of no use to any client but its own."""

import os
import shutil
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from knobsmith.targets.accelerator import TARGET
from knobsmith.targets.base import CONSTRUCTS
from knobsmith.targets.cpp import TARGET as CPP
from knobsmith.targets.python import TARGET as PYTHON
from knobsmith.targets.python import in_memory
from knobsmith.views.fingerprint import fingerprint

from tests.support.compile import compile_algorithm
from tests.targets.accelerator.building import PACKAGE, built, catalog_of, client_with, loaded

SPEC = """
knobsmith: 1
algorithm: narrowed
title: T
doc: D.
context: {machines: {type: integer, range: "[1, 8]", default: 1, doc: Machines.}}
parameters:
  width: {type: integer, range: "[1, 64]", default: 8, doc: A width.}
  rate: {type: number, range: "(0, 1]", default: 0.5, used_when: width > 1, doc: A rate.}
rules: {narrow: {require: width < 60, message: Too wide.}}
"""
NEW = catalog_of(compile_algorithm(SPEC, "narrowed"))
OLD = catalog_of(compile_algorithm(SPEC.replace("[1, 64]", "[1, 96]").replace("< 60", "< 90"), "narrowed"))
WIDE = [{"width": 8}, {"width": 80}]


def judged(client: in_memory.Client) -> Any:
    return client.algorithm("narrowed").validate_many(WIDE)


def accelerated(client: in_memory.Client) -> Any:
    return __import__(client.package).accelerated


def test_in_use_it_says_so() -> None:
    with client_with(NEW, loaded(built(NEW))) as client:
        found = judged(client)
        assert (found.accelerated, accelerated(client), found.invalid) == (True, True, (1,))


def test_not_installed_it_is_not_missed() -> None:
    with warnings.catch_warnings(), client_with(NEW, None) as client:
        warnings.simplefilter("error")
        found = judged(client)
        assert (found.accelerated, accelerated(client), found.invalid) == (False, False, (1,))


def test_one_of_an_older_spec_is_not_used() -> None:
    old = loaded(built(OLD))
    # Used, it would call both valid.
    assert old.judge("narrowed", False, tuple(WIDE), {}) == b"\1\1"
    with client_with(NEW, old) as client:
        with pytest.warns(RuntimeWarning, match="was made from other specs than .*: install it again") as told:
            found = judged(client)
        assert told[0].filename.endswith("test_accelerator_package.py")
        assert (found.accelerated, accelerated(client), found.invalid) == (False, False, (1,))


def test_one_without_a_fingerprint_is_not_used() -> None:
    with client_with(NEW, ModuleType("other")) as client, pytest.warns(RuntimeWarning, match="other specs"):
        assert judged(client).invalid == (1,)


@pytest.mark.parametrize("text", ["raise ImportError('half a file')", "import nobody_has_this_module"])
def test_one_that_does_not_load_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    with in_memory.load_client(NEW) as client:
        (tmp_path / f"{client.package}_native.py").write_text(text)
        with pytest.warns(RuntimeWarning, match="does not load: "):
            assert judged(client).invalid == (1,)


def test_a_variable_of_the_environment_switches_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    with client_with(NEW, loaded(built(NEW))) as client:
        for value, is_used in (("1", False), ("yes", False), ("0", True), ("", True)):
            monkeypatch.setenv(f"{client.package.upper()}_PURE", value)
            assert (accelerated(client), judged(client).accelerated) == (is_used, is_used)
        assert not client.algorithm("narrowed").validate_many(WIDE, pure=True).accelerated


@pytest.mark.parametrize(
    ("before", "after"),
    [
        *(("[1, 64]", "[1, 65]"), ("(0, 1]", "[0, 1]"), ("(0, 1]", "(0, 1)"), ("type: number", "type: integer")),
        *(("default: 8", "default: 9"), ("width > 1", "width > 2"), ("< 60", "<= 60"), ("[1, 8]", "[1, 9]")),
        *(("  rate", "  ratio"), ("default: 1,", "default: 2,"), ("message:", "severity: warning, message:")),
        *(("default: 8,", "default: 8, aliases: [breadth],"), ("narrow:", "slim:")),
    ],
)
def test_every_fact_that_is_judged_is_in_the_fingerprint(before: str, after: str) -> None:
    changed = SPEC.replace(before, after, 1)
    changed = changed.replace("(0, 1]", "[1, 1]").replace("0.5", "1") if "type: number" in before else changed
    assert fingerprint((compile_algorithm(changed, "narrowed"),)) != fingerprint(NEW.algorithms)


def test_words_for_people_are_not() -> None:
    changed = (
        SPEC.replace("A width.", "How wide it is.")
        .replace("Too wide.", "Far too wide.")
        .replace("title: T", "title: U")
    )
    assert fingerprint((compile_algorithm(changed, "narrowed"),)) == fingerprint(NEW.algorithms)


def test_fidelity_speaks_of_every_construct() -> None:
    assert set(TARGET.fidelity) == set(CONSTRUCTS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The generated folder, with all that the accelerator takes."""
    for target in (TARGET, CPP, PYTHON):
        for file in target.render(NEW, {}):
            place = tmp_path / "generated" / file.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(file.text, encoding="utf-8")
    return tmp_path / "generated"


def wheel(folder: Path, *, fails: bool = False) -> str:
    """Builds the wheel into the folder above; returns what is said."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-cache-dir", "wheel", "--no-deps"]
    command = [*pip, "--no-build-isolation", "-w", str(folder.parent), str(folder / "accelerator")]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "CFLAGS": "-O0"})
    assert (done.returncode != 0) is fails, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_installed_beside_the_client_it_is_used(folder: Path) -> None:
    before = sorted((folder / "accelerator").rglob("*"))
    wheel(folder)
    assert sorted((folder / "accelerator").rglob("*")) == before
    (made,) = folder.parent.glob("*.whl")
    assert made.name.startswith(f"{PACKAGE}_native-0.1.0-cp3") and not made.name.endswith("-any.whl")
    with zipfile.ZipFile(made) as archive:
        archive.extractall(folder.parent / "site")
    code = f"import {PACKAGE}; assert {PACKAGE}.accelerated; {PACKAGE}.narrowed.validate_many([{{}}])[0]"
    path = os.pathsep.join([str(folder.parent / "site"), str(folder / "python")])
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], env={**os.environ, "PYTHONPATH": path})
    assert done.returncode == 0


def test_without_the_headers_it_says_what_is_missing(folder: Path) -> None:
    shutil.rmtree(folder / "cpp")
    assert "name the targets `cpp` and `python` beside `accelerator`" in wheel(folder, fails=True)
