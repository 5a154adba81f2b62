"""The reference pages: one for each kernels file, with what each function takes and computes."""

from collections.abc import Iterator

from knobsmith.expr import print_expr
from knobsmith.model.domain import Range
from knobsmith.model.kernels import Dispatch, KernelFunction, KernelScalar, Symbol, Tensor
from knobsmith.model.range_syntax import parse_range, print_range
from knobsmith.resolve.values import plain
from knobsmith.targets.docs.markdown import code, link, one_line, text
from knobsmith.targets.kernels.header import Named
from knobsmith.targets.paths import stem
from knobsmith.views.kernels import KernelNames, is_allocated, shape_of
from knobsmith.views.kernels.names import has_members
from knobsmith.views.kernels.tensors import shared_tensors
from knobsmith.views.kernels.wording import valid_in_words
from knobsmith.views.wording import listed

Lines = Iterator[str]


def page(file: str, functions: Named, command: str, *, has_reference: bool) -> str:
    """The page of one file.

    Args:
        file: Its name.
        functions: The functions that it declares.
        command: What writes the page.
        has_reference: Whether there are pages of hyperparameters to lead to.
    """
    lines = [f"# {text(_title(file))} {{ #-top }}", "", _header(f"spec/kernels/{file}.yaml", command), ""]
    for function, names in functions:
        lines += _function(function, names, has_reference)
    return "\n".join(lines).rstrip("\n") + "\n"


def index(files: dict[str, Named], tables: tuple[Dispatch, ...], called: dict[str, str], command: str) -> str:
    """The page that leads to the others."""
    lines = ["# Kernels { #-top }", "", _header("spec/kernels", command), ""]
    lines += ["| Function | | Backends |", "|:--|:--|:--|"]
    for file, functions in files.items():
        for function, names in functions:
            target = f"{page_name(file)}#{names.function}"
            lines.append(_row(link(code(names.function), target), text(_summary(function.doc)), _backends(function)))
    if tables:
        lines += ["", "## Which function serves which value { #-dispatch }", ""]
        lines += ["| Hyperparameter | Chosen by | Functions |", "|:--|:--|:--|"]
        by_name = {function.name: (file, names) for file, named in files.items() for function, names in named}
        lines += [_dispatch(table, called[table.name], by_name) for table in tables]
    return "\n".join(lines) + "\n"


def page_name(file: str) -> str:
    """The name of the page of a file."""
    return f"{stem(file, 'index', 'readme')}.md"


def _dispatch(table: Dispatch, name: str, by_name: dict[str, tuple[str, KernelNames]]) -> str:
    rows = []
    for value, function in table.functions:
        file, names = by_name[function]
        shown = link(code(names.function), f"{page_name(file)}#{names.function}")
        rows.append(f"{code(plain(value))}: {shown}")
    return _row(code(f"{table.algorithm}/{table.parameter}"), code(name), ", ".join(rows))


def _function(function: KernelFunction, names: KernelNames, has_reference: bool) -> Lines:
    yield f"## {code(names.function)} {{ #{names.function} }}"
    yield ""
    yield text(function.doc)
    yield ""
    if function.formula:
        yield code(one_line(function.formula))
        yield ""
    if function.letters:
        yield f"With {'; '.join(_letters(function, names))}."
        yield ""
    yield f"Backends: {_backends(function)}."
    yield ""
    yield "| Tensor | | Access | Dtype | Shape | Given |"
    yield "|:--|:--|:--|:--|:--|:--|"
    yield from (_tensor(tensor, function, names) for tensor in function.tensors)
    yield ""
    if any(tensor.many for tensor in function.tensors):
        yield f"{_lists(function)}, all of one length."
        yield ""
    sizes = [_size(symbol) for symbol in function.symbols if symbol.expr is not None or not _is_plain(symbol.range)]
    sizes += [f"{code(function.length)} is the length of the lists"] if function.length else []
    if sizes:
        yield f"Sizes: {'; '.join(sizes)}."
        yield ""
    if function.scalars:
        yield "| Scalar | | Valid | Default | Hyperparameter |"
        yield "|:--|:--|:--|:--|:--|"
        yield from (_scalar(scalar, names, has_reference) for scalar in function.scalars)
        yield ""
    yield from _rules(function)


def _letters(function: KernelFunction, names: KernelNames) -> Lines:
    """What each letter is: an argument, or words."""
    for letter, meaning in function.letters:
        yield f"{code(letter)} for {code(names.arguments[meaning]) if meaning in names.arguments else text(meaning)}"


def _lists(function: KernelFunction) -> str:
    beside = shared_tensors(function)
    if not beside:
        return "Each tensor is a list of arrays"
    return f"Each tensor but {listed([tensor.name for tensor in beside], 'and')} is a list of arrays"


def _size(symbol: Symbol) -> str:
    if symbol.expr is not None:
        return f"{code(symbol.name)} is {code(print_expr(symbol.expr))}"
    return f"{code(symbol.name)} in {code(print_range(symbol.range))}"


def _tensor(tensor: Tensor, function: KernelFunction, names: KernelNames) -> str:
    shape = shape_of(tensor, function)
    sizes = "any" if shape is None else code(f"[{', '.join(map(str, shape))}]")
    if tensor.same_shape_as is not None:
        sizes = f"that of {code(tensor.same_shape_as)}"
    dtypes = ", ".join(map(code, tensor.dtypes))
    if tensor.same_dtype_as is not None:
        dtypes = f"that of {code(tensor.same_dtype_as)}"
    return _row(
        code(names.arguments[tensor.name]),
        text(tensor.doc or ""),
        tensor.access,
        dtypes,
        sizes,
        _given(tensor, function),
    )


def _given(tensor: Tensor, function: KernelFunction) -> str:
    if tensor.required_when is not None:
        return f"needed when {code(print_expr(tensor.required_when))}"
    if tensor.required_for:
        return f"for {listed(tensor.required_for, 'and')} only"
    if tensor.optional:
        return "may be left out"
    return "made if left out" if is_allocated(tensor, function) else "always"


def _scalar(scalar: KernelScalar, names: KernelNames, has_reference: bool) -> str:
    valid = valid_in_words(scalar.domain)
    shown = scalar.domain.kind if valid == f"any {scalar.domain.kind}" else valid
    doc = text(scalar.doc)
    if has_members(scalar.domain):
        documented = [choice for choice in scalar.domain.values or () if choice.doc]
        doc += "".join(f" {code(str(choice.value))}: {text(choice.doc or '')}" for choice in documented)
    unit = f", in {text(scalar.unit)}" if scalar.unit else ""
    default = "" if scalar.default is None else code(plain(scalar.default))
    return _row(
        code(names.arguments[scalar.name]), doc, f"{text(shown)}{unit}", default, _origin(scalar, has_reference)
    )


def _origin(scalar: KernelScalar, has_reference: bool) -> str:
    """The hyperparameter, with a link to its page if there is one."""
    if scalar.hyperparameter is None:
        return ""
    if not has_reference:
        return code(scalar.hyperparameter)
    algorithm, _, name = scalar.hyperparameter.partition("/")
    target = f"../algorithms/{stem(algorithm, 'index', 'readme')}.md#{name}"
    return link(code(scalar.hyperparameter), target)


def _rules(function: KernelFunction) -> Lines:
    errors = [rule for rule in function.rules if rule.severity == "error"]
    others = [rule for rule in function.rules if rule.severity != "error"]
    for title, rules in (("Refused unless", errors), ("Hazards, unless", others)):
        if rules:
            yield f"| {title} | when | otherwise |"
            yield "|:--|:--|:--|"
            for rule in rules:
                when = "" if rule.when is None else code(print_expr(rule.when))
                yield _row(code(print_expr(rule.require)), when, text(rule.message))
            yield ""


def _backends(function: KernelFunction) -> str:
    return ", ".join(function.backends)


def _is_plain(range: Range) -> bool:
    """Whether a size is bounded by nothing but that it is one."""
    return range == parse_range("[0, inf)")


def _summary(doc: str) -> str:
    return one_line(doc).partition(". ")[0].removesuffix(".") + "."


def _title(file: str) -> str:
    return file.replace("-", " ").replace("_", " ").capitalize()


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _header(source: str, command: str) -> str:
    return f"<!-- Generated by knobsmith from {source}. Do not edit: run `{command}`. -->"
