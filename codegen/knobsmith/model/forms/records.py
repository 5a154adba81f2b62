"""Maps with keys that the language knows: each key is declared once, with its form and its meaning."""

from collections.abc import Callable, Iterable
from collections.abc import Mapping as Mapped
from difflib import get_close_matches
from itertools import islice, takewhile
from types import MappingProxyType
from typing import Any, Generic, NamedTuple

from knobsmith.load.tree import Entry, Mapping, Node, Scalar
from knobsmith.model.forms.form import Form, Json, Place, T, cut, is_null, is_rest, refuse_kind, shown
from knobsmith.model.forms.form import Pairs as Data
from knobsmith.model.forms.laws import MISSING_KEY, REMOVES_NOTHING, UNKNOWN_KEY
from knobsmith.model.forms.scalars import Text
from knobsmith.records import Record, fields

# Unknown keys beyond as many are not compared with those that are missing.
_PATIENCE = 100
_NO_PARTS: Mapped[str, Callable[..., Any]] = MappingProxyType({})
Check = Callable[[Any, Mapping, Place], bool]


class Key(NamedTuple):
    """One key of a record.

    Attributes:
        name: As authors write it.
        form: What it holds.
        meaning: One sentence, for editors and for the reference.
        example: A value as it may stand in a file.
        required: Whether a record without it has no meaning.
        attribute: Where the value goes, if not to an attribute of the key's name; `domain.range` goes into a part.
        takes_null: Whether `null` is a value here.
    """

    name: str
    form: Form[Any]
    meaning: str
    example: Any = None
    required: bool = False
    attribute: str = ""
    takes_null: bool = False

    @property
    def target(self) -> str:
        """Where the value goes."""
        return self.attribute or self.name


class RecordOf(NamedTuple, Generic[T]):
    """A map with known keys, read into ``record``.

    Attributes:
        record: The class of what is read.
        keys: All keys, in the order in which they are best written.
        title: What the record is, for editors; also the name of its schema.
        parts: Classes of the records inside, by the first step of an attribute such as `domain.range`.
        checks: What must hold between keys; each returns whether it does, and reports if not.
    """

    record: Callable[..., T]
    keys: tuple[Key, ...]
    title: str
    parts: Mapped[str, Callable[..., Any]] = _NO_PARTS
    checks: tuple[Check, ...] = ()

    @property
    def wanted(self) -> str:
        """A map with its first keys."""
        return "a map"

    def read(self, node: Node, place: Place) -> T | None:
        """The record; None if anything in it is wrong, all of which is reported."""
        return self.read_with(node, place, {})

    def read_with(self, node: Node, place: Place, given: dict[str, Any]) -> T | None:
        """The record, with attributes that do not stand in the map."""
        if not isinstance(node, Mapping):
            refuse_kind(node, place, self.wanted, f"write a map with {_some(self.keys)}")
            return None
        values: dict[str, Any] = dict(given)
        is_whole = self._read_entries(node, place, values)
        if not place.partial:
            is_whole &= self._has_required(node, place)
        if not is_whole or any(key.required and key.target not in values for key in self.keys):
            return None
        whole = self._build(values)
        held = [check(whole, node, place) for check in self.checks]
        return whole if all(held) else None

    def write(self, value: Any) -> Any:
        """The pairs of what differs from saying nothing."""
        pairs = []
        for key in self.keys:
            found = _follow(value, key.target)
            if found is not _ABSENT:
                pairs.append((key.name, key.form.write(found)))
        return Data(pairs)

    def schema(self, defs: Json) -> Json:
        """A reference; the object stands among the shared definitions."""
        name = self.title.lower().replace(" ", "-")
        if name not in defs:
            defs[name] = {}
            defs[name] = self.inline_schema(defs, is_entry=True)
        return {"$ref": f"#/$defs/{name}"}

    def with_key(self, key: Key) -> "RecordOf[T]":
        """The same record with one more key."""
        return self._replace(keys=(*self.keys, key))

    def inline_schema(self, defs: Json, is_entry: bool = False) -> Json:
        """The object itself; in an entry `null` may remove what is inherited."""
        required = [key.name for key in self.keys if key.required]
        return {
            "title": self.title,
            "type": "object",
            "properties": {key.name: key_schema(key, defs, is_entry) for key in self.keys},
            **({"required": required} if required else {}),
            "additionalProperties": False,
        }

    def _read_entries(self, node: Mapping, place: Place, values: dict[str, Any]) -> bool:
        known = {key.name: key for key in self.keys}
        is_whole = True
        waiting = iter(enumerate(node.entries))
        for index, entry in waiting:
            key = known.get(entry.key.text)
            if key is not None:
                is_whole = _read_key(key, entry, place, values) and is_whole
            elif place.partial and entry.key.text == "use":
                is_whole = Text("FILE/NAME").read(entry.value, place.inside("use")) is not None and is_whole
            else:
                is_whole = False
                rests = _rests(node.entries, index)
                self._refuse_unknown(node.entries, index, rests, place)
                for _ in rests[1:]:
                    next(waiting)
        return is_whole

    def _has_required(self, node: Mapping, place: Place) -> bool:
        missing = [key for key in self.keys if key.required and node.entry(key.name) is None]
        if missing:
            # A key that is only misspelt is reported as unknown, not as missing too.
            names = {key.name for key in self.keys}
            unknown = [entry.key.text for entry in node.entries[:_PATIENCE] if entry.key.text not in names]
            missing = [key for key in missing if not get_close_matches(key.name, unknown, 1)]
        for key in missing:
            example = f", as in `{key.name}: {key.example}`" if key.example is not None else ""
            place.refuse(MISSING_KEY, node.span, f"`{key.name}` is missing", f"state it{example}")
        return not missing

    def _refuse_unknown(self, entries: tuple[Entry, ...], index: int, rests: list[str], place: Place) -> None:
        entry = entries[index]
        if rests:
            before = entries[index - 1]
            text = ", ".join([before.value.text if isinstance(before.value, Scalar) else "", *rests])
            help = f'a text with `,` inside braces needs quotes: `{before.key.text}: "{cut(text, 80)}"`'
        else:
            help = place.nearest(entry.key.text, (key.name for key in self.keys))
        fact = f"{shown(entry.key.text)} is not"
        place.inside(entry.key.text).refuse(UNKNOWN_KEY, entry.key.span, fact, help)

    def _build(self, values: dict[str, Any]) -> T:
        whole: dict[str, Any] = {}
        inner: dict[str, dict[str, Any]] = {}
        for target, value in values.items():
            part, dot, attribute = target.partition(".")
            if dot:
                inner.setdefault(part, {})[attribute] = value
            else:
                whole[target] = value
        for part, found in inner.items():
            whole[part] = self.parts[part](**found)
        return self.record(**whole)


_ABSENT = object()


def _follow(record: Any, target: str) -> Any:
    """The attribute of a record; nothing if it has its default, or if the part that holds it is missing."""
    part, dot, attribute = target.partition(".")
    if dot:
        inner = getattr(record, part)
        return _ABSENT if inner is None else _follow(inner, attribute)
    value = getattr(record, part)
    default = fields(type(record)).get(part, _ABSENT) if isinstance(record, Record) else _ABSENT
    return _ABSENT if value is default or (type(value) is type(default) and value == default) else value


def _removed(entry: Entry, place: Place) -> bool:
    """A key whose value is `null`: fine in a fragment, a slip elsewhere."""
    if place.partial:
        return True
    is_empty = isinstance(entry.value, Scalar) and not entry.value.text
    fact = "here nothing stands behind the key" if is_empty else "nothing is inherited here"
    place.refuse(REMOVES_NOTHING, entry.value.span, fact, "write a value, or leave the key out")
    return False


def _read_key(key: Key, entry: Entry, place: Place, values: dict[str, Any]) -> bool:
    """Read the value of a known key into ``values``."""
    if is_null(entry.value) and not key.takes_null:
        return _removed(entry, place.inside(key.name))
    value = key.form.read(entry.value, place.inside(key.name))
    if value is None:
        return False
    values[key.target] = value
    return True


def _rests(entries: tuple[Entry, ...], index: int) -> list[str]:
    """The keys from here on that are the rest of a text which a comma cut: `{doc: Width, in pixels}` has one."""
    before = entries[index - 1].value if index else None
    if not isinstance(before, Scalar) or not isinstance(before.value, str) or before.quoted:
        return []
    return [entry.key.text for entry in takewhile(is_rest, islice(entries, index, None))]


def key_schema(key: Key, defs: Json, is_entry: bool = False) -> Json:
    """The form of a key with what an editor shows beside it."""
    schema = key.form.schema(defs)
    if is_entry and not key.required:
        schema = _or_null(schema)
    return {**schema, "description": key.meaning, **({} if key.example is None else {"examples": [key.example]})}


def _or_null(schema: Json) -> Json:
    kinds = schema.get("type")
    if kinds is not None and "enum" not in schema and "const" not in schema:
        return {**schema, "type": [*([kinds] if isinstance(kinds, str) else kinds), "null"]}
    return {"anyOf": [*(schema["anyOf"] if set(schema) == {"anyOf"} else [schema]), {"type": "null"}]}


def _some(keys: Iterable[Key]) -> str:
    names = [f"`{key.name}`" for key in keys]
    return ", ".join(names[:4]) + (", ..." if len(names) > 4 else "")
