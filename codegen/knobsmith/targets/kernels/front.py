"""The typed functions in Python: what a caller reads and calls; the compiled module checks."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from knobsmith.expr.prose import prose
from knobsmith.expr.render_python import PythonNames, render_term
from knobsmith.expr.syntax import Expr
from knobsmith.model.domain import Domain
from knobsmith.model.kernels import KernelFunction, KernelScalar, Tensor
from knobsmith.resolve.kernel_tensors import is_always_given
from knobsmith.targets.kernels.header import Named, backends_of
from knobsmith.targets.source_text import WIDTH, docstring, literal
from knobsmith.views.kernels import KernelNames, dtype_root, is_allocated, shape_of
from knobsmith.views.kernels.conditions import Conditions
from knobsmith.views.kernels.names import has_members
from knobsmith.views.kernels.tensors import leading, reads_arrays, shape_root, stated_sizes, trailing
from knobsmith.views.wording import domain_in_words, listed

Lines = Iterator[str]
_SCALARS = {"integer": "int", "number": "float", "boolean": "bool", "string": "str"}
_STREAM = "Handle of the CUDA stream to compute on; by default that of the caller's library."


def functions_module(functions: Named, package: str) -> str:
    """`_functions.py`, without the notice at its top."""
    body = [line for function, names in functions for line in _Front(function, names).lines()]
    text = "\n".join(body)
    exported = sorted(
        [names.function for _, names in functions] + [_result(*one) for one in functions if _outs(one[0])]
    )
    lines = [
        '"""The kernels: each function checks all that it is given before it writes anything."""',
        "",
        *_imports(text, package),
        "",
        "Array = Any",
        *_support(text),
        "",
        "",
        *body,
        "__all__ = [",
        *(f"    {literal(name)}," for name in exported),
        "]",
    ]
    return "".join(f"{line}\n" for line in lines)


def stub(functions: Named, backend: str) -> str:
    """The stub of a compiled module, without the notice at its top."""
    chosen = [(function, names) for function, names in functions if backend in backends_of(function)]
    body = [line for function, names in chosen for line in _stub(function, names)]
    uses = [name for name in ("Any", "Final", "Literal") if name != "Literal" or "Literal[" in "\n".join(body)]
    lines = ["from collections.abc import Sequence", f"from typing import {', '.join(uses)}", ""]
    lines += ["Array = Any", "", "BACKEND: Final[str]", "", *body]
    return "".join(f"{line}\n" for line in lines).rstrip("\n") + "\n"


def call(head: str, arguments: list[str], tail: str, margin: int = 0) -> Lines:
    """A call on one line; else its arguments on one of their own; else each on one.

    Args:
        head: What stands before the arguments, with its own indentation.
        arguments: The arguments.
        tail: What stands behind them.
        margin: How far all of it will be indented further.
    """
    own = head[: len(head) - len(head.lstrip(" "))]
    joined = ", ".join(arguments)
    if margin + len(head) + len(joined) + len(tail) <= WIDTH:
        yield f"{head}{joined}{tail}"
        return
    yield head
    inner = f"{own}    "
    if margin + len(inner) + len(joined) <= WIDTH:
        yield f"{inner}{joined}"
    else:
        yield from (f"{inner}{argument}," for argument in arguments)
    yield f"{own}{tail}"


def scalar_annotation(scalar: KernelScalar) -> str:
    """The type of a scalar in Python."""
    domain = scalar.domain
    if has_members(domain):
        texts = dict.fromkeys([*(str(choice.value) for choice in domain.values or ()), *domain.words])
        return f"Literal[{', '.join(literal(text) for text in texts)}]"
    if domain.kind == "list":
        return f"Sequence[{_SCALARS[(domain.items or Domain(kind='number')).kind]}]"
    return _SCALARS[domain.kind]


def _imports(text: str, package: str) -> Lines:
    if "Sequence" in text:
        yield "from collections.abc import Sequence"
    used = ["Any", *(name for name in ("Literal", "NamedTuple") if name in text)]
    yield f"from typing import {', '.join(used)}"
    yield ""
    yield f"from {package} import arrays"


def _support(text: str) -> Lines:
    """Helpers that only some functions need."""
    if "_entries(" in text:
        yield from _ENTRIES.split("\n")
    if "_dtype_of(" in text:
        yield from _DTYPE_OF.split("\n")


_ENTRIES = '''

def _entries(value: Any) -> Sequence[Any]:
    """The entries of a list; none if it is no list, which the compiled module refuses."""
    return value if isinstance(value, (list, tuple)) else []'''
_DTYPE_OF = '''

def _dtype_of(value: Any) -> str:
    """The dtype of an array by its name, whatever its library."""
    return str(getattr(value, "dtype", "float32")).rpartition(".")[2]'''


def _outs(function: KernelFunction) -> list[Tensor]:
    return [tensor for tensor in function.tensors if tensor.access == "out"]


def _result(function: KernelFunction, names: KernelNames) -> str:
    return names.result


class _Front:
    """One function."""

    def __init__(self, function: KernelFunction, names: KernelNames) -> None:
        self._function = function
        self._names = names

    def lines(self) -> Lines:
        """The class of its results if it has any, then the function."""
        outs = _outs(self._function)
        if outs:
            yield from self._result_class(outs)
        yield f"def {self._names.function}("
        yield from (line for one in parameters(self._function, self._names) for line in _parameter(one))
        yield f") -> {self._names.result if outs else 'None'}:"
        yield docstring(self._doc(), "    ")
        yield from (f"    {line}" for line in self._body(outs))
        yield ""
        yield ""

    def _result_class(self, outs: list[Tensor]) -> Lines:
        yield f"class {self._names.result}(NamedTuple):"
        yield docstring(f"What `{self._names.function}` computes.", "    ")
        yield ""
        for tensor in outs:
            annotation = _array(tensor) if is_always_given(tensor) else f"{_array(tensor)} | None"
            yield f"    {self._names.arguments[tensor.name]}: {annotation}"
        yield ""
        yield ""

    def _doc(self) -> str:
        function = self._function
        lines = [_one_line(function.doc)]
        if function.formula:
            lines += ["", f"Formula: {_one_line(function.formula)}"]
        arguments = {self._names.arguments[tensor.name]: _tensor_doc(tensor, function) for tensor in function.tensors}
        arguments |= {self._names.arguments[scalar.name]: _scalar_doc(scalar) for scalar in function.scalars}
        lines += ["", "Args:"]
        for text in [*(f"{name}: {doc}" for name, doc in arguments.items()), f"stream: {_STREAM}"]:
            lines += _hanging(text)
        lines += ["", "Raises:"]
        lines += _hanging("TypeError: For what is no array, no number, or of another dtype.")
        lines += _hanging("ValueError: For a value outside of its range, and for arrays that do not fit together.")
        return "\n".join(lines)

    def _body(self, outs: list[Tensor]) -> Lines:
        names, function = self._names, self._function
        first = next(iter(leading(function)), function.tensors[0])
        leads = [literal(first.name), names.arguments[first.name]]
        # What is read tells the place; without it, memory that is given for a result, or else host memory.
        place = "place_of" if reads_arrays(function) else "place_of_result"
        yield from call(f"place = arrays.{place}(", [literal(names.function), *leads], ")", 4)
        for tensor in outs:
            if is_allocated(tensor, function):
                yield from self._allocation(tensor)
        yield f"place.module.{names.function}("
        yield from (f"    {self._passed(tensor)}," for tensor in leading(function))
        yield from (f"    {names.arguments[one.name]}={self._passed(one)}," for one in trailing(function))
        yield from (f"    {one}={one}," for one in (names.arguments[scalar.name] for scalar in function.scalars))
        yield "    stream=place.stream(stream),"
        yield ")"
        if outs:
            yield f"return {names.result}("
            yield from (f"    {self._returned(tensor)}," for tensor in outs)
            yield ")"

    def _allocation(self, tensor: Tensor) -> Lines:
        name, made = self._names.arguments[tensor.name], self._names.made[tensor.name]
        new = f"place.new({self._shape(tensor)}, {self._dtype(tensor)})"
        loop = self._loop(new) if tensor.many else ""
        given = f"place.written({literal(tensor.name)}, {name})"
        whole = f"{made} = {f'[{new} {loop}]' if loop else new} if {name} is None else {given}"
        if len(whole) + 4 <= WIDTH:
            yield whole
            return
        yield f"if {name} is None:"
        if loop:
            listed = f"    {made} = [{new} {loop}]"
            fits = len(listed) + 4 <= WIDTH
            yield from (listed,) if fits else (f"    {made} = [", f"        {new}", f"        {loop}", "    ]")
        else:
            yield from call(f"    {made} = place.new(", [self._shape(tensor), self._dtype(tensor)], ")", 4)
        yield "else:"
        yield f"    {made} = {given}"

    def _loop(self, new: str) -> str:
        """The entries for each of which something is allocated."""
        entries = f"_entries({self._source()})"
        return f"for place_in_list, one in enumerate({entries})" if "place_in_list" in new else f"for one in {entries}"

    def _source(self) -> str:
        """A list as long as the one that is allocated."""
        return self._names.arguments[self._leading_list().name]

    def _leading_list(self) -> Tensor:
        return next(tensor for tensor in leading(self._function) if tensor.many)

    def _shape(self, tensor: Tensor) -> str:
        shape = shape_of(tensor, self._function)
        if shape is None:
            return f"arrays.shape_of({self._read(shape_root(tensor, self._function), tensor)})"
        extents = [str(size) if isinstance(size, int) else self._extent(size, tensor) for size in shape]
        return f"({', '.join(extents)}{',' if len(extents) == 1 else ''})"

    def _extent(self, size: str, tensor: Tensor) -> str:
        if size in stated_sizes(self._function):
            return f"arrays.size({self._names.arguments[size]})"
        if size == self._function.length:
            return f"len(_entries({self._source()}))"
        computed = next((one.expr for one in self._function.symbols if one.name == size), None)
        if computed is not None:
            return f"arrays.size(lambda: {self._computed(computed)})"
        for other in leading(self._function):
            shape = shape_of(other, self._function) or ()
            if other.access != "out" and size in shape and (tensor.many or not other.many):
                return f"arrays.extent({self._read(other, tensor)}, {shape.index(size)})"
        raise AssertionError(f"`{size}` is known")

    def _computed(self, expr: Expr) -> str:
        spelling = PythonNames(lambda ref: self._names.arguments[ref.name])
        return render_term(Conditions(self._function).size(expr).term, spelling)

    def _dtype(self, tensor: Tensor) -> str:
        root = dtype_root(tensor, self._function)
        return literal(root.dtypes[0]) if len(root.dtypes) == 1 else f"_dtype_of({self._read(root, tensor)})"

    def _read(self, tensor: Tensor, allocated: Tensor) -> str:
        """An array that facts are read off: of lists the entry beside the one that is allocated."""
        name = self._names.arguments[tensor.name]
        if not allocated.many or not tensor.many:
            return name
        return "one" if tensor == self._leading_list() else f"arrays.entry({name}, place_in_list)"

    def _passed(self, tensor: Tensor) -> str:
        name = self._names.arguments[tensor.name]
        if is_allocated(tensor, self._function):
            return self._names.made[tensor.name]
        return f"place.read({name})" if tensor.access == "in" else f"place.written({literal(tensor.name)}, {name})"

    def _returned(self, tensor: Tensor) -> str:
        name = self._names.arguments[tensor.name]
        if not is_allocated(tensor, self._function):
            return name
        made = self._names.made[tensor.name]
        ours = f"[place.returned(one) for one in {made}]" if tensor.many else f"place.returned({made})"
        return f"{ours} if {name} is None else {name}"


def parameters(function: KernelFunction, names: KernelNames) -> Iterator[str]:
    """The parameters of a function in Python: what must be given first, results last."""
    outs = [tensor for tensor in trailing(function) if tensor.access == "out"]
    yield from (f"{names.arguments[tensor.name]}: {_array(tensor)}" for tensor in leading(function))
    yield "*"
    for tensor in trailing(function):
        if tensor not in outs:
            yield f"{names.arguments[tensor.name]}: {_array(tensor)} | None = None"
    for scalar in function.scalars:
        default = "" if scalar.default is None else f" = {_default(scalar)}"
        yield f"{names.arguments[scalar.name]}: {scalar_annotation(scalar)}{default}"
    yield from (f"{names.arguments[tensor.name]}: {_array(tensor)} | None = None" for tensor in outs)
    yield "stream: int | None = None"


def _stub(function: KernelFunction, names: KernelNames) -> Lines:
    yield f"def {names.function}("
    yield from (f"    {names.arguments[tensor.name]}: {_array(tensor)}," for tensor in leading(function))
    yield "    *,"
    for tensor in trailing(function):
        optional = "" if is_always_given(tensor) else " | None = None"
        yield f"    {names.arguments[tensor.name]}: {_array(tensor)}{optional},"
    for scalar in function.scalars:
        default = "" if scalar.default is None else f" = {_default(scalar)}"
        yield from _parameter(f"{names.arguments[scalar.name]}: {scalar_annotation(scalar)}{default}")
    yield "    stream: int | None = 0,"
    yield ") -> None:"
    yield docstring(_one_line(function.doc), "    ")
    yield ""


def _parameter(text: str) -> Lines:
    """A parameter; the values of a long choice have a line of their own."""
    head, opening, rest = text.partition("Literal[")
    values, _, tail = rest.rpartition("]")
    if len(text) + 5 <= WIDTH or not opening:
        yield f"    {text},"
        return
    yield f"    {head}{opening}"
    if len(values) + 8 <= WIDTH:
        yield f"        {values}"
    else:
        yield from (f"        {value}," for value in values.split(", "))
    yield f"    ]{tail},"


def _array(tensor: Tensor) -> str:
    return "Sequence[Array]" if tensor.many else "Array"


def _default(scalar: KernelScalar) -> str:
    value = scalar.default
    is_number = scalar.domain.kind == "number" and isinstance(value, int)
    return literal(float(value) if is_number and isinstance(value, int) else value)


def tensor_facts(tensor: Tensor, function: KernelFunction) -> list[str]:
    """What a call must know of a tensor: format, shape, and when it is given."""
    shape = shape_of(tensor, function)
    dtypes = listed(tensor.dtypes).replace("`", "")
    kind = f"the dtype of `{tensor.same_dtype_as}`" if tensor.same_dtype_as is not None else dtypes
    sizes = "any shape" if shape is None else f"shape [{', '.join(map(str, shape))}]"
    if tensor.same_shape_as is not None:
        sizes = f"the shape of `{tensor.same_shape_as}`"
    facts = [f"{'A list of arrays' if tensor.many else 'An array'}: {kind}; {sizes}"]
    facts += {"in": [], "out": ["written"], "inout": ["updated in place"]}[tensor.access]
    if tensor.optional:
        facts.append("may be left out")
    if tensor.required_when is not None:
        facts.append(f"needed when {prose(tensor.required_when)}")
    if tensor.required_for:
        facts.append(f"needed for {listed(tensor.required_for, 'and')} and not given otherwise")
    return facts


def _tensor_doc(tensor: Tensor, function: KernelFunction) -> str:
    facts = "; ".join(tensor_facts(tensor, function))
    if is_allocated(tensor, function):
        facts += "; made if it is not given" + ("" if reads_arrays(function) else ", in host memory")
    return f"{_one_line(tensor.doc or '')} {facts}.".strip()


def _scalar_doc(scalar: KernelScalar) -> str:
    valid = domain_in_words(scalar.domain)
    facts = "" if valid == f"any {scalar.domain.kind}" or has_members(scalar.domain) else f" Valid: {valid}."
    choices = [f"`{choice.value}`: {_one_line(choice.doc)}" for choice in scalar.domain.values or () if choice.doc]
    origin = f" Hyperparameter {scalar.hyperparameter}." if scalar.hyperparameter else ""
    return f"{_one_line(scalar.doc)}{facts}{''.join(f' {_sentence(choice)}' for choice in choices)}{origin}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _hanging(text: str) -> Iterable[str]:
    """A line of a section of a docstring that stands four columns in, broken where it is too long."""
    # Four more columns are those of the docstring itself.
    return wrap(
        text,
        WIDTH - 4,
        initial_indent=" " * 4,
        subsequent_indent=" " * 8,
        break_long_words=False,
        break_on_hyphens=False,
    )
