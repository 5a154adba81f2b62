"""The manifest: which files below the generated folder are ours, and what each should hold."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from knobsmith.write.paths import MANIFEST, is_proper, is_within

# The files of each target: paths below the generated folder with their texts.
Rendered = Mapping[str, Mapping[str, str]]
# What a manifest claims: for each target its paths, each with the SHA-256 of its contents.
Claims = dict[str, dict[str, str]]

_VERSION = 1
_IN_PROGRESS = "in progress"


def read_claims(folder: Path) -> Claims:
    """The files that the manifest on disk says are ours; none if there is no readable manifest.

    The manifest may come from anywhere: what it claims outside the folder is not believed.
    """
    try:
        recorded = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["targets"]
        return {
            target: {path: str(digest) for path, digest in files.items() if is_proper(path) and is_within(folder, path)}
            for target, files in recorded.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def claims_of(rendered: Rendered) -> Claims:
    """What a manifest says of rendered files."""
    return {
        target: {path: sha256(files[path].encode()).hexdigest() for path in sorted(files)}
        for target, files in rendered.items()
    }


def claims_during(claims: Claims, rendered: Rendered) -> Claims:
    """What the manifest says while files are replaced: old and new ones are ours."""
    both: Claims = {target: dict(files) for target, files in claims.items()}
    for target, files in rendered.items():
        both.setdefault(target, {}).update(dict.fromkeys(files, _IN_PROGRESS))
    return both


def manifest_text(claims: Claims) -> str:
    """The manifest as it stands on disk."""
    targets = {target: claims[target] for target in sorted(claims)}
    return json.dumps({"version": _VERSION, "generator": "knobsmith", "targets": targets}, indent=2) + "\n"
