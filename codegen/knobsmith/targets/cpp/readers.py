"""Phase 2 in C++: expressions that read a text, a native value, or a setting, and say whether they could."""

from knobsmith.expr.render_cpp import quoted
from knobsmith.model.domain import BooleanTokens, Domain, Wire
from knobsmith.targets.cpp.types import items_of

_LISTS = {"comma": "read_commas", "space": "read_blanks", "tuple": "read_tuple"}


def read_text(domain: Domain, wire: Wire, text: str, place: str) -> str:
    """Reads a text in wire form into a place."""
    if domain.kind == "string":
        return f"judging::read_string({text}, {place})"
    if domain.words:
        plain = _read_plain(domain, wire, text, f"{place}.value")
        return f"(judging::read_word({text}, {place}, {words_of(domain)}) || {plain})"
    return _read_plain(domain, wire, text, place)


def _read_plain(domain: Domain, wire: Wire, text: str, place: str) -> str:
    if domain.kind == "boolean":
        tokens = wire if isinstance(wire, BooleanTokens) else BooleanTokens()
        return f"judging::read_boolean({text}, {place}, {quoted(tokens.true)}, {quoted(tokens.false)})"
    if domain.kind != "list":
        return f"numbers::read_{domain.kind}({text}, {place})"
    items = items_of(domain)
    if isinstance(wire, str) and wire != "json":
        item = read_text(items, None, "part", "item")
        return f"judging::{_LISTS[wire]}({text}, {place}, [](std::string_view part, auto& item) {{ return {item}; }})"
    return f"judging::read_json({text}, {place}, {_json_reader(items, 1)})"


def _json_reader(items: Domain, depth: int) -> str:
    item, reader = f"item_{depth}", f"json_{depth}"
    return f"[](auto& {reader}, auto& {item}) {{ return {_read_json(items, reader, item, depth)}; }}"


def read_native(domain: Domain, given: str, key: str, place: str) -> str:
    """Reads the native value of a key into a place; a string is kept where it has escapes."""
    read = _read_json(domain, "reader", "read", 0)
    if domain.kind == "string":
        read = "judging::read_native_string(reader, read, kept)"
    return f"{given}.read({key}, {place}, [&](auto& reader, auto& read) {{ return {read}; }})"


def _read_json(domain: Domain, reader: str, place: str, depth: int) -> str:
    plain = f"{place}.value" if domain.words and domain.kind != "string" else place
    if domain.kind == "list":
        read = f"{reader}.list({plain}, {_json_reader(items_of(domain), depth + 1)})"
    else:
        read = f"{reader}.{domain.kind}({plain})"
    if plain == place:
        return read
    return f"({reader}.word({place}, {words_of(domain)}) || {read})"


def take_native(domain: Domain, given: str, place: str, depth: int = 1) -> str:
    """Takes a native value over into a place."""
    if domain.kind == "string":
        return f"judging::read_string({given}, {place})"
    if not domain.words:
        return _take_plain(domain, given, place, depth)
    plain = _take_plain(domain, f"{given}.value", f"{place}.value", depth)
    return f"({given}.is_word() ? judging::take_word({given}, {place}, {words_of(domain)}) : {plain})"


def _take_plain(domain: Domain, given: str, place: str, depth: int) -> str:
    if domain.kind != "list":
        return f"judging::take_{domain.kind}({given}, {place})"
    one, item = f"one_{depth}", f"item_{depth}"
    inner = take_native(items_of(domain), one, item, depth + 1)
    return f"judging::take_list({given}, {place}, [](const auto& {one}, auto& {item}) {{ return {inner}; }})"


def words_of(domain: Domain) -> str:
    """The words of a domain as a list."""
    words = dict.fromkeys(domain.words)
    return f"std::array<std::string_view, {len(words)}>{{{{{', '.join(map(quoted, words))}}}}}"
