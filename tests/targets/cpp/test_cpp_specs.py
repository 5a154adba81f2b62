"""The worked examples of the language."""

from tests.support.tried_algorithms import worked_examples
from tests.support.verdict_cases import Run, verdict_runs
from tests.support.verdicts import differences
from tests.targets.cpp.building import answer, build, request, run
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
