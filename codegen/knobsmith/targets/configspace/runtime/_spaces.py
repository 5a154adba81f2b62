"""Spaces of ConfigSpace around what is given."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from ConfigSpace import ConfigurationSpace

from knobsmith.targets.configspace.runtime._document import Document
from knobsmith.targets.search_trees.runtime._searches import Judge, Searches

Settings = TypeVar("Settings", bound=Judge)


class Spaces(Generic[Settings]):
    """The spaces of one algorithm."""

    def __init__(self, name: str, begin: Any, walk: Any) -> None:
        """Nothing is learnt yet."""
        self._name = name
        self._searches: Searches[Settings, Document] = Searches(begin, walk, Document, with_refused=True)

    def space(self, base: Mapping[str, object], context: Mapping[str, object] | None) -> ConfigurationSpace:
        """The space around what is given."""
        given, document = self._searches.around(base, context)
        return ConfigurationSpace.from_serialized_dict(document.json(self._name, given))

    def native(
        self, configuration: Mapping[str, Any], base: Mapping[str, object], context: Mapping[str, object] | None
    ) -> dict[str, Any]:
        """The hyperparameters that a configuration stands for, what is given among them."""
        given, document = self._searches.around(base, context)
        return {**given, **document.native(configuration)}
