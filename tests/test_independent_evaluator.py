"""The parts of the independent evaluator, against tables that nobody here computed, and against the page's own lines.

Its verdicts as a whole are tested by the worked examples, which were written before it.
"""

import ast
import struct
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.independent.domains import broken_facts
from tests.independent.evaluating import evaluate
from tests.independent.numbers import integer_of_text, number_of_text, print_number
from tests.independent.parsing import context_read, parameters_read, parse
from tests.independent.regexes import is_found
from tests.independent.values import Outcome, Result, Row, Value, Word
from tests.support.hand_built import domain, interval

NOTHING, UNKNOWN = Outcome.NOTHING, Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("bits", "text"),
    [
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("8000000000000001", "-5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("c340000000000000", "-9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af5", "9.999999999999997e+22"),
        ("44b52d02c7e14af6", "1e+23"),
        ("44b52d02c7e14af7", "1.0000000000000001e+23"),
        ("444b1ae4d6e2ef4e", "999999999999999700000"),
        ("444b1ae4d6e2ef4f", "999999999999999900000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("41b3de4355555553", "333333333.3333332"),
        ("41b3de4355555554", "333333333.33333325"),
        ("41b3de4355555557", "333333333.33333343"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
        ("43143ff3c1cb0959", "1424953923781206.2"),
    ],
)
def test_numbers_are_printed_as_in_the_appendix_of_rfc_8785(bits: str, text: str) -> None:
    (value,) = struct.unpack(">d", bytes.fromhex(bits))
    assert print_number(value) == text


@pytest.mark.parametrize(
    ("text", "as_integer", "as_number"),
    [
        ("32", 32, 32.0),
        ("-0", 0, 0.0),
        ("32.0", None, 32.0),
        ("1e2", None, 100.0),
        *((text, None, None) for text in ("+32", "032", ".5", "5.", "1_000", "1,000", "0,5", " 32 ", "", "0x20")),
        *((text, None, None) for text in ("nan", "inf", "３２", "32\n", "-", "1e", "--1", "1e400")),
        ("9007199254740991", 9007199254740991, 9007199254740991.0),
        ("9007199254740992", None, 9007199254740992.0),
        ("1e-400", None, 0.0),
        ("1" + "0" * 63, None, 1e63),
        ("1" + "0" * 64, None, None),
    ],
)
def test_texts_are_read_as_the_table_says(text: str, as_integer: int | None, as_number: float | None) -> None:
    assert (integer_of_text(text), number_of_text(text)) == (as_integer, as_number)


class Names:
    """A world where ``one`` is 1, ``half`` is 0.5, ``word`` a word, ``row`` a list, ``shape`` one with fields."""

    values: dict[str, Result] = {
        "one": 1,
        "half": 0.5,
        "yes": True,
        "word": Word("auto"),
        "row": Row((1, 2, 3)),
        "words": Row((1, Word("auto"))),
        "empty": Row(()),
        "shape": Row((3, 224), ("channels", "height")),
        "text": "warm_up",
        "unset": NOTHING,
        "failed": UNKNOWN,
        "drop-rate": 0.25,
    }

    def value_of(self, name: str) -> Result:
        return self.values[name]

    def has(self, name: str) -> bool | Outcome:
        value = self.values[name]
        return UNKNOWN if value is UNKNOWN else value is not NOTHING

    def context_value(self, name: str) -> Result:
        return 4 if name == "nodes" else UNKNOWN

    def has_context(self, name: str) -> bool:
        return name == "nodes"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("1 + 2 * 3 == 7 && !(2 * 3 + 1 != 7)", True),
        ("10 - 4 - 3", 3),
        ("-one * 2", -2),
        ("7 % 4 * 2", 6),
        ("yes || failed && unset", True),
        ("half / 0", NOTHING),
        ("one + half", 1.5),
        ("0.1 + 0.2 == 0.3", False),
        ("9007199254740991 + one", NOTHING),
        ("1e308 * 10.0", NOTHING),
        ("unset + failed", UNKNOWN),
        ("unset > 1 && failed", UNKNOWN),
        ("unset > 1 && one > 1", False),
        ("word > 1", NOTHING),
        ('word == "auto" && word != 3', True),
        ("!word", NOTHING),
        ("word && one == 2", False),
        ("has(unset) || has(context.memory)", False),
        ("has(failed)", UNKNOWN),
        ("context.nodes > 3", True),
        ("context.memory > 3", UNKNOWN),
        ("row[2] + shape.height", 227),
        ("row[3]", NOTHING),
        ("row[-1]", NOTHING),
        ("size(text) + size(row)", 10),
        ("min(one, half, 3)", 0.5),
        ("max(one, 3)", 3),
        ('text.matches("^warm_")', True),
        ("row.all(r, r <= 3) && row.exists(one, one == 3)", True),
        ("words.all(w, w > 0)", NOTHING),
        ("words.all(w, w > 1)", False),
        ("empty.all(w, failed)", True),
        ("empty.exists(w, failed)", False),
        ("2 in row && 2 in [one, 2]", True),
        ("2 in [2, unset]", NOTHING),
        ("row == [1, 2, 3]", True),
        ("row == [1.0, 2, 3]", True),
        ("`drop-rate` < 1", True),
        (r"""'it\'s "so"' == "it's \"so\"" """, True),
        (r'"\u00e9\ud83d\ude00\n" == "é😀\n"', True),
    ],
)
def test_expressions_mean_what_section_6_says(text: str, outcome: Result) -> None:
    found = evaluate(parse(text), Names(), {})
    assert (type(found), found) == (type(outcome), outcome)


def test_what_a_rule_reads_is_listed_in_the_order_written() -> None:
    tree = parse("b > 1 && has(a) || c.all(x, x < d) && context.k > b")
    assert parameters_read(tree) == ["b", "a", "c", "d", "b"]
    assert context_read(tree) == ["k"]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("^a$", "a\n", False),
        ("a.c", "a\rc", True),
        ("a.c", "a\nc", False),
        (r"\d", "٣", False),
        (r"^\w+$", "é", False),
        ("[[&~|]x", "&x", True),
        (r"[$.]\$", "z$", False),
        (r"[$.]\.", "$.", True),
        ("x{2}", "axxa", True),
    ],
)
def test_patterns_mean_the_same_as_in_other_languages(pattern: str, text: str, found: bool) -> None:
    assert is_found(pattern, text) is found


EPOCHS = domain("integer", range=[interval(1, 10, "[)"), interval(20, 20, "[]")], multiple_of=2)
STEPS = domain("list", items=EPOCHS, length=[interval(1, 3, "[]")], unique=True, increasing=True)
CLIP = domain(
    "number", range=[interval(0, None, "()")], special=[{"word": "off"}, {"interval": interval(-2, -1, "[]")}]
)


@pytest.mark.parametrize(
    ("facts", "value", "broken"),
    [
        (EPOCHS, 4, []),
        (EPOCHS, 20, []),
        (EPOCHS, 10, ["range"]),
        (EPOCHS, 7, ["multiple_of"]),
        (EPOCHS, 11, ["range", "multiple_of"]),
        (STEPS, Row((2, 4, 20)), []),
        (STEPS, Row((4, 2, 2, 3)), ["length", "items", "unique", "increasing"]),
        (STEPS, Row(()), ["length"]),
        (CLIP, Word("off"), []),
        (CLIP, -1.5, []),
        (CLIP, -0.5, ["range"]),
        (CLIP, 0.0, ["range"]),
        (domain("string", values=["a", "b"]), "A", ["values"]),
        (domain("string", values=["a", "b"], open=True), "A", []),
        (domain("string", pattern="^[a-z]+$", length=[interval(2, None, "[)")]), "é", ["pattern", "length"]),
    ],
)
def test_each_broken_fact_is_found_in_the_order_of_the_page(facts: Any, value: Value, broken: list[str]) -> None:
    assert broken_facts(facts, value) == broken


def test_nothing_is_shared_with_the_compiler_or_with_what_it_generates() -> None:
    files = sorted((Path(__file__).parent / "independent").glob("*.py"))
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    imports = [node for tree in trees for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    modules = {
        name
        for node in imports
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
    }
    allowed = sys.stdlib_module_names | {"tests"}
    assert {name for name in modules if name is not None and name.split(".")[0] not in allowed} == set()
    assert {
        name for name in modules if name and name.startswith("tests") and not name.startswith("tests.independent")
    } == set()
