"""``knobsmith explain``: what is known, and where it was written."""

from pathlib import Path

import pytest
from knobsmith.cli.problems import unknown

from tests.support.command import Command
from tests.support.sample import break_default, edit


def test_an_algorithm_is_an_overview_of_its_hyperparameters(run: Command, project: Path) -> None:
    code, out, err = run("explain", "tiny")
    assert (code, err) == (0, "")
    assert out.startswith("Tiny (tiny)\nFits a line.\n")
    for name in ("optimizer", "rate", "momentum", "epochs", "shape", "name"):
        assert f"\n  {name} " in out
    assert "rule few-epochs: a large step needs few epochs" in out
    assert "metric loss: minimize" in out


def test_a_hyperparameter_is_all_its_facts_and_their_places(run: Command, project: Path) -> None:
    code, out, err = run("explain", "tiny", "rate")
    assert (code, err) == (0, "")
    assert out.startswith("rate\nSize of a step.\n")
    assert "default: `0.1`" in out
    assert "also called: `eta`" in out
    assert "  default  spec/algorithms/tiny.yaml:10:41\n" in out


def test_a_long_text_is_wrapped_and_a_fact_stays_on_its_line(run: Command, project: Path) -> None:
    doc, note = "Fits a line. " * 20 + "It is straight.", "A line is straight. " * 20 + "Really."
    edit(project, "doc: Fits a line.", f"doc: {doc}")
    edit(project, "  epochs: {", f"  epochs: {{notes: [{note}], ")
    lines = run("explain", "tiny").out.split("\n")
    end = lines.index("")
    assert max(map(len, lines[:end])) <= 100
    assert " ".join(lines[1:end]) == doc
    assert f"  note: {note}" in run("explain", "tiny", "epochs").out.split("\n")


def test_a_fact_from_a_fragment_names_it(run: Command, project: Path) -> None:
    text = "knobsmith: 1\nfragment: shared\nparameters:\n  seed: {type: integer, default: 1, doc: Start.}\n"
    (project / "spec" / "fragments").mkdir()
    (project / "spec" / "fragments" / "shared.yaml").write_text(text, encoding="utf-8")
    edit(project, "rules:\n", "  seed: {use: shared/seed, default: 2}\nrules:\n")
    out = run("explain", "tiny", "seed").out
    assert "spec/fragments/shared.yaml:4:10 (from shared/seed)\n" in out
    assert "  default  spec/algorithms/tiny.yaml:" in out


def test_an_alias_leads_to_the_hyperparameter(run: Command, project: Path) -> None:
    assert run("explain", "tiny", "eta").out == run("explain", "tiny", "rate").out


def test_an_unknown_name_is_wrong_usage_and_the_nearest_comes_first(run: Command, project: Path) -> None:
    code, out, err = run("explain", "tiny", "epoch")
    assert (code, out) == (2, "")
    assert err.startswith("knobsmith: no hyperparameter `epoch`; did you mean `epochs`?")
    assert err.endswith("(`knobsmith explain tiny` lists all 7)\n")
    assert err.count("`") <= 14
    code, out, err = run("explain", "tyni")
    assert (code, out, err) == (2, "", "knobsmith: no algorithm `tyni`; there are: `tiny`\n")


def test_of_many_names_a_few_are_shown() -> None:
    names = [f"name_{index:02}" for index in range(29)]
    assert str(unknown("thing", "x", names, "`list`")) == (
        "no thing `x`; there are: `name_00`, `name_01`, `name_02`, `name_03`, `name_04` (`list` lists all 29)"
    )
    assert str(unknown("thing", "x", names)).endswith("`name_04` and 24 more")
    assert str(unknown("thing", "x", names[:2])) == "no thing `x`; there are: `name_00`, `name_01`"
    assert str(unknown("thing", "name_0", ["name_00", "other"])) == (
        "no thing `name_0`; did you mean `name_00`? There are also: `other`"
    )
    assert str(unknown("thing", "x", [])) == "no thing `x`; there is none"


def test_places_lead_from_the_current_folder(run: Command, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "spec")
    assert "  default  ../spec/algorithms/tiny.yaml:10:41\n" in run("explain", "tiny", "rate").out


def test_what_was_read_is_explained_although_another_fact_is_wrong(run: Command, project: Path) -> None:
    break_default(project)
    assert run("explain", "tiny", "epochs").code == 0


def test_an_algorithm_that_cannot_be_read_is_an_error_on_standard_error(run: Command, project: Path) -> None:
    edit(project, 'type: integer, range: "[1, 100]"', "type: integer, range: 1 to 100")
    code, out, err = run("explain", "tiny", "epochs")
    assert (code, out) == (1, "")
    assert " error KS020: " in err


def test_prose_cannot_steer_the_terminal(run: Command, project: Path) -> None:
    edit(project, "doc: Fits a line.", 'doc: "Fits\\e[2J a line\\u202f; 线\\u3000性."')
    out = run("explain", "tiny").out
    assert "Fits\\x1b[2J a line\u202f; 线\u3000性." in out


def test_an_algorithm_without_hyperparameters_is_explained(run: Command, project: Path) -> None:
    text = "knobsmith: 1\nalgorithm: bare\ntitle: Bare\ndoc: Has no settings.\nparameters: {}\n"
    (project / "spec" / "algorithms" / "bare.yaml").write_text(text, encoding="utf-8")
    assert run("explain", "bare") == (0, "Bare (bare)\nHas no settings.\n\n\n", "")
    assert run("validate", "bare", stdin="{}") == (0, "bare: valid\n", "")
