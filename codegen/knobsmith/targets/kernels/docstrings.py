"""Docstrings of the typed functions: what each computes and takes."""

from collections.abc import Iterable
from textwrap import wrap

from knobsmith.expr.prose import prose
from knobsmith.model.kernels import KernelFunction, KernelScalar, Tensor
from knobsmith.targets.documentation import one_line
from knobsmith.targets.source_text import WIDTH
from knobsmith.views.kernels import KernelNames, is_allocated, shape_of
from knobsmith.views.kernels.names import has_members
from knobsmith.views.kernels.tensors import reads_arrays
from knobsmith.views.kernels.wording import valid_in_words
from knobsmith.views.wording import listed

_STREAM = "Handle of the CUDA stream to compute on; by default that of the caller's library."


def function_doc(function: KernelFunction, names: KernelNames) -> str:
    """What a function computes, takes, and refuses."""
    lines = [one_line(function.doc)]
    if function.formula:
        lines += ["", f"Formula: {one_line(function.formula)}"]
    if function.letters:
        meanings = [f"`{letter}` for {one_line(meaning)}" for letter, meaning in function.letters]
        lines += ["", f"With {'; '.join(meanings)}."]
    arguments = {names.arguments[tensor.name]: _tensor_doc(tensor, function) for tensor in function.tensors}
    arguments |= {names.arguments[scalar.name]: _scalar_doc(scalar) for scalar in function.scalars}
    lines += ["", "Args:"]
    for text in [*(f"{name}: {doc}" for name, doc in arguments.items()), f"stream: {_STREAM}"]:
        lines += _hanging(text)
    results = [names.arguments[tensor.name] for tensor in function.tensors if tensor.access == "out"]
    if results:
        lines += ["", "Returns:", *_hanging(f"A named tuple of {listed(results, 'and')}.")]
    lines += ["", "Raises:"]
    lines += _hanging("TypeError: For what is no array, no number, or of another dtype.")
    lines += _hanging("ValueError: For a value outside of its range, and for arrays that do not fit together.")
    return "\n".join(lines)


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
    return f"{one_line(tensor.doc or '')} {facts}.".strip()


def _scalar_doc(scalar: KernelScalar) -> str:
    valid = valid_in_words(scalar.domain)
    facts = "" if valid == f"any {scalar.domain.kind}" or has_members(scalar.domain) else f" Valid: {valid}."
    choices = [f"`{choice.value}`: {one_line(choice.doc)}" for choice in scalar.domain.values or () if choice.doc]
    origin = f" Hyperparameter {scalar.hyperparameter}." if scalar.hyperparameter else ""
    return f"{one_line(scalar.doc)}{facts}{''.join(f' {_sentence(choice)}' for choice in choices)}{origin}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


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
