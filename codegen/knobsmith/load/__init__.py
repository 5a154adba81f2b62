"""Spec files as trees: YAML without what the language takes away from it, and with the place of everything."""

from knobsmith.load.loading import Loaded, load_document, load_file, load_text
from knobsmith.load.suppressions import Suppression, suppressions
from knobsmith.load.tree import Entry, Mapping, Node, Scalar, ScalarValue, Sequence, span_at, text_span

__all__ = [
    "Entry",
    "Loaded",
    "Mapping",
    "Node",
    "Scalar",
    "ScalarValue",
    "Sequence",
    "Suppression",
    "load_document",
    "load_file",
    "load_text",
    "span_at",
    "suppressions",
    "text_span",
]
