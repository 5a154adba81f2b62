"""Hyperparameters and context facts from their entries."""

from collections.abc import Mapping as Lookup

from knobsmith.diagnostics import Path
from knobsmith.expr.syntax import Both, Either, Expr, names_read
from knobsmith.load.tree import Mapping
from knobsmith.model.catalog import Advice, Case, ContextFact, Default, Erratum, Parameter, Provenance, Tuning
from knobsmith.model.domain import Domain
from knobsmith.model.spec import (
    AdviceSpec,
    CaseSpec,
    ContextSpec,
    DefaultSpec,
    ErratumSpec,
    GroupSpec,
    ParameterSpec,
    TuningSpec,
)
from knobsmith.resolve.domains import build_case_domain, build_domain, read_value, read_values
from knobsmith.resolve.notebook import Notebook
from knobsmith.resolve.values import read_kind
from knobsmith.resolve.wires import build_wire, check_items_can_be_written

Groups = Lookup[str, GroupSpec]


def build_fact(spec: ContextSpec, entry: Mapping, notes: Notebook) -> ContextFact:
    """A context fact."""
    path: Path = ("context", spec.name)
    domain = build_domain(spec.domain, path, notes)
    check_items_can_be_written(domain, spec.wire, path, notes)
    default = None if spec.default is None else read_value(spec.default, domain, (*path, "default"), notes)
    return ContextFact(
        name=spec.name,
        doc=spec.doc,
        domain=domain,
        wire=build_wire(spec.wire, domain.kind),
        default=default,
        unit=spec.unit,
        notes=spec.notes,
        provenance=Provenance(sources=spec.source, origins=origins_of(entry)),
    )


def build_parameter(spec: ParameterSpec, entry: Mapping, groups: Groups, notes: Notebook) -> Parameter:
    """A hyperparameter, with the conditions of its group beside its own."""
    path: Path = ("parameters", spec.name)
    domain = build_domain(spec.domain, path, notes)
    check_items_can_be_written(domain, spec.wire, path, notes)
    group = groups.get(spec.group) if spec.group is not None else None
    return Parameter(
        name=spec.name,
        doc=spec.doc,
        domain=domain,
        wire=build_wire(spec.wire, domain.kind),
        default=_default(spec.default, domain, (*path, "default"), notes),
        if_unset=spec.if_unset,
        required=spec.required,
        required_when=spec.required_when,
        used_when=_with_group(spec.name, spec.used_when, group.used_when if group else None),
        forbidden_when=_either(spec.name, spec.forbidden_when, group.forbidden_when if group else None),
        cases=tuple(_case(case, domain, (*path, "cases", i), notes) for i, case in enumerate(spec.cases)),
        recommended=_advice(spec.recommended, domain, (*path, "recommended"), notes),
        examples=read_values(spec.examples, domain, (*path, "examples"), notes),
        tuning=_tuning(spec.tuning, domain, (*path, "tuning"), notes),
        unit=spec.unit,
        group=spec.group,
        tags=spec.tags,
        notes=spec.notes,
        identifier=spec.identifier,
        aliases=spec.aliases,
        deprecated=spec.deprecated,
        provenance=Provenance(
            sources=spec.source,
            implied=spec.implied,
            errata=tuple(build_erratum(erratum) for erratum in spec.errata),
            origins=origins_of(entry),
        ),
    )


def build_erratum(spec: ErratumSpec) -> Erratum:
    """An erratum."""
    return Erratum(source=spec.source, about=spec.about, says=spec.says, because=spec.because)


def origins_of(entry: Mapping) -> tuple[tuple[str, str], ...]:
    """The keys of an entry that were inherited, with the fragment entry each came from."""
    return tuple((item.key.text, item.origin) for item in entry if item.origin is not None)


def _with_group(name: str, own: Expr | None, group: Expr | None) -> Expr | None:
    """Both conditions; that of a group leaves out the parameter it reads, so a switch may stand under its heading."""
    if group is None or name in names_read(group):
        return own
    return group if own is None else Both(group, own)


def _either(name: str, own: Expr | None, group: Expr | None) -> Expr | None:
    if group is None or name in names_read(group):
        return own
    return group if own is None else Either(group, own)


def _default(spec: DefaultSpec | None, domain: Domain, path: Path, notes: Notebook) -> Default | None:
    if spec is None:
        return None
    if spec.expr is not None:
        return Default(expr=spec.expr)
    value = None if spec.value is None else read_value(spec.value, domain, path, notes)
    return None if value is None else Default(value=value)


def _case(spec: CaseSpec, own: Domain, path: Path, notes: Notebook) -> Case:
    domain = build_case_domain(spec.domain, own, path, notes)
    # What a case says of values is read with the words of the case, which may be fewer, and of the parameter.
    tuning = None if spec.tuning is None or isinstance(spec.tuning, str) else spec.tuning
    return Case(
        when=spec.when,
        doc=spec.doc,
        domain=domain,
        default=_default(spec.default, own, (*path, "default"), notes),
        recommended=_advice(spec.recommended, own, (*path, "recommended"), notes),
        tuning=_tuning(tuning, own, (*path, "tuning"), notes),
        not_tunable=spec.not_tunable,
    )


def _advice(spec: AdviceSpec | None, domain: Domain, path: Path, notes: Notebook) -> Advice | None:
    if spec is None:
        return None
    values = None if spec.values is None else read_values(spec.values, domain, path, notes)
    return Advice(range=spec.range, values=values)


def _tuning(spec: TuningSpec | None, domain: Domain, path: Path, notes: Notebook) -> Tuning | None:
    if spec is None:
        return None
    values = None if spec.values is None else read_values(spec.values, domain, (*path, "values"), notes)
    step = None if spec.step is None else read_kind(spec.step, "number")
    if isinstance(step, float) and step.is_integer() and domain.kind == "integer":
        step = int(step)
    return Tuning(range=spec.range, values=values, scale=spec.scale, step=step, impact=spec.impact)
