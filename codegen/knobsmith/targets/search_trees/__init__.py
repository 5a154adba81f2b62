"""Modules that learn a search space as a tree around what is given, for tuners that want the whole of it beforehand."""

from knobsmith.targets.search_trees.examining import examined
from knobsmith.targets.search_trees.module import module_context, placeholders, runtime

__all__ = ["examined", "module_context", "placeholders", "runtime"]
