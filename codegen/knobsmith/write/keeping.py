"""Files that cost much to make, kept from one run to the next while what they were made from stays the same.

What they were made from is remembered beside the lock, not in the project: whoever clones it makes them once.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from knobsmith.scratch import scratch
from knobsmith.write.files import read_text

# For each path the key of its file, and the SHA-256 of what was written.
_Memory = dict[str, tuple[str, str]]


class Keeper:
    """Knows the costly files of a project."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "generated"
        self._root = root
        self._memory = self._read()

    def kept(self, keys: Mapping[str, str]) -> dict[str, str]:
        """Of these files, by path, those that hold what was written for this very key: their texts."""
        found: dict[str, str] = {}
        for path, key in keys.items():
            remembered, digest = self._memory.get(path, ("", ""))
            text = read_text(self._folder / path) if remembered == key else None
            if text is not None and _digest(text) == digest:
                found[path] = text
        return found

    def remember(self, keys: Mapping[str, str], texts: Mapping[str, str]) -> None:
        """What was made of which key, for the next run. If that cannot be written, the next run makes them again."""
        made = {path: (key, _digest(texts[path])) for path, key in keys.items() if path in texts}
        if made.items() <= self._memory.items():
            return
        self._memory |= made
        try:
            Path(scratch(str(self._root), "costly.json")).write_text(json.dumps(self._memory), encoding="utf-8")
        except OSError:
            return

    def _read(self) -> _Memory:
        try:
            recorded = json.loads(Path(scratch(str(self._root), "costly.json")).read_text(encoding="utf-8"))
            return {str(path): (str(key), str(digest)) for path, (key, digest) in recorded.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
