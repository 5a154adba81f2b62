"""The typed functions in Python: what a caller reads and calls; the compiled module checks."""

from collections.abc import Iterator

from knobsmith.expr.render_python import PythonNames, render_term
from knobsmith.expr.syntax import Expr
from knobsmith.model.kernels import KernelFunction, Tensor
from knobsmith.resolve.kernel_tensors import is_always_given
from knobsmith.targets.kernels.docstrings import function_doc
from knobsmith.targets.kernels.header import Named
from knobsmith.targets.kernels.parameters import array, call, parameter, parameters
from knobsmith.targets.source_text import WIDTH, docstring, literal
from knobsmith.views.kernels import KernelNames, dtype_root, is_allocated, shape_of
from knobsmith.views.kernels.conditions import Conditions
from knobsmith.views.kernels.tensors import leading, reads_arrays, shape_root, stated_sizes, trailing

Lines = Iterator[str]


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


_ENTRIES = '''

def _entries(value: Any) -> Sequence[Any]:
    """The entries of a list; none if it is no list, which the compiled module refuses."""
    return value if isinstance(value, (list, tuple)) else []'''


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
        yield from (line for one in parameters(self._function, self._names) for line in parameter(one))
        yield f") -> {self._names.result if outs else 'None'}:"
        yield docstring(function_doc(self._function, self._names), "    ")
        yield from (f"    {line}" for line in self._body(outs))
        yield ""
        yield ""

    def _result_class(self, outs: list[Tensor]) -> Lines:
        yield f"class {self._names.result}(NamedTuple):"
        yield docstring(f"What `{self._names.function}` computes.", "    ")
        yield ""
        for tensor in outs:
            annotation = array(tensor) if is_always_given(tensor) else f"{array(tensor)} | None"
            yield f"    {self._names.arguments[tensor.name]}: {annotation}"
        yield ""
        yield ""

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
        yield f"{self._module()}.{names.function}("
        yield from (f"    {self._passed(tensor)}," for tensor in leading(function))
        yield from (f"    {names.arguments[one.name]}={self._passed(one)}," for one in trailing(function))
        yield from (f"    {one}={one}," for one in (names.arguments[scalar.name] for scalar in function.scalars))
        yield "    stream=place.stream(stream),"
        yield ")"
        if outs:
            yield f"return {names.result}("
            yield from (f"    {self._returned(tensor)}," for tensor in outs)
            yield ")"

    def _module(self) -> str:
        """The compiled module. One that a function does not have would not know it; the other refuses the arrays."""
        backends = self._function.backends
        return "place.module" if len(backends) > 1 else f"place.module_of({literal(backends[0])})"

    def _allocation(self, tensor: Tensor) -> Lines:
        name, made = self._names.arguments[tensor.name], self._names.made[tensor.name]
        parts = [literal(name), self._shape(tensor), self._dtype(tensor)]
        new = f"place.new({', '.join(parts)})"
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
            one = call("        place.new(", parts, ")", 4)
            yield from (listed,) if fits else (f"    {made} = [", *one, f"        {loop}", "    ]")
        else:
            yield from call(f"    {made} = place.new(", parts, ")", 4)
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
        if len(root.dtypes) == 1:
            return literal(root.dtypes[0])
        return f"arrays.dtype_of({self._read(root, tensor)}, ({', '.join(map(literal, root.dtypes))}))"

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
