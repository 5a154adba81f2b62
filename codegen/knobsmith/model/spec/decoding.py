"""From trees to records: one function for each kind of entry, and one for each kind of file.

Each reports all that is wrong and returns None if anything is. An entry is read after fragments and families have been
applied to its tree, so its keys may come from several files; each is reported where it stands. With ``partial`` an
entry of a fragment is checked as far as it goes.
"""

from collections.abc import Iterator
from typing import Any, Protocol, TypeVar

from knobsmith.diagnostics import Path, Report
from knobsmith.load.tree import Mapping, Node
from knobsmith.model.forms import Named, Place, RecordOf
from knobsmith.model.spec.files import (
    FRAGMENT_KEYS,
    HEADER_KEYS,
    KERNELS_KEYS,
    PROJECT,
    SECTION_KEYS,
    fragment_of,
    header_of,
    read_opening,
)
from knobsmith.model.spec.kernel_records import KernelsSpec
from knobsmith.model.spec.parameters import PARAMETER
from knobsmith.model.spec.records import (
    AlgorithmHeader,
    AlgorithmSpec,
    ContextSpec,
    FragmentSpec,
    GroupSpec,
    MetricSpec,
    ParameterSpec,
    ProjectSpec,
    RuleSpec,
)
from knobsmith.model.spec.sections import CONTEXT, GROUP, METRIC, RULE, SECTIONS, Section

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Decoder(Protocol[T_co]):
    """Reads one entry; ``subject`` leads to it, and its last step is the name."""

    def __call__(self, node: Node, report: Report, *, subject: Path, partial: bool = False) -> T_co | None:
        """The record, or None and a report."""


def _decoder(form: RecordOf[Any], pattern: str) -> Decoder[Any]:
    named = Named(form, pattern)

    def decode(node: Node, report: Report, *, subject: Path, partial: bool = False) -> Any:
        place = Place(report, subject, partial)
        name = str(subject[-1])
        has_name = named.check_name(node, name, place)
        record = form.read_with(node, place, {"name": name})
        return record if has_name else None

    return decode


_PATTERNS = {section.name: section.name_pattern for section in SECTIONS}
decode_parameter: Decoder[ParameterSpec] = _decoder(PARAMETER, _PATTERNS["parameters"])
decode_context: Decoder[ContextSpec] = _decoder(CONTEXT, _PATTERNS["context"])
decode_group: Decoder[GroupSpec] = _decoder(GROUP, _PATTERNS["groups"])
decode_rule: Decoder[RuleSpec] = _decoder(RULE, _PATTERNS["rules"])
decode_metric: Decoder[MetricSpec] = _decoder(METRIC, _PATTERNS["metrics"])

_HEADER: RecordOf[AlgorithmHeader] = RecordOf(header_of, (*HEADER_KEYS, *SECTION_KEYS), "Algorithm")
_FRAGMENT: RecordOf[FragmentSpec] = RecordOf(fragment_of, FRAGMENT_KEYS, "Fragment")
_KERNELS: RecordOf[KernelsSpec] = RecordOf(KernelsSpec, KERNELS_KEYS, "Kernels")


def decode_header(tree: Mapping, report: Report) -> AlgorithmHeader | None:
    """The keys of an algorithm file outside its sections; of these only that they are maps of maps."""
    return _read_file(_HEADER, "algorithm", tree, report)


def decode_algorithm(tree: Mapping, report: Report) -> AlgorithmSpec | None:
    """A whole algorithm file that uses no fragments and no families, or whose sections have been merged."""
    header = decode_header(tree, report)
    sections: dict[str, Any] = {
        section.name: named.read(node, place) for section, named, node, place in _sections(tree, report, False)
    }
    return None if header is None or None in sections.values() else AlgorithmSpec(header=header, **sections)


def decode_fragment(tree: Mapping, report: Report) -> FragmentSpec | None:
    """A fragment file, with every entry checked as far as it goes."""
    fragment = _read_file(_FRAGMENT, "fragment", tree, report)
    for _, named, node, place in _sections(tree, report, True):
        named.read(node, place)
    return fragment


def decode_kernels(tree: Mapping, report: Report) -> KernelsSpec | None:
    """A kernels file."""
    return _read_file(_KERNELS, "kernels", tree, report)


def decode_project(tree: Mapping, report: Report) -> ProjectSpec | None:
    """The project file."""
    return _read_file(PROJECT, "project", tree, report)


def _read_file(form: RecordOf[T], kind: str, tree: Mapping, report: Report) -> T | None:
    place = Place(report, ())
    opening = read_opening(tree, kind, place)
    if opening is None:
        return None
    record = form.read_with(opening.rest, place, {"name": opening.name or ""})
    return None if opening.name is None else record


def _sections(tree: Mapping, report: Report, partial: bool) -> Iterator[tuple[Section, Named[Any], Mapping, Place]]:
    """The sections that a file has, each with the form of its entries."""
    for section in SECTIONS:
        node = tree.get(section.name)
        if isinstance(node, Mapping):
            yield section, Named(section.form, section.name_pattern), node, Place(report, (section.name,), partial)
