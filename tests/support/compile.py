"""Specs written in a test, compiled as a user's would be: from files in a folder."""

import tempfile
from pathlib import Path

from knobsmith.model.catalog import Algorithm, Catalog
from knobsmith.pipeline import Compiled, compile_project

PROJECT = "knobsmith: 1\nproject: test\nversion: 0.1.0\nseverity: {KS301: off}\n"


def compile_files(files: dict[str, str | bytes], *, proofs: bool = False) -> Compiled:
    """A project of these files below ``spec/``; the project file has a default."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, text in {"knobsmith.yaml": PROJECT, **files}.items():
            target = root / "spec" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return compile_project(root, proofs)


def catalog_of(files: dict[str, str | bytes]) -> Catalog:
    """The catalog of a project that has no error.

    Raises:
        ValueError: it has one.
    """
    compiled = compile_files(files)
    if compiled.catalog is None or compiled.has_errors:
        raise ValueError("\n".join(map(str, compiled.diagnostics)))
    return compiled.catalog


def compile_algorithm(text: str, name: str = "example") -> Algorithm:
    """One algorithm that has no error."""
    return catalog_of({f"algorithms/{name}.yaml": text}).algorithms[0]
