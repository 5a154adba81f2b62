"""``knobsmith validate``: one verdict for each configuration, in order."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import Command, Done
from tests.support.sample import break_default, edit

FINDING = ["code", "severity", "parameter", "message", "help"]
STATE = ["state", "used", "reason", "value"]
NAMES = ["optimizer", "rate", "momentum", "epochs", "shape", "name"]


def test_a_valid_configuration_is_exit_code_0(run: Command, project: Path) -> None:
    assert run("validate", "tiny", stdin='{"rate": 0.5}') == (0, "tiny: valid\n", "")


def test_an_invalid_one_is_exit_code_1_with_all_findings(run: Command, project: Path) -> None:
    code, out, err = run("validate", "tiny", stdin='{"rate": 5, "epochs": 0, "momentun": 0.5}')
    assert (code, err) == (1, "")
    head, *findings = out.splitlines()
    assert head == "tiny: not valid"
    assert [line.split(":")[0] for line in findings] == ["  error unknown", "  error range", "  error range"]
    assert "did you mean `momentum`?" in findings[0]


def test_a_value_that_is_ignored_is_valid_and_the_reason_is_told(run: Command, project: Path) -> None:
    code, out, _ = run("validate", "tiny", stdin='{"optimizer": "adam", "momentum": 0.5}')
    assert code == 0
    assert out.startswith("tiny: valid\n  warning ignored: ")
    assert "`optimizer` is `adam`; used when it is `sgd`" in out
    assert run("validate", "tiny", stdin='{"optimizer": "adam", "momentum": 5}').code == 1


def test_json_is_exactly_the_published_form(run: Command, project: Path) -> None:
    code, verdict = judged(run("validate", "tiny", "--format", "json", stdin='{"optimizer": "adam", "momentum": 0.5}'))
    assert code == 0
    assert list(verdict) == ["algorithm", "valid", "findings", "parameters"]
    assert (verdict["algorithm"], verdict["valid"]) == ("tiny", True)
    (finding,) = verdict["findings"]
    assert list(finding) == FINDING
    assert (finding["code"], finding["severity"], finding["parameter"]) == ("ignored", "warning", "momentum")
    assert list(verdict["parameters"]) == NAMES
    assert all(list(state) == STATE for state in verdict["parameters"].values())
    assert verdict["parameters"]["momentum"] == {
        "state": "given",
        "used": False,
        "reason": "ignored: `optimizer` is `adam`; used when it is `sgd`",
        "value": 0.5,
    }
    assert verdict["parameters"]["shape"] == {"state": "default", "used": True, "reason": None, "value": [3, 4]}
    assert verdict["parameters"]["name"] == {"state": "unset", "used": True, "reason": None, "value": None}


def test_a_file_is_read_like_standard_input(run: Command, project: Path) -> None:
    text = '{"rate": 2}'
    (project / "config.json").write_text(text, encoding="utf-8")
    assert run("validate", "tiny", "config.json") == run("validate", "tiny", "-", stdin=text)


def test_wire_reads_texts_and_native_does_not(run: Command, project: Path) -> None:
    texts = '{"rate": "0.5", "shape": "1, 2", "epochs": "7"}'
    code, verdict = judged(run("validate", "tiny", "--wire", "--format", "json", stdin=texts))
    assert code == 0
    assert [verdict["parameters"][name]["value"] for name in ("rate", "shape", "epochs")] == [0.5, [1, 2], 7]
    assert run("validate", "tiny", stdin=texts).code == 1
    code, verdict = judged(run("validate", "tiny", "--wire", "--format", "json", stdin='{"rate": 0.5}'))
    assert code == 1
    assert [(f["code"], f["parameter"]) for f in verdict["findings"]] == [("type", "rate")]


@pytest.mark.parametrize("form", [[], ["--wire"]], ids=["native", "wire"])
def test_context_is_read_from_text_in_both_forms(form: list[str], run: Command, project: Path) -> None:
    edit(project, "name: {type: string,", "name: {type: string, required_when: context.workers > 1,")
    command = ["validate", "tiny", *form]
    assert run(*command, stdin="{}").code == 0
    assert run(*command, "--context", "workers=1", stdin="{}").code == 0
    code, out, _ = run(*command, "--context", "workers=2", stdin="{}")
    assert (code, out.splitlines()[1].split(":")[0]) == (1, "  error required")
    for bad, finding in (("workers=0", "error range"), ("workers=two", "error type"), ("worker=2", "error unknown")):
        code, out, _ = run(*command, "--context", bad, stdin="{}")
        assert (code, out.splitlines()[1].split(":")[0].strip()) == (1, finding)


def test_a_context_text_may_hold_an_equals_sign(run: Command, project: Path) -> None:
    edit(project, "  workers: {", "  tag: {type: string, doc: Mark.}\n  workers: {")
    assert run("validate", "tiny", "--context", "tag=a=b", stdin="{}").code == 0


def test_jsonl_is_one_verdict_a_line_in_order_whatever_the_lines_are(run: Command, project: Path) -> None:
    lines = ['{"epochs": 1}', "", '{"epochs": 0}', '{"epochs": ', "[]", '{"epochs": 2, "epochs": 3}', '{"epochs": 4}']
    code, out, err = run("validate", "tiny", "--jsonl", stdin="\n".join(lines))
    verdicts = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (1, "")
    assert [verdict["valid"] for verdict in verdicts] == [True, *[False] * 5, True]
    assert [(verdict["parameters"] or {"epochs": {"value": None}})["epochs"]["value"] for verdict in verdicts] == [
        *(1, None, 0, None, None, None, 4)
    ]
    assert verdicts[1]["findings"][0]["message"] == "<stdin>:2:1: this is not JSON, it is empty"
    assert verdicts[3]["findings"][0]["message"] == "<stdin>:4:11: this is not JSON, it ends before it is complete"


def test_jsonl_of_valid_lines_is_exit_code_0_and_of_none_too(run: Command, project: Path) -> None:
    assert run("validate", "tiny", "--jsonl", stdin='{}\n{"rate": 1}').code == 0
    assert run("validate", "tiny", "--jsonl", stdin="") == (0, "", "")


def test_jsonl_does_not_grow_with_the_number_of_lines(run: Command, project: Path) -> None:
    count = 2_000
    out = run("validate", "tiny", "--jsonl", stdin='{"epochs": 5}\n' * count).out
    assert out.count("\n") == count


@pytest.mark.parametrize(
    ("text", "place", "fact"),
    [
        ("", "<stdin>:1:1", "this is not JSON, it is empty"),
        ('{"rate": 0.5', "<stdin>:1:13", "this is not JSON"),
        ('{\n "rate": .5}', "<stdin>:2:10", "this is not JSON, no value stands here"),
        ("{'rate': 1}", "<stdin>:1:2", "this is not JSON"),
        ('{"rate": 1,}', "<stdin>:1:12", "this is not JSON"),
        ('{"rate": 1} {}', "<stdin>:1:13", "this is not JSON, more follows after its end"),
        ('{"rate": 01}', "<stdin>:1:11", "this is not JSON"),
        ('{"rate": 1, "rate": 1}', "<stdin>:1", 'the key "rate" stands twice'),
        ('{"rate": NaN}', "<stdin>:1", "this is not JSON, `NaN` is no number there"),
        ('{"rate": Infinity}', "<stdin>:1", "this is not JSON, `Infinity` is no number there"),
        ('{"rate": -Infinity}', "<stdin>:1", "this is not JSON, `-Infinity` is no number there"),
        (b'{\n"name": "\xe9"}', "<stdin>:2", "this is not UTF-8"),
        ("[1]", "<stdin>:1", "a configuration is a JSON object, and this is none"),
        ("null", "<stdin>:1", "a configuration is a JSON object, and this is none"),
        ("[" * 100_000, "<stdin>:1", "this is nested too deep"),
        ('{"shape": ' + "[" * 100_000, "<stdin>:1", "this is nested too deep"),
    ],
    ids=range(16),
)
def test_what_is_no_configuration_is_an_invalid_verdict_with_a_place(
    text: str | bytes, place: str, fact: str, run: Command, project: Path
) -> None:
    code, verdict = judged(run("validate", "tiny", "--format", "json", stdin=text))
    (finding,) = verdict["findings"]
    assert code == 1
    assert (finding["code"], finding["severity"], finding["parameter"]) == ("type", "error", None)
    assert finding["message"].startswith(f"{place}: {fact}")
    assert verdict["parameters"] == {}


@pytest.mark.parametrize("depth", [2, 60, 300, 900, 990])
def test_nesting_that_json_can_read_is_judged(depth: int, run: Command, project: Path) -> None:
    for name in ("shape", "name", "nobody"):
        text = f'{{"{name}": {"[" * depth}{"]" * depth}}}'
        code, verdict = judged(run("validate", "tiny", "--format", "json", stdin=text))
        assert code == 1
        assert not verdict["valid"]


@pytest.mark.parametrize("number", ["1e400", "-1e400", "9" * 400, "9" * 5_000, "-" + "9" * 5_000, "0." + "0" * 5_000])
def test_numbers_beyond_doubles_are_no_numbers(number: str, run: Command, project: Path) -> None:
    code, verdict = judged(run("validate", "tiny", "--format", "json", stdin=f'{{"rate": {number}}}'))
    assert code == 1
    assert verdict["findings"][0]["parameter"] == "rate"
    assert " is inf" not in verdict["findings"][0]["message"]
    json.dumps(verdict, allow_nan=False)


@pytest.mark.parametrize("number", ["1e400", "-1e400", "9" * 5_000])
def test_a_number_without_end_is_called_so(number: str, run: Command, project: Path) -> None:
    out = run("validate", "tiny", stdin=f'{{"rate": {number}, "epochs": {number}}}').out
    assert "`rate` must be a number, but is no finite number\n" in out
    assert "`epochs` must be an integer, but is no finite number\n" in out


def test_a_byte_order_mark_is_no_part_of_the_text(run: Command, project: Path) -> None:
    assert run("validate", "tiny", stdin=b'\xef\xbb\xbf{"rate": 0.5}').code == 0


def test_half_a_surrogate_pair_stays_legible(run: Command, project: Path) -> None:
    code, verdict = judged(run("validate", "tiny", "--format", "json", stdin='{"name": "\\ud800", "\\udfff": 1}'))
    assert code == 1
    assert [(f["code"], f["parameter"]) for f in verdict["findings"]] == [("unknown", "\udfff"), ("type", "name")]


def test_what_a_configuration_holds_cannot_steer_the_terminal(run: Command, project: Path) -> None:
    out = run("validate", "tiny", stdin='{"\\u001b[2J": 1, "optimizer": "\\u0007"}').out
    assert "\033" not in out
    assert "\007" not in out


@pytest.mark.parametrize(
    ("file", "reason"),
    [("none.json", "no such file or directory"), ("spec", "is a directory"), ("a\0b", "embedded null byte")],
)
def test_a_file_that_cannot_be_read_is_wrong_usage(file: str, reason: str, run: Command, project: Path) -> None:
    for options in ([], ["--jsonl"], ["--format", "json"]):
        code, out, err = run("validate", "tiny", file, *options)
        assert (code, out) == (2, "")
        assert err.endswith(f": {reason}; name a file with JSON, or `-`\n")
        assert err.count("\n") == 1


def test_an_unknown_algorithm_is_wrong_usage(run: Command, project: Path) -> None:
    assert run("validate", "tini", stdin="{}") == (2, "", "knobsmith: no algorithm `tini`; did you mean `tiny`?\n")


def test_nothing_is_validated_by_a_spec_with_errors(run: Command, project: Path) -> None:
    break_default(project)
    code, out, err = run("validate", "tiny", "--format", "json", stdin="{}")
    assert (code, out) == (1, "")
    assert " error KS101: " in err
    assert err.endswith("1 error; nothing was validated\n")


def judged(done: Done) -> tuple[int, dict[str, Any]]:
    """The exit code and the verdict."""
    assert done.err == ""
    verdict: dict[str, Any] = json.loads(done.out)
    return done.code, verdict
