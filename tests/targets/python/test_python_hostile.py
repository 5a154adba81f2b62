"""A spec is untrusted text: whatever it says, the generated code has the same shape, and says it."""

import ast
import json
import tomllib
from typing import Any

import pytest
from knobsmith.targets.python import TARGET, in_memory

from tests.support.compile import compile_algorithm
from tests.targets.python.fixture import catalog

HOSTILE = [
    '"""\nraise SystemExit\n"""',
    "'''\nraise SystemExit\n'''",
    'x", y=__import__("os").abort(), z="',
    "\\",
    '\\"',
    '"',
    "# type: ignore\nraise SystemExit",
    "{{ x }}{% raw %}{# y #}",
    "\u202etext\u2066",
    "\u2028raise SystemExit",
    "`*_<script>|[]()",
    "]] } ) | None",
]


def spec(text: str) -> dict[str, Any]:
    """A spec that holds a text wherever one is free."""
    doc = f"Words {text}"
    return {
        "knobsmith": 1,
        "algorithm": "example",
        "title": f"T {text}",
        "doc": doc,
        "notes": [doc],
        "sources": {"page": {"title": f"T {text}", "url": f"https://example.org/{text}", "covers": ["parameters"]}},
        "context": {"kind": {"type": "string", "values": {f"v{text}": doc, "w": doc}, "doc": doc}},
        "groups": {"group": {"title": f"T {text}", "doc": doc}},
        "parameters": {
            "choice": {
                "type": "string",
                "values": {
                    f"v{text}": {"doc": doc, "aliases": [f"a{text}"], "deprecated": {"reason": doc}},
                    "plain": doc,
                },
                "default": f"v{text}",
                "unit": text,
                "group": "group",
                "notes": [doc],
                "doc": doc,
            },
            "number": {
                "type": "integer",
                "special": {f"word{text}": doc},
                "default": f"word{text}",
                "used_when": f"choice == {json.dumps(f'v{text}')} && context.kind != {json.dumps(f'v{text}')}",
                "cases": [{"when": 'choice == "plain"', "doc": doc, "recommended": [1, f"word{text}"]}],
                "doc": doc,
            },
            "flag": {"type": "boolean", "wire": f"yes{WIRE.get(text, '')}/no", "default": True, "doc": doc},
            "names": {"type": "list", "items": {"type": "string"}, "default": [text, "x"], "doc": doc},
            "open": {"type": "string", "default": text, "pattern": "^", "doc": doc},
            "unset": {
                "type": "string",
                "if_unset": doc,
                "deprecated": {"since": text, "use_instead": "open"},
                "doc": doc,
            },
        },
        "rules": {"rule": {"require": f'choice != "plain" || open == {json.dumps(text)}', "message": doc}},
        "metrics": {"metric": {"direction": "maximize", "doc": doc, "unit": text}},
    }


# Tokens are shorter than the other texts.
WIRE = {'"': '"', "\\": "\\"}


def rendered(text: str) -> dict[str, str]:
    """The files for that spec."""
    algorithm = compile_algorithm(json.dumps(spec(text)))
    return {file.path: file.text for file in TARGET.render(catalog(algorithm), {})}


def shape(code: str) -> str:
    """What code consists of, constants and the names of enumeration members aside."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            node.value = type(node.value).__name__
            node.kind = None
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Choice":
            node.attr = "MEMBER"
        if isinstance(node, ast.ClassDef) and node.name == "Choice":
            for member in node.body:
                if isinstance(member, ast.Assign):
                    member.targets = [ast.Name("MEMBER")]
    return ast.dump(tree)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_changes_no_code(text: str) -> None:
    benign = rendered("benign")
    for path, code in rendered(text).items():
        if path.endswith(".py"):
            assert shape(code) == shape(benign[path]), path


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_said_as_it_is(text: str) -> None:
    algorithm = compile_algorithm(json.dumps(spec(text)))
    with in_memory.load_client(catalog(algorithm)) as client:
        facts = client.algorithm("example").FACTS
        assert facts.parameters["choice"].default == f"v{text}"
        assert facts.parameters["choice"].notes == (" ".join(f"Words {text}".split()),)
        verdict = client.algorithm("example").validate({"choice": f"v{text}", "number": f"word{text}"})
        assert verdict.valid
        assert verdict.parameters["number"].value == f"word{text}"
        assert verdict.to_wire() == {"choice": f"v{text}", "number": f"word{text}"}
        model = client.model("example")(choice=f"v{text}")
        assert model.choice == f"v{text}"


@pytest.mark.parametrize("text", HOSTILE)
def test_the_project_files_stay_what_they_are(text: str) -> None:
    files = rendered(text)
    assert tomllib.loads(files["python/pyproject.toml"])["project"]["name"] == "everything"
    rows = [line for line in files["python/README.md"].splitlines() if line.startswith("| ")]
    assert len(rows) == 2
    assert len(rendered("benign")["python/README.md"].splitlines()) == len(files["python/README.md"].splitlines())
