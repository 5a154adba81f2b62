"""Mistakes planted in the specs of this repository, one fact at a time.

Each is a merge patch (RFC 7396) on one entry of one file, as an author would slip. Who plants a mistake says whether it
makes the spec contradict itself, and by which law, or whether it says something else and which targets must follow.
"""

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ruamel.yaml import YAML

from tests.resolve.specs import real_texts

Json = Any
# Of a kind. Each place compiles an algorithm, so all of them would take minutes.
MOST_PLACES = 6
Patch = dict[Any, Any]


@dataclass(frozen=True)
class Fact:
    """An entry of a spec file, as it is written and with what it takes from a fragment."""

    file: str
    section: str
    name: str
    own: Json
    base: Json
    document: Json

    @property
    def full(self) -> Json:
        return merged(self.base, self.own)

    @property
    def algorithm(self) -> str:
        """The file of the algorithm in which a change of this entry shows."""
        if self.file.startswith("algorithms/"):
            return self.file
        used = f"{self.file.removeprefix('fragments/').removesuffix('.yaml')}/{self.name}"
        users = [one.file for one in facts() if one.section == self.section and one.own.get("use") == used]
        return users[0] if users else self.file

    def is_seen(self, patch: Patch) -> bool:
        """Whether no entry that uses this one overrides what the patch changes."""
        if self.file.startswith("algorithms/"):
            return True
        used = f"{self.file.removeprefix('fragments/').removesuffix('.yaml')}/{self.name}"
        users = [one for one in facts() if one.section == self.section and one.own.get("use") == used]
        return bool(users) and users[0].own.keys().isdisjoint(patch)


Planter = Callable[[Fact], Iterator[Patch]]


@dataclass(frozen=True)
class Kind:
    """One kind of mistake: where it is planted, and what objects to it.

    Attributes:
        section: The section whose entries it befalls; "" for the top of a file.
        plant: The patches for one entry, none where it does not apply.
        codes: The laws of which at least one must be found broken.
        targets: The targets whose files must all change, where no law is broken.
    """

    section: str
    plant: Planter
    codes: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()


@cache
def documents() -> dict[str, Json]:
    """The spec files as plain data, but for kernels, which speak of several algorithms at once."""
    reader = YAML(typ="safe", pure=True)
    texts = {path: text for path, text in real_texts().items() if not path.startswith("kernels/")}
    return {path: reader.load(io.StringIO(text)) for path, text in texts.items()}


@cache
def facts() -> tuple[Fact, ...]:
    """All entries of all sections of all files, and each file as a whole as the entry "" of the section ""."""
    found = []
    for file, document in documents().items():
        found.append(Fact(file, "", "", document, {}, document))
        for section in ("context", "groups", "parameters", "rules", "metrics", "sources"):
            for name, own in (document.get(section) or {}).items():
                found.append(Fact(file, section, name, own, _base(section, own), document))
    return tuple(found)


def planted(kind: Kind) -> list[tuple[Fact, Patch]]:
    """Places in the specs where a mistake of this kind can be made, spread over all that there are."""
    found = [(fact, patch) for fact in facts() if fact.section == kind.section for patch in kind.plant(fact)]
    seen = [(fact, patch) for fact, patch in found if fact.is_seen(patch)]
    return seen[:: -(-len(seen) // MOST_PLACES) or 1]


def spoilt(fact: Fact, patch: Patch) -> dict[str, str]:
    """The texts of the project after a mistake: the algorithm in which it shows, the fragments, the project file."""
    document = documents()[fact.file]
    own = patched(fact.own, patch, fact.base)
    changed = own if fact.section == "" else {**document, fact.section: {**document[fact.section], fact.name: own}}
    others = {file for file in documents() if file.startswith("algorithms/")} - {fact.algorithm}
    texts = {file: written(content) for file, content in documents().items() if file not in others}
    return {**texts, fact.file: written(changed)}


@cache
def sound(algorithm: str) -> dict[str, str]:
    """The same texts without a mistake."""
    fact = next(fact for fact in facts() if fact.file == algorithm)
    return spoilt(fact, {})


def merged(base: Json, own: Json) -> Json:
    """An entry over what it uses."""
    if not isinstance(base, dict) or not isinstance(own, dict):
        return own
    both = {**base, **{key: merged(base.get(key), value) for key, value in own.items()}}
    return {key: value for key, value in both.items() if value is not None}


def patched(own: Json, patch: Patch, base: Json) -> Json:
    """An entry as an author would have written it after the patch; null stands only where it removes something."""
    result = dict(own)
    for key, value in patch.items():
        inherited = base.get(key) if isinstance(base, dict) else None
        if isinstance(value, dict):
            result[key] = patched(result.get(key) or {}, value, inherited)
        elif value is not None or inherited is not None:
            result[key] = value
        else:
            result.pop(key, None)
    return result


def written(value: Json) -> str:
    """Data as YAML; unlike in JSON, the key of a number is a number."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def expressions(document: Json) -> Iterator[str]:
    """All conditions and demands in a file."""
    for key, value in document.items():
        if isinstance(value, dict):
            yield from expressions(value)
        elif isinstance(value, list):
            yield from (text for one in value if isinstance(one, dict) for text in expressions(one))
        elif key in ("used_when", "forbidden_when", "required_when", "reported_when", "when", "require"):
            yield value


ENDS = re.compile(r"^([\[(])(-?[\d.e-]+|-?inf), (-?[\d.e-]+|-?inf|[a-z_]+)([\])])$")


@dataclass(frozen=True)
class Ends:
    """A range of one piece, taken apart."""

    opening: str
    lower: str
    upper: str
    closing: str

    def __str__(self) -> str:
        return f"{self.opening}{self.lower}, {self.upper}{self.closing}"


def ends(text: Any) -> Ends | None:
    """The ends of a range, if it is of one piece."""
    match = ENDS.match(text) if isinstance(text, str) else None
    return Ends(*match.groups()) if match else None


def is_finite(end: str) -> bool:
    """Whether an end is a finite constant."""
    return "inf" not in end and not end.isidentifier()


def _key(key: Json) -> str:
    return json.dumps(key, ensure_ascii=False)


def _base(section: str, own: Json) -> Json:
    if "use" not in own:
        return {}
    file, _, name = own["use"].partition("/")
    return documents()[f"fragments/{file}.yaml"][section][name]
