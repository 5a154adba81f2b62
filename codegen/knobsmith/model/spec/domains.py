"""The keys from `type` to `special`: which values there are."""

from typing import Any, get_args

from knobsmith.load.tree import Mapping, Sequence
from knobsmith.model.domain import Deprecated, Kind, Precision
from knobsmith.model.forms import (
    As,
    Either,
    Flag,
    Key,
    Later,
    ListOf,
    MapOf,
    Name,
    Place,
    RangeText,
    Raw,
    RawKey,
    RecordOf,
    Text,
    Whole,
    Word,
)
from knobsmith.model.forms import Pattern as PatternText
from knobsmith.model.forms.laws import MISSING_KEY
from knobsmith.model.spec.records import AdviceSpec, ChoiceSpec, DomainFacts, SpecialSpec

KINDS: tuple[str, ...] = get_args(Kind)


def _says_something(record: Any, node: Mapping, place: Place) -> bool:
    if place.partial or node.entries:
        return True
    place.refuse(MISSING_KEY, node.span, "this map is empty", "state `since`, `use_instead` or `reason`")
    return False


DEPRECATED = RecordOf(
    Deprecated,
    (
        Key("since", Text(), "Version from which it is deprecated.", "1.2"),
        Key("use_instead", Text(), "What to use in its place.", "epsilon"),
        Key("reason", Text(), "Why it is deprecated.", "has no effect any more"),
    ),
    "Deprecation",
    checks=(_says_something,),
)
_CHOICE_DETAILS: RecordOf[dict[str, Any]] = RecordOf(
    dict,
    (
        Key("doc", Text(), "What the value means.", "Half precision."),
        Key("aliases", ListOf(Raw()), "Other spellings, accepted with a warning.", ["half"]),
        Key("deprecated", DEPRECATED, "That the value is still accepted, with a warning."),
        Key("identifier", Text(), "Name of the value in generated code.", "Half"),
    ),
    "Value",
)


def _choice(pair: tuple[Any, Any]) -> ChoiceSpec:
    value, details = pair
    return ChoiceSpec(value=value, doc=details) if isinstance(details, str) else ChoiceSpec(value=value, **details)


def _details(choice: ChoiceSpec) -> Any:
    has_only_doc = choice == ChoiceSpec(value=choice.value, doc=choice.doc)
    return choice.doc if has_only_doc and choice.doc is not None else choice


def _is_bare(choice: ChoiceSpec) -> bool:
    return choice == ChoiceSpec(value=choice.value)


_LISTED = ListOf(As(Raw(), lambda value: ChoiceSpec(value=value), lambda choice: choice.value))
_DETAILED = As(
    MapOf(RawKey(), Either(Mapping, _CHOICE_DETAILS, Text(), lambda x: not isinstance(x, str), "a text or a map")),
    lambda pairs: tuple(map(_choice, pairs)),
    lambda choices: tuple((choice.value, _details(choice)) for choice in choices),
)
VALUES = Either(
    Mapping,
    _DETAILED,
    _LISTED,
    lambda choices: any(not _is_bare(choice) for choice in choices),
    "a list of values, or a map with a text for each",
)
SPECIAL = As(
    MapOf(RawKey(), Text()),
    lambda pairs: tuple(SpecialSpec(key=key, doc=doc) for key, doc in pairs),
    lambda specials: tuple((special.key, special.doc) for special in specials),
)
ADVICE = Either(
    Sequence,
    As(ListOf(Raw()), lambda values: AdviceSpec(values=values), lambda advice: advice.values),
    As(RangeText(), lambda found: AdviceSpec(range=found), lambda advice: advice.range),
    lambda advice: advice.values is not None,
    "a list of values, or a range in quotes",
)

_TYPE = Key("type", Word(KINDS), "Kind of value.", "integer", required=True)
_SHARED = {
    "values": Key("values", VALUES, "The only values, documented if a map.", {"sgd": "SGD with momentum."}),
    "range": Key("range", RangeText(), "Interval of an integer or number.", "(0, 1]"),
    "multiple_of": Key("multiple_of", Whole(1), "Divisor of an integer.", 8),
    "pattern": Key("pattern", PatternText(), "Regular expression that is searched in a string.", "^[a-z]+$"),
    "length": Key("length", RangeText(constant=True), "Characters of a string, items of a list.", "[1, 8]"),
    "special": Key("special", SPECIAL, "Values with a meaning of their own.", {"auto": "measured", "0": "no limit"}),
}
# The facts that a case may state, in the order of the language's page.
CASE_FACTS = tuple(_SHARED.values())
_ONLY_OWN = {
    "open": Key("open", Flag(), "Whether other values are accepted, with a warning.", True),
    "precision": Key("precision", Word(get_args(Precision)), "Float format in which it is held.", "float32"),
    "items": Key("items", Later(lambda: DOMAIN), "Domain of the items of a list."),
    "fields": Key("fields", ListOf(Name()), "Names of the items of a list of fixed length.", ["height", "width"]),
    "unique": Key("unique", Flag(), "Whether no item stands twice.", True),
    "increasing": Key("increasing", Flag(), "Whether each number is above the one before.", True),
}
_ORDER = ("values", "open", "range", "multiple_of", "precision", "pattern")
_LIST_ORDER = ("length", "items", "fields", "unique", "increasing", "special")
DOMAIN_KEYS = (_TYPE, *((_SHARED | _ONLY_OWN)[name] for name in (*_ORDER, *_LIST_ORDER)))
DOMAIN: RecordOf[DomainFacts] = RecordOf(DomainFacts, DOMAIN_KEYS, "Domain")
