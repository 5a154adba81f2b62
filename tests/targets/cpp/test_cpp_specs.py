"""The worked examples of the language, and whatever else a spec may say: no compiler has anything to say about it."""

from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from knobsmith.records import replace
from knobsmith.targets.cpp.target import headers
from knobsmith.views.cpp_names import cpp_names

from tests.strategies_specs import specs
from tests.support.compile import compile_algorithm
from tests.support.tried_algorithms import worked_examples
from tests.support.verdict_cases import Run, verdict_runs
from tests.support.verdicts import differences
from tests.targets.cpp.building import PACKAGE, STANDARD, WARNINGS, answer, build, compile_file, request, run
from tests.targets.cpp.wanted import without_wording

# Compiled for being right, not for being fast.
FLAGS = ("-O0",)
BATCH = 75


def test_worked_examples() -> None:
    runs = [one for one in verdict_runs() if is_textual(one)]
    assert len(runs) > 700
    algorithms = worked_examples()
    command = build(list(algorithms.values()), flags=FLAGS, batch=BATCH)
    answers = run(command, [request(algorithms[one.spec], one.form, one.config, one.context) for one in runs])
    for one, line in zip(runs, answers, strict=True):
        found = answer(line)
        assert not differences(without_wording(one.verdict), found), (
            f"{one.id}: {differences(without_wording(one.verdict), found)}"
        )
        if one.wire is not None:
            assert list(found["writes"].items()) == list(one.wire.items()), one.id


def is_textual(one: Run) -> bool:
    """Whether the wire form holds texts only, as C++ can hold nothing else there."""
    return one.form == "native" or all(isinstance(text, str) for text in [*one.config.values(), *one.context.values()])


# What is legal, if odd: each side of a comparison is the same.
SELF_COMPARING = """
knobsmith: 1
algorithm: example
title: T
doc: D.
context: {machines: {type: integer, range: "[1, 8]", default: 1, doc: Machines.}}
parameters:
  epochs: {type: integer, range: "[1, 100]", default: 3, used_when: context.machines <= context.machines, doc: D.}
  rate: {type: number, range: "[0, 1]", default: 0.5, doc: D.}
  steps: {type: list, items: {type: integer}, default: [1], doc: D.}
  label: {type: string, default: a, used_when: label_of == label_of, doc: D.}
  label_of: {type: string, default: a, doc: D.}
rules:
  below: {when: epochs < epochs, require: rate >= rate, message: M.}
  above: {require: rate - 1 <= rate - 1, message: M.}
  other: {require: "epochs * 2 != epochs * 2 || steps[0] > steps[0] || size(steps) <= size(steps)", message: M.}
  each: {require: "steps.all(s, s <= s)", message: M.}
"""
DRAWN = 40


def drawn_specs() -> list[str]:
    """Specs that use everything; others than those that are run elsewhere."""
    texts: list[str] = []

    @seed(19)
    @settings(
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
        deadline=None,
        max_examples=DRAWN,
    )
    @given(specs())
    def gather(text: str) -> None:
        texts.append(text)

    gather()
    return texts


def test_no_strict_compiler_warns_of_what_a_spec_may_say(tmp_path: Path) -> None:
    compiled = [compile_algorithm(text) for text in (SELF_COMPARING, *drawn_specs())]
    named = tuple(replace(algorithm, name=f"drawn-{place}") for place, algorithm in enumerate(compiled))
    for path, text in headers(named, PACKAGE).items():
        place = tmp_path / PACKAGE / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    unit = tmp_path / "all.cpp"
    unit.write_text("".join(f"#include <{PACKAGE}/{one.namespace}.hpp>\n" for one in cpp_names(named)))
    compile_file(["g++", *STANDARD, *WARNINGS, "-fsyntax-only", f"-I{tmp_path}", str(unit)])
