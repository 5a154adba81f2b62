"""Where facts come from: `source`, `implied`, `errata`, `sources`."""

from typing import Any

from knobsmith.load.tree import Mapping
from knobsmith.model.forms import As, Either, Key, ListOf, MapOf, Name, OneOrMany, RecordOf, Text, Word
from knobsmith.model.spec.records import ErratumSpec, Sources, SourceSpec

COVERED = ("context", "families", "groups", "parameters", "rules", "metrics", "tuning")


def _is_by_key(sources: Sources) -> bool:
    return len(sources) != 1 or sources[0][0] != ""


_SOURCE = Either(
    Mapping,
    MapOf(Text(), Name()),
    As(Name(), lambda name: (("", name),), lambda sources: sources[0][1]),
    _is_by_key,
    "the name of a source, or a map from keys to sources",
)
SOURCE = Key("source", _SOURCE, "Source of the entry, or of single keys of it.", "tuning")
IMPLIED = Key("implied", ListOf(Text()), "Keys that the source suggests without stating them.", ["used_when"])
NOTES = Key("notes", ListOf(Text()), "Further prose.", ["Larger values need more memory."])


def erratum_keys(about: Any, meaning: str, example: Any) -> tuple[Key, ...]:
    """The keys of an erratum, which speaks of one key within an entry, of several paths at the top of a file."""
    return (
        Key("source", Name(), "Source that is wrong.", "tuning", required=True),
        Key("about", about, meaning, example, required=True),
        Key("says", Text(), "What the source says.", "0.0 to 0.999", required=True),
        Key("because", Text(), "Why that is wrong.", "the valid range is open at 0", required=True),
    )


_ENTRY_ERRATUM = RecordOf(
    ErratumSpec,
    erratum_keys(OneOrMany(Text()), "Key that the source gets wrong.", "tuning.range"),
    "Erratum",
)
_FILE_ERRATUM = RecordOf(
    ErratumSpec,
    erratum_keys(OneOrMany(Text()), "Path of what the source gets wrong, or several.", ["beta_1.tuning"]),
    "Erratum of a file",
)
ERRATA = Key("errata", ListOf(_ENTRY_ERRATUM), "What a source says wrongly; the right fact is the key itself.")
FILE_ERRATA = Key("errata", ListOf(_FILE_ERRATUM), "Wrong statements of a source that concern several entries.")

SOURCE_ENTRY = RecordOf(
    SourceSpec,
    (
        Key("title", Text(), "Title of the page or program.", "Hyperparameters", required=True),
        Key("language", Text(), "Language that it is written in.", "fr"),
        Key("url", Text(), "Where it is found."),
        Key("date", Text(), "When it was read or published.", "2023-06"),
        Key("covers", ListOf(Word(COVERED)), "Sections whose facts come from it.", ["parameters", "rules"]),
    ),
    "Source",
)
