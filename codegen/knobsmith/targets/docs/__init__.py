"""Reference pages in Markdown."""

from knobsmith.targets.docs.target import TARGET, DocsTarget, page_path

__all__ = ["TARGET", "DocsTarget", "page_path"]
