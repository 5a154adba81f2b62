"""The domain of a hyperparameter from the facts of its entry: types are known from here on."""

from knobsmith.diagnostics import Path
from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Choice, Domain, Interval, Kind, Special
from knobsmith.model.range_syntax import RangeSyntaxError, parse_range
from knobsmith.model.spec import ChoiceSpec, DomainFacts, RawValue, SpecialSpec
from knobsmith.records import replace
from knobsmith.resolve.laws import WRONG_FACET, WRONG_VALUE
from knobsmith.resolve.notebook import Notebook
from knobsmith.resolve.values import WrongType, read_kind, read_native, shown

# Which facts speak of which kinds; `values`, `open` and `special` speak of all.
_FITS: dict[str, tuple[Kind, ...]] = {
    "range": ("integer", "number"),
    "multiple_of": ("integer",),
    "precision": ("number",),
    "pattern": ("string",),
    "length": ("string", "list"),
    "items": ("list",),
    "fields": ("list",),
    "unique": ("list",),
    "increasing": ("list",),
}
_IN_A_CASE = ("values", "range", "multiple_of", "pattern", "length", "special")


def build_domain(facts: DomainFacts, path: Path, notes: Notebook) -> Domain:
    """The domain of an entry. What does not fit is noted and left out."""
    kind: Kind = facts.type or "string"
    items = None
    if kind == "list":
        items = build_domain(facts.items or DomainFacts(type="string"), (*path, "items"), notes)
        if facts.items is None:
            notes.note(WRONG_FACET, path, "this list has no `items`", "add `items: {type: integer}`, or another type")
    return _build(facts, kind, items, _fitting(facts, kind, path, notes), path, notes)


def build_case_domain(facts: DomainFacts | None, own: Domain, path: Path, notes: Notebook) -> Domain | None:
    """The domain that a case states; None if it states none. Type, items and fields stay those of the parameter."""
    if facts is None or not any(_is_stated(facts, key) for key in _IN_A_CASE):
        return None
    domain = _build(facts, own.kind, own.items, _fitting(facts, own.kind, path, notes), path, notes)
    kept = {"fields": own.fields, "unique": own.unique, "increasing": own.increasing, "precision": own.precision}
    return replace(domain, **kept)


def read_value(raw: RawValue, domain: Domain, path: Path, notes: Notebook) -> PlainValue | None:
    """A value of a domain's kind; None, and a note, if it is of another."""
    try:
        return read_native(raw, domain)
    except WrongType as problem:
        notes.note(WRONG_VALUE, path, problem.fact, problem.help)
        return None


def read_values(raw: tuple[RawValue, ...], domain: Domain, path: Path, notes: Notebook) -> tuple[PlainValue, ...]:
    """Those of several values that are of a domain's kind."""
    read = [read_value(value, domain, (*path, index), notes) for index, value in enumerate(raw)]
    return tuple(value for value in read if value is not None)


def _build(
    facts: DomainFacts, kind: Kind, items: Domain | None, fitting: frozenset[str], path: Path, notes: Notebook
) -> Domain:
    def kept(key: str) -> bool:
        return key in fitting

    special = tuple(_special(entry, kind, items, path, notes) for entry in facts.special)
    plain = Domain(
        kind=kind,
        open=facts.open,
        range=facts.range if kept("range") else None,
        multiple_of=facts.multiple_of if kept("multiple_of") else None,
        precision=facts.precision or "float64",
        pattern=facts.pattern if kept("pattern") else None,
        length=facts.length if kept("length") else None,
        items=items,
        fields=facts.fields if kept("fields") else (),
        unique=facts.unique,
        increasing=facts.increasing,
        special=tuple(entry for entry in special if entry is not None),
    )
    if facts.values is None:
        return plain
    # Words are listed under `special`; a choice is of the type itself.
    bare = replace(plain, special=())
    choices = [_choice(choice, bare, (*path, "values", i), notes) for i, choice in enumerate(facts.values)]
    return replace(plain, values=tuple(choice for choice in choices if choice is not None))


def _choice(choice: ChoiceSpec, domain: Domain, path: Path, notes: Notebook) -> Choice | None:
    value = read_value(choice.value, domain, path, notes)
    if value is None:
        return None
    aliases = tuple(a for a in (read_value(raw, domain, path, notes) for raw in choice.aliases) if a is not None)
    return Choice(
        value=value, doc=choice.doc, aliases=aliases, deprecated=choice.deprecated, identifier=choice.identifier
    )


def _special(entry: SpecialSpec, kind: Kind, items: Domain | None, path: Path, notes: Notebook) -> Special | None:
    key = entry.key
    if isinstance(key, str) and kind in ("integer", "number") and key[:1] in ("(", "["):
        interval = _interval(key, (*path, "special", key), notes)
        return None if interval is None else Special(interval=interval, doc=entry.doc)
    if isinstance(key, str):
        return Special(word=key, doc=entry.doc)
    value = read_kind(key, kind)
    if value is None:
        fact = f"{shown(key)} is no {kind}"
        notes.note(WRONG_VALUE, (*path, "special"), fact, "quote it to make it a word")
        return None
    return Special(value=value, doc=entry.doc)


def _interval(text: str, path: Path, notes: Notebook) -> Interval | None:
    try:
        intervals = parse_range(text).intervals
    except RangeSyntaxError as problem:
        notes.note(WRONG_VALUE, path, f"{shown(text)} is no interval ({problem.message})", problem.help)
        return None
    if len(intervals) != 1:
        notes.note(WRONG_VALUE, path, f"{shown(text)} is several intervals", "make an entry of each")
        return None
    return intervals[0]


def _fitting(facts: DomainFacts, kind: Kind, path: Path, notes: Notebook) -> frozenset[str]:
    """The stated facts that the kind has."""
    stated = [key for key in _FITS if _is_stated(facts, key)]
    for key in stated:
        if kind not in _FITS[key]:
            kinds = " and ".join(f"`{k}`" for k in _FITS[key])
            notes.note(WRONG_FACET, (*path, key), f"`{key}` speaks of {kinds}, and this is `{kind}`", "leave it out")
    return frozenset(key for key in stated if kind in _FITS[key])


def _is_stated(facts: DomainFacts, key: str) -> bool:
    return getattr(facts, key) not in (None, (), False)
