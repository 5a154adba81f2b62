"""Trees of spec files written in tests."""

from knobsmith.load import Mapping, load_text
from knobsmith.source import SourceFile


def tree_of(text: str, path: str = "spec/algorithms/x.yaml") -> Mapping:
    """The tree of a text that is known to be well-formed."""
    loaded = load_text(SourceFile(path, text))
    assert loaded.tree is not None, loaded.diagnostics
    return loaded.tree
