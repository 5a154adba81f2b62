"""Renders the vectors: a JSON object a line, and a page about their form."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeGuard

from knobsmith.judging import Form, Judge, Unwritable, Verdict, write_wire
from knobsmith.model.base import PlainValue, json_value
from knobsmith.model.catalog import Algorithm, Catalog, ContextFact, Parameter
from knobsmith.targets.base import Options, OutputFile, carried, dropped
from knobsmith.targets.vectors.about import ABOUT
from knobsmith.targets.vectors.cases import Trial, trials
from knobsmith.targets.vectors.derivation import derivation
from knobsmith.targets.vectors.scenarios import Scenarios
from knobsmith.targets.vectors.verdicts import Verdicts

FORMAT = 1
_PROSE = dropped("vectors say what is valid, not why")


class VectorsTarget:
    """Configurations at every edge of the spec, with the verdict that every client must give."""

    name = "vectors"
    fidelity = carried(
        **dict.fromkeys(
            ("examples", "group", "if_unset", "metrics", "precision", "provenance", "tuning", "unit"), _PROSE
        )
    )

    def render(self, catalog: Catalog, options: Options) -> Iterator[OutputFile]:
        """A file for each algorithm, and the page about their form."""
        return self.render_others(catalog, options, ())

    def keys(self, catalog: Catalog, options: Options) -> Mapping[str, str]:
        """What the vectors of each algorithm are derived from."""
        return {_path(algorithm): derivation(algorithm) for algorithm in catalog.algorithms}

    def render_others(self, catalog: Catalog, options: Options, kept: Collection[str]) -> Iterator[OutputFile]:
        """All files but those that are kept."""
        yield OutputFile("vectors/README.md", ABOUT)
        for algorithm in catalog.algorithms:
            if _path(algorithm) not in kept:
                lines = "".join(f"{_line(one)}\n" for one in (head(algorithm), *vectors(algorithm)))
                yield OutputFile(_path(algorithm), lines)


TARGET = VectorsTarget()


def head(algorithm: Algorithm) -> dict[str, Any]:
    """The first line: what most hyperparameters come to."""
    base = Scenarios(algorithm).base
    usual = _parameters(Judge(algorithm).verdict(base.config, {}, "native"))
    return {"format": FORMAT, "algorithm": algorithm.name, "parameters": usual}


def vectors(algorithm: Algorithm) -> Iterator[dict[str, Any]]:
    """The vectors; what their hyperparameters come to is said as far as it differs from the head."""
    usual = head(algorithm)["parameters"]
    writer = _Writer(algorithm)
    seen: set[str] = set()
    for trial in trials(algorithm):
        vector = writer.vector(trial, usual)
        if vector is not None:
            key = repr((vector.get("native"), vector.get("wire")))
            if key not in seen:
                yield vector
            seen.add(key)


def _path(algorithm: Algorithm) -> str:
    return f"vectors/{algorithm.name}.jsonl"


class _Writer:
    """Brings trials into their two forms."""

    def __init__(self, algorithm: Algorithm) -> None:
        self._verdicts = Verdicts(algorithm)
        self._parameters = {key: one for one in algorithm.parameters for key in (one.name, *one.aliases)}
        self._facts = {fact.name: fact for fact in algorithm.context}

    def vector(self, trial: Trial, usual: Mapping[str, Any]) -> dict[str, Any] | None:
        """A trial with its verdict; None if it has neither form."""
        forms: dict[Form, tuple[Any, Any]] = {}
        verdict: Verdict | None = None
        is_text = bool(trial.config_texts or trial.context_texts)
        if not is_text:
            forms["native"] = (_native(trial.config), _native(trial.context))
            verdict = self._verdicts.of(trial.config, trial.context, "native")
        wire = self._wire(trial)
        if wire is not None:
            judged = self._verdicts.of(*wire, "wire")
            if verdict is None or judged == verdict:
                forms["wire"], verdict = wire, judged
        if verdict is None:
            return None
        return {
            "name": trial.name,
            "construct": trial.construct,
            **_shown(forms),
            **self._expected(verdict, forms, usual),
        }

    def _wire(self, trial: Trial) -> tuple[dict[str, str], dict[str, str]] | None:
        if not isinstance(trial.config, Mapping) or not isinstance(trial.context, Mapping):
            return None
        config = _texts(trial.config, self._parameters)
        context = _texts(trial.context, self._facts)
        if config is None or context is None:
            return None
        return {**config, **trial.config_texts}, {**context, **trial.context_texts}

    def _expected(self, verdict: Verdict, forms: Mapping[Form, Any], usual: Mapping[str, Any]) -> dict[str, Any]:
        states = _parameters(verdict)
        expected: dict[str, Any] = {
            "valid": verdict.is_valid,
            "findings": [list(finding) for finding in verdict.findings],
            "parameters": {name: state for name, state in states.items() if state != usual[name]},
        }
        if verdict.is_valid:
            written = self._written(verdict)
            if "wire" not in forms or written != forms["wire"][0]:
                expected["writes"] = written
        return expected

    def _written(self, verdict: Verdict) -> dict[str, str] | None:
        """What a client writes back: what was given, in the order of the spec; None if a list cannot be written."""
        try:
            return {
                name: write_wire(self._parameters[name].wire, one.value)
                for name, one in verdict.parameters.items()
                if one.state == "given" and one.value is not None
            }
        except Unwritable:
            return None


def _shown(forms: Mapping[Form, tuple[Any, Any]]) -> dict[str, Any]:
    """The forms; a context is there only if something is known, or it is none."""
    shown: dict[str, Any] = {}
    for form, (config, context) in forms.items():
        shown[form] = {"config": config, "context": context} if context != {} else {"config": config}
    return shown


def _parameters(verdict: Verdict) -> dict[str, Any]:
    return {name: one.as_json() for name, one in verdict.parameters.items()}


def _native(values: object) -> Any:
    return {name: _plain(value) for name, value in values.items()} if isinstance(values, Mapping) else values


def _plain(value: object) -> Any:
    """A native value as JSON has it; what is meant to be minus zero stays so."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and value != 0:
        return json_value(value)
    return value


def _texts(values: Mapping[str, object], known: Mapping[str, Parameter | ContextFact]) -> dict[str, str] | None:
    """The same in wire form; None if there is none."""
    written: dict[str, str] = {}
    for name, value in values.items():
        about = known.get(name)
        if not _is_value(value):
            return None
        try:
            written[name] = write_wire(about.wire if about is not None else None, value)
        except Unwritable:
            return None
    return written


def _is_value(value: object) -> TypeGuard[PlainValue]:
    if isinstance(value, tuple):
        return all(map(_is_value, value))
    return isinstance(value, (bool, int, float, str))


def _line(vector: dict[str, Any]) -> str:
    text = json.dumps(vector, ensure_ascii=False, separators=(", ", ": "))
    # Half a surrogate pair has no place in UTF-8; as an escape it has.
    return text if text.isascii() or _is_unicode(text) else json.dumps(vector, separators=(", ", ": "))


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
