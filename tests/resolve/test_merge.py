"""An entry over what it uses is JSON Merge Patch (RFC 7396), and every key keeps its place and its origin."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from knobsmith.diagnostics import Diagnostic
from knobsmith.load import Mapping, Node, load_text
from knobsmith.load.tree import Scalar, Sequence
from knobsmith.resolve.merge import marked, merge
from knobsmith.source import SourceFile

KEYS = st.sampled_from("abc")
VALUES = st.recursive(
    st.integers(0, 2) | st.booleans() | st.sampled_from(["", "null", "x"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=3)
PATCHES = st.recursive(
    st.dictionaries(KEYS, VALUES | st.none(), max_size=3),
    lambda inner: st.dictionaries(KEYS, inner | VALUES | st.none(), max_size=3),
    max_leaves=6,
)


def merge_patch(target: Any, patch: Any) -> Any:
    """Section 2 of RFC 7396, word by word."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merge_patch(result.get(name), value)
    return result


def removes_something_everywhere(target: Any, patch: Any) -> bool:
    """Whether every null has something to remove, as the language demands."""
    if not isinstance(patch, dict):
        return True
    known = target if isinstance(target, dict) else {}
    return all(
        name in known if value is None else removes_something_everywhere(known.get(name), value)
        for name, value in patch.items()
    )


def tree(value: Any) -> Mapping:
    found = load_text(SourceFile("file.yaml", json.dumps(value)))
    assert isinstance(found.tree, Mapping), found.diagnostics
    return found.tree


def plain(node: Node) -> Any:
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {entry.key.text: plain(entry.value) for entry in node.entries}


@given(DOCUMENTS, PATCHES)
def test_merging_is_json_merge_patch(document: Any, patch: Any) -> None:
    problems: list[Diagnostic] = []
    merged = merge(tree(document), tree(patch), (), problems)
    if removes_something_everywhere(document, patch):
        assert problems == []
        assert plain(merged) == merge_patch(document, patch)
    else:
        assert problems or None in flat(plain(merged))


@given(DOCUMENTS, DOCUMENTS)
def test_what_is_inherited_names_where_it_comes_from(document: Any, patch: Any) -> None:
    merged = merge(marked(tree(document), "near/entry"), tree(patch), (), [])
    for entry in merged.entries:
        mixes = isinstance(document.get(entry.key.text), dict) and isinstance(patch.get(entry.key.text), dict)
        assert (entry.origin == "near/entry") == (entry.key.text not in patch or mixes)
    again = marked(merged, "far/entry")
    assert {entry.origin for entry in again.entries} <= {"near/entry", "far/entry"}


def flat(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in flat(inner)]
    return [leaf for inner in value for leaf in flat(inner)] if isinstance(value, list) else [value]
