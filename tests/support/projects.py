"""Projects on disk, made of the spec files of a case, and what ``knobsmith check`` finds in them."""

import json
from collections.abc import Mapping
from pathlib import Path

from knobsmith.pipeline import check

from tests.support.layout import PROJECT, PROJECT_FILE, place

# What a finding of the cases is compared by: code, severity, file below spec/, line and column.
Found = tuple[str, str, str, int, int]


def write_project(folder: Path, files: Mapping[str, bytes], severity: Mapping[str, str]) -> Path:
    """Write the specs of a project: algorithms at the top of ``files``, fragments and kernels in their folders."""
    settings = files.get(PROJECT_FILE, PROJECT.encode()) + f"severity: {json.dumps(dict(severity))}\n".encode()
    spec = folder / "spec"
    for path, content in {**{place(path): files[path] for path in files}, PROJECT_FILE: settings}.items():
        (spec / path).parent.mkdir(parents=True, exist_ok=True)
        (spec / path).write_bytes(content)
    return folder


def findings(project: Path) -> list[Found]:
    """All findings of ``knobsmith check``, proofs included, in their order."""
    return [
        (one.code, one.severity.value, one.span.file.removeprefix("spec/"), one.span.line, one.span.column)
        for one in check(project, proofs=True).diagnostics
    ]
