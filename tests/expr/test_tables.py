"""The tables in `grammar.json` are those of `grammar.lark`, and what does not fit is not used."""

import json
from pathlib import Path

import lark
import pytest
from hypothesis import given
from knobsmith.expr import parse, print_expr, tables
from knobsmith.expr.syntax import Expr
from lark.exceptions import UnexpectedInput

from tests.strategies_expr import trees

FILE = Path(tables.__file__).with_name("grammar.json")
LOADED, BUILT = tables.load_parser(), tables.build_parser()


def test_tables_were_made_from_this_grammar() -> None:
    made_from = json.loads(FILE.read_text("utf-8"))["made_from"]
    assert made_from[1] == tables.made_from()[1], "run python -m knobsmith.expr.tables"


def test_tables_of_another_lark_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> lark.Lark:
        raise AssertionError("loaded tables that do not fit")

    monkeypatch.setattr(lark.Lark, "load", refuse)
    monkeypatch.setattr(lark, "__version__", "0")
    assert tables.load_parser().parse("a") == BUILT.parse("a")


def test_tables_survive_being_written_and_read() -> None:
    once = tables.tables_of(BUILT)
    assert json.loads(once)["parser"].keys() == {"data", "memo"}
    assert tables.tables_of(LOADED).count("pairs") == once.count("pairs")


@given(trees())
def test_loaded_parser_reads_as_the_built_one_does(expr: Expr) -> None:
    text = print_expr(expr)
    assert LOADED.parse(text) == BUILT.parse(text)
    assert parse(text) == expr


@pytest.mark.parametrize("text", ["a b", "a &", "(", "1 < 2 < 3", '"a'])
def test_loaded_parser_refuses_as_the_built_one_does(text: str) -> None:
    def refusal(parser: lark.Lark) -> tuple[type, object]:
        with pytest.raises(UnexpectedInput) as caught:
            parser.parse(text)
        return type(caught.value), caught.value.pos_in_stream

    assert refusal(LOADED) == refusal(BUILT)
