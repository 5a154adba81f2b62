"""What binds one function: every check of a call, then the call of the backend."""

from collections.abc import Iterable, Iterator

from knobsmith.expr import print_expr
from knobsmith.expr.formula import FALSE, TRUE
from knobsmith.expr.render_cpp import CppNames as Spelling
from knobsmith.expr.render_cpp import quoted, render_formula, render_term
from knobsmith.expr.syntax import ContextName, Name, names_read
from knobsmith.model.domain import Domain
from knobsmith.model.kernels import KernelFunction, KernelRule, KernelScalar, Symbol, Tensor
from knobsmith.targets.cpp.patterns import Patterns
from knobsmith.targets.kernels.header import backends_of, shares_variants
from knobsmith.targets.kernels.laws import laws
from knobsmith.targets.kernels.tables import dtype_constant, literal, registration, signature
from knobsmith.targets.kernels.types import element_type, tensor_type
from knobsmith.views.kernels import ANY_SIZE, KernelNames, variants
from knobsmith.views.kernels.conditions import Conditions, read_by
from knobsmith.views.kernels.tensors import (
    entry_sizes,
    entry_tensors,
    has_lists,
    leading,
    list_of,
    shared_sizes,
    shared_tensors,
    stated_sizes,
    varying,
)

Lines = Iterator[str]
_READERS = {"integer": "integer", "number": "number", "boolean": "boolean", "string": "string"}
_ITEMS = {"integer": "std::int64_t", "number": "double"}


def guarded(lines: Iterable[str], function: KernelFunction, package: str) -> Lines:
    """Lines that only the backends of a function compile."""
    stated = backends_of(function)
    if len(stated) == 3:
        yield from lines
        return
    yield f"#if {' || '.join(f'{package.upper()}_ON_{backend.upper()}' for backend in stated)}"
    yield from lines
    yield "#endif"


class Binding:
    """Everything about one function."""

    def __init__(self, function: KernelFunction, names: KernelNames, package: str, patterns: Patterns) -> None:
        self._function = function
        self._names = names
        self._package = package
        self._patterns = patterns
        self._conditions = Conditions(function)
        self._spelling = Spelling(self._spelled, patterns.name)

    def _spelled(self, ref: Name | ContextName) -> str:
        return self._names.arguments.get(ref.name) or self._names.variables[ref.name]

    def lines(self) -> Lines:
        """The checks, the call, and what Python sees of them."""
        parts = [*signature(self._function), *self._run(), *self._call(), *registration(self._function, self._names)]
        opening, closing = f"namespace of_{self._names.function} {{", f"}}  // namespace of_{self._names.function}"
        yield from guarded([opening, "", *parts, closing], self._function, self._package)
        yield ""

    def _run(self) -> Lines:
        """From the arrays of a call to the structs of the backend, and off without the interpreter's lock."""
        names = self._names
        listed = ", ".join(names.parameters.values())
        yield "/// Calls the backend, which needs no interpreter."
        if names.parameters:
            yield f"template <{', '.join(f'class {one}' for one in names.parameters.values())}>"
        yield f"void run(const {names.scalars}& scalars, const binding::Call& arrays, const Context& context) {{"
        of_variant = f"<{listed}>" if listed else ""
        function = self._function
        tensors, passed = entry_tensors(function), "entry"
        if has_lists(function):
            passed = "entries.data(), entries.size()"
            yield f"    std::vector<{names.tensors}{of_variant}> entries(arrays.count());"
            yield "    for (std::size_t index = 0; index < entries.size(); ++index) {"
            yield "        auto& entry = entries[index];"
            yield from (f"        {line}" for line in self._filled("entry", "index", tensors, entry_sizes(function)))
            yield "    }"
        else:
            yield f"    {names.tensors}{of_variant} entry;"
            yield from (f"    {line}" for line in self._filled("entry", "0", tensors, entry_sizes(function)))
        if shared_tensors(function):
            passed += ", shared"
            yield f"    {names.shared}{of_variant if shares_variants(function) else ''} shared;"
            sizes = shared_sizes(function)
            yield from (f"    {line}" for line in self._filled("shared", "0", shared_tensors(function), sizes))
        yield "    const nb::gil_scoped_release released;"
        backend = f"{self._package.upper()}_BACKEND"
        yield f"    {backend}::{names.function}(scalars, {passed}, context);"
        yield f"    if (arrays.is_shared()) {backend}::wait(context);"
        yield "}"
        yield ""

    def _filled(self, struct: str, index: str, tensors: Iterable[Tensor], sizes: Iterable[str]) -> Lines:
        """The members of a struct, from the entry at a place."""
        names, function = self._names, self._function
        for tensor in tensors:
            type = f"{'const ' if tensor.access == 'in' else ''}{tensor_type(tensor, function, names)}"
            number = function.tensors.index(tensor)
            yield f"{struct}.{names.members[tensor.name]} = arrays.data<{type}>({number}, {index});"
        numbers = {symbol.name: number for number, symbol in enumerate(function.symbols)}
        for size in sizes:
            if size != ANY_SIZE:
                yield f"{struct}.{names.sizes[size]} = arrays.size({numbers[size]}, {index});"
        for tensor in tensors:
            if tensor.any_shape:
                number = function.tensors.index(tensor)
                yield f"{struct}.{names.sizes[ANY_SIZE]} = arrays.elements({number}, {index});"

    def _call(self) -> Lines:
        names, function = self._names, self._function
        taken = [*(tensor.name for tensor in function.tensors), *(scalar.name for scalar in function.scalars)]
        parameters = ", ".join(f"nb::handle {names.given[name]}" for name in self._order(taken))
        yield "/// Checks everything, then calls the backend."
        yield f"void call({', '.join(filter(None, [parameters, 'nb::handle stream']))}) {{"
        yield f"    const binding::Function function({literal(names.function)});"
        for scalar in function.scalars:
            yield from (f"    {line}" for line in self._scalar(scalar))
        rules = [rule for rule in function.rules if rule.severity == "error" and self._conditions.can_break(rule)]
        for rule in rules:
            if not self._conditions.reads_sizes(rule.require, rule.when):
                yield from (f"    {line}" for line in self._rule(rule))
        for symbol in function.symbols:
            yield from (f"    {line}" for line in self._computed(symbol))
        yield "    Context context;"
        yield "    context.stream = binding::stream(function, stream);"
        yield f"    const binding::Call arrays(function, signature, {self._memory()}, context.stream,"
        listed = ", ".join(names.given[tensor.name] for tensor in function.tensors)
        yield f"        {{{listed}}}, {{{', '.join(self._stated_values())}}});"
        early = [tensor for tensor in function.tensors if not self._conditions.reads_sizes(tensor.required_when)]
        yield from (f"    {line}" for tensor in early for line in self._presence(tensor))
        late = [tensor for tensor in function.tensors if tensor not in early]
        yield from self._over_sizes(
            late, [rule for rule in rules if self._conditions.reads_sizes(rule.require, rule.when)]
        )
        yield from (f"    {line}" for line in self._handing_over())
        yield "}"
        yield ""

    def _computed(self, symbol: Symbol) -> Lines:
        """A size that follows from scalars."""
        if symbol.expr is None:
            return
        size, variable = self._conditions.size(symbol.expr), self._names.variables[symbol.name]
        defined, term = render_formula(size.defined, self._spelling), render_term(size.term, self._spelling)
        yield f"const std::int64_t {variable} = {term if size.defined == TRUE else f'{defined} ? {term} : -1'};"
        facts = ' + ", " + '.join(f"{self._spelled(Name(name))}.fact()" for name in names_read(symbol.expr)) or '""'
        law = f"{symbol.name} = {print_expr(symbol.expr)} must be a size"
        yield f"if ({variable} < 0) function.break_rule({literal(law)}, {facts});"

    def _stated_values(self) -> Lines:
        """The sizes that are known before any tensor is looked at."""
        for symbol in self._function.symbols:
            if symbol.expr is not None:
                yield f"{{{literal(symbol.name)}, {self._names.variables[symbol.name]}}}"
        for name in stated_sizes(self._function):
            yield f"{{{literal(name)}, {self._names.arguments[name]}.value}}"

    def _order(self, taken: list[str]) -> list[str]:
        """The arguments in the order of Python: those that may stand without their names come first."""
        first = [tensor.name for tensor in leading(self._function)]
        return [*first, *(name for name in taken if name not in first)]

    def _memory(self) -> str:
        return f"{self._package.upper()}_ON_CUDA ? binding::device_memory() : binding::host_memory()"

    def _scalar(self, scalar: KernelScalar) -> Lines:
        variable, domain = self._names.arguments[scalar.name], scalar.domain
        reader = _READERS.get(domain.kind) or f"list<{_ITEMS[(domain.items or Domain(kind='number')).kind]}>"
        origin = f", {literal(scalar.hyperparameter)}" if scalar.hyperparameter else ""
        given = f"function, {literal(scalar.name)}, {self._names.given[scalar.name]}{origin}"
        yield f"const auto {variable} = binding::{reader}({given});"
        for test, law in laws(domain, f"{variable}.value", self._patterns.name):
            yield f"{variable}.require({test}, {literal(law)});"

    def _rule(self, rule: KernelRule) -> Lines:
        broken = render_formula(self._conditions.broken(rule), self._spelling)
        facts = ' + ", " + '.join(f"{self._spelled(Name(name))}.fact()" for name in read_by(rule)) or '""'
        yield f"if ({broken}) {{"
        yield f"    function.break_rule({literal(' '.join(rule.message.split()))}, {facts});"
        yield "}"

    def _over_sizes(self, tensors: list[Tensor], rules: list[KernelRule]) -> Lines:
        """What is about the sizes of each entry."""
        conditions = [tensor.required_when for tensor in tensors if tensor.required_when is not None]
        read = {name for condition in conditions for name in names_read(condition)}
        read |= {name for rule in rules for name in read_by(rule)}
        if not read:
            return
        yield "    for (std::size_t index = 0; index < arrays.count(); ++index) {"
        for number, symbol in enumerate(self._function.symbols):
            if symbol.name in read:
                variable = self._names.variables[symbol.name]
                place = f", {literal(listed)}, index" if (listed := list_of(symbol.name, self._function)) else ""
                value = f"arrays.size({number}, index){place}"
                yield f"        const binding::Size {variable}{{{literal(symbol.name)}, {value}}};"
        yield from (f"        {line}" for tensor in tensors for line in self._presence(tensor))
        yield from (f"        {line}" for rule in rules for line in self._rule(rule))
        yield "    }"

    def _presence(self, tensor: Tensor) -> Lines:
        if tensor.required_for:
            (varies,) = varying(self._function)
            listed = ", ".join(map(dtype_constant, tensor.required_for))
            yield f"arrays.require_for({literal(tensor.name)}, {literal(varies.name)}, {{{listed}}});"
        if tensor.required_when is None or self._conditions.holds(tensor.required_when) == FALSE:
            return
        needed = render_formula(self._conditions.holds(tensor.required_when), self._spelling)
        facts = [f"{self._spelled(Name(name))}.fact()" for name in names_read(tensor.required_when)]
        said = literal(print_expr(tensor.required_when))
        joined = ' + ", " + '.join(facts)
        reason = f'{said} + std::string(" (") + {joined} + ")"' if facts else said
        yield f"arrays.require({literal(tensor.name)}, {needed}, {reason});"

    def _handing_over(self) -> Lines:
        names = self._names
        yield f"{names.scalars} scalars;"
        for scalar in self._function.scalars:
            yield from self._handed(scalar)
        yield "context.device = arrays.device();"
        chosen = varying(self._function)
        for variant in variants(self._function) if chosen else ():
            tests = [
                f"arrays.has_dtype({literal(tensor.name)}, {dtype_constant(dtype)})"
                for tensor, dtype in zip(chosen, variant, strict=True)
            ]
            types = ", ".join(map(element_type, variant))
            yield f"if ({' && '.join(tests)}) return run<{types}>(scalars, arrays, context);"
        if not chosen:
            yield "run(scalars, arrays, context);"

    def _handed(self, scalar: KernelScalar) -> Lines:
        variable = self._names.arguments[scalar.name]
        place = f"scalars.{self._names.fields[scalar.name]}"
        enum = self._names.enums.get(scalar.name)
        if enum is None:
            yield f"{place} = {variable}.value;"
            return
        # The value is one of them by now, so what is none of the others is the last.
        *others, (_, last) = enum.members.items()
        scope = f"{self._names.scalars}::{enum.name}"
        yield f"{place} ="
        yield from (f"    {variable}.value == {quoted(text)} ? {scope}::{member} :" for text, member in others)
        yield f"    {scope}::{last};"
