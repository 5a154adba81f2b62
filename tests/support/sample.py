"""A small project on disk, with which commands are tested."""

from pathlib import Path

PROJECT = """\
knobsmith: 1
project: sample
version: 0.1.0
targets:
  catalog: {}
  jsonschema: {}
severity: {KS402: off, KS401: off}
"""

ALGORITHM = """\
knobsmith: 1
algorithm: tiny
title: Tiny
doc: Fits a line.
sources: {notes: {title: Notes of a course, covers: [context, parameters, rules, tuning, metrics]}}
context:
  workers: {type: integer, range: "[1, inf)", doc: Machines that take part.}
parameters:
  optimizer: {type: string, values: {sgd: Plain., adam: Adaptive.}, default: sgd, doc: Update rule.}
  rate: {type: number, range: "(0, 1]", default: 0.1, aliases: [eta], doc: Size of a step.}
  momentum: {type: number, range: "[0, 1)", default: 0.9, used_when: optimizer == "sgd", doc: Share of the last step.}
  epochs: {type: integer, range: "[1, 100]", default: 10, doc: Passes over the data., tuning: {range: "[1, 50]"}}
  shape: {type: list, items: {type: integer, range: "[1, inf)"}, default: [3, 4], wire: comma, doc: Sides.}
  name: {type: string, if_unset: the service makes one up, doc: What the model is called.}
rules:
  few-epochs: {require: epochs <= 50 || rate < 0.5, message: a large step needs few epochs}
metrics:
  loss: {direction: minimize, doc: Mean squared error.}
"""

# The place of the fact that `break_default` breaks.
BROKEN_AT = "spec/algorithms/tiny.yaml:10:50"


def make_sample(folder: Path) -> Path:
    """The sample project in a new folder."""
    (folder / "spec" / "algorithms").mkdir(parents=True)
    (folder / "spec" / "knobsmith.yaml").write_text(PROJECT, encoding="utf-8")
    (folder / "spec" / "algorithms" / "tiny.yaml").write_text(ALGORITHM, encoding="utf-8")
    return folder


def edit(project: Path, before: str, after: str, file: str = "spec/algorithms/tiny.yaml") -> None:
    """Replace a text in a file of a project; it must be there once."""
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{before!r} stands {text.count(before)} times in {file}"
    path.write_text(text.replace(before, after), encoding="utf-8")


def break_default(project: Path) -> None:
    """One error: a default outside the domain (KS101)."""
    edit(project, "default: 0.1,", "default: 1.5,")


def warn(project: Path) -> None:
    """One warning: an objective is missing though parameters are tuned (KS132)."""
    edit(project, "direction: minimize,", "direction: minimize, objective: false,")


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by their paths in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
