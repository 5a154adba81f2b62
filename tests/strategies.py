"""Hypothesis strategies for what an author writes: specs over every key, as records.

They are legal for the reader of spec files, not for the compiler: names need not be declared, values need not fit
their types. `tests/strategies_specs.py` draws specs that have a meaning.
"""

from typing import Any

from hypothesis import strategies as st
from knobsmith.expr import parse
from knobsmith.expr.syntax import ContextName, Expr, FieldOf, Name
from knobsmith.model.domain import BooleanTokens, Bound, Deprecated, Interval, Range
from knobsmith.model.spec import (
    AdviceSpec,
    AlgorithmHeader,
    AlgorithmSpec,
    CaseSpec,
    ChoiceSpec,
    ContextSpec,
    DefaultSpec,
    DomainFacts,
    ErratumSpec,
    GroupSpec,
    MetricSpec,
    ParameterSpec,
    RuleSpec,
    SourceSpec,
    SpecialSpec,
    TuningSpec,
)

Drawn = st.SearchStrategy[Any]

names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,8}", fullmatch=True)
metric_names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.:/@-]{0,8}", fullmatch=True)
# Texts on which YAML readers differ, and any others.
texts = st.one_of(
    st.sampled_from(
        ["", " a ", "yes", "012", "1_000", "2026-11-20", "a: b", "a #b", "- a", "!x", "*y", "{}", "[1, 2)"]
    ),
    st.sampled_from(["null", "true", "1", "-0", "1e5", ".inf", "~", "a\nb\n", "\t", "\\d", "'", '"', "é😀", "\u2028"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
finite = st.floats(allow_nan=False, allow_infinity=False).map(lambda value: value + 0.0)
scalars = st.one_of(st.booleans(), st.integers(-(2**60), 2**60), finite, texts)
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=4)
expressions: st.SearchStrategy[Expr] = st.sampled_from(
    [
        'optimizer in ["sgd", "nag"] && !has(top_k)',
        "image_shape.height == 224 || `drop-rate` < 1",
        'steps.all(s, s <= epochs) && name.matches("^warm_")',
        "context.instance_count > 1",
        "true",
        "-(1) + 2.5e-7 * width",
        "min(1000, 2 * width, size(steps))",
        '"it\'s \\"quoted\\"" == word',
    ]
).map(parse)
patterns = st.sampled_from(["", "^[a-z]+$", "acc=([0-9.]+);", r"^\d{1,3}(?:,\d+)*$", "a|b", r"[\]#:]"])


def some(form: Drawn, most: int = 2) -> Drawn:
    """A short tuple."""
    return st.lists(form, max_size=most).map(tuple)


def maybe(form: Drawn) -> Drawn:
    """The form, or nothing."""
    return st.none() | form


def _unique_pairs(keys: Drawn, form: Drawn, least: int = 0) -> Drawn:
    """Pairs whose keys differ as texts in a file do."""
    pairs = st.lists(st.tuples(keys, form), min_size=least, max_size=3, unique_by=lambda pair: str(pair[0]).lower())
    return pairs.map(tuple)


@st.composite
def ranges(draw: st.DrawFn, constant: bool = False) -> Range:
    """Any range that can be written, ascending or not."""
    count = draw(st.integers(1, 3))
    return Range(intervals=tuple(draw(_intervals(constant or count > 1)) for _ in range(count)))


@st.composite
def _intervals(draw: st.DrawFn, constant: bool) -> Interval:
    if draw(st.booleans()):
        point = Bound(value=draw(_numbers), closed=True)
        return Interval(lower=point, upper=point)
    return Interval(lower=draw(_bounds(constant)), upper=draw(_bounds(constant)))


def _as_written(value: float) -> int | float:
    """A range shows a whole number without fraction, so that is how it is read."""
    return int(value) if value.is_integer() and abs(value) < 1e16 else value


_numbers = st.one_of(st.integers(-(2**60), 2**60), finite.map(_as_written))


def _bounds(constant: bool) -> Drawn:
    name = st.one_of(
        st.builds(Name, names),
        st.builds(ContextName, names),
        st.builds(FieldOf, st.builds(Name, names), names),
    )
    number = st.builds(Bound, value=_numbers, closed=st.booleans())
    ends = [st.just(Bound()), number, *([] if constant else [st.builds(Bound, name=name, closed=st.booleans())])]
    return st.one_of(*ends)


deprecations = st.builds(Deprecated, since=maybe(texts), use_instead=maybe(texts), reason=texts)
choices = st.builds(
    ChoiceSpec,
    value=scalars,
    doc=maybe(texts),
    aliases=some(scalars),
    deprecated=maybe(deprecations),
    identifier=maybe(texts),
)
_choices = st.lists(choices, max_size=3, unique_by=lambda choice: str(choice.value).lower()).map(tuple)
_bare_choices = some(st.builds(ChoiceSpec, value=values), 3)
specials = _unique_pairs(scalars, texts).map(lambda pairs: tuple(SpecialSpec(key=key, doc=doc) for key, doc in pairs))
_shared: dict[str, Drawn] = {
    "values": maybe(_bare_choices | _choices),
    "range": maybe(ranges()),
    "multiple_of": maybe(st.integers(1, 10**6)),
    "pattern": maybe(patterns),
    "length": maybe(ranges(constant=True)),
    "special": specials,
}


def _domains(kind: str, items: Drawn) -> Drawn:
    return st.builds(
        DomainFacts,
        type=st.just(kind),
        open=st.booleans(),
        precision=maybe(st.sampled_from(["float64", "float32"])),
        items=items,
        fields=some(names),
        unique=st.booleans(),
        increasing=st.booleans(),
        **_shared,
    )


_scalar_kinds = st.sampled_from(["integer", "number", "boolean", "string"])
_plain_domains = _scalar_kinds.flatmap(lambda kind: _domains(kind, st.none()))
domains = _plain_domains | _domains("list", maybe(_plain_domains))
case_facts = st.builds(DomainFacts, **_shared).map(lambda facts: None if facts == DomainFacts() else facts)
advice = st.builds(AdviceSpec, range=ranges()) | st.builds(AdviceSpec, values=some(values))
defaults = st.builds(DefaultSpec, value=values) | st.builds(DefaultSpec, expr=expressions)
_impacts = maybe(st.sampled_from(["high", "medium", "low"]) | st.integers(1, 9))
_scales = st.sampled_from(["auto", "linear", "log", "reverse-log"])
_steps = maybe(st.integers(1, 9) | st.floats(1e-9, 1e9))
tunings = st.one_of(
    st.builds(TuningSpec, range=ranges(constant=True), scale=_scales, step=_steps, impact=_impacts),
    st.builds(TuningSpec, values=some(values), impact=_impacts),
)
cases = st.builds(
    CaseSpec,
    when=expressions,
    doc=maybe(texts),
    domain=case_facts,
    default=maybe(defaults),
    recommended=maybe(advice),
    tuning=maybe(tunings | st.just("not tunable")),
)
errata = some(
    st.builds(
        ErratumSpec, source=names, about=st.lists(texts, min_size=1, max_size=2).map(tuple), says=texts, because=texts
    )
)
sources = st.just(()) | names.map(lambda name: (("", name),)) | _unique_pairs(texts.filter(bool), names, 1)
_provenance: dict[str, Drawn] = {"source": sources, "implied": some(texts), "errata": errata}


def wires(domain: DomainFacts) -> Drawn:
    """The wire forms that fit a domain."""
    if domain.type == "boolean":
        tokens = st.sampled_from([("1", "0"), ("True", "False"), ("on", " off")])
        return maybe(tokens.map(lambda pair: BooleanTokens(true=pair[0], false=pair[1])))
    return maybe(st.sampled_from(["comma", "space", "json", "tuple"])) if domain.type == "list" else st.none()


@st.composite
def parameters(draw: st.DrawFn) -> ParameterSpec:
    """A parameter over all keys."""
    domain = draw(domains)
    conditions = {key: draw(maybe(expressions)) for key in ("required_when", "used_when", "forbidden_when")}
    optional = {key: draw(maybe(texts)) for key in ("if_unset", "unit", "identifier")}
    return ParameterSpec(
        name=draw(names),
        doc=draw(texts),
        domain=domain,
        wire=draw(wires(domain)),
        default=draw(maybe(defaults)),
        required=draw(st.booleans()),
        cases=draw(some(cases, 1)),
        recommended=draw(maybe(advice)),
        examples=draw(some(values)),
        tuning=draw(maybe(tunings)),
        group=draw(maybe(names)),
        tags=draw(some(texts)),
        notes=draw(some(texts)),
        aliases=draw(some(names)),
        deprecated=draw(maybe(deprecations)),
        **conditions,
        **optional,
        **{key: draw(form) for key, form in _provenance.items()},
    )


@st.composite
def context_facts(draw: st.DrawFn) -> ContextSpec:
    """A fact of the context over all keys."""
    domain = draw(domains)
    return ContextSpec(
        name=draw(names),
        doc=draw(texts),
        domain=domain,
        wire=draw(wires(domain)),
        default=draw(maybe(values)),
        unit=draw(maybe(texts)),
        source=draw(sources),
        notes=draw(some(texts)),
    )


groups = st.builds(
    GroupSpec,
    name=names,
    title=texts,
    doc=maybe(texts),
    used_when=maybe(expressions),
    forbidden_when=maybe(expressions),
    implied=some(texts),
    source=sources,
    notes=some(texts),
)
rules = st.builds(
    RuleSpec,
    name=names,
    require=expressions,
    message=texts,
    when=maybe(expressions),
    severity=st.sampled_from(["error", "warning", "info"]),
    source=sources,
    notes=some(texts),
)
metrics = st.builds(
    MetricSpec,
    name=metric_names,
    direction=st.sampled_from(["maximize", "minimize"]),
    doc=texts,
    objective=st.booleans(),
    reported_when=maybe(expressions),
    pattern=maybe(patterns),
    example=maybe(texts),
    unit=maybe(texts),
    **_provenance,
)
_covered = st.sampled_from(["context", "groups", "parameters", "rules", "metrics", "tuning"])
headers = st.builds(
    AlgorithmHeader,
    name=st.just("example"),
    title=texts,
    doc=texts,
    tags=some(texts),
    sources=_unique_pairs(names, st.tuples(texts, maybe(texts), some(_covered))).map(
        lambda pairs: tuple(SourceSpec(name=n, title=t, language=u, url=u, date=u, covers=c) for n, (t, u, c) in pairs)
    ),
    errata=errata,
    notes=some(texts),
)


def _named(form: Drawn, most: int = 2) -> Drawn:
    return st.lists(form, max_size=most, unique_by=lambda record: record.name).map(tuple)


def algorithms() -> st.SearchStrategy[AlgorithmSpec]:
    """Whole algorithm files, without families."""
    return st.builds(
        AlgorithmSpec,
        header=headers,
        context=_named(context_facts(), 1),
        groups=_named(groups, 1),
        parameters=_named(parameters()),
        rules=_named(rules, 1),
        metrics=_named(metrics, 1),
    )
