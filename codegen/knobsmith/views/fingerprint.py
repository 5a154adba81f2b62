"""What tells clients apart that judge differently: a hash of all that decides over verdicts.

Prose, sources and tuning have no part in it, so a client may be documented better and still match what was compiled
for it earlier.
"""

import json
from hashlib import sha256
from typing import Any

from knobsmith import __version__
from knobsmith.expr.printing import print_expr
from knobsmith.model.base import Record
from knobsmith.model.catalog import Algorithm
from knobsmith.records import Record as AnyRecord
from knobsmith.records import fields

_PROSE = frozenset(("because", "doc", "if_unset", "message", "notes", "provenance", "reason", "title"))
_UNJUDGED = frozenset(("examples", "group", "identifier", "precision", "recommended", "tags", "tuning", "unit"))
_SKIPPED = _PROSE | _UNJUDGED


def fingerprint(algorithms: tuple[Algorithm, ...]) -> str:
    """A hash of what these algorithms accept, and of the compiler's version."""
    judged = [[one.name, _said(one.context), _said(one.parameters), _said(one.rules)] for one in algorithms]
    return sha256(json.dumps([__version__, judged]).encode("ascii")).hexdigest()


def _said(part: Any) -> Any:
    if isinstance(part, tuple):
        return [_said(item) for item in part]
    if isinstance(part, Record):
        return [
            type(part).__name__,
            *(_said(getattr(part, name)) for name in fields(type(part)) if name not in _SKIPPED),
        ]
    return print_expr(part) if isinstance(part, AnyRecord) else part  # type: ignore[arg-type]
