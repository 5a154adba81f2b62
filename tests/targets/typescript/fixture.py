"""Compiled packages of the TypeScript client, and a program that asks them."""

import json
import math
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from knobsmith.model.catalog import Algorithm, Catalog, Packages, Project
from knobsmith.targets.typescript.target import render_package

from tests.support.client import ProjectClient
from tests.support.compile import compile_algorithm
from tests.support.node import node_binary

Json = Any
HERE = Path(__file__).parent
TOOLS = HERE / "node_modules"
_PROJECT = Project(name="cases", version="0.1.0", packages=Packages(python="cases", npm="cases", cmake="cases"))
_PATIENCE = 300
_SHOWS_A_NUMBER = re.compile("but is (-?[0-9]|an integer beyond|no finite)")


class Package:
    """A generated package of some algorithms, compiled; those who ask for the same one share it."""

    def __init__(self, algorithms: Iterable[Algorithm]) -> None:
        self.catalog = _catalog(algorithms)
        self.folder = _compiled(render_package(self.catalog))
        self.python = ProjectClient(self.catalog)

    def answers(self, requests: list[Json]) -> list[Json]:
        """What the client says to each request."""
        lines = "".join(json.dumps(_sendable(request)) + "\n" for request in requests)
        told = node([str(HERE / "conformance.mjs"), str(self.folder)], lines)
        answers = [json.loads(line, parse_int=number) for line in told.split("\n")[:-1]]
        assert len(answers) == len(requests)
        return answers

    def disagreements(self, requests: list[Json]) -> list[str]:
        """What this client says otherwise than the Python one, words included, a line for each request."""
        lines = []
        for request, found in zip(requests, self.answers(requests), strict=True):
            difference = worded_difference(self.python.answer(request), found)
            if difference is not None:
                lines.append(f"{json.dumps(request)}: {difference}")
        return lines


def files_of(algorithms: Iterable[Algorithm]) -> dict[str, str]:
    """The files of a package of some algorithms, by their paths in it."""
    return render_package(_catalog(algorithms))


def _catalog(algorithms: Iterable[Algorithm]) -> Catalog:
    return Catalog(project=_PROJECT, algorithms=tuple(algorithms))


def worded_difference(wanted: Json, found: Json) -> str | None:
    """Where an answer of this client differs from one of the Python client, words included."""
    expected, got = _comparable(json.loads(json.dumps(wanted))), _comparable(found)
    return None if expected == got else _difference(expected, got)


def request(algorithm: Algorithm, form: str, config: Json, context: Json = None) -> Json:
    """A question to a client."""
    return {"algorithm": algorithm.name, "form": form, "config": config, "context": {} if context is None else context}


@cache
def awkward() -> Algorithm:
    """The algorithm of awkward names."""
    return compile_algorithm((HERE / "awkward.yaml").read_text(encoding="utf-8"), "awkward")


def node(arguments: list[str], stdin: str = "", *, folder: Path = HERE) -> str:
    """What a program prints."""
    done = subprocess.run(
        [str(node_binary()), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def tool(name: str) -> str:
    """A program of the tools that `make` installs."""
    path = TOOLS / name
    assert path.exists(), f"{path} is missing: run `make`"
    return str(path)


def _compiled(files: Mapping[str, str]) -> Path:
    """The folder of a package, which is compiled once however many processes ask for it."""
    digest = sha256(json.dumps(files).encode()).hexdigest()[:16]
    folder = Path(gettempdir()) / f"knobsmith-typescript-{os.getuid()}" / digest
    try:
        folder.mkdir(parents=True, mode=0o700)
    except FileExistsError:
        return _awaited(folder)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    try:
        node([tool("typescript/bin/tsc"), "-p", str(folder)])
    except BaseException:
        shutil.rmtree(folder)
        raise
    (folder / "done").touch()
    return folder


def _awaited(folder: Path) -> Path:
    deadline = time.monotonic() + _PATIENCE
    while not (folder / "done").exists():
        assert time.monotonic() < deadline and folder.exists(), f"{folder} does not get ready; remove it"
        time.sleep(0.05)
    return folder


def number(digits: str) -> int | float:
    """Digits as JavaScript means them: beyond 2^53 the nearest double."""
    exact = int(digits)
    return exact if abs(exact) < 2**53 else float(digits)


def _sendable(value: Json) -> Json:
    """What JSON can say; of numbers that it lacks the name."""
    if isinstance(value, float) and not math.isfinite(value):
        return {"$number": "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}
    if isinstance(value, Mapping):
        return {key: _sendable(item) for key, item in value.items()}
    return [_sendable(item) for item in value] if isinstance(value, (list, tuple)) else value


def _comparable(answer: Json) -> Json:
    """An answer without the words that are a language's own.

    Python tells 32.0 from 32 where it shows what is no value; a pattern is shown in the dialect of the language.
    """
    for finding in answer.get("findings", ()):
        if finding["code"] == "type" and _SHOWS_A_NUMBER.search(finding["message"]):
            del finding["message"], finding["help"]
        elif "matches `" in finding["message"]:
            finding["message"] = finding["message"].partition("matches `")[0]
    orders = [list(answer.get(key) or ()) for key in ("parameters", "writes", "writes_defaults")]
    return answer | {"orders": orders}


def _difference(expected: Json, found: Json) -> str:
    for key, wanted in expected.items():
        if isinstance(wanted, dict) and isinstance(found.get(key), dict):
            for name in wanted:
                if wanted[name] != found[key].get(name):
                    return f"{key}.{name} is {found[key].get(name)!r}, expected {wanted[name]!r}"
        if wanted != found.get(key):
            return f"{key} is {found.get(key)!r}, expected {wanted!r}"
    return f"{found!r}"
