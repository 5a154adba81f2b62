"""The header of one algorithm."""

from collections.abc import Iterable, Iterator, Mapping

from knobsmith.expr.render_cpp import CppNames as Spelling
from knobsmith.expr.render_cpp import quoted
from knobsmith.expr.syntax import ContextName, Name
from knobsmith.model.catalog import Algorithm
from knobsmith.targets.cpp.documentation import comment
from knobsmith.targets.cpp.layout import laid_out
from knobsmith.targets.cpp.patterns import Patterns
from knobsmith.targets.cpp.phases import Phases
from knobsmith.targets.cpp.phases_of_values import Values
from knobsmith.targets.cpp.structs import enums, parameters, settings
from knobsmith.views.cpp_names import CppNames
from knobsmith.views.program import program

Lines = Iterator[str]
_JUDGED = "[[maybe_unused]] Parameters& p, [[maybe_unused]] Facts& facts, [[maybe_unused]] Findings& findings"
_KEYS = "[[maybe_unused]] const Keys& given, [[maybe_unused]] const FactKeys& known"
_TEXTS = "[[maybe_unused]] const Texts& given, [[maybe_unused]] const FactTexts& known"
_NATIVE = "[[maybe_unused]] const Given& given, [[maybe_unused]] const Known& known"
_KEPT = "[[maybe_unused]] judging::Kept& kept"
_LATER = ("effects", "presence", "narrowing", "rules", "advice")
_VISITED = {
    "Parameters": "parameter",
    "const Parameters": "parameter",
    "Hyperparameters": "setting",
    "Context": "setting",
}


def header(algorithm: Algorithm, names: CppNames, package: str) -> str:
    """The header, without the notice at its top."""
    lines = _Header(algorithm, names, package).lines()
    return "".join(f"{part}\n" for line in lines for part in laid_out(line))


class _Header:
    def __init__(self, algorithm: Algorithm, names: CppNames, package: str) -> None:
        self._algorithm = algorithm
        self._names = names
        self._package = package
        self._patterns = Patterns()
        spelling = Spelling(self._spelled, self._patterns.name)
        self._values = Values(algorithm, names, self._patterns.name)
        self._phases = Phases(algorithm, program(algorithm), names, spelling)

    def _spelled(self, ref: Name | ContextName) -> str:
        if isinstance(ref, Name):
            return f"p.{self._names.fields[ref.name]}"
        return f"facts.{self._names.context[ref.name]}"

    def lines(self) -> Lines:
        """All of it."""
        algorithm, names = self._algorithm, self._names
        inner = [*self._functions()]
        yield from _opening(algorithm, names, self._package)
        yield from enums(algorithm, names)
        yield from settings(algorithm, names)
        yield from parameters(algorithm, names)
        yield "namespace detail {"
        yield ""
        yield from (line for table in self._patterns.definitions() for line in (*table.split("\n"), ""))
        yield from inner
        yield "}  // namespace detail"
        yield ""
        yield from _PUBLIC.split("\n")
        yield f"}}  // namespace {self._package}::{names.namespace}"

    def _functions(self) -> Lines:
        values, phases = self._values, self._phases
        yield from _function("int place_of(std::string_view key) noexcept", "Where a key stands.", _places(values.keys))
        of_fact = "int place_of_fact([[maybe_unused]] std::string_view key) noexcept"
        yield from _function(of_fact, "Where a fact about the job stands.", _places(values.facts))
        yield from _listed("keys", "The keys by their places.", values.keys)
        yield from _listed("fact_keys", "The names of facts about the job by their places.", values.facts)
        yield f"using Keys = judging::Present<{len(values.keys)}>;"
        yield f"using FactKeys = judging::Present<{len(values.facts)}>;"
        yield f"using Texts = judging::Texts<{len(values.keys)}>;"
        yield f"using FactTexts = judging::Texts<{len(values.facts)}>;"
        yield ""
        for type, what in _VISITED.items():
            named = self._names.context if type == "Context" else self._names.fields
            yield from _visitor(type, what, named)
        structs = "[[maybe_unused]] const Hyperparameters& given, [[maybe_unused]] const Context& known"
        for name, taken, doc, body in (
            ("names", _KEYS, "Phase 1: what is given twice.", values.conflicts()),
            ("reading", _TEXTS, "Phase 2: texts as values.", values.texts()),
            ("reading_native", f"{_NATIVE}, {_KEPT}", "Phase 2: JSON, or what is read like it.", values.natives()),
            ("taking", structs, "Phase 2: settings.", values.taking()),
            ("domains", "", "Phase 3: constant facts.", values.domains()),
            ("effects", "", "Phase 4: what is forbidden, used and set by default.", phases.effects()),
            ("presence", "", "Phase 5: what is missing.", phases.presence()),
            ("narrowing", "", "Phase 6: facts of cases, and ends that are names.", phases.narrowing()),
            ("rules", "", "Phase 7.", phases.rules()),
            ("advice", "", "Phase 8.", phases.advice()),
            ("conclude", "", "Phases 4 to 8.", (f"{phase}(p, facts, findings);" for phase in _LATER)),
            ("judge", "", "Phases 3 to 8.", ("domains(p, facts, findings);", "conclude(p, facts, findings);")),
        ):
            template = "template <class Given, class Known>" if taken.startswith(_NATIVE) else ""
            yield from _function(f"void {name}({', '.join(filter(None, (taken, _JUDGED)))})", doc, body, template)
        read = "[[maybe_unused]] const Parameters& p"
        doc = "What was given, in wire form; false if a list cannot be written."
        signature = f"bool write({read}, [[maybe_unused]] bool with_defaults, [[maybe_unused]] Wire& wire)"
        yield from _function(signature, doc, values.writing())
        restored = f"void restore({read}, [[maybe_unused]] Hyperparameters& restored)"
        yield from _function(restored, "What was given and could be read.", values.restoring())


def _visitor(type: str, what: str, members: Mapping[str, str]) -> Lines:
    yield f"/// Calls `visit(name, {what})` for each."
    yield "template <class Visit>"
    yield f"void for_each([[maybe_unused]] {type}& all, [[maybe_unused]] Visit&& visit) {{"
    yield from (f"    visit({quoted(name)}, all.{member});" for name, member in members.items())
    yield "}"
    yield ""


def _places(keys: Mapping[str, int]) -> Lines:
    by_length: dict[int, list[str]] = {}
    for key in keys:
        by_length.setdefault(len(key), []).append(key)
    yield "switch (key.size()) {"
    for length in sorted(by_length):
        yield f"    case {length}:"
        yield from (f"        if (key == {quoted(key)}) return {keys[key]};" for key in by_length[length])
        yield "        break;"
    yield "    default: break;"
    yield "}"
    yield "return -1;"


def _listed(name: str, doc: str, keys: Mapping[str, int]) -> Lines:
    yield f"/// {doc}"
    listed = f"{{{{{', '.join(map(quoted, keys))}}}}}" if keys else "{}"
    yield f"inline constexpr std::array<std::string_view, {len(keys)}> {name}{listed};"
    yield ""


def _function(signature: str, doc: str, body: Iterable[str], template: str = "") -> Lines:
    yield f"/// {doc}"
    if template:
        yield template
    yield f"{signature} {{" if template else f"inline {signature} {{"
    yield from (f"    {line}" for line in body)
    yield "}"
    yield ""


def _opening(algorithm: Algorithm, names: CppNames, package: str) -> Lines:
    yield "#pragma once"
    yield ""
    yield "#include <array>"
    yield "#include <cstdint>"
    yield "#include <initializer_list>"
    yield "#include <optional>"
    yield "#include <string>"
    yield "#include <string_view>"
    yield "#include <type_traits>"
    yield "#include <utility>"
    yield ""
    for part in ("judging", "patterns", "verdicts", "writing"):
        yield f'#include "runtime/{part}.hpp"'
    yield ""
    yield from comment(algorithm.title)
    yield f"namespace {package}::{names.namespace} {{"
    yield ""
    yield "using namespace std::string_view_literals;"
    yield ""


_PUBLIC = """\
/// What is said of one configuration. Its texts are views of what was judged, which has to outlive it.
struct Verdict {
    Parameters parameters;
    Facts context;
    /// Everything found, in the order of the phases.
    Findings findings;
    /// Unknown keys, and texts that had to be unescaped.
    judging::Kept kept;

    /// Whether no finding is an error.
    bool valid() const noexcept { return verdicts::is_valid(findings); }

    /// What was given and could be read, as settings that own their texts.
    Hyperparameters given() const {
        Hyperparameters restored;
        detail::restore(parameters, restored);
        return restored;
    }

    /// What was given in wire form, on request with the defaults; nothing if a list cannot be written.
    std::optional<Wire> to_wire(bool with_defaults = false) const {
        Wire wire;
        if (!detail::write(parameters, with_defaults, wire)) return std::nullopt;
        return wire;
    }

    /// The verdict as JSON.
    std::string as_json() const {
        std::string json = valid() ? "{\\"valid\\": true, \\"findings\\": " : "{\\"valid\\": false, \\"findings\\": ";
        verdicts::append_findings(json, findings);
        json += ", \\"parameters\\": {";
        bool is_first = true;
        detail::for_each(parameters, [&](std::string_view name, const auto& parameter) {
            if (!is_first) json += ", ";
            is_first = false;
            verdicts::append_parameter(json, name, parameter);
        });
        return json += "}}";
    }
};

/// Texts by key, for calls with a list in braces.
using Pairs = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// Reads and judges a configuration in wire form: a map, or any range of pairs, of texts.
template <class Config = Pairs, class Known = Pairs>
Verdict parse_wire(const Config& config, const Known& known = {}) {
    Verdict verdict;
    detail::Texts texts;
    detail::FactTexts facts;
    for (const auto& [key, text] : config) texts.take(detail::place_of(key), {}, key, text);
    for (const auto& [key, text] : known) facts.take(detail::place_of_fact(key), "context.", key, text);
    judging::report_unknown(verdict.findings, verdict.kept, std::move(texts.unknown), std::move(facts.unknown));
    detail::names(texts, facts, verdict.parameters, verdict.context, verdict.findings);
    detail::reading(texts, facts, verdict.parameters, verdict.context, verdict.findings);
    detail::judge(verdict.parameters, verdict.context, verdict.findings);
    return verdict;
}

/// No verdict views texts that are gone once it is there: name what holds them.
template <class Config, class Known = Pairs, std::enable_if_t<judging::holds_texts<Config>, int> = 0>
Verdict parse_wire(const Config&& config, const Known& known = {}) = delete;
template <class Config = Pairs, class Known, std::enable_if_t<judging::holds_texts<Known>, int> = 0>
Verdict parse_wire(const Config& config, const Known&& known) = delete;

/// Reads and judges a configuration in native form: an object in JSON.
inline Verdict parse_json(std::string_view config, std::string_view known = "{}"sv) {
    Verdict verdict;
    detail::Texts texts;
    detail::FactTexts facts;
    const bool has_config = judging::read_members(config, {}, texts, detail::place_of);
    const bool has_context =
        judging::read_members(known, "context.", facts, detail::place_of_fact) || json::Reader(known).null();
    if (!has_config) texts = {};
    if (!has_context) facts = {};
    judging::report_unknown(verdict.findings, verdict.kept, std::move(texts.unknown), std::move(facts.unknown));
    judging::report_misread(verdict.findings, has_config, has_context);
    detail::names(texts, facts, verdict.parameters, verdict.context, verdict.findings);
    detail::reading_native(texts, facts, verdict.kept, verdict.parameters, verdict.context, verdict.findings);
    detail::domains(verdict.parameters, verdict.context, verdict.findings);
    // In what is no object nothing is missing.
    Findings unsaid;
    detail::conclude(verdict.parameters, verdict.context, has_config && has_context ? verdict.findings : unsaid);
    return verdict;
}

/// No verdict views a text that is gone once it is there: name it.
template <class Text, std::enable_if_t<std::is_same_v<Text, std::string>, int> = 0>
Verdict parse_json(const Text&& config, std::string_view known = {}) = delete;
template <class Text, std::enable_if_t<std::is_same_v<Text, std::string>, int> = 0>
Verdict parse_json(std::string_view config, const Text&& known) = delete;

/// Judges a configuration of native values.
inline Verdict validate(const Hyperparameters& hyperparameters, const Context& context = {}) {
    Verdict verdict;
    detail::taking(hyperparameters, context, verdict.parameters, verdict.context, verdict.findings);
    detail::judge(verdict.parameters, verdict.context, verdict.findings);
    return verdict;
}

/// A configuration in wire form: what was given, on request with the defaults; nothing if it is not valid.
inline std::optional<Wire> to_wire(const Hyperparameters& hyperparameters, const Context& context = {},
                                   bool with_defaults = false) {
    const Verdict verdict = validate(hyperparameters, context);
    if (!verdict.valid()) return std::nullopt;
    return verdict.to_wire(with_defaults);
}
"""
