"""How C++ calls what a spec names: namespaces, enumerations, enumerators, members."""

import re
from collections.abc import Mapping

from knobsmith.model.catalog import Algorithm, Project
from knobsmith.model.domain import Domain
from knobsmith.records import Record
from knobsmith.views.identifiers import Names, identifier, pascal, snake

_KEYWORDS = frozenset(
    [
        "alignas",
        "alignof",
        "and",
        "and_eq",
        "asm",
        "atomic_cancel",
        "atomic_commit",
        "atomic_noexcept",
        "auto",
        "bitand",
        "bitor",
        "bool",
        "break",
        "case",
        "catch",
        "char",
        "char8_t",
        "char16_t",
        "char32_t",
        "class",
        "compl",
        "concept",
        "const",
        "consteval",
        "constexpr",
        "constinit",
        "const_cast",
        "continue",
        "co_await",
        "co_return",
        "co_yield",
        "decltype",
        "default",
        "delete",
        "do",
        "double",
        "dynamic_cast",
        "else",
        "enum",
        "explicit",
        "export",
        "extern",
        "false",
        "float",
        "for",
        "friend",
        "goto",
        "if",
        "inline",
        "int",
        "long",
        "mutable",
        "namespace",
        "new",
        "noexcept",
        "not",
        "not_eq",
        "nullptr",
        "operator",
        "or",
        "or_eq",
        "private",
        "protected",
        "public",
        "reflexpr",
        "register",
        "reinterpret_cast",
        "requires",
        "return",
        "short",
        "signed",
        "sizeof",
        "static",
        "static_assert",
        "static_cast",
        "struct",
        "switch",
        "synchronized",
        "template",
        "this",
        "thread_local",
        "throw",
        "true",
        "try",
        "typedef",
        "typeid",
        "typename",
        "union",
        "unsigned",
        "using",
        "virtual",
        "void",
        "volatile",
        "wchar_t",
        "while",
        "xor",
        "xor_eq",
    ]
)
# Macros of the standard library and of common compilers: no name survives them.
_MACROS = frozenset(
    [
        "assert",
        "BUFSIZ",
        "CHAR_BIT",
        "CHAR_MAX",
        "CHAR_MIN",
        "DBL_MAX",
        "DBL_MIN",
        "DOMAIN",
        "EDOM",
        "EOF",
        "EILSEQ",
        "ERANGE",
        "errno",
        "EXIT_FAILURE",
        "EXIT_SUCCESS",
        "FLT_MAX",
        "FLT_MIN",
        "HUGE_VAL",
        "I",
        "INFINITY",
        "INT_MAX",
        "INT_MIN",
        "isfinite",
        "isinf",
        "isnan",
        "LONG_MAX",
        "LONG_MIN",
        "major",
        "minor",
        "makedev",
        "math_errhandling",
        "max",
        "min",
        "MB_CUR_MAX",
        "NAN",
        "NDEBUG",
        "near",
        "far",
        "NULL",
        "offsetof",
        "OVERFLOW",
        "PLOSS",
        "RAND_MAX",
        "setjmp",
        "SIGINT",
        "SING",
        "stderr",
        "stdin",
        "stdout",
        "TLOSS",
        "TMP_MAX",
        "UNDERFLOW",
        "unix",
        "linux",
        "i386",
        "WEOF",
        "interface",
        "small",
        "IN",
        "OUT",
        "ERROR",
    ]
)
# What no name may be.
RESERVED = _KEYWORDS | _MACROS
# What the namespace of an algorithm holds beside its enumerations.
_TYPES = frozenset(
    ("Context", "Facts", "Finding", "Findings", "Hyperparameters", "Pairs", "Parameter", "Parameters", "Verdict")
)
_TYPES_OF_RUNTIME = frozenset(
    ("Fact", "List", "Reason", "Setting", "Severity", "State", "Status", "Use", "Wire", "WordOr")
)
_NAMES_OF_RUNTIME = _TYPES_OF_RUNTIME | frozenset(
    [
        "context",
        "detail",
        "for_each",
        "json",
        "judging",
        "numbers",
        "parameters",
        "parse_wire",
        "patterns",
        "text",
        "text_of",
        "to_wire",
        "validate",
        "values",
        "verdicts",
        "writing",
        "std",
        "given",
        "findings",
        "valid",
        "as_json",
        "is_used",
    ]
)


class CppEnum(Record):
    """An enumeration: its name, and the enumerator for each value."""

    name: str
    members: Mapping[str, str]


class CppNames(Record):
    """The names of one algorithm.

    Attributes:
        namespace: Inside that of the package; also the name of the header.
        fields: The member of each hyperparameter.
        context: The member of each fact about the job.
        enums: The enumeration of each hyperparameter whose values are a closed list of texts.
    """

    namespace: str
    fields: Mapping[str, str]
    context: Mapping[str, str]
    enums: Mapping[str, CppEnum]


def package_namespace(project: Project) -> str:
    """The namespace of a package, and the folder of its headers."""
    return Names(RESERVED | {"std"}).unique(_plain(snake(project.packages.cmake)))


def cpp_names(algorithms: tuple[Algorithm, ...]) -> tuple[CppNames, ...]:
    """The names of several algorithms that share a package."""
    namespaces = Names(RESERVED | _NAMES_OF_RUNTIME | {"runtime", "std"})
    return tuple(_names(algorithm, namespaces.unique(_plain(snake(algorithm.name)))) for algorithm in algorithms)


def has_enum(domain: Domain) -> bool:
    """Whether the values become an enumeration: those that are texts and no others are."""
    return domain.kind == "string" and bool(domain.values) and not domain.open


def _names(algorithm: Algorithm, namespace: str) -> CppNames:
    types = Names(RESERVED | _TYPES | _NAMES_OF_RUNTIME)
    enums = {
        parameter.name: CppEnum(
            types.unique(_plain(pascal(parameter.identifier or parameter.name))), _members(parameter.domain)
        )
        for parameter in algorithm.parameters
        if has_enum(parameter.domain)
    }
    taken = {enum.name for enum in enums.values()} | _TYPES | _TYPES_OF_RUNTIME
    fields, facts = Names(RESERVED | taken), Names(RESERVED | taken)
    return CppNames(
        namespace,
        {one.name: fields.unique(_plain(identifier(one.identifier or one.name, "p"))) for one in algorithm.parameters},
        {fact.name: facts.unique(_plain(identifier(fact.name, "p"))) for fact in algorithm.context},
        enums,
    )


def _members(domain: Domain) -> dict[str, str]:
    names = Names(RESERVED)
    members: dict[str, str] = {}
    for choice in domain.values or ():
        text = str(choice.value)
        members[text] = names.unique(_plain(identifier(choice.identifier or text)) if text else "empty")
    for word in domain.words:
        if word not in members:
            members[word] = names.unique(_plain(identifier(word)) if word else "empty")
    return members


def _plain(name: str) -> str:
    """Two underscores in a row are the compiler's."""
    return re.sub("__+", "_", name)
