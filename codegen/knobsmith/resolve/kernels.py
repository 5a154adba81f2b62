"""A kernels file as functions and dispatch tables of the catalog."""

from collections.abc import Iterator, Mapping

from knobsmith.diagnostics import Path
from knobsmith.expr import Names, check
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm, Parameter
from knobsmith.model.domain import Domain, Range
from knobsmith.model.forms import nearest
from knobsmith.model.intervals import is_constant, is_empty
from knobsmith.model.kernels import Dispatch, KernelFunction, KernelRule, KernelScalar, Symbol, Tensor
from knobsmith.model.membership import contains, same
from knobsmith.model.range_syntax import parse_range
from knobsmith.model.spec import DispatchSpec, DomainFacts, FunctionSpec, KernelsSpec, ScalarSpec, SizeSpec
from knobsmith.records import fields, replace
from knobsmith.resolve.domains import build_domain, read_value
from knobsmith.resolve.kernel_precision import computes_in_single, held_in_single
from knobsmith.resolve.kernel_tensors import build_tensors, length_of
from knobsmith.resolve.laws import BY_CODE, DISPATCH, KERNEL, UNKNOWN_NAME
from knobsmith.resolve.notebook import Notebook
from knobsmith.resolve.scope import scope_of
from knobsmith.resolve.values import plain, shown

_ANY_SIZE = "[0, inf)"

Algorithms = Mapping[str, Algorithm]


def build_functions(spec: KernelsSpec, algorithms: Algorithms, notes: Notebook) -> tuple[KernelFunction, ...]:
    """The functions of a file, with the facts of the hyperparameters they use."""
    return tuple(_function(function, spec.name, algorithms, notes) for function in spec.functions)


def build_dispatch(
    spec: KernelsSpec, algorithms: Algorithms, functions: Mapping[str, KernelFunction], notes: Notebook
) -> tuple[Dispatch, ...]:
    """The dispatch tables of a file; ``functions`` are those of all files."""
    built = [_dispatch(entry, spec.name, algorithms, functions, notes) for entry in spec.dispatch]
    return tuple(entry for entry in built if entry is not None)


def _function(spec: FunctionSpec, file: str, algorithms: Algorithms, notes: Notebook) -> KernelFunction:
    path: Path = ("functions", spec.name)
    single = computes_in_single(spec)
    scalars = tuple(
        _scalar(scalar, algorithms, single, (*path, "scalars", scalar.name), notes) for scalar in spec.scalars
    )
    stated = frozenset(_stated_sizes(spec, scalars))
    tensors = build_tensors(spec.tensors, stated, (*path, "tensors"), notes)
    function = KernelFunction(
        name=spec.name,
        file=file,
        doc=spec.doc,
        formula=spec.formula,
        backends=spec.backends,
        tensors=tensors,
        symbols=_symbols(spec, tensors, scalars, path, notes),
        length=length_of(spec.tensors),
        scalars=scalars,
        rules=tuple(
            KernelRule(name=r.name, require=r.require, message=r.message, when=r.when, severity=r.severity)
            for r in spec.rules
        ),
    )
    _check_names(function, path, notes)
    _check_backends(spec, path, notes)
    _check_conditions(function, path, notes)
    return function


def _stated_sizes(spec: FunctionSpec, scalars: tuple[KernelScalar, ...]) -> Iterator[str]:
    """The names of sizes that need not be read off a tensor: scalars, and what is computed."""
    yield from (name for name, size in spec.symbols if isinstance(size, SizeSpec))
    yield from (scalar.name for scalar in scalars)


def _symbols(
    spec: FunctionSpec, tensors: tuple[Tensor, ...], scalars: tuple[KernelScalar, ...], path: Path, notes: Notebook
) -> tuple[Symbol, ...]:
    """The symbols that shapes speak of, with the sizes they may have, or from which they follow."""
    stated = dict(spec.symbols)
    in_shapes = dict.fromkeys(size for tensor in tensors for size in tensor.shape if isinstance(size, str))
    _check_scalar_sizes(tensors, scalars, path, notes)
    length = length_of(spec.tensors)
    names = {scalar.name for scalar in scalars}
    used = [
        name for name in (*in_shapes, *([length] if length and length not in in_shapes else ())) if name not in names
    ]
    for name, size in stated.items():
        if name not in used:
            notes.note(KERNEL, (*path, "symbols", name), f"no shape speaks of `{name}`", "remove it, or use it")
        if not isinstance(size, SizeSpec) and not _holds_an_integer(size):
            notes.note(KERNEL, (*path, "symbols", name), "these sizes hold no integer", "give constant ends around one")
    return tuple(_symbol(name, stated.get(name)) for name in used)


def _symbol(name: str, stated: Range | SizeSpec | None) -> Symbol:
    if isinstance(stated, SizeSpec):
        return Symbol(name=name, range=parse_range(_ANY_SIZE), expr=stated.expr)
    return Symbol(name=name, range=stated or parse_range(_ANY_SIZE))


def _holds_an_integer(sizes: Range) -> bool:
    return is_constant(sizes) and not any(is_empty(interval, integers=True) for interval in sizes.intervals)


def _check_scalar_sizes(
    tensors: tuple[Tensor, ...], scalars: tuple[KernelScalar, ...], path: Path, notes: Notebook
) -> None:
    """A scalar that a shape speaks of is a size."""
    by_name = {scalar.name: scalar for scalar in scalars}
    for tensor in tensors:
        for index, size in enumerate(tensor.shape):
            if isinstance(size, str) and size in by_name and not _is_size(by_name[size].domain):
                fact = f"the scalar `{size}` may be something else than a size"
                help = "make it an integer from 0, without words and special values, or name another size"
                notes.note(KERNEL, (*path, "tensors", tensor.name, "shape", index), fact, help)


def _is_size(domain: Domain) -> bool:
    if domain.kind != "integer" or domain.special or domain.open:
        return False
    if domain.values is not None:
        return all(isinstance(choice.value, int) and choice.value >= 0 for choice in domain.values)
    ends = [interval.lower.value for interval in domain.range.intervals] if domain.range is not None else []
    return bool(ends) and all(isinstance(end, (int, float)) and end >= 0 for end in ends)


def _check_names(function: KernelFunction, path: Path, notes: Notebook) -> None:
    """A rule reads scalars and symbols by their names, and generated code passes tensors beside them."""
    taken = {tensor.name: "tensor" for tensor in function.tensors} | {s.name: "symbol" for s in function.symbols}
    for scalar in function.scalars:
        if scalar.name in taken:
            fact = f"there is a {taken[scalar.name]} `{scalar.name}` too"
            notes.note(KERNEL, (*path, "scalars", scalar.name), fact, "rename one of them")


def _check_backends(spec: FunctionSpec, path: Path, notes: Notebook) -> None:
    if not spec.backends:
        notes.note(KERNEL, (*path, "backends"), "this list is empty", "name `cpu`, `cuda` or both")
    for index, backend in enumerate(spec.backends):
        if backend in spec.backends[:index]:
            notes.note(KERNEL, (*path, "backends", index), f"`{backend}` stands there twice", "remove one of them")


def _scalar(spec: ScalarSpec, algorithms: Algorithms, single: bool, path: Path, notes: Notebook) -> KernelScalar:
    borrowed = None if spec.use is None else _hyperparameter(spec.use, algorithms, (*path, "use"), notes)
    domain = _scalar_domain(spec.domain, borrowed, path, notes)
    _check_domain(spec, domain, path, notes)
    if single and (spec.domain is None or spec.domain.precision != "float64"):
        domain = _in_single_precision(domain, path, notes)
    return KernelScalar(
        name=spec.name,
        doc=spec.doc or (borrowed.doc if borrowed else ""),
        domain=domain,
        default=_scalar_default(spec, borrowed, domain, path, notes),
        unit=spec.unit or (borrowed.unit if borrowed else None),
        hyperparameter=spec.use if borrowed is not None else None,
    )


def _scalar_domain(own: DomainFacts | None, borrowed: Parameter | None, path: Path, notes: Notebook) -> Domain:
    """Facts of its own over those of the hyperparameter; a type of its own starts afresh."""
    if own is None:
        return borrowed.domain if borrowed is not None else Domain(kind="number")
    if borrowed is None or own.type is not None:
        return build_domain(own, path, notes)
    built = build_domain(replace(own, type=borrowed.domain.kind), path, notes)
    stated = [key for key in fields(Domain) if getattr(own, key, None) not in (None, (), False)]
    return replace(borrowed.domain, **{key: getattr(built, key) for key in stated})


def _in_single_precision(domain: Domain, path: Path, notes: Notebook) -> Domain:
    """What is left of a domain where a number is taken in single precision, unless its `precision` says otherwise."""
    held = held_in_single(domain)
    if held is None:
        notes.note(KERNEL, path, "every number it may be is infinite in single precision", "correct its `range`")
    return held or domain


def _check_domain(spec: ScalarSpec, domain: Domain, path: Path, notes: Notebook) -> None:
    """What a scalar is must be one thing to C++, and be known without the others."""
    place = path if spec.use is None else (*path, "use")
    if domain.words and domain.kind != "string":
        fact = f"this {domain.kind} may be the word `{domain.words[0]}` too"
        notes.note(KERNEL, place, fact, "state its own `type` and what it may be, without words")
    items = domain.items
    if domain.kind == "list" and items is not None and (items.kind not in ("integer", "number") or items.words):
        notes.note(KERNEL, place, "its items are not all integers, nor all numbers", "give `items` one of these types")
    for interval in spec.domain.range.intervals if spec.domain is not None and spec.domain.range is not None else ():
        for bound in (interval.lower, interval.upper):
            if bound.name is not None:
                notes.note(KERNEL, (*path, "range"), "this end is a name", "write a number here, and a rule about it")


def _scalar_default(
    spec: ScalarSpec, borrowed: Parameter | None, domain: Domain, path: Path, notes: Notebook
) -> PlainValue | None:
    if spec.default is None:
        inherited = borrowed.default if borrowed is not None else None
        return inherited.value if inherited is not None and inherited.value is not None else None
    default = read_value(spec.default, domain, (*path, "default"), notes)
    if default is not None and not contains(domain, default):
        notes.note(KERNEL, (*path, "default"), f"{shown(default)} is no value of this scalar", "correct one of the two")
    return default


def _hyperparameter(use: str, algorithms: Algorithms, path: Path, notes: Notebook) -> Parameter | None:
    algorithm_name, _, name = use.partition("/")
    algorithm = algorithms.get(algorithm_name)
    found = algorithm.parameter(name) if algorithm is not None else None
    if found is None:
        known = [f"{a.name}/{p.name}" for a in algorithms.values() for p in a.parameters]
        notes.note(UNKNOWN_NAME, path, f"there is no hyperparameter `{use}`", nearest(use, known))
    return found


def kernel_scope(function: KernelFunction) -> Names:
    """What conditions of a function may read: its scalars and its symbols."""
    domains = {scalar.name: scalar.domain for scalar in function.scalars}
    domains |= {symbol.name: Domain(kind="integer", range=symbol.range) for symbol in function.symbols}
    return scope_of(domains, {})


def _check_conditions(function: KernelFunction, path: Path, notes: Notebook) -> None:
    scope = kernel_scope(function)
    conditions = [(rule.when, (*path, "rules", rule.name, "when")) for rule in function.rules]
    conditions += [(rule.require, (*path, "rules", rule.name, "require")) for rule in function.rules]
    conditions += [(t.required_when, (*path, "tensors", t.name, "required_when")) for t in function.tensors]
    for condition, place in conditions:
        for problem in check(condition, scope) if condition is not None else ():
            notes.note(BY_CODE[problem.code], place, problem.fact, problem.help, problem.offsets)
    scalars = scope_of({scalar.name: scalar.domain for scalar in function.scalars}, {})
    for symbol in function.symbols:
        for problem in check(symbol.expr, scalars, "integer") if symbol.expr is not None else ():
            place = (*path, "symbols", symbol.name, "expr")
            notes.note(BY_CODE[problem.code], place, problem.fact, problem.help, problem.offsets)


def _dispatch(
    spec: DispatchSpec,
    file: str,
    algorithms: Algorithms,
    functions: Mapping[str, KernelFunction],
    notes: Notebook,
) -> Dispatch | None:
    path: Path = ("dispatch", spec.name)
    parameter = _hyperparameter(spec.on, algorithms, (*path, "on"), notes)
    if parameter is None:
        return None
    values = [choice.value for choice in parameter.domain.values or ()]
    if not values or parameter.domain.open:
        notes.note(DISPATCH, (*path, "on"), f"`{spec.on}` has no closed list of values", "name one that has")
        return None
    table = tuple(_rows(spec, values, parameter, path, notes))
    for index, (_, function) in enumerate(spec.functions):
        if function not in functions:
            place = (*path, "functions", plain(spec.functions[index][0]))
            notes.note(UNKNOWN_NAME, place, f"there is no function `{function}`", nearest(function, functions))
    algorithm, _, name = spec.on.partition("/")
    return Dispatch(name=spec.name, file=file, algorithm=algorithm, parameter=name, functions=table)


def _rows(
    spec: DispatchSpec, values: list[PlainValue], parameter: Parameter, path: Path, notes: Notebook
) -> Iterator[tuple[PlainValue, str]]:
    for raw, function in spec.functions:
        value = read_value(raw, parameter.domain, (*path, "functions", plain(raw)), notes)
        if value is None:
            continue
        if not any(same(value, other) for other in values):
            place = (*path, "functions", plain(raw))
            notes.note(
                DISPATCH, place, f"{shown(raw)} is no value of `{spec.on}`", nearest(plain(raw), map(plain, values))
            )
        yield value, function
    missing = [value for value in values if not any(same(value, raw) for raw, _ in spec.functions)]
    if missing:
        listed = ", ".join(shown(value) for value in missing)
        notes.note(DISPATCH, (*path, "functions"), f"{listed} of `{spec.on}` has none", "name its function")
