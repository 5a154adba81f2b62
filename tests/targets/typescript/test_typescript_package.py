"""The package as users meet it: its types, its manners, what it says to what nobody should give it."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.targets.typescript.fixture import HERE, Package, node, tool
from tests.targets.typescript.test_typescript_agreement import package as shared

STRICT = {
    "target": "ES2022",
    "lib": ["ES2022"],
    "module": "NodeNext",
    "strict": True,
    "exactOptionalPropertyTypes": True,
    "noUncheckedIndexedAccess": True,
    "verbatimModuleSyntax": True,
    "skipLibCheck": False,
    "noEmit": True,
    "types": [],
}
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\])*\"", re.DOTALL)


@pytest.fixture(scope="module")
def package() -> Package:
    return shared()


def compile_beside(package: Package, folder: Path, text: str) -> str:
    """What the compiler says of a module that imports the package."""
    (folder / "node_modules").mkdir()
    (folder / "node_modules" / "cases").symlink_to(package.folder, target_is_directory=True)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (folder / "types.ts").write_text(text, encoding="utf-8")
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": STRICT, "files": ["types.ts"]}))
    try:
        return node([tool("typescript/bin/tsc"), "-p", str(folder)])
    except AssertionError as told:
        return str(told)


def test_types_tell_what_is_right(package: Package, tmp_path: Path) -> None:
    assert compile_beside(package, tmp_path, (HERE / "types.ts").read_text(encoding="utf-8")) == ""


def test_wrong_types_are_noticed(package: Package, tmp_path: Path) -> None:
    text = 'import type { Config } from "cases/object-detection";\nexport const c: Config = { num_classes: "2" };\n'
    assert "TS2322" in compile_beside(package, tmp_path, text)


def test_samples_of_the_page_compile(package: Package, tmp_path: Path) -> None:
    page = (HERE.parents[2] / "docs" / "how-to" / "use-the-typescript-client.md").read_text(encoding="utf-8")
    judging, writing, facts = re.findall(r"```ts\n(.*?)```", page, re.DOTALL)
    declared = (
        'import type { Parameter } from "cases";\n'
        "declare const console: { error(...shown: unknown[]): void };\n"
        "declare function render(...shown: unknown[]): void;\n"
    )
    for number, sample in enumerate((judging, writing, declared + facts)):
        folder = tmp_path / str(number)
        folder.mkdir()
        text = sample.replace("vision-hyperparameters", "cases")
        head = "" if "declare" in text else declared.replace("import type", "export type")
        assert compile_beside(package, folder, head + text) == ""


def test_no_any_in_public_types(package: Package) -> None:
    for path in sorted((package.folder / "dist").rglob("*.d.ts")):
        assert not re.search(r"\bany\b", COMMENT.sub("", path.read_text(encoding="utf-8"))), path


def test_package_needs_nothing(package: Package) -> None:
    stated = json.loads((package.folder / "package.json").read_text(encoding="utf-8"))
    assert stated["sideEffects"] is False
    assert "dependencies" not in stated and "peerDependencies" not in stated
    for entry in stated["exports"].values():
        assert all((package.folder / path).is_file() for path in entry.values())
    for path in sorted((package.folder / "dist").rglob("*.js")):
        imported = re.findall(r'(?:from|import\()\s*"([^"]*)"', path.read_text(encoding="utf-8"))
        assert all(name.startswith(".") for name in imported), path


def test_linter_has_nothing_to_say(package: Package, tmp_path: Path) -> None:
    for name in ("src", "tsconfig.json", "package.json"):
        source = package.folder / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    shutil.copy(HERE / "eslint.config.mjs", tmp_path)
    (tmp_path / "node_modules").symlink_to(HERE / "node_modules", target_is_directory=True)
    checked = ["src/common", *(f"src/algorithms/{name}" for name in ("object-detection", "sgd-classifier", "awkward"))]
    node([tool("eslint/bin/eslint.js"), "--max-warnings", "0", *checked], folder=tmp_path)


def test_hostile_input_gets_a_verdict(package: Package) -> None:
    told = json.loads(node([str(HERE / "hostile.mjs"), str(package.folder)]))
    assert len(told) > 60
    valid = [name for name, verdict in told.items() if verdict["valid"]]
    assert valid == []
    for name in ("null", "number", "text", "list", "map", "symbol", "function", "nothing"):
        assert told[f"parse {name}"]["codes"] == ["type null"]
        assert told[f"parseWire {name}"]["codes"] == ["type null"]
    assert {"unknown __proto__", "unknown constructor"} <= set(told["parse proto"]["codes"])
    assert {"type epochs", "type learning_rate", "type num_classes", "type top_k"} <= set(
        told["parse odd numbers"]["codes"]
    )


def test_only_what_is_an_objects_own_and_enumerable_counts(package: Package) -> None:
    node([str(HERE / "inherited.mjs"), str(package.folder)])


def test_nobody_can_change_what_others_get(package: Package) -> None:
    node([str(HERE / "shared.mjs"), str(package.folder)])
