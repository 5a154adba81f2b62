"""How TypeScript calls what a spec names: namespaces, types, local variables. Keys of objects are the wire names."""

import re
from collections.abc import Mapping

from knobsmith.model.catalog import Algorithm
from knobsmith.records import Record
from knobsmith.views.identifiers import Names, identifier, words

# Reserved words, in strict code too, and names that mean something else to a reader.
KEYWORDS = frozenset(
    (
        *("abstract", "any", "arguments", "as", "async", "await", "boolean", "break", "case", "catch", "class"),
        *("const", "constructor", "continue", "debugger", "declare", "default", "delete", "do", "else", "enum"),
        *("eval", "export", "extends", "false", "finally", "for", "from", "function", "get", "if", "implements"),
        *("import", "in", "instanceof", "interface", "let", "module", "namespace", "never", "new", "null"),
        *("number", "object", "of", "package", "private", "protected", "public", "readonly", "require", "return"),
        *("satisfies", "set", "static", "string", "super", "switch", "symbol", "this", "throw", "true", "try"),
        *("type", "typeof", "undefined", "unique", "unknown", "using", "var", "void", "while", "with", "yield"),
        *("globalThis", "Infinity", "NaN", "Array", "Math", "Number", "Object", "RegExp", "String", "Symbol"),
    )
)
# Names that the functions of a client use beside the hyperparameters.
USED = frozenset(
    (
        *("advise", "advising", "among", "breakCase", "breakEnds", "breakRule", "computed", "config", "is", "context"),
        *("facts", "fits", "forbid", "isMapping", "isWhole", "judge", "lengthOf", "miss", "own", "parse"),
        *("parseWire", "plainly", "read", "readAs", "row", "same", "state", "text", "toWire", "unuse", "value"),
        *("verdictOf", "written", "is", "input", "finite", "integerOf", "numberOf", "plainText", "safeInteger"),
        *(
            "fall",
            "items",
            "itemsOf",
            "itemsOfList",
            "repeated",
            "rowOfTexts",
            "rowOfValues",
            "CONTEXT",
            "Config",
            "Context",
            "Facts",
            "LAWS",
            "Laws",
            "Name",
        ),
        *("PARAMETERS", "RULES", "Row", "State", "UNKNOWN", "Unknown", "Values", "Verdict"),
    )
)
_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")


class TypeScriptNames(Record):
    """The names of one algorithm.

    Attributes:
        namespace: Under which the package's front door offers it.
        locals: The local variable for each hyperparameter.
        context_locals: The local variable for each fact of the context.
    """

    namespace: str
    locals: Mapping[str, str]
    context_locals: Mapping[str, str]


def typescript_names(algorithms: tuple[Algorithm, ...]) -> tuple[TypeScriptNames, ...]:
    """The names of several algorithms that share a package."""
    namespaces = Names(KEYWORDS)
    return tuple(_names(algorithm, namespaces) for algorithm in algorithms)


def camel(text: str) -> str:
    """``image-classification`` becomes ``imageClassification``."""
    first, *rest = words(text) or [""]
    return identifier(first.lower() + "".join(word[:1].upper() + word[1:] for word in rest))


def is_identifier(text: str) -> bool:
    """Whether a name may follow a dot, or stand as a key without quotes."""
    return _IDENTIFIER.fullmatch(text) is not None


def _names(algorithm: Algorithm, namespaces: Names) -> TypeScriptNames:
    variables = Names({*KEYWORDS, *USED})
    return TypeScriptNames(
        namespaces.unique(camel(algorithm.name)),
        {p.name: variables.unique(identifier(p.identifier or p.name, "p")) for p in algorithm.parameters},
        {fact.name: variables.unique(f"context_{identifier(fact.name)}") for fact in algorithm.context},
    )
