"""The schemas of spec files: editors must accept what the compiler accepts, and complete every key."""

from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from knobsmith.load import Mapping, Node, load_file, load_text
from knobsmith.load.tree import Scalar, Sequence
from knobsmith.model.print import print_algorithm
from knobsmith.model.spec import AlgorithmSpec, file_kind, spec_schemas
from knobsmith.source import SourceFile

from tests.strategies import algorithms

SCHEMAS = spec_schemas()
ROOT = Path(__file__).parents[2]
FILES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("spec/**/*.yaml"))
FILES += sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("examples/*/spec/**/*.yaml"))


def plain(node: Node) -> Any:
    match node:
        case Scalar(value=value):
            return value
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(entries=entries):
            return {entry.key.text: plain(entry.value) for entry in entries}


def objections(kind: str, tree: Mapping) -> list[str]:
    validator = jsonschema_rs.Draft202012Validator(SCHEMAS[kind])
    return [f"{error.instance_path}: {error.message}" for error in validator.iter_errors(plain(tree))]


def read(text: str) -> Mapping:
    tree = load_text(SourceFile("x.yaml", text)).tree
    assert tree is not None
    return tree


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_itself_valid(kind: str) -> None:
    jsonschema_rs.meta.validate(SCHEMAS[kind])


@pytest.mark.parametrize("path", FILES)
def test_the_specs_of_this_project_pass(path: str) -> None:
    tree = load_file(ROOT, path).tree
    assert tree is not None
    kind = file_kind(tree)
    assert kind is not None
    assert objections(kind, tree) == []


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=50)
@given(algorithms())
def test_what_the_compiler_reads_passes(spec: AlgorithmSpec) -> None:
    assert objections("algorithm", read(print_algorithm(spec))) == []


def described(schema: Any) -> list[str]:
    """The paths of keys without a description."""
    missing = []
    if isinstance(schema, dict):
        for name, key in schema.get("properties", {}).items():
            if isinstance(key, dict) and "description" not in key:
                missing.append(name)
        missing += [path for value in schema.values() for path in described(value)]
    elif isinstance(schema, list):
        missing += [path for value in schema for path in described(value)]
    return missing


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_key_says_what_it_means(kind: str) -> None:
    schema = {key: value for key, value in SCHEMAS[kind].items() if key != "then"}
    assert described(schema) == []


HEAD = "knobsmith: 1\nalgorithm: x\ntitle: X\ndoc: D\n"


@pytest.mark.parametrize(
    "text",
    [
        "knobsmith: 2\nalgorithm: x\ntitle: X\ndoc: D\nparameters: {}\n",
        HEAD,
        HEAD + "parameters: {a: {type: integer}}\n",
        HEAD + "parameters: {a: {type: integer, doc: D, defualt: 1}}\n",
        HEAD + "parameters: {a: {type: float, doc: D}}\n",
        HEAD + "parameters: {a: {type: integer, doc: D, range: 3}}\n",
        HEAD + "parameters: {a: {type: integer, doc: D, tuning: {scal: log}}}\n",
        HEAD + "parameters: {a b: {type: integer, doc: D}}\n",
        HEAD + "parameters: {a: {type: list, items: {typ: integer}, doc: D}}\n",
        HEAD + "parameters: {}\nmetrics: {m: {doc: D, direction: up}}\n",
    ],
)
def test_a_slip_is_shown_while_typing(text: str) -> None:
    assert objections("algorithm", read(text))


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "parameters: {a: {use: f/a, tuning: null}}\n",
        HEAD + 'families: {s: [l]}\nparameters: {"{s}_a": {type: integer, doc: D}, l_a: {default: 1}}\n',
        HEAD + 'parameters: {}\nmetrics: {"train:{k}": {doc: D, direction: maximize}}\nfamilies: {k: [a]}\n',
    ],
)
def test_what_sharing_allows_is_not_objected_to(text: str) -> None:
    assert objections("algorithm", read(text)) == []
