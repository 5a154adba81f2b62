"""Forms: what the keys of spec files hold. One declaration reads, writes and describes."""

from knobsmith.model.forms.collections import As, Either, Later, ListOf, MapOf, NullOr, OneOrMany
from knobsmith.model.forms.form import Form, Json, Pairs, Place, described, is_null, nearest, refuse_kind, shown
from knobsmith.model.forms.named import Named
from knobsmith.model.forms.notation import Expression, Pattern, RangeText, WireText
from knobsmith.model.forms.records import Key, RecordOf, key_schema
from knobsmith.model.forms.scalars import (
    METRIC_NAME,
    NAME,
    Exactly,
    Flag,
    Member,
    Name,
    Positive,
    Text,
    Whole,
    Word,
    refuse_name,
)
from knobsmith.model.forms.values import Options, Raw, RawKey

__all__ = [
    "METRIC_NAME",
    "NAME",
    "As",
    "Either",
    "Exactly",
    "Expression",
    "Flag",
    "Form",
    "Json",
    "Key",
    "Later",
    "ListOf",
    "MapOf",
    "Member",
    "Name",
    "Named",
    "NullOr",
    "OneOrMany",
    "Options",
    "Pairs",
    "Pattern",
    "Place",
    "Positive",
    "RangeText",
    "Raw",
    "RawKey",
    "RecordOf",
    "Text",
    "Whole",
    "WireText",
    "Word",
    "described",
    "is_null",
    "key_schema",
    "nearest",
    "refuse_kind",
    "refuse_name",
    "shown",
]
