"""The worked examples of ``tests/cases/verdicts``: one law a file, one or several runs of one spec."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.case_files import CASES, read_yaml

Json = Any

_RUN_KEYS = {"form", "config", "context", "verdict", "wire"}


@dataclass(frozen=True)
class Run:
    """One configuration and the verdict on it.

    Attributes:
        id: The name of the file and the number of the run: ``alias-conflict-0``.
        law: What the file pins.
        spec: The text of the algorithm, which is called ``example``.
        form: ``native`` or ``wire``.
        config: What is judged.
        context: Facts about the job.
        verdict: What is expected.
        wire: What writing back gives; None if nothing is said of it.
    """

    id: str
    law: str
    spec: str
    form: str
    config: dict[str, Json]
    context: dict[str, Json]
    verdict: dict[str, Json]
    wire: dict[str, str] | None


def verdict_runs(folder: Path = CASES / "verdicts") -> list[Run]:
    """All runs of all files, in the order of their names.

    Raises:
        ValueError: A file is not of the form that the runner knows.
    """
    return [run for path in sorted(folder.glob("*.yaml")) for run in _runs(path)]


def _runs(path: Path) -> Iterator[Run]:
    case = read_yaml(path)
    head = {"law", "spec"}
    runs = case["runs"] if "runs" in case else [{key: case[key] for key in case if key not in head}]
    if case.keys() - head not in ({"runs"}, runs[0].keys()) or not runs:
        raise ValueError(f"{path.name}: law, spec, and either runs or one run")
    for index, run in enumerate(runs):
        yield run_of(f"{path.stem}-{index}", run, law=case["law"], spec=case["spec"])


def run_of(id: str, run: Json, *, law: str, spec: str) -> Run:
    """A run as its file states it.

    Raises:
        ValueError: A key is missing or unknown, or a text of the wire is no text.
    """
    if not _RUN_KEYS - {"wire"} <= run.keys() <= _RUN_KEYS or run["form"] not in ("native", "wire"):
        raise ValueError(f"{id}: a run has form, config, context, verdict and perhaps wire")
    texts = [*run.get("wire", {}).values()]
    if run["form"] == "wire":
        texts += [*run["config"].values(), *run["context"].values()]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError(f"{id}: what is on the wire is a text; quote it")
    if run.get("wire") is not None and not run["verdict"]["valid"]:
        raise ValueError(f"{id}: only what is valid is written")
    return Run(
        id,
        law,
        spec,
        run["form"],
        dict(run["config"]),
        dict(run["context"]),
        dict(run["verdict"]),
        run.get("wire"),
    )
