"""Configurations of an algorithm, from its published JSON: what is valid, what is nearly valid, what is not at all.

``native_points`` and ``wire_points`` list what decides: every end of every range with its neighbours, every choice,
word and number of a condition, and slips of each. The strategies mix these, so that conditions meet on both sides.
"""

import math
from typing import Any

from hypothesis import strategies as st

from tests.independent.domains import broken_facts
from tests.independent.numbers import LARGEST, print_number
from tests.independent.reading import UnreadableError, read_native, read_wire, without_aliases
from tests.support.literals import literals_of

Json = Any

# What no parameter takes, or only one type does.
WRONG_TYPES: tuple[Json, ...] = (
    None,
    True,
    "",
    "7",
    7,
    0.5,
    [],
    [1],
    ["a"],
    [[]],
    {},
    {"value": 1},
    math.nan,
    math.inf,
    -math.inf,
    "\ud800",
)
LIMITS: tuple[int | float, ...] = (
    *(0, -0.0, 1, -1, LARGEST, -LARGEST, LARGEST + 1, -LARGEST - 1, float(LARGEST), 1e15, 1e16, 10**20, 10**400),
    *(1e21, 1e-6, 1e-7, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308),
)
FOREIGN_TEXTS = (
    *("", " ", "+1", "01", "-01", "1.", ".5", "-.5", "1_000", "1,000", "0,5", " 1", "1 ", "1\n", "0x20", "1e400"),
    *("1e-400", "-1e-400", "-0", "-0.0", "1e2", "1E+2", "32.0", "nan", "NaN", "inf", "Infinity", "-Infinity", "３２"),
    *("true", "True", "TRUE", "false", "False", "0", "1", "yes", "null", "None", "9007199254740992", "1" * 65),
    *(
        "٣",
        "٣٫٥",
        "\u22121",
        "\u00a01",
        "\ufeff1",
        "1\0",
        "0x10",
        "0b1",
        "1e5",
        "1e05",
        "1e+",
        "00",
        "0e0",
        "-0e-5",
        "--1",
    ),
    *("1e-99999999999999999999", "1e99999999999999999999", "0e99999999999999999999", "1f", "1L", "1e5.5", "∞", "½"),
    *(
        "[]",
        "()",
        "[1,2]",
        "[1, 2]",
        "(1, 2)",
        "(1,2,)",
        "1,2",
        "1 2",
        "1, 2",
        "1  2",
        "1,,2",
        "[1,2",
        "[NaN]",
        "[[1]]",
    ),
    *("[1e400]", "[1.0]", '["a"]', '["\\ud800"]', "[null]", "[01]", "[1,]", "{}", "[true]", "a", "a,b", "( )", "(1"),
)


def near_numbers(value: int | float) -> list[int | float]:
    """A number with its neighbours: one above, one below, one ulp above, one below."""
    exact = float(value)
    near = [value, value - 1, value + 1, math.nextafter(exact, math.inf), math.nextafter(exact, -math.inf)]
    return [one for one in near if math.isfinite(one)]


def near_texts(text: str) -> list[str]:
    """A text with slips of it: case, blanks, a letter less or more, other separators."""
    slips = [text.upper(), text.lower(), text.capitalize(), text + " ", " " + text, text[:-1], text[1:], text + "s"]
    slips += [text.replace("-", "_"), text.replace("_", "-"), text + "\n", f'"{text}"']
    return list(dict.fromkeys([text, *slips]))


def values_of(domain: Json) -> list[Json]:
    """What a domain names: its choices and their aliases, words, special numbers, ends of ranges."""
    choices = domain["values"] or []
    found = [choice["value"] for choice in choices] + [alias for choice in choices for alias in choice["aliases"]]
    for special in domain["special"]:
        found += [special[key] for key in ("word", "value") if special[key] is not None]
        found += _ends({"intervals": [special["interval"]]} if special["interval"] else None)
    found += _ends(domain["range"])
    if domain["multiple_of"] is not None:
        found += [domain["multiple_of"], 3 * domain["multiple_of"]]
    return found


def _ends(range_: Json | None) -> list[int | float]:
    intervals = range_["intervals"] if range_ else []
    ends = [interval[side]["value"] for interval in intervals for side in ("lower", "upper")]
    return [end for end in ends if end is not None]


def _domains(entry: Json) -> list[Json]:
    return [entry["domain"], *(case["domain"] for case in entry.get("cases", []) if case["domain"] is not None)]


def _stated(entry: Json) -> list[Json]:
    """Values that the entry states beside its domains: defaults, advice, examples, tuning."""
    facts = [entry, *entry.get("cases", [])]
    found = (
        [entry["default"]] if "cases" not in entry else [fact["default"] and fact["default"]["value"] for fact in facts]
    )
    for fact in facts:
        for key in ("recommended", "tuning"):
            stated = fact.get(key)
            found += [*(stated["values"] or []), *_ends(stated["range"])] if stated else []
    return [value for value in [*found, *entry.get("examples", [])] if value is not None]


def native_points(algorithm: Json, entry: Json) -> list[Json]:
    """All that decides over a parameter or a fact of the job, in native form."""
    kind = entry["domain"]["kind"]
    named = [value for domain in _domains(entry) for value in values_of(domain)] + _stated(entry)
    named += [one for one in literals_of(algorithm) if _fits(kind, one)]
    points: list[Json] = []
    for value in named:
        if isinstance(value, bool):
            points += [value, not value, int(value)]
        elif isinstance(value, (int, float)):
            points += near_numbers(value)
        elif isinstance(value, str):
            points += near_texts(value)
        else:
            points.append(value)
    if kind in ("integer", "number"):
        points += LIMITS
    if kind == "list":
        points += _rows(algorithm, entry, [point for point in points if isinstance(point, list)])
    return _distinct([*points, *WRONG_TYPES])


def _fits(kind: str, literal: Json) -> bool:
    if kind in ("integer", "number"):
        return isinstance(literal, (int, float)) and not isinstance(literal, bool)
    return kind == "string" and isinstance(literal, str)


def _rows(algorithm: Json, entry: Json, stated: list[Json]) -> list[Json]:
    """Lists around the stated ones and around the lengths that decide, of items that decide."""
    domain = entry["domain"]
    items = native_points(algorithm, {"domain": domain["items"], "default": None})
    lengths = {0, 1, 2, len(domain["fields"])}
    for one in _domains(entry):
        near = [int(end) + by for end in _ends(one["length"]) for by in (-1, 0, 1)]
        lengths |= {length for length in near if 0 <= length <= 20}
    rows: list[Json] = [[item] for item in items]
    for length in sorted(lengths):
        rows += [[(items * 20)[offset + index] for index in range(length)] for offset in (0, 1, len(items) // 2)]
        rows.append(list(range(1, length + 1)))
    for row in stated:
        rows += [row, row[::-1], row + row[-1:], row[:-1]]
        rows += [[*row[:at], other, *row[at + 1 :]] for at in range(len(row)) for other in items[:12]]
    return rows


def _distinct(values: list[Json]) -> list[Json]:
    return list({repr(value): value for value in values}.values())


def wire_points(algorithm: Json, entry: Json) -> list[str]:
    """All that decides, as text: the native points in every form that somebody might write them."""
    texts = [text for value in native_points(algorithm, entry) for text in _spellings(entry["wire"], value)]
    if isinstance(entry["wire"], dict):
        texts += near_texts(entry["wire"]["true"]) + near_texts(entry["wire"]["false"])
    return list(dict.fromkeys([*texts, *FOREIGN_TEXTS]))


def _spellings(wire: Json, value: Json) -> list[str]:
    if isinstance(value, bool):
        return [str(value), str(value).lower()]
    if isinstance(value, str):
        return [value]
    if isinstance(value, (int, float)):
        return _number_spellings(value)
    if not isinstance(value, list):
        return []
    items = [(_spellings(None, item) or ["null"])[0] for item in value]
    joined = [",".join(items), " ".join(items), f"({', '.join(items)})", f"[{','.join(items)}]"]
    order = {"comma": 0, "space": 1, "tuple": 2}.get(wire if isinstance(wire, str) else "", 3)
    return [joined[order], ", ".join(items), f"[{', '.join(map(_quoted, value, items))}]", *joined]


def _quoted(item: Json, text: str) -> str:
    return f'"{text}"' if isinstance(item, str) else text.lower() if isinstance(item, bool) else text


def _number_spellings(value: int | float) -> list[str]:
    if isinstance(value, int):
        return [str(value), f"{value}.0", f"{value}e0"]
    return [print_number(value), repr(value)] if math.isfinite(value) else [repr(value)]


def configs(algorithm: Json, form: str) -> st.SearchStrategy[tuple[dict[str, Json], dict[str, Json]]]:
    """Configurations with their contexts.

    Most values are of their domains, so that conditions, cases and rules come into play; one or two may be beside
    theirs, or anything.
    A parameter goes by its name, now and then by an alias or by both, and seldom a name is one that nobody knows.
    """
    points = {entry["name"]: points_of(algorithm, entry, form) for entry in algorithm["parameters"]}
    good = {entry["name"]: good_points(entry, points[entry["name"]], form) for entry in algorithm["parameters"]}
    beside = [(entry["name"], points_beside(entry, points[entry["name"]], form)) for entry in algorithm["parameters"]]
    aliases = {alias: entry["name"] for entry in algorithm["parameters"] for alias in entry["aliases"]}
    slips = [slip for name in [*points, *aliases] for slip in near_texts(name) if slip not in {**points, **aliases}]
    anything = [*points.items(), *((alias, points[name]) for alias, name in aliases.items())]
    config = st.one_of(
        *[_all_of(good)] * 4,
        *[st.builds(_merged, _all_of(good), _few(anything))] * 2,
        *[st.builds(_merged, _all_of(good), _few([pair for pair in beside if pair[1]]))] * 2,
        st.builds(_merged, _all_of(good), _few([(alias, good[name]) for alias, name in aliases.items()])),
        st.builds(_merged, _all_of(good), _few([(slip, ["1"]) for slip in slips])),
    )
    return st.tuples(config, _contexts(algorithm, form))


def _contexts(algorithm: Json, form: str) -> st.SearchStrategy[dict[str, Json]]:
    points = {entry["name"]: points_of(algorithm, entry, form) for entry in algorithm["context"]}
    good = {entry["name"]: good_points(entry, points[entry["name"]], form) for entry in algorithm["context"]}
    slips = [(f"{name}_", ["1"]) for name in ["version", *points]]
    return st.one_of(
        *[_all_of(good)] * 5,
        st.builds(_merged, _all_of(good), _few(list(points.items()))),
        st.builds(_merged, _all_of(good), _few(slips)),
    )


def points_of(algorithm: Json, entry: Json, form: str) -> list[Json]:
    """All that decides over a parameter or a fact of the job, in one of the forms."""
    return [*wire_points(algorithm, entry)] if form == "wire" else native_points(algorithm, entry)


def good_points(entry: Json, points: list[Json], form: str) -> list[Json]:
    """The points that are in the domain, of which there is one at least; those of its cases count twice."""
    good = [point for point in points if _is_in(entry["domain"], entry["wire"], point, form)]
    narrow = [point for one in _domains(entry)[1:] for point in good if _is_in(one, entry["wire"], point, form)]
    return [*good, *narrow] or points


def points_beside(entry: Json, points: list[Json], form: str) -> list[Json]:
    """The points that are of the type and not in the domain."""
    return [point for point in points if _is_in(entry["domain"], entry["wire"], point, form) is False]


def _is_in(domain: Json, wire: Json, point: Json, form: str) -> bool | None:
    """Whether a point is in a domain; None if it is not even of its type."""
    try:
        value = read_wire(domain, wire, point) if form == "wire" else read_native(domain, point)
    except UnreadableError:
        return None
    return not broken_facts(domain, without_aliases(domain, value))


def _all_of(values: dict[str, list[Json]]) -> st.SearchStrategy[dict[str, Json]]:
    """Some of the names, each with one of its values."""
    return st.fixed_dictionaries({}, optional={name: st.sampled_from(points) for name, points in values.items()})


def _few(pairs: list[tuple[str, list[Json]]]) -> st.SearchStrategy[dict[str, Json]]:
    """One or two names, each with one of its values; none if there are none."""
    if not pairs:
        return st.just({})
    one = st.sampled_from(pairs).flatmap(lambda pair: st.tuples(st.just(pair[0]), st.sampled_from(pair[1])))
    return st.lists(one, min_size=1, max_size=2).map(dict)


def _merged(config: dict[str, Json], other: dict[str, Json]) -> dict[str, Json]:
    return {**config, **other}
