"""The two modules of an algorithm: the one that validates, and the one that states all facts."""

import re
from collections.abc import Iterator

from knobsmith.model.catalog import Algorithm, ContextFact, Parameter
from knobsmith.regex import to_ecma
from knobsmith.targets.documentation import one_line
from knobsmith.targets.typescript.judge import JudgeFunction
from knobsmith.targets.typescript.readers import Form, Readers
from knobsmith.targets.typescript.records import algorithm as facts_of
from knobsmith.targets.typescript.records import fact_law, parameter_law, rule_law
from knobsmith.targets.typescript.source_text import doc_comment, literal, source
from knobsmith.targets.typescript.types import types_of, value_type
from knobsmith.views.typescript_names import TypeScriptNames, is_identifier

# Where the module of an algorithm finds what it calls.
_IMPORTED = {
    "domains": ("among", "fall", "repeated", "same"),
    "judging": (
        *(
            "advise",
            "breakCase",
            "breakEnds",
            "breakRule",
            "computed",
            "fits",
            "forbid",
            "is",
            "miss",
            "require",
            "unuse",
        ),
    ),
    "reading": ("isMapping", "isWhole", "itemsOf", "itemsOfList", "own", "plainly", "read"),
    "state": ("Laws", "State", "UNKNOWN"),
    "texts": ("finite", "integerOf", "lengthOf", "numberOf", "plainText", "safeInteger"),
    "verdict": ("verdictOf", "written"),
}
_TEXTS_AND_COMMENTS = re.compile(r'"(?:\\.|[^"\\])*"|/\*.*?\*/|//[^\n]*', re.DOTALL)
_CALLED = re.compile(r"(?<![.\w])([A-Za-z]\w*)(?:[<(]|\)[; ])")
# Under these every object inherits something.
_INHERITED = frozenset(
    (
        *("__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__", "__proto__"),
        *("constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString"),
        *("toString", "valueOf"),
    )
)


def index_module(algorithm: Algorithm, names: TypeScriptNames) -> str:
    """The module that users import: types, `parse`, `parseWire`, `toWire`."""
    patterns = _Patterns()
    judge = JudgeFunction(algorithm, names, patterns.name).lines()
    code = _code("\n".join(judge))
    readers = Readers()
    rows = [part for form in ("wire", "native") for part in _row_function(form, algorithm, readers)]
    arguments = ["state: State"] if judge else []
    if re.search(r"\badvising\b", code):
        arguments.append("advising: boolean")
    body = [
        types_of(algorithm),
        *_row_types(algorithm, has_facts=any("facts[" in line for line in judge)),
        "",
        *_tables(algorithm),
        *patterns.lines(code),
        *(f"\n{function}" for function in readers.functions),
        *rows,
        "",
        "/** The phases of validation from the fourth on; the last one if somebody wants advice. */",
        f"function judge({', '.join(arguments)}): void {{",
        *judge,
        "}",
        "",
        f"const LAWS = /* @__PURE__ */ new Laws({literal(algorithm.name)}, PARAMETERS, CONTEXT, RULES, judge);",
        "",
        _DOORS,
    ]
    text = "\n".join(body)
    title = doc_comment(f"The hyperparameters of {one_line(algorithm.title)}.\n\n{one_line(algorithm.doc)}")
    return "\n".join([f"{title}", *_imports(text), "", text])


def facts_module(algorithm: Algorithm) -> str:
    """The module that states all facts, for user interfaces."""
    text = source(facts_of(algorithm), taken=len("const facts =  as const;"))
    return "\n".join(
        [
            doc_comment(f"All facts of {one_line(algorithm.title)}, for user interfaces and docs."),
            'import { frozen } from "../../common/freezing.js";',
            "",
            f"const facts = {text} as const;",
            "",
            "/** What is known of the algorithm and its hyperparameters. Many share it, so nobody can change it. */",
            "export const FACTS: typeof facts = /* @__PURE__ */ frozen(facts);",
            "",
        ]
    )


class _Patterns:
    """Gives out constants for the regular expressions of formulas."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def name(self, pattern: str) -> str:
        """The constant that holds a regular expression."""
        return self._names.setdefault(to_ecma(pattern), f"PATTERN_{len(self._names) + 1}")

    def lines(self, code: str) -> list[str]:
        """The definitions of those that are used; a test that cannot matter is left out of the code."""
        return [
            f'const {name} = /* @__PURE__ */ new RegExp({literal(pattern)}, "u");'
            for pattern, name in self._names.items()
            if re.search(rf"\b{name}\b", code)
        ]


def _row_types(algorithm: Algorithm, *, has_facts: bool) -> Iterator[str]:
    yield "/** What was read of each hyperparameter. */"
    yield from _tuple(
        "Row", [(p.name, f"{value_type(p.domain, is_loose=True)} | Unknown | undefined") for p in algorithm.parameters]
    )
    if not has_facts:
        return
    yield "/** What is known of the job. */"
    yield from _tuple(
        "Facts", [(f.name, f"{value_type(f.domain, is_loose=True)} | Unknown") for f in algorithm.context]
    )


def _tuple(name: str, types: list[tuple[str, str]]) -> Iterator[str]:
    if not types:
        yield f"type {name} = readonly [];"
        return
    yield f"type {name} = readonly ["
    yield from (f"  {type}, // {wire}" for wire, type in types)
    yield "];"


def _tables(algorithm: Algorithm) -> Iterator[str]:
    tables = {
        "PARAMETERS": ("ParameterLaw", [parameter_law(p) for p in algorithm.parameters]),
        "CONTEXT": ("FactLaw", [fact_law(fact) for fact in algorithm.context]),
        "RULES": ("Rule", [rule_law(rule) for rule in algorithm.rules]),
    }
    for name, (kind, records) in tables.items():
        text = source(records, taken=len(name) + len(kind) + 38)
        yield f"const {name} = {text} as const satisfies readonly {kind}[];"


def _row_function(form: Form, algorithm: Algorithm, readers: Readers) -> Iterator[str]:
    name, doc = ("rowOfTexts", "texts") if form == "wire" else ("rowOfValues", "native values")
    parameters: list[Parameter] = list(algorithm.parameters)
    readings = [
        readers.reading(form, place, parameter, _access(parameter)) for place, parameter in enumerate(parameters)
    ]
    yield ""
    yield f"/** Each hyperparameter from {doc} of which nothing is to be said; undefined if there are others. */"
    yield f"function {name}(config: unknown): Row | undefined {{"
    yield "  if (!isMapping(config)) return undefined;"
    yield "  const row: Row = ["
    yield from (f"    {reading}," for reading in readings)
    yield "  ];"
    yield "  return isWhole(LAWS, row, config) ? row : undefined;"
    yield "}"


def _access(fact: Parameter | ContextFact) -> str:
    if fact.name in _INHERITED:
        return f"own(config, {literal(fact.name)})"
    return f"config.{fact.name}" if is_identifier(fact.name) else f"config[{literal(fact.name)}]"


def _code(text: str) -> str:
    """Source without its literals and comments."""
    return _TEXTS_AND_COMMENTS.sub("", text)


def _imports(text: str) -> Iterator[str]:
    facts = [name for name in ("FactLaw", "ParameterLaw", "Rule") if re.search(rf"\b{name}\b", text)]
    yield f'import type {{ {", ".join(facts)} }} from "../../common/facts.js";'
    yield 'import type { Finding as AnyFinding, Verdict as AnyVerdict, WireOptions } from "../../common/findings.js";'
    code = _code(text)
    called = set(_CALLED.findall(code))
    for module, names in _IMPORTED.items():
        used = [name for name in names if name in called]
        if module == "state":
            used = ["Laws", *(["type State"] if "state: State" in code else [])]
            used += [*(["UNKNOWN"] if re.search(r"\bUNKNOWN\b", code) else []), "type Unknown"]
        if used:
            yield f'import {{ {", ".join(used)} }} from "../../common/{module}.js";'


_DOORS = """\
/** One thing that is wrong, or worth knowing, about a configuration; `code` tells what. */
export type Finding = AnyFinding<Name, keyof Context, RuleName>;

/** The verdict on a configuration; where it is `valid`, `values` holds what each hyperparameter is. */
export type Verdict = AnyVerdict<Name, Config, Values, Finding>;

/**
 * Judge native values: numbers, booleans, strings and arrays, as JSON has them.
 *
 * @param config - The values by the names of the training service; a `Config`, or whatever claims to be one.
 * @param context - What is known of the job, a `Context`; what is absent is unknown.
 */
export function parse(config: unknown, context?: unknown): Verdict {
  return verdictOf(read(LAWS, rowOfValues(config), config, context, false));
}

/**
 * Judge the texts that the training service takes.
 *
 * @param texts - The texts by the names of the training service.
 * @param context - What is known of the job, as text; what is absent is unknown.
 */
export function parseWire(texts: unknown, context?: unknown): Verdict {
  return verdictOf(read(LAWS, rowOfTexts(texts), texts, context, true));
}

/**
 * The texts to send to the training service for native values.
 *
 * @param config - The values by the names of the training service.
 * @param options - Whether to write the defaults in use as well, and what is known of the job.
 * @throws InvalidHyperparameters The values are not valid.
 */
export function toWire(
  config: Config,
  options: WireOptions & { readonly context?: Context } = {},
): Record<string, string> {
  return written(parse(config, options.context), options);
}
"""
