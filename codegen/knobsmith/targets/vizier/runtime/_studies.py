"""Studies of Vizier around what is given."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from google.protobuf import json_format
from vizier.service import pyvizier as vz

from knobsmith.targets.search_trees.runtime._searches import Judge, Searches
from knobsmith.targets.vizier.runtime._document import Document

Settings = TypeVar("Settings", bound=Judge)


class Studies(Generic[Settings]):
    """The studies of one algorithm."""

    def __init__(self, metrics: Mapping[str, str], begin: Any, walk: Any) -> None:
        """Nothing is learnt yet.

        Args:
            metrics: What may be measured, each with its goal.
            begin: Reads what is given.
            walk: Asks for what is searched.
        """
        self._metrics = metrics
        self._searches: Searches[Settings, Document] = Searches(begin, walk, Document)

    def config(
        self, base: Mapping[str, object], metric: str | None, context: Mapping[str, object] | None
    ) -> vz.StudyConfig:
        """The study around what is given."""
        given, document = self._searches.around(base, context)
        measured = next(iter(self._metrics), None) if metric is None else metric
        goal = self._metrics[measured] if measured is not None else ""
        proto = type(vz.StudyConfig().to_proto())()
        return vz.StudyConfig.from_proto(json_format.ParseDict(document.json(given, measured, goal), proto))

    def native(self, trial: Any, base: Mapping[str, object], context: Mapping[str, object] | None) -> dict[str, Any]:
        """The hyperparameters that a trial stands for, what is given among them."""
        given, document = self._searches.around(base, context)
        parameters = getattr(trial, "parameters", trial)
        plain = {name: getattr(value, "value", value) for name, value in parameters.items()}
        return {**given, **document.native(plain)}
