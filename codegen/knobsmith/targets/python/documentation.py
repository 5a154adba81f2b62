"""The docstrings of generated classes: what a hyperparameter does, then its facts."""

from collections.abc import Iterator

from knobsmith.expr import print_expr
from knobsmith.model.catalog import Algorithm, Case, Default, Parameter, Tuning
from knobsmith.model.range_syntax import print_range
from knobsmith.views.conditions import condition_in_words
from knobsmith.views.wording import domain_in_words, in_words, listed


def parameter_doc(parameter: Parameter) -> str:
    """What a hyperparameter does; a second paragraph with range, default, conditions and sources."""
    return f"{parameter.doc}\n\n{' '.join(_sentences(parameter))}"


def algorithm_doc(algorithm: Algorithm) -> str:
    """What an algorithm does, and where its facts come from."""
    sources = "; ".join(f"{source.title}{f' ({source.url})' if source.url else ''}" for source in algorithm.sources)
    return f"{algorithm.doc}\n\nSources: {sources}." if sources else algorithm.doc


def value_doc(doc: str | None) -> str | None:
    """What one of the values means, on one line."""
    return None if doc is None else " ".join(doc.split())


def _sentences(parameter: Parameter) -> Iterator[str]:
    yield f"Valid: {domain_in_words(parameter.domain)}{f', in {parameter.unit}' if parameter.unit else ''}."
    for special in parameter.domain.special:
        meaning = special.word if special.word is not None else special.value
        if meaning is not None:
            yield f"{in_words(meaning)}: {_sentence(special.doc)}"
    yield _need(parameter)
    yield from (f"{text}." for case in parameter.cases for text in _case(case))
    if parameter.used_when is not None:
        yield f"Used when {condition_in_words(parameter.used_when)}."
    if parameter.forbidden_when is not None:
        yield f"Not allowed when {condition_in_words(parameter.forbidden_when)}."
    if parameter.tuning is not None:
        yield f"Tuned over {_tuning(parameter.tuning)}."
    if parameter.deprecated is not None:
        instead = parameter.deprecated.use_instead
        yield f"Deprecated{f': use `{instead}` instead' if instead else ''}."
    if parameter.provenance.sources:
        yield f"Source: {', '.join(dict.fromkeys(source for _, source in parameter.provenance.sources))}."


def _need(parameter: Parameter) -> str:
    if parameter.required:
        return "Required."
    default = f"Default: {_default(parameter.default)}." if parameter.default is not None else ""
    unset = f"If unset: {_sentence(parameter.if_unset)}" if parameter.if_unset else ""
    required = f"Required when {condition_in_words(parameter.required_when)}." if parameter.required_when else ""
    return " ".join(filter(None, [default, unset, required])) or "No default."


def _case(case: Case) -> Iterator[str]:
    when = f"When {condition_in_words(case.when)}"
    if case.domain is not None:
        yield f"{when}: {domain_in_words(case.domain)}"
    if case.default is not None:
        yield f"{when}, default: {_default(case.default)}"
    if case.recommended is not None:
        best = print_range(case.recommended.range) if case.recommended.range else listed(case.recommended.values or ())
        yield f"{when}, recommended: {best}"


def _default(default: Default) -> str:
    if default.expr is not None:
        return f"`{print_expr(default.expr)}`"
    return in_words(default.value) if default.value is not None else "none"


def _tuning(tuning: Tuning) -> str:
    space = f"`{print_range(tuning.range)}`" if tuning.range is not None else listed(tuning.values or (), "and")
    scale = f" on a {tuning.scale} scale" if tuning.scale != "auto" else ""
    impact = f", impact {tuning.impact}" if tuning.impact is not None else ""
    return f"{space}{scale}{impact}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
