"""Phases 1 to 3 in C++, which look at each value by itself, and what is written back."""

from collections.abc import Callable, Iterator

from knobsmith.expr.render_cpp import quoted
from knobsmith.model.catalog import Algorithm, ContextFact, Parameter
from knobsmith.model.domain import BooleanTokens, Domain, Wire
from knobsmith.targets.cpp.aliases import replaced_aliases
from knobsmith.targets.cpp.domain_tests import Patterns, is_special, kept_facts
from knobsmith.targets.cpp.readers import read_native, read_text, take_native
from knobsmith.targets.cpp.types import items_of
from knobsmith.views.cpp_names import CppNames
from knobsmith.views.statics import accepts_null

Lines = Iterator[str]
# How the value of a key is read into a place that is called `value`; of whose keys, and which of them.
Read = Callable[[Parameter | ContextFact, str, str], str]
_KINDS = {
    "integer": "it is no integer within 2^53 - 1",
    "number": "it is no finite number",
    "boolean": "it is no boolean",
    "string": "it is no text in UTF-8",
    "list": "it is no list of such items",
}


class Values:
    """Writes the bodies of the functions."""

    def __init__(self, algorithm: Algorithm, names: CppNames, patterns: Patterns) -> None:
        self._algorithm = algorithm
        self._names = names
        self._patterns = patterns
        keys = [key for one in algorithm.parameters for key in (one.name, *one.aliases)]
        self.keys = {key: place for place, key in enumerate(keys)}
        self.facts = {fact.name: place for place, fact in enumerate(algorithm.context)}

    def _parameters(self) -> Iterator[tuple[Parameter, str, list[int]]]:
        for one in self._algorithm.parameters:
            yield one, f"p.{self._names.fields[one.name]}", [self.keys[key] for key in (one.name, *one.aliases)]

    def _facts(self) -> Iterator[tuple[ContextFact, str, str]]:
        for fact in self._algorithm.context:
            yield fact, f"facts.{self._names.context[fact.name]}", f"context.{fact.name}"

    def conflicts(self) -> Lines:
        """Phase 1: what is given twice, or by an alias."""
        yield "if (given.is_twice.any() || known.is_twice.any()) {"
        for place, (_, member, name) in enumerate(self._facts()):
            yield f"    if (known.is_twice[{place}]) judging::conflict(findings, {member}, {quoted(name)});"
        for one, member, keys in self._parameters():
            if len(keys) == 1:
                yield f"    if (given.is_twice[{keys[0]}]) judging::conflict(findings, {member}, {quoted(one.name)});"
        yield "}"
        for one, member, keys in self._parameters():
            if len(keys) > 1:
                yield from _by_alias(quoted(one.name), member, keys)

    def texts(self) -> Lines:
        """Phase 2 in wire form."""
        return self._reading(
            lambda about, given, key: read_text(about.domain, about.wire, f"{given}.texts[{key}]", "value"), False
        )

    def natives(self) -> Lines:
        """Phase 2 in native form: of JSON, or of what another language has for it."""
        return self._reading(lambda about, given, key: read_native(about.domain, given, key, "value"), True)

    def _reading(self, read: Read, has_null: bool) -> Lines:
        for place, (fact, member, name) in enumerate(self._facts()):
            null = f" && !known.is_null({place})" if has_null else ""
            yield f"if (known.is_there[{place}]{null} && !{member}.has_failed) {{"
            yield f"    auto& value = judging::unread({member});"
            yield from _noted(fact, member, name, read(fact, "known", str(place)))
            yield "}"
        for one, member, keys in self._parameters():
            there = " || ".join(f"given.is_there[{key}]" for key in keys)
            key = str(keys[-1])
            for other in reversed(keys[:-1]):
                key = f"given.is_there[{other}] ? {other} : {key}"
            null = f" && !given.is_null({key})" if has_null and accepts_null(one) else ""
            yield f"if ({f'({there})' if len(keys) > 1 else there}{null} && !{member}.has_failed) {{"
            yield f"    auto& value = judging::unread({member});"
            yield from _noted(one, member, one.name, read(one, "given", key))
            yield "}"

    def taking(self) -> Lines:
        """Phase 2 in native form, of structs."""
        for fact, member, name in self._facts():
            given = f"known.{self._names.context[fact.name]}"
            yield from _taken(fact, member, name, given, take_native(fact.domain, f"{given}.value()", "value"))
        for one, member, _ in self._parameters():
            given = f"given.{self._names.fields[one.name]}"
            taken = take_native(one.domain, f"{given}.value()", "value")
            if one.name in self._names.enums:
                taken = f"judging::read_enumerator(text_of({given}.value()), value)"
            yield from _taken(one, member, one.name, given, taken)

    def domains(self) -> Lines:
        """Phase 3."""
        for fact, member, name in self._facts():
            yield from self._domain(fact.domain, member, name)
        for one, member, _ in self._parameters():
            yield from self._domain(one.domain, member, one.name)

    def _domain(self, domain: Domain, member: str, name: str) -> Lines:
        tests = list(kept_facts(domain, f"{member}.value", self._patterns))
        if not tests:
            return
        special = is_special(domain, f"{member}.value")
        yield f"if (judging::is_read({member}){f' && !({special})' if special else ''}) {{"
        for code, test, fact in tests:
            yield f"    if (!({test})) {{"
            find = f"judging::find(findings, {quoted(code)}, Severity::error, {quoted(name)}, {quoted(fact)});"
            yield f"        {find}"
            yield f"        judging::fail({member});"
            yield "    }"
        yield "}"

    def writing(self) -> Lines:
        """What was given, in wire form."""
        for one, member, _ in self._parameters():
            defaults = f"with_defaults && {member}.use == Use::used"
            yield f"if ({member}.has_value && ({member}.is_given() || ({defaults}))) {{"
            yield "    std::string shown;"
            yield f"    if (!({_write(one.domain, one.wire, f'{member}.value')})) return false;"
            yield f"    wire.emplace_back({quoted(one.name)}, std::move(shown));"
            yield "}"
        yield "return true;"

    def restoring(self) -> Lines:
        """What was given, as settings."""
        for one, member, _ in self._parameters():
            restore = f"judging::restore({member}.value, restored.{self._names.fields[one.name]});"
            yield f"if ({member}.is_given() && {member}.has_value) {restore}"


def _by_alias(name: str, member: str, keys: list[int]) -> Lines:
    twice = [f"given.is_twice[{key}]" for key in keys]
    count = " + ".join(f"int{{given.is_there[{key}]}}" for key in keys)
    yield f"if ({' || '.join([*twice, f'{count} > 1'])}) {{"
    yield f"    judging::conflict(findings, {member}, {name});"
    yield f"}} else if ({' || '.join(f'given.is_there[{key}]' for key in keys[1:])}) {{"
    yield f'    judging::find(findings, "alias"sv, Severity::warning, {name}, "this name is an alias"sv);'
    yield "}"


def _taken(about: Parameter | ContextFact, member: str, name: str, given: str, taken: str) -> Lines:
    yield f"if ({given}.is_given()) {{"
    yield f"    auto& value = judging::unread({member});"
    yield from _noted(about, member, name, taken)
    yield "}"


def _noted(about: Parameter | ContextFact, member: str, name: str, read: str) -> Lines:
    yield f"    const bool could_be_read = {read};"
    wanted = quoted(_KINDS[about.domain.kind])
    yield f"    judging::note_reading(findings, {member}, {quoted(name)}, could_be_read, {wanted});"
    aliases = list(replaced_aliases(about.domain, "value"))
    if aliases:
        yield "    if (could_be_read) {"
        yield "        bool is_alias = false;"
        yield from (f"        {line}" for line in aliases)
        find = f'judging::find(findings, "alias"sv, Severity::warning, {quoted(name)}, "this value is an alias"sv);'
        yield f"        if (is_alias) {find}"
        yield "    }"


def _write(domain: Domain, wire: Wire, value: str) -> str:
    if domain.kind == "string":
        return f"writing::plain(shown, {value})"
    if domain.words:
        plain = _write_plain(domain, wire, f"{value}.value")
        return f"{value}.is_word() ? writing::plain(shown, {value}.word) : {plain}"
    return _write_plain(domain, wire, value)


def _write_plain(domain: Domain, wire: Wire, value: str) -> str:
    if domain.kind == "boolean":
        tokens = wire if isinstance(wire, BooleanTokens) else BooleanTokens()
        return f"writing::boolean(shown, {value}, {quoted(tokens.true)}, {quoted(tokens.false)})"
    if domain.kind != "list" or not isinstance(wire, str) or wire == "json" or items_of(domain).kind == "list":
        return f"writing::plain(shown, {value})"
    if wire == "tuple":
        return f"writing::in_brackets(shown, {value})"
    mark = "," if wire == "comma" else " "
    return f"writing::separated(shown, {value}, {quoted(mark)}, '{mark}')"
