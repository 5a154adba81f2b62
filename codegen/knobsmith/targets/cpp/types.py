"""In which types C++ holds values, and how it writes them down."""

from knobsmith.expr.render_cpp import number, quoted
from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Domain

# How many items a list holds in place whose length has no bound, or a large one.
_USUAL, _MOST = 8, 64
_SCALARS = {"integer": "std::int64_t", "number": "double", "boolean": "bool"}


def judged_type(domain: Domain) -> str:
    """The type of a value while it is judged: texts are views."""
    return _type(domain, "std::string_view")


def kept_type(domain: Domain) -> str:
    """The type of a value that stands for itself: texts are strings."""
    return _type(domain, "std::string")


def constant(domain: Domain, value: PlainValue) -> str:
    """A value of a domain as an expression of the type in which it is judged."""
    return _constant(domain, value, judged_type(domain))


def _type(domain: Domain, text: str) -> str:
    if domain.kind == "string":
        return text
    plain = _list(domain) if domain.kind == "list" else _SCALARS[domain.kind]
    return f"WordOr<{plain}>" if domain.words else plain


def _list(domain: Domain) -> str:
    items = items_of(domain)
    room = _USUAL
    if domain.fields:
        room = len(domain.fields)
    elif domain.length is not None and isinstance(domain.length.intervals[-1].upper.value, (int, float)):
        room = int(domain.length.intervals[-1].upper.value)
    return f"List<{kept_type(items)}, {min(room, _USUAL if items.kind == 'list' else _MOST)}>"


def items_of(domain: Domain) -> Domain:
    """The domain of a list's items."""
    return domain.items if domain.items is not None else Domain(kind="string")


def scalar(domain: Domain, value: PlainValue) -> str:
    """A value that is no list, as a literal; a word of any type as its text."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        raise TypeError("a list is no scalar")
    return number(float(value) if domain.kind == "number" else int(value))


def _constant(domain: Domain, value: PlainValue, type: str) -> str:
    if isinstance(value, tuple):
        items = items_of(domain)
        inner = kept_type(items)
        plain = type.removeprefix("WordOr<").removesuffix(">") if domain.words else type
        listed = f"{plain}{{{', '.join(_constant(items, item, inner) for item in value)}}}"
        return f"{type}({listed})" if domain.words else listed
    text = scalar(domain, value)
    if domain.kind == "string":
        return f"std::string({text})" if type == "std::string" else text
    if domain.words:
        return f"{type}({text})" if isinstance(value, str) else f"{type}({_SCALARS[domain.kind]}({text}))"
    return text
