"""One wrong fact in the specs of this repository, of whatever kind, is never silent."""

from functools import cache
from pathlib import Path

import pytest
from knobsmith.catalogue import RULES
from knobsmith.diagnostics import Severity
from knobsmith.model.catalog import Catalog
from knobsmith.prove.proving import finding_of, prove_algorithm
from knobsmith.targets.registry import load_target, render

from tests.planted.changes import ALL, CHANGES, TUNERS
from tests.planted.contradictions import CONTRADICTIONS
from tests.planted.places import Patch, documents, facts, planted, sound, spoilt, written
from tests.resolve.specs import ROOT, compiled, real_texts
from tests.support.construct_cases import diagnostic_cases

TESTS = Path(__file__).parent


def codes(texts: dict[str, str]) -> set[str]:
    return {one.code for one in compiled(texts)[1]}


@cache
def usual(algorithm: str) -> set[str]:
    """What is found in a part of the project: entries of fragments that others use are unused in it."""
    return codes(sound(algorithm))


@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_a_spec_that_contradicts_itself_is_refused(kind: str) -> None:
    places = planted(CONTRADICTIONS[kind])
    assert places != []
    silent = []
    for fact, patch in places:
        found = codes(spoilt(fact, patch)) - usual(fact.algorithm)
        if not found & CONTRADICTIONS[kind].codes:
            silent.append((fact.file, fact.name, patch, found))
    assert silent == []


def rendered(catalog: Catalog) -> dict[str, dict[str, str]]:
    """The files of the targets that these specs are for."""
    options = dict(catalog.project.targets)
    return {name: render(name, load_target(name), catalog, options[name]) for name in sorted(ALL | TUNERS)}


@cache
def usual_files(algorithm: str) -> dict[str, dict[str, str]]:
    catalog, _ = compiled(sound(algorithm))
    assert catalog is not None
    return rendered(catalog)


@pytest.mark.parametrize("kind", CHANGES)
def test_a_spec_that_says_something_else_changes_what_follows_from_it(kind: str) -> None:
    silent, whole = [], 0
    for fact, patch in planted(CHANGES[kind]):
        catalog, found = compiled(spoilt(fact, patch))
        if any(one.severity is Severity.ERROR for one in found):
            continue
        assert catalog is not None
        whole += 1
        before, after = usual_files(fact.algorithm), rendered(catalog)
        same = {target for target in CHANGES[kind].targets if before[target] == after[target]}
        if same:
            silent.append((fact.file, fact.name, patch, same))
    assert silent == []
    assert whole > 0


@pytest.mark.parametrize("file", [file for file in documents() if file.startswith("algorithms/")])
def test_the_specs_are_whole_before_anything_is_planted(file: str) -> None:
    catalog, found = compiled(sound(file))
    assert catalog is not None
    assert [one for one in found if one.severity is Severity.ERROR] == []


def test_the_specs_as_they_are_taken_apart_here_give_what_is_committed() -> None:
    catalog, _ = compiled({**real_texts(), **{file: written(document) for file, document in documents().items()}})
    assert catalog is not None
    for files in rendered(catalog).values():
        for path, text in files.items():
            assert (ROOT / "generated" / path).read_text(encoding="utf-8") == text


# What only a proof notices: the algorithm, the entry, the mistake.
UNPROVABLE: dict[str, tuple[str, str, str, str, Patch]] = {
    "a default refused by a case": (
        "KS202",
        "image-classification-tensorflow",
        "parameters",
        "eval_metric",
        {"default": "precision"},
    ),
    "a tuned value refused by a rule": (
        "KS201",
        "image-classification",
        "rules",
        "batch-within-data",
        {"require": "learning_rate < 0.4", "severity": None},
    ),
    "a condition that is never true": (
        "KS203",
        "object-detection",
        "parameters",
        "momentum",
        {"used_when": 'optimizer == "sgd" && optimizer == "adam"'},
    ),
    "a condition that is always true": (
        "KS203",
        "image-classification",
        "parameters",
        "gamma",
        {"used_when": 'optimizer != "rmsprop" || learning_rate <= 1'},
    ),
    "a rule that is never broken": (
        "KS204",
        "image-classification",
        "rules",
        "momentum-below-one",
        {"require": "momentum <= 1"},
    ),
    "a rule that never holds": (
        "KS204",
        "image-classification",
        "rules",
        "top-k-within-classes",
        {"require": "top_k < 2"},
    ),
    "nothing that is valid": (
        "KS206",
        "image-classification",
        "rules",
        "batch-within-data",
        {"require": "num_classes < 1", "severity": None},
    ),
}


@pytest.mark.parametrize("mistake", UNPROVABLE)
def test_a_spec_that_contradicts_itself_in_some_configurations_is_refuted(mistake: str) -> None:
    code, name, section, entry, patch = UNPROVABLE[mistake]
    fact = next(
        one for one in facts() if (one.file, one.section, one.name) == (f"algorithms/{name}.yaml", section, entry)
    )
    catalog, found = compiled(spoilt(fact, patch))
    assert [one for one in found if one.severity is Severity.ERROR] == []
    assert catalog is not None
    findings = map(finding_of, prove_algorithm(catalog.algorithms[0]))
    assert code in {one.rule.code for one in findings if one is not None}


def test_every_law_has_a_case_or_a_test_in_which_it_is_broken() -> None:
    cases = {code for case in diagnostic_cases() for code, *_ in case.findings}
    cases |= {folder.name[:5] for folder in (TESTS / "cases" / "preflight").iterdir()}
    texts = "".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py") if path != Path(__file__))
    assert [code for code in RULES if code not in cases and code not in texts] == []
    assert [code for code in RULES if code not in cases] == [code for code in RULES if code.startswith("KS4")]


def test_a_mistake_that_changes_nothing_is_noticed() -> None:
    fact = next(one for one in facts() if one.name == "momentum" and one.file.startswith("algorithms/"))
    catalog, _ = compiled(spoilt(fact, {"tuning": {"scale": "auto"}}))
    assert catalog is not None
    assert rendered(catalog) == usual_files(fact.algorithm)
    assert codes(spoilt(fact, {})) == usual(fact.algorithm)
