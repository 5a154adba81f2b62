"""Single values: texts, names, numbers, words."""

import re
from typing import Any, NamedTuple

from knobsmith.load.tree import Mapping, Node, Scalar, Sequence
from knobsmith.model.forms.form import Json, Place, cut, is_rest, refuse_kind, shown
from knobsmith.model.forms.laws import MALFORMED_NAME, WRONG_KIND

NAME = r"[A-Za-z_][A-Za-z0-9_.-]{0,127}"
METRIC_NAME = r"[A-Za-z_][A-Za-z0-9_.:/@-]{0,127}"
_BOOLEANS = {"yes": "true", "no": "false", "on": "true", "off": "false", "true": "true", "false": "false"}


class Text(NamedTuple):
    """Any text."""

    wanted: str = "a text"

    def read(self, node: Node, place: Place) -> str | None:
        """The text; a plain number or boolean is none."""
        match node:
            case Scalar(value=str(text)):
                return text
            case Scalar(value=None):
                refuse_kind(node, place, self.wanted, "write one, or leave the key out")
            case Scalar():
                refuse_kind(node, place, self.wanted, f'put it in quotes: `"{cut(node.text)}"`')
            case _:
                help = f"put a text that holds brackets or `: ` in quotes{_as_text(node)}"
                refuse_kind(node, place, self.wanted, help)
        return None

    def write(self, value: str) -> Any:
        """The text."""
        return value

    def schema(self, defs: Json) -> Json:
        """A string."""
        return {"type": "string"}


def _as_text(node: Node) -> str:
    """How a list that was meant as a text is quoted, where that can be told."""
    if isinstance(node, Sequence) and 0 < len(node.items) < 5 and all(isinstance(i, Scalar) for i in node.items):
        inner = ", ".join(item.text for item in node.items if isinstance(item, Scalar))
        return f': `"[{cut(inner)}]"`'
    if isinstance(node, Mapping) and len(node.entries) < 5 and all(map(is_rest, node.entries)):
        return f': `"{{{cut(", ".join(entry.key.text for entry in node.entries))}}}"`'
    return ""


class Name(NamedTuple):
    """The name of something declared, or a reference to it."""

    pattern: str = NAME
    wanted: str = "a name"

    def read(self, node: Node, place: Place) -> str | None:
        """The name."""
        text = Text(self.wanted).read(node, place)
        if text is None or re.fullmatch(self.pattern, text):
            return text
        refuse_name(node, text, place)
        return None

    def write(self, value: str) -> Any:
        """The name."""
        return value

    def schema(self, defs: Json) -> Json:
        """A string with the pattern of names."""
        return {"type": "string", "pattern": f"^{self.pattern}$"}


def refuse_name(node: Node, text: str, place: Place) -> None:
    """Report a malformed name."""
    if len(text) > 128:
        fact = f"{shown(text)} has {len(text)} characters"
    elif not text:
        fact = "this one is empty"
    elif not re.match(r"[A-Za-z_]", text):
        fact = f"{shown(text)} starts with `{text[0]}`"
    else:
        strange = next((c for c in text if not re.match(r"[A-Za-z0-9_.-]", c)), text[-1])
        fact = (
            f"{shown(text)} holds `{strange}`" if strange.isprintable() else f"{shown(text)} holds U+{ord(strange):04X}"
        )
    place.refuse(MALFORMED_NAME, node.span, fact, "rename it")


class Flag(NamedTuple):
    """A boolean. With ``only_true`` its absence is the only way to say false."""

    only_true: bool = False

    @property
    def wanted(self) -> str:
        """The literals."""
        return "`true`" if self.only_true else "`true` or `false`"

    def read(self, node: Node, place: Place) -> bool | None:
        """The boolean."""
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            if node.value or not self.only_true:
                return node.value
            refuse_kind(node, place, self.wanted, "leave the key out")
            return None
        word = _BOOLEANS.get(node.text.lower()) if isinstance(node, Scalar) else None
        help = f"write `{word}`, without quotes" if word else f"write {self.wanted}"
        refuse_kind(node, place, self.wanted, help)
        return None

    def write(self, value: bool) -> Any:
        """The boolean."""
        return value

    def schema(self, defs: Json) -> Json:
        """A boolean."""
        return {"const": True} if self.only_true else {"type": "boolean"}


class Whole(NamedTuple):
    """An integer from ``least`` on."""

    least: int

    @property
    def wanted(self) -> str:
        """The kind with its bound."""
        return f"a whole number of at least {self.least}"

    def read(self, node: Node, place: Place) -> int | None:
        """The integer; `8.0` is one."""
        value = node.value if isinstance(node, Scalar) else None
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if isinstance(value, (int, float)) and is_number and value >= self.least and value % 1 == 0:
            return int(value)
        refuse_kind(node, place, self.wanted, "write it in digits, without quotes")
        return None

    def write(self, value: int) -> Any:
        """The integer."""
        return value

    def schema(self, defs: Json) -> Json:
        """An integer with its minimum."""
        return {"type": "integer", "minimum": self.least}


class Positive(NamedTuple):
    """A finite number above 0."""

    wanted: str = "a number above 0"

    def read(self, node: Node, place: Place) -> int | float | None:
        """The number."""
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < float("inf"):
            return value
        refuse_kind(node, place, self.wanted, "write it as JSON does, without quotes: `0.5`, `1e-3`")
        return None

    def write(self, value: int | float) -> Any:
        """The number."""
        return value

    def schema(self, defs: Json) -> Json:
        """A number above 0."""
        return {"type": "number", "exclusiveMinimum": 0}


class Word(NamedTuple):
    """One of a few words."""

    words: tuple[str, ...]

    @property
    def wanted(self) -> str:
        """The words."""
        *most, last = [f"`{word}`" for word in self.words]
        return f"{', '.join(most)} or {last}" if most else last

    def read(self, node: Node, place: Place) -> str | None:
        """The word."""
        if isinstance(node, Scalar) and node.value in self.words:
            return node.text
        help = place.nearest(node.text, self.words) if isinstance(node, Scalar) else f"write {self.wanted}"
        refuse_kind(node, place, self.wanted, help)
        return None

    def write(self, value: str) -> Any:
        """The word."""
        return value

    def schema(self, defs: Json) -> Json:
        """An enumeration."""
        return {"enum": list(self.words)}


class Exactly(NamedTuple):
    """One number and no other."""

    value: int

    @property
    def wanted(self) -> str:
        """The number."""
        return f"`{self.value}`"

    def read(self, node: Node, place: Place) -> int | None:
        """The number."""
        if isinstance(node, Scalar) and type(node.value) is int and node.value == self.value:
            return self.value
        refuse_kind(node, place, self.wanted, f"write `{self.value}`")
        return None

    def write(self, value: int) -> Any:
        """The number."""
        return value

    def schema(self, defs: Json) -> Json:
        """A constant."""
        return {"const": self.value}


class Member(NamedTuple):
    """A member of a family: any single value, by its characters."""

    wanted: str = "a single value"

    def read(self, node: Node, place: Place) -> str | None:
        """The characters."""
        if isinstance(node, Scalar) and node.value is not None and node.text:
            return node.text
        place.refuse(WRONG_KIND, node.span, f"{self.wanted} is wanted", "list what takes the place of the placeholder")
        return None

    def write(self, value: str) -> Any:
        """The characters."""
        return value

    def schema(self, defs: Json) -> Json:
        """A scalar."""
        return {"type": ["string", "number", "boolean"]}
