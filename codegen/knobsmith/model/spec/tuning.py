"""The keys of `tuning`: what a tuner searches."""

from typing import Any, NamedTuple, get_args

from knobsmith.load.tree import Mapping, Node
from knobsmith.model.catalog import Impact, Scale
from knobsmith.model.forms import Json, Key, ListOf, Place, Positive, RangeText, Raw, RecordOf, Whole, Word
from knobsmith.model.forms.form import described
from knobsmith.model.forms.laws import MISSING_KEY, WRONG_KIND
from knobsmith.model.spec.records import TuningSpec

_LEVELS = Word(("high", "medium", "low"))
_RANK = Whole(1)


class LevelOrRank(NamedTuple):
    """How much a parameter matters."""

    wanted: str = "`high`, `medium`, `low` or a rank from 1 on"

    def read(self, node: Node, place: Place) -> Impact | None:
        """The level or the rank."""
        value = getattr(node, "value", None)
        if isinstance(value, str):
            return _LEVELS.read(node, place)  # type: ignore[return-value]  # the words are those of Impact
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
            return value
        help = "write a level, or the rank that the source gives"
        place.refuse(WRONG_KIND, node.span, f"{self.wanted} is wanted and this is {described(node)}", help)
        return None

    def write(self, value: Impact) -> Any:
        """The level or the rank."""
        return value

    def schema(self, defs: Json) -> Json:
        """A word or an integer."""
        return {"anyOf": [_LEVELS.schema(defs), _RANK.schema(defs)]}


def _range_or_values(tuning: TuningSpec, node: Mapping, place: Place) -> bool:
    if tuning.range is not None and tuning.values is not None:
        fact = "a tuning holds a range or values, and this one holds both"
        place.refuse(WRONG_KIND, node.span, fact, "keep one of them")
        return False
    if tuning.range is None and tuning.values is None and not place.partial:
        place.refuse(MISSING_KEY, node.span, "a tuning has `range` or `values`", "state one of them")
        return False
    return True


TUNING = RecordOf(
    TuningSpec,
    (
        Key("range", RangeText(constant=True), "Constant, finite range that is searched.", "[1e-6, 0.5]"),
        Key("values", ListOf(Raw()), "Values that are tried, whatever the type.", [16, 32, 64]),
        Key("scale", Word(get_args(Scale)), "How the range is sampled.", "log"),
        Key("step", Positive(), "Distance of the points on a linear scale.", 8),
        Key("impact", LevelOrRank(), "How much it matters: a level, or a rank where the source ranks.", "high"),
    ),
    "Tuning",
    checks=(_range_or_values,),
)
