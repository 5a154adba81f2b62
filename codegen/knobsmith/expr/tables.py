"""The parser of `grammar.lark` without the time it takes to build it.

Building costs a command some 25 ms, reading `grammar.json` 2 ms. The file holds what `Lark.save` saves, as JSON, and
says which lark made it from which grammar; if either is another one, the parser is built as usual, so the file can be
stale but never wrong. `python -m knobsmith.expr.tables` writes it anew.
"""

import hashlib
import json
import pickle
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lark import Lark

_FOLDER = resources.files("knobsmith.expr")
# JSON has only strings for keys; a mapping of numbers becomes this key with a list of pairs.
_PAIRS = "pairs"


def load_parser() -> "Lark":
    """A parser for expressions, from its tables if they fit."""
    from lark import Lark

    tables = json.loads(_FOLDER.joinpath("grammar.json").read_text("utf-8"), object_hook=_with_numbers)
    if tables["made_from"] != made_from():
        return build_parser()
    return Lark.load(BytesIO(pickle.dumps(tables["parser"])))


def build_parser() -> "Lark":
    """A parser for expressions, from their grammar."""
    from lark import Lark

    return Lark(_grammar(), parser="lalr", lexer="basic", maybe_placeholders=False)


def made_from() -> list[str]:
    """The version of lark and the grammar, the latter by its digest."""
    import lark

    return [lark.__version__, hashlib.sha256(_grammar().encode()).hexdigest()]


def tables_of(parser: "Lark") -> str:
    """The text of `grammar.json`."""
    saved = BytesIO()
    parser.save(saved)
    tables = pickle.loads(saved.getvalue())  # noqa: S301 (made on the line above)
    return json.dumps({"made_from": made_from(), "parser": _without_numbers(tables)}, separators=(",", ":")) + "\n"


def _grammar() -> str:
    return _FOLDER.joinpath("grammar.lark").read_text("utf-8")


def _without_numbers(data: Any) -> Any:
    if isinstance(data, dict):
        pairs = [(key, _without_numbers(value)) for key, value in data.items()]
        return dict(pairs) if all(isinstance(key, str) for key, _ in pairs) else {_PAIRS: pairs}
    return [_without_numbers(item) for item in data] if isinstance(data, (list, tuple)) else data


def _with_numbers(data: dict[str, Any]) -> dict[Any, Any]:
    return dict(data[_PAIRS]) if _PAIRS in data else data


if __name__ == "__main__":
    from pathlib import Path

    Path(str(_FOLDER.joinpath("grammar.json"))).write_text(tables_of(build_parser()), "utf-8")
