"""The keys of a parameter and of its cases, in the order of the language's page."""

from collections.abc import Iterable

from knobsmith.load.tree import Mapping, Node
from knobsmith.model.domain import BooleanTokens
from knobsmith.model.forms import (
    As,
    Either,
    Expression,
    Flag,
    Key,
    ListOf,
    Name,
    NullOr,
    Place,
    Raw,
    RecordOf,
    Text,
    WireText,
)
from knobsmith.model.forms.laws import WIRE
from knobsmith.model.spec.domains import ADVICE, CASE_FACTS, DEPRECATED, DOMAIN_KEYS
from knobsmith.model.spec.provenance import ERRATA, IMPLIED, NOTES, SOURCE
from knobsmith.model.spec.records import (
    NOT_TUNABLE,
    CaseSpec,
    ContextSpec,
    DefaultSpec,
    DomainFacts,
    ParameterSpec,
)
from knobsmith.model.spec.tuning import TUNING

CONDITION = Expression()
UNIT = Key("unit", Text(), "Unit, for readers.", "epochs")
WIRE_KEY = Key("wire", WireText(), "Text form: two tokens of a boolean, or the form of a list.", "1/0")


def in_domain(keys: Iterable[Key]) -> tuple[Key, ...]:
    """Keys whose values go into the part `domain` of a record."""
    return tuple(key._replace(attribute=f"domain.{key.name}") for key in keys)


def wire_fits(entry: ParameterSpec | ContextSpec, node: Mapping, place: Place) -> bool:
    """Whether `wire` is a form that the type has."""
    stated: Node | None = node.get("wire")
    help = "" if stated is None else _unfit(entry)
    if stated is not None and help:
        place.inside("wire").refuse(WIRE, stated.span, f"this one does not fit type `{entry.domain.type}`", help)
    return not help


def _unfit(entry: ParameterSpec | ContextSpec) -> str:
    """What to write instead of a wire form that does not fit; empty if it fits."""
    domain, has_tokens = entry.domain, isinstance(entry.wire, BooleanTokens)
    if domain.type == "boolean":
        return "" if has_tokens else "write two tokens: `1/0`"
    if domain.type != "list":
        return "leave `wire` out"
    nests = domain.items is not None and domain.items.type == "list"
    if nests:
        return "" if entry.wire == "json" else "write `json`, the only form for lists of lists"
    return "write `comma`, `space`, `json` or `tuple`" if has_tokens else ""


_EXPRESSION_DEFAULT = RecordOf(
    DefaultSpec,
    (Key("expr", CONDITION, "Expression that gives the value.", "2 * width", required=True),),
    "Computed default",
)
_DEFAULT = Either(
    Mapping,
    _EXPRESSION_DEFAULT,
    As(Raw(), lambda value: DefaultSpec(value=value), lambda default: default.value),
    lambda default: default.expr is not None,
    "a value, or `{expr: E}`",
)
_DEFAULT_KEY = Key("default", _DEFAULT, "Value when none is given; `{expr: E}` computes it.", 30)
_RECOMMENDED = Key("recommended", ADVICE, "Advice within the valid values.", [300, 512])

CASE = RecordOf(
    CaseSpec,
    (
        Key("when", CONDITION, "Condition under which the case counts.", 'kind == "cosine"', required=True),
        Key("doc", Text(), "What the case is about.", "Depths with pretrained weights."),
        *in_domain(CASE_FACTS),
        _DEFAULT_KEY,
        _RECOMMENDED,
        Key("tuning", NullOr(TUNING, NOT_TUNABLE), "What is searched; `null`: not tunable.", takes_null=True),
    ),
    "Case",
    parts={"domain": DomainFacts},
)
_EFFECT = (
    _DEFAULT_KEY,
    Key("if_unset", Text(), "What happens without a value.", "no layer is frozen"),
    Key("required", Flag(only_true=True), "That it always needs a value.", True),
    Key("required_when", CONDITION, "While it needs a value.", "!has(epochs)"),
    Key("used_when", CONDITION, "While it is used; else it is ignored.", 'optimizer == "adam"'),
    Key("forbidden_when", CONDITION, "While giving it is an error.", "has(constant_rate)"),
    Key("cases", ListOf(CASE), "Facts that differ by condition; the first case that holds counts."),
)
_FOR_READERS = (
    UNIT,
    Key("group", Name(), "Heading, an entry of `groups`.", "optimizer"),
    Key("tags", ListOf(Text()), "Free words for readers and tools.", ["regularization"]),
    NOTES,
)
_NAMES = (
    Key("identifier", Text(), "Name in generated code.", "l2_penalty"),
    Key("aliases", ListOf(Name()), "Other names, accepted with a warning.", ["eps"]),
    Key("deprecated", DEPRECATED, "That it is still accepted, with a warning."),
)

PARAMETER = RecordOf(
    ParameterSpec,
    (
        Key("doc", Text(), "What it does; the first sentence is the summary.", "Passes over the data.", required=True),
        *in_domain(DOMAIN_KEYS),
        WIRE_KEY,
        *_EFFECT,
        _RECOMMENDED,
        Key("examples", ListOf(Raw()), "Sample values, checked.", [[10, 20]]),
        Key("tuning", TUNING, "What a tuner searches; without it, not tunable."),
        *_FOR_READERS,
        *_NAMES,
        SOURCE,
        IMPLIED,
        ERRATA,
    ),
    "Parameter",
    parts={"domain": DomainFacts},
    checks=(wire_fits,),
)
