"""What the models of all algorithms have in common."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError

from ._reading import is_mapping, read_members, read_native_config, read_wire_config
from ._state import Laws, State
from .facts import Algorithm
from .findings import Finding
from .verdict import Verdict


class Hyperparameters(BaseModel):
    """A valid configuration of one algorithm.

    Every attribute holds the value in effect: the given one, else the default; None where there is neither.
    `model_fields_set` names the attributes that were given. What `model_validate` gets as its `context` is read for
    the facts about the job that the algorithm knows.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True, protected_namespaces=()
    )

    _laws: ClassVar[Laws]
    _verdict: Verdict = PrivateAttr()

    @property
    def verdict(self) -> Verdict:
        """What validation said: warnings, advice, and what each hyperparameter comes to."""
        return self._verdict

    @classmethod
    def facts(cls) -> Algorithm:
        """All facts of the algorithm."""
        return cls._laws.facts

    @classmethod
    def from_native(cls, config: Mapping[str, Any], *, context: Mapping[str, Any] | None = None) -> Self:
        """Read native values, by the names of the training service or those of the attributes.

        Raises:
            ValidationError: The configuration is not valid; all errors are in it.
        """
        return cls.model_validate(_Judged(config, cls._read(config, context)))

    @classmethod
    def from_wire(cls, config: Mapping[str, str], *, context: Mapping[str, str] | None = None) -> Self:
        """Read the texts of the training service.

        Raises:
            ValidationError: The configuration is not valid; all errors are in it.
        """
        return cls.model_validate(_Judged(config, read_wire_config(cls._laws, config, context)))

    def to_wire(self, *, defaults: bool = False) -> dict[str, str]:
        """The texts to send to the training service: what was given, and on request the defaults in use."""
        return self._verdict.to_wire(defaults=defaults)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """The configuration with some values changed, validated anew."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return self.from_native({**given, **(update or {})}, context=self._verdict.context)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Read JSON text; a name that stands in it twice is an error.

        Raises:
            ValidationError: The text is no JSON object, or the configuration is not valid.
        """
        try:
            members = json.loads(json_data, object_pairs_hook=_Members)
        except (ValueError, RecursionError):
            members = None
        if not isinstance(members, _Members):
            return super().model_validate_json(json_data, **options)
        return cls.model_validate(members, **options)

    @classmethod
    def _read(cls, config: Mapping[str, Any], context: Mapping[str, Any] | None) -> State:
        """What native values say, by the names of the training service or those of the attributes."""
        if not is_mapping(config):
            return read_native_config(cls._laws, config, context)
        renamed = cls._laws.fields
        members = config.pairs if isinstance(config, _Members) else config.items()
        return read_members(cls._laws, [(renamed.get(name, name), value) for name, value in members], context)

    @model_validator(mode="wrap")
    @classmethod
    def _judge(cls, data: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        if isinstance(data, Mapping):
            facts = info.context if isinstance(info.context, Mapping) else {}
            context = {name: facts[name] for name in cls._laws.context if name in facts}
            data = _Judged(data, cls._read(data, context))
        if not isinstance(data, _Judged):
            return handler(data)
        if not data.verdict.valid:
            raise _validation_error(cls.__name__, data)
        model = handler(data.verdict.values)
        parameters = cls._laws.facts.parameters
        given = {parameters[name].field for name in data.verdict.given}
        object.__setattr__(model, "__pydantic_fields_set__", given)
        model._verdict = data.verdict
        return model

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The schema of pydantic, with the documentation of each hyperparameter."""
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, parameter in cls._laws.facts.parameters.items():
            properties[name]["description"] = parameter.doc
        return schema


class _Members(dict[str, Any]):
    """A JSON object with all that stands in it, of which a mapping keeps the last of each name."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs


class _Judged:
    """A configuration with its verdict, on its way into a model."""

    __slots__ = ("config", "verdict")

    def __init__(self, config: Mapping[str, Any], state: State) -> None:
        self.config = config
        self.verdict: Verdict = state.laws.judge(state)


def _validation_error(title: str, judged: _Judged) -> ValidationError:
    errors = [finding for finding in judged.verdict.findings if finding.severity == "error"]
    return ValidationError.from_exception_data(title, [_line_error(finding, judged.config) for finding in errors])


def _line_error(finding: Finding, config: Mapping[str, Any]) -> InitErrorDetails:
    place = () if finding.parameter is None else (finding.parameter,)
    # The type and the template are no literals here; without a context pydantic takes the template as it is.
    error = PydanticCustomError(finding.code, str(finding))
    input = config.get(finding.parameter or "", None) if is_mapping(config) else config
    return InitErrorDetails(type=error, loc=place, input=input)
