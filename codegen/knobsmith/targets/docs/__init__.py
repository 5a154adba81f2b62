"""Reference pages in Markdown."""

from knobsmith.targets.docs.target import TARGET, DocsTarget

__all__ = ["TARGET", "DocsTarget"]
