"""The specs of this repository, damaged anywhere: never a crash, and every finding in a file of the project."""

import re

from hypothesis import given, note, settings
from hypothesis import strategies as st
from knobsmith.diagnostics import Severity
from knobsmith.targets.registry import BUILT_IN, load_target, render

from tests.resolve.specs import assert_places_are_in_their_files, compiled, real_texts

SCALAR = re.compile(r'"[^"\n]*"|[^\s{}\[\],:#"]+')
# Characters that mean something to YAML, to ranges, to expressions or to nobody.
INSERTED = [*"{}[](),:|#'\"`!&*<>=-+.%?~\\/019aé😀\t ", "\n", "\n  ", ": ", "inf", "null", "true", "&&", "use: "]


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """A text with a few lines or words changed."""
    for _ in range(draw(st.integers(1, 3))):
        way = draw(st.sampled_from([lines_changed, words_swapped, inserted]))
        text = draw(way(text))
    return text


def lines_changed(text: str) -> st.SearchStrategy[str]:
    """A line is missing, stands twice, stands elsewhere, or is indented otherwise."""
    lines = text.splitlines(keepends=True)
    place = st.integers(0, len(lines) - 1)

    def change(at: int, to: int, way: str) -> str:
        before, line, after = lines[:at], lines[at], lines[at + 1 :]
        if way == "elsewhere":
            return "".join([*lines[:to], line, *lines[to + 1 :]])
        others = {"missing": [], "twice": [line, line], "in": [f"  {line}"], "out": [line.removeprefix("  ")]}
        return "".join([*before, *others[way], *after])

    return st.builds(change, place, place, st.sampled_from(["missing", "twice", "elsewhere", "in", "out"]))


def words_swapped(text: str) -> st.SearchStrategy[str]:
    """One value stands in the place of another."""
    words = list(SCALAR.finditer(text))

    def swap(one: re.Match[str], other: re.Match[str]) -> str:
        return text[: one.start()] + other[0] + text[one.end() :]

    return st.builds(swap, st.sampled_from(words), st.sampled_from(words))


def inserted(text: str) -> st.SearchStrategy[str]:
    """Something is typed where nothing was meant."""
    return st.builds(
        lambda at, piece: text[:at] + piece + text[at:], st.integers(0, len(text)), st.sampled_from(INSERTED)
    )


@settings(max_examples=300)
@given(st.data())
def test_damage_is_found_where_it_is_and_raises_nothing(data: st.DataObject) -> None:
    texts = dict(real_texts())
    chosen = data.draw(st.sampled_from(sorted(texts)))
    shown = data.draw(st.sampled_from(sorted(path for path in texts if path.startswith("algorithms/"))))
    for path in [path for path in texts if path.startswith("algorithms/") and path not in (chosen, shown)]:
        del texts[path]
    texts[chosen] = data.draw(damaged(texts[chosen]))
    catalog, found = compiled(texts)
    note("\n".join(map(str, found)))
    assert_places_are_in_their_files(found, texts)
    for one in found:
        assert one.law
        assert one.fact or one.help
    if catalog is not None and not any(one.severity is Severity.ERROR for one in found):
        for name in BUILT_IN.keys() & dict(catalog.project.targets):
            assert render(name, load_target(name), catalog, {})
