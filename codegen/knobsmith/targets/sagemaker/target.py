"""Renders the requests: JSON documents, and a page about them."""

from collections.abc import Iterable, Iterator

from knobsmith.diagnostics import Finding
from knobsmith.model.catalog import Algorithm, Catalog
from knobsmith.targets.base import Options, OutputFile, dropped, partial, searched
from knobsmith.targets.json_text import json_text
from knobsmith.targets.registry import BrokenTarget
from knobsmith.targets.sagemaker.branches import Branches
from knobsmith.targets.sagemaker.examining import examined
from knobsmith.targets.sagemaker.lowering import ENDS
from knobsmith.targets.sagemaker.readme import readme
from knobsmith.targets.sagemaker.settings import BadOption, Settings, settings_of
from knobsmith.targets.sagemaker.specification import training_specification
from knobsmith.views.tuning.sagemaker_request import Branch, Request, Setup, combinations, tuning_job

ROOT = "tuning/sagemaker"
LOSSY = "knobsmith:lossy"
# Few enough to try the request out; whoever tunes in earnest raises them.
_MOST_JOBS = 20
_MOST_PARALLEL = 2


class SageMakerTarget:
    """Documents for each algorithm: what it is, and how it is tuned."""

    name = "sagemaker"
    ends = ENDS
    fidelity = searched(
        step=partial("up to 30 steps are tried, as categories without an order"),
        range_conditions=partial("each piece of the range between conditions is searched by a definition of its own"),
        computed_conditions=dropped("what hangs on a computed condition keeps its default"),
        impact=dropped("SageMaker has no place for it"),
    )

    def examine(self, catalog: Catalog, options: Options) -> Iterator[tuple[str, Finding]]:
        """Which limits of the service the requests would break."""
        try:
            settings_of(options)
        except BadOption as problem:
            raise BrokenTarget(str(problem)) from problem
        for algorithm in catalog.algorithms:
            yield from ((algorithm.name, finding) for finding in examined(algorithm))

    def render(self, catalog: Catalog, options: Options) -> Iterator[OutputFile]:
        """The documents."""
        settings = settings_of(options)
        notes: list[str] = []
        for algorithm in catalog.algorithms:
            path = f"{ROOT}/{algorithm.name}"
            yield OutputFile(
                f"{path}.training-specification.json", json_text(training_specification(algorithm, settings))
            )
            branches = Branches(algorithm)
            if branches.space.tuned and branches.found:
                yield from _tuning(path, branches, settings)
                notes += _notes(branches)
        yield OutputFile(f"{ROOT}/README.md", readme(notes))


def _tuning(path: str, branches: Branches, settings: Settings) -> Iterator[OutputFile]:
    setup = settings.setup(branches.algorithm)
    yield OutputFile(f"{path}.tuning-job.json", json_text(_request(branches.algorithm, branches.separate(), setup)))
    lost = ". ".join(_lost(branches))
    flat = _request(branches.algorithm, [branches.together()], setup, lost)
    yield OutputFile(f"{path}.tuning-job.flat.json", json_text(flat))


def _request(algorithm: Algorithm, parts: list[Branch], setup: Setup, lost: str = "") -> Request:
    counted = combinations(parts)
    jobs = _MOST_JOBS if counted is None else min(counted, _MOST_JOBS)
    tags = {LOSSY: lost} if lost else None
    return tuning_job(algorithm.name, parts, setup, max_jobs=jobs, max_parallel=min(jobs, _MOST_PARALLEL), tags=tags)


def _lost(branches: Branches) -> Iterator[str]:
    """What the flat form loses, in the letters that a tag may have."""
    if any(branch.axes.keys() != branches.found[0].axes.keys() for branch in branches.found):
        yield "Hyperparameters are tuned where they are ignored"
    if branches.is_refused_somewhere:
        yield "Combinations are tried that a rule refuses"
    if branches.dropped or branches.narrows:
        yield "What differs by case is tuned in part"


def _notes(branches: Branches) -> Iterable[str]:
    name = branches.algorithm.name
    tangled = [f"`{one}`" for one in branches.space.tuned if one in branches.space.tangled]
    if tangled:
        yield f"`{name}`: not tuned, because a condition on it computes with a tuned range: {', '.join(tangled)}."
    unclear = [f"`{one}`" for one in branches.never if one not in branches.space.tangled]
    if unclear:
        yield f"`{name}`: not tuned, because that hangs on what is yet to be given: {', '.join(unclear)}."
    if branches.dropped:
        dropped_names = ", ".join(f"`{one}`" for one in branches.dropped)
        yield f"`{name}`: not tuned in the flat form, because it is not valid in every branch: {dropped_names}."
