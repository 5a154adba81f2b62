"""How Python calls what a spec names: modules, classes, attributes, members of enums, local variables."""

import builtins
import keyword
from collections.abc import Mapping

from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm, Parameter, Project
from knobsmith.model.domain import Domain
from knobsmith.records import Record
from knobsmith.resolve.packages import import_name
from knobsmith.views.identifiers import Names, constant, identifier, pascal, snake

_KEYWORDS = frozenset({*keyword.kwlist, *keyword.softkwlist})
_BUILTINS = frozenset(name for name in dir(builtins) if name[0].isalpha())
# Modules of the package that are the same for all algorithms.
RUNTIME_MODULES = frozenset({"facts", "findings", "jobs", "model", "preflight", "verdict", "verdicts"})
# What else the front door offers.
_OFFERED = frozenset({"accelerated"})
# Classes that the package's front door offers beside the models.
COMMON_CLASSES = frozenset(
    {"Finding", "Hyperparameters", "InvalidHyperparameters", "ParameterState", "Verdict", "Verdicts"}
)
# Others that it offers, which no algorithm's own modules use.
JOB_CLASSES = frozenset({"Channel", "JobRefused", "Problem", "Setup", "TrainingJob", "TuningJob"})
# What pydantic's BaseModel and our models have already.
_MODEL_ATTRIBUTES = frozenset(
    (
        *("construct", "copy", "dict", "from_orm", "json", "model_computed_fields", "model_config"),
        *("model_construct", "model_copy", "model_dump", "model_dump_json", "model_extra", "model_fields"),
        *("model_fields_set", "model_json_schema", "model_parametrized_name", "model_post_init"),
        *("model_rebuild", "model_validate", "model_validate_json", "model_validate_strings", "parse_file"),
        *("parse_obj", "parse_raw", "schema", "schema_json", "update_forward_refs", "validate", "facts"),
        *("from_native", "from_wire", "to_wire", "verdict", "self"),
    )
)
# Names that the modules of an algorithm use beside its own.
_IMPORTED = frozenset(
    (
        *("bool", "float", "int", "str", "tuple", "Annotated", "Any", "ClassVar", "Enum", "FACTS", "Field"),
        *("Hyperparameters", "LAWS", "Laws", "Literal", "NamedTuple", "Sequence", "State", "StrEnum"),
        *("TYPE_CHECKING", "Verdict", "UNKNOWN"),
    )
)
# Names that the functions of a client use beside the hyperparameters.
_USED_LOCALLY = frozenset(
    (
        *("UNKNOWN", "advise", "boolean", "break_case", "break_ends", "break_rule", "context", "fits"),
        *("forbid", "found", "hold", "is_finite", "is_number", "isfinite", "judge_many", "look_closer", "lt", "miss"),
        "plain_text",
        *("re", "require", "state", "unuse", "v"),
    )
)


class EnumNames(Record):
    """An enumeration: its class, and the member for each value."""

    name: str
    members: Mapping[str, str]


class RowNames(Record):
    """A list with named items: its class, and the attribute for each of the list's fields."""

    name: str
    fields: Mapping[str, str]


class PythonNames(Record):
    """The names of one algorithm.

    Attributes:
        module: Of its package.
        model: The class of its configurations.
        fields: The attribute of each hyperparameter.
        enums: The enumeration of each hyperparameter that has one.
        rows: The class of each hyperparameter that is a list with named items.
        locals: The local variable for each hyperparameter.
        context_locals: The local variable for each fact of the context.
    """

    module: str
    model: str
    fields: Mapping[str, str]
    enums: Mapping[str, EnumNames]
    rows: Mapping[str, RowNames]
    locals: Mapping[str, str]
    context_locals: Mapping[str, str]


def package_name(project: Project) -> str:
    """The import name of the package."""
    return import_name(project)


def accelerator_name(package: str) -> str:
    """The import name of the extension that a package uses if it is there."""
    return f"{package}_native"


def python_names(algorithms: tuple[Algorithm, ...]) -> tuple[PythonNames, ...]:
    """The names of several algorithms that share a package."""
    modules = Names({*RUNTIME_MODULES, *_OFFERED, *_KEYWORDS})
    models = Names({*COMMON_CLASSES, *JOB_CLASSES, *_KEYWORDS, *_BUILTINS, *_IMPORTED})
    return tuple(_names(algorithm, modules, models) for algorithm in algorithms)


def _names(algorithm: Algorithm, modules: Names, models: Names) -> PythonNames:
    model = models.unique(pascal(algorithm.name))
    classes = Names({model, *COMMON_CLASSES, *_KEYWORDS, *_BUILTINS, *_IMPORTED})
    enums = {p.name: _enum(p, classes) for p in algorithm.parameters if has_enum(p.domain)}
    rows = {p.name: _row(p, classes) for p in algorithm.parameters if p.domain.fields}
    used = {model, *(enum.name for enum in enums.values()), *(row.name for row in rows.values())}
    attributes = Names({*keyword.kwlist, *_IMPORTED, *_MODEL_ATTRIBUTES, *used})
    variables = Names({*_KEYWORDS, *_BUILTINS, *_USED_LOCALLY})
    return PythonNames(
        modules.unique(snake(algorithm.name)),
        model,
        _attributes(algorithm, attributes),
        enums,
        rows,
        {p.name: variables.unique(_wanted(p)) for p in algorithm.parameters},
        {fact.name: variables.unique(f"context_{identifier(fact.name)}") for fact in algorithm.context},
    )


def _attributes(algorithm: Algorithm, names: Names) -> dict[str, str]:
    """The attribute of each hyperparameter: no one's is the name or an alias of another, as a model takes either."""
    parameters = algorithm.parameters
    given = {p.name: names.unique(p.name) for p in parameters if _wanted(p) == p.name}
    for key in (key for p in parameters for key in (p.name, *p.aliases)):
        names.reserve(key)
    given |= {p.name: names.unique(_wanted(p)) for p in parameters if p.name not in given}
    return {p.name: given[p.name] for p in parameters}


def has_enum(domain: Domain) -> bool:
    """Whether the values of a hyperparameter become an enumeration: those that are texts."""
    return domain.kind == "string" and bool(domain.values)


def _wanted(parameter: Parameter) -> str:
    return identifier(parameter.identifier or parameter.name, "p")


def _enum(parameter: Parameter, classes: Names) -> EnumNames:
    # `mro` is what an enumeration itself needs; names in capitals meet nothing else of it.
    names = Names({"MRO"})
    members: dict[str, str] = {}
    for choice in parameter.domain.values or ():
        members[str(choice.value)] = names.unique(_member(choice.value, choice.identifier))
    return EnumNames(classes.unique(pascal(parameter.identifier or parameter.name)), members)


def _member(value: PlainValue, wanted: str | None) -> str:
    return constant(wanted or str(value)) if wanted or str(value) else "EMPTY"


def _row(parameter: Parameter, classes: Names) -> RowNames:
    names = Names({*keyword.kwlist, "count", "index"})
    fields = {field: names.unique(identifier(field, "p")) for field in parameter.domain.fields}
    return RowNames(classes.unique(pascal(parameter.identifier or parameter.name)), fields)
