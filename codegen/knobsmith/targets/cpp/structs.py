"""The types of one algorithm in C++: enumerations, settings, what a verdict says of each hyperparameter."""

from collections.abc import Iterator

from knobsmith.expr.render_cpp import quoted
from knobsmith.model.catalog import Algorithm, ContextFact, Parameter
from knobsmith.model.domain import Domain
from knobsmith.targets.cpp.documentation import comment
from knobsmith.targets.cpp.types import constant, judged_type, kept_type
from knobsmith.targets.documentation import algorithm_doc, fact_doc, parameter_doc
from knobsmith.views.cpp_names import CppEnum, CppNames
from knobsmith.views.statics import has_computed_default

Lines = Iterator[str]


def enums(algorithm: Algorithm, names: CppNames) -> Lines:
    """An enumeration for each closed list of texts, and the texts of its values."""
    for parameter in algorithm.parameters:
        if parameter.name in names.enums:
            yield from _enum(parameter.domain, names.enums[parameter.name], parameter.name)


def _enum(domain: Domain, enum: CppEnum, name: str) -> Lines:
    docs = {choice.value: choice.doc for choice in domain.values or ()}
    docs |= {special.word: special.doc for special in domain.special if special.word is not None}
    yield from comment(f"Values of `{name}`.")
    yield f"enum class {enum.name} : std::uint8_t {{"
    for value, member in enum.members.items():
        yield from (f"    {line}" for line in comment(docs.get(value) or f"`{value}`"))
        yield f"    {member},"
    yield "};"
    yield ""
    yield f"/// The text of a value of `{enum.name}`; without data if it is none."
    yield f"constexpr std::string_view text_of({enum.name} value) noexcept {{"
    yield "    switch (value) {"
    yield from (
        f"        case {enum.name}::{member}: return {quoted(value)};" for value, member in enum.members.items()
    )
    yield "    }"
    yield "    return {};"
    yield "}"
    yield ""
    yield f"/// Finds the value of `{enum.name}` that a text names."
    yield f"inline bool from_text(std::string_view text, {enum.name}& value) noexcept {{"
    for text, member in enum.members.items():
        yield f"    if (text == {quoted(text)}) return value = {enum.name}::{member}, true;"
    yield "    return false;"
    yield "}"
    yield ""


def settings(algorithm: Algorithm, names: CppNames) -> Lines:
    """What users fill in."""
    yield from comment(f"A configuration. {algorithm_doc(algorithm)}")
    yield "struct Hyperparameters {"
    for index, parameter in enumerate(algorithm.parameters):
        if index:
            yield ""
        yield from (f"    {line}" for line in comment(parameter_doc(parameter, algorithm)))
        yield f"    {_setting(parameter, names)};"
    yield "};"
    yield ""
    yield "/// What is known of the job."
    yield "struct Context {"
    for fact in algorithm.context:
        yield from (f"    {line}" for line in comment(fact_doc(fact)))
        type = f"Setting<{kept_type(fact.domain)}>"
        default = "" if fact.default is None else f" = {type}::with_default({constant(fact.domain, fact.default)})"
        yield f"    {type} {names.context[fact.name]}{default};"
    yield "};"
    yield ""


def _setting(parameter: Parameter, names: CppNames) -> str:
    enum = names.enums.get(parameter.name)
    type = f"Setting<{enum.name if enum else kept_type(parameter.domain)}>"
    member = f"{type} {names.fields[parameter.name]}"
    stated = None if parameter.default is None or has_computed_default(parameter) else parameter.default.value
    if stated is None:
        return member
    value = f"{enum.name}::{enum.members[str(stated)]}" if enum else constant(parameter.domain, stated)
    return f"{member} = {type}::with_default({value})"


def parameters(algorithm: Algorithm, names: CppNames) -> Lines:
    """What a verdict says, of the hyperparameters and of the job."""
    yield "/// What each hyperparameter comes to in a verdict."
    yield "struct Parameters {"
    for one in algorithm.parameters:
        stated = None if one.default is None or has_computed_default(one) else one.default.value
        yield f"    {_judged('Parameter', one, stated)} {names.fields[one.name]}{_start('Parameter', one, stated)};"
    yield "};"
    yield ""
    yield "/// What is known of the job, as it was read."
    yield "struct Facts {"
    for fact in algorithm.context:
        yield f"    {_judged('Fact', fact, None)} {names.context[fact.name]}{_start('Fact', fact, fact.default)};"
    yield "};"
    yield ""


def _judged(template: str, one: Parameter | ContextFact, stated: object) -> str:
    return f"{template}<{judged_type(one.domain)}>"


def _start(template: str, one: Parameter | ContextFact, stated: object) -> str:
    if stated is None:
        return ""
    value = constant(one.domain, stated)  # type: ignore[arg-type]
    return f" = Parameter<{judged_type(one.domain)}>::with_default({value})"
