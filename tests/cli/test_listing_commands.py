"""``knobsmith rules`` and ``knobsmith schema``."""

import json
import re
from pathlib import Path

import pytest
from knobsmith.catalogue import RULES

from tests.support.command import Command

CODEGEN = Path(__file__).parent.parent.parent / "codegen"
KINDS = ("algorithm", "fragment", "kernels", "project")


def test_every_law_of_the_compiler_is_listed_once_sorted_by_id(run: Command) -> None:
    code, out, err = run("rules")
    listed = [line.split()[0] for line in out.splitlines()]
    written = [
        found
        for path in CODEGEN.rglob("*.py")
        for found in re.findall(
            r'(?:Rule\(\s*(?:code=)?"|^    ")(KS\d{3})"(?:,|: Law\()', path.read_text(encoding="utf-8"), re.M
        )
    ]
    assert (code, err) == (0, "")
    assert listed == sorted(written)
    assert len(set(written)) == len(written)


@pytest.mark.parametrize("id", sorted(RULES))
def test_a_law_is_explained_by_its_id(id: str, run: Command) -> None:
    code, out, err = run("rules", id.lower())
    head, law, why = out.rstrip("\n").split("\n\n", 2)
    assert (code, err) == (0, "")
    assert head == f"{id} ({RULES[id].severity.value})"
    assert law[0] in f"{law[0].upper()}`"
    assert law.endswith(".")
    assert not law.endswith("..")
    assert len(why) > 20


@pytest.mark.parametrize(
    ("id", "nearest"),
    [
        ("KS999", "the nearest are KS903, KS902, KS901; "),
        ("ks111", "the nearest are KS110, KS112, KS109; "),
        ("KS", "the nearest are KS"),
        ("S101", "the nearest are KS101, "),
        ("range", ""),
        ("KS" + "9" * 5000, ""),
    ],
)
def test_an_unknown_law_is_wrong_usage_and_the_nearest_are_named(id: str, nearest: str, run: Command) -> None:
    code, out, err = run("rules", id)
    assert (code, out) == (2, "")
    assert err.startswith(f"knobsmith: no rule `{id}`; {nearest}")
    assert err.endswith("`knobsmith rules` lists all\n")
    assert err.count("KS") <= 4


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_file_has_a_schema(kind: str, run: Command) -> None:
    code, out, err = run("schema", kind)
    schema = json.loads(out)
    assert (code, err) == (0, "")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"knobsmith", kind} <= schema["properties"].keys()


def test_without_a_kind_it_is_that_of_algorithms(run: Command) -> None:
    assert run("schema").out == run("schema", "algorithm").out


def test_neither_needs_a_project(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("rules", "KS101").code == 0
    assert run("schema").code == 0
