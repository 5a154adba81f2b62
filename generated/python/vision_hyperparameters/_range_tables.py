# Part of every package that `knobsmith generate` writes; do not edit.
"""Tables of ranges as people paste them from web pages: rows of a name, a kind, and a range in words or in numbers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ._job_reading import KINDS, Stated, Text, plain_text
from ._problems import Path

_ROLES = {
    "name": {"name", "parameter", "parametername", "hyperparameter", "hyperparametername", "param", "key"},
    "kind": {"type", "parametertype", "kind"},
    "range": {"range", "ranges", "recommendedrange", "recommendedranges", "validrange", "interval"},
    "low": {"min", "minvalue", "minimum", "low", "lower", "from"},
    "high": {"max", "maxvalue", "maximum", "high", "upper", "to"},
    "values": {"values", "choices", "categories"},
    "scaling": {"scale", "scaling", "scalingtype"},
}
_is_kind = re.compile(r"(integer|continuous|categorical)(?: ?parameter)?(?: ?ranges?)?", re.IGNORECASE).fullmatch
_NUMBER = r"[-+]?\.?[0-9](?:[.,]?[0-9])*(?:[eE][-+]?[0-9]+)?"
_LOW = re.compile(rf"min(?:imum)?[ _-]?(?:value)?\s*[:=]?\s*({_NUMBER}|[^\s,;:=]+)", re.IGNORECASE)
_HIGH = re.compile(rf"max(?:imum)?[ _-]?(?:value)?\s*[:=]?\s*({_NUMBER}|[^\s,;:=]+)", re.IGNORECASE)
_NUMBERS = re.compile(rf"(?<![\w.])({_NUMBER})(?![\w.])")
_BRACKETED = re.compile(r"[(\[]\s*([^,\s]+)\s*[,;]\s*([^,\s]+)\s*[)\]]")
# Pages set their quotes straight or curly, as the language has it.
_QUOTED = re.compile("['‘’\"“”„«]([^'‘’\"“”„«»]*)['‘’\"“”»]")
_Cells = dict[str, tuple[Any, Path, tuple[int, int] | None]]


def ranges_of_table(document: Any) -> tuple[Stated, ...]:
    """The ranges that a document states in any of the forms that people write tables in.

    A list of rows; a map from names to rows; lists by kind, as requests have them; any of these under a heading. A
    row is a map, a list of cells, or a text with `|` between its cells.
    """
    return tuple(_stated(cells, path) for cells, path in _rows(document, (), None) if "name" in cells)


def _rows(found: Any, path: Path, kind: str | None) -> Iterator[tuple[_Cells, Path]]:
    if isinstance(found, Mapping):
        if _is_row(found):
            yield _with_kind(_of_mapping(found, path), kind, path), path
            return
        for key, value in found.items():
            if key == "algorithm":
                continue
            grouped = _is_kind(str(key))
            if isinstance(value, Mapping) and not grouped and _describes_one(value):
                here = (*path, key)
                yield _with_kind(_of_mapping(value, here), kind, path), here
            elif grouped or _holds_rows(value):
                yield from _rows(value, (*path, key), grouped.group(1) if grouped else kind)
            elif value is not None and _says_range(value):
                cells: _Cells = {"name": (key, (*path, key), None), **_cell(value, (*path, key))}
                yield _with_kind(cells, kind, path), (*path, key)
    elif isinstance(found, Sequence) and not isinstance(found, str):
        for place, row in enumerate(found):
            here = (*path, place)
            if isinstance(row, Mapping):
                yield from _rows(row, here, kind)
            elif (cells := _of_cells(row, here)) and "name" in cells:
                yield _with_kind(cells, kind, path), here


def _is_row(found: Mapping[Any, Any]) -> bool:
    """Whether a map is a row: it names something, and says a kind or a range of it."""
    roles = {_role(key) for key in found}
    texts = [value for value in found.values() if isinstance(value, str)]
    return ("name" in roles and len(roles) > 1) or (len(texts) > 1 and any(map(_is_kind, texts)))


def _describes_one(found: Mapping[Any, Any]) -> bool:
    """Whether a map under a name says the kind or the range of what has that name."""
    said = {_role(key) for key, value in found.items() if not _holds_rows(value)}
    return "name" not in said and bool(said & {"kind", "range", "low", "high", "values"})


def _holds_rows(value: Any) -> bool:
    if isinstance(value, Mapping):
        return True
    is_list = isinstance(value, Sequence) and not isinstance(value, str)
    return is_list and any(isinstance(item, Mapping) or _looks_like_cells(item) for item in value)


def _looks_like_cells(item: Any) -> bool:
    return (isinstance(item, str) and "|" in item) or (isinstance(item, Sequence) and not isinstance(item, str))


def _says_range(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, Sequence) and len(value) > 1)


def _with_kind(cells: _Cells, kind: str | None, path: Path) -> _Cells:
    return {**cells, "kind": (kind, path, None)} if kind is not None and "kind" not in cells else cells


def _of_mapping(row: Mapping[Any, Any], path: Path) -> _Cells:
    cells: _Cells = {}
    last = None
    for key, value in row.items():
        text = str(key)
        if value is None and text.isdigit() and last is not None:
            # `{MinValue: 0,5}` is what somebody wrote: for YAML the comma ends the value, and 5 is a key.
            before, place, part = cells[last]
            cells[last] = (f"{plain_text(before)},{text}", place, part)
            continue
        for role, cell in _cell(value, (*path, key), _role(key), "name" in cells).items():
            cells.setdefault(role, cell)
            last = role
    if "name" not in cells and len(path) and isinstance(path[-1], str):
        cells["name"] = (path[-1], path, None)
    return cells


def _of_cells(row: Any, path: Path) -> _Cells:
    cells: _Cells = {}
    if isinstance(row, str):
        for match in re.finditer(r"[^|]+", row):
            text = match.group().strip()
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            for role in _cell(text, path, None, "name" in cells) if text else ():
                cells.setdefault(role, (text, path, (start, start + len(text))))
    elif isinstance(row, Sequence):
        for place, value in enumerate(row):
            for role, cell in _cell(value, (*path, place), None, "name" in cells).items():
                cells.setdefault(role, cell)
    # What has no kind and no range is a heading or a rule between rows.
    return cells if cells.keys() & {"kind", "range", "values", "low"} else {}


def _role(key: Any) -> str | None:
    plain = re.sub(r"[^a-z]", "", str(key).casefold())
    return next((role for role, words in _ROLES.items() if plain in words), None)


def _cell(value: Any, path: Path, role: str | None = None, has_name: bool = True) -> _Cells:
    """What a cell is, by its heading or else by what it holds."""
    if value is None:
        return {}
    if role is None:
        if isinstance(value, str) and _is_kind(value.strip()):
            role = "kind"
        elif not isinstance(value, str) or has_name or _LOW.search(value) or _BRACKETED.search(value):
            role = "range"
        else:
            role = "name"
    return {role: (value, path, None)}


def _stated(cells: _Cells, path: Path) -> Stated:
    name, place, part = cells["name"]
    kind, kind_path, _ = cells.get("kind", (None, path, None))
    match = _is_kind(str(kind).strip()) if kind is not None else None
    known = match.group(1).capitalize() if match else None
    low, high, values = _own(cells, "low"), _own(cells, "high"), _listed(cells.get("values"))
    if "range" in cells and (low, high, values) == (None, None, None):
        low, high, values = _range(*cells["range"], known)
    if known is None and values is not None:
        known = KINDS[2]
    stripped = str(name).strip().strip("`*")
    return Stated(Text(stripped, place, part), known, low, high, values, _own(cells, "scaling"), path, kind_path)


def _own(cells: _Cells, role: str) -> Text | None:
    value, path, part = cells.get(role, (None, (), None))
    text = plain_text(value)
    return None if text is None else Text(text.strip(), path, part)


def _listed(cell: tuple[Any, Path, tuple[int, int] | None] | None) -> tuple[Text, ...] | None:
    if cell is None:
        return None
    value, path, part = cell
    if isinstance(value, str):
        return _words(value, path, part)
    if isinstance(value, Sequence):
        return tuple(Text(plain_text(item) or "", (*path, place)) for place, item in enumerate(value))
    return None


def _words(text: str, path: Path, part: tuple[int, int] | None) -> tuple[Text, ...]:
    quoted = _QUOTED.findall(text)
    found = quoted or [word.strip() for word in text.strip(" []()").split(",")]
    return tuple(Text(word, path, part) for word in found if word)


_Range = tuple[Text | None, Text | None, tuple[Text, ...] | None]


def _range(value: Any, path: Path, part: tuple[int, int] | None, kind: str | None) -> _Range:
    """The ends or the categories that a cell states."""
    if isinstance(value, Mapping):
        cells = _of_mapping(value, path)
        return _own(cells, "low"), _own(cells, "high"), _listed(cells.get("values"))
    if not isinstance(value, str):
        return _of_list(value, path, kind)
    start = part[0] if part is not None else 0
    low, high = _LOW.search(value), _HIGH.search(value)
    if low is not None or high is not None:
        return _found(low, path, start), _found(high, path, start), None
    pair = _BRACKETED.search(value)
    numbers = list(_NUMBERS.finditer(value))
    if kind != "Categorical" and not _QUOTED.search(value):
        if len(numbers) == 2:
            return _found(numbers[0], path, start), _found(numbers[1], path, start), None
        if pair is not None and len(numbers) == 1:
            return _found(pair, path, start), _found(pair, path, start, 2), None
    return None, None, _words(value, path, part)


def _of_list(value: Any, path: Path, kind: str | None) -> _Range:
    items = list(value) if isinstance(value, Sequence) else [value]
    are_numbers = all(isinstance(item, (int, float)) and not isinstance(item, bool) for item in items)
    if kind != "Categorical" and are_numbers and len(items) in (2, 4):
        # Four of them are two with a decimal comma.
        texts = [plain_text(item) or "" for item in items]
        half = len(items) // 2
        ends = ",".join(texts[:half]), ",".join(texts[half:])
        return Text(ends[0], (*path, 0)), Text(ends[1], (*path, half)), None
    return None, None, _listed((items, path, None))


def _found(match: re.Match[str] | None, path: Path, start: int, group: int = 1) -> Text | None:
    if match is None:
        return None
    return Text(match.group(group), path, (start + match.start(group), start + match.end(group)))
