"""Specs back to YAML: reading what is printed gives the same spec.

Entries stand on lines of their own, what is inside an entry in braces and brackets. Texts are plain where the
language reads them back as the same text, else in double quotes.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from knobsmith.load.scalars import plain_value
from knobsmith.model.forms import Named, Pairs, RecordOf
from knobsmith.model.spec.files import HEADER, KERNELS_KEYS, LANGUAGE_VERSION, PROJECT
from knobsmith.model.spec.kernel_records import KernelsSpec
from knobsmith.model.spec.records import AlgorithmSpec, ProjectSpec
from knobsmith.model.spec.sections import SECTIONS

_WIDTH = 120
# YAML readers look no further than 1,024 characters for the `:` of a key without `?`.
_LONGEST_KEY = 1000
_SECTION_NAMES = tuple(section.name for section in SECTIONS)
# Safe in any place: no character that starts something, no `: `, no ` #`, none that ends a value between brackets.
_PLAIN = re.compile(r"[A-Za-z_(./+][A-Za-z0-9_()./+*=<>@^~;$%'-]*(?: [A-Za-z0-9_()./+*=<>@^~;$%'&|!-]+)*")
# What JSON leaves as it is, but a spec file must not hold.
_INVISIBLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def print_algorithm(spec: AlgorithmSpec) -> str:
    """The text of an algorithm file without fragments and families."""
    top = [("knobsmith", LANGUAGE_VERSION), ("algorithm", spec.header.name), *HEADER.write(spec.header)]
    for section in SECTIONS:
        entries = getattr(spec, section.name)
        if entries or section.name == "parameters":
            top.append((section.name, Named(section.form, section.name_pattern).write(entries)))
    return print_data(Pairs(top))


def print_kernels(spec: KernelsSpec) -> str:
    """The text of a kernels file."""
    body = RecordOf(KernelsSpec, KERNELS_KEYS, "Kernels").write(spec)
    return print_data(Pairs([("knobsmith", LANGUAGE_VERSION), ("kernels", spec.name), *body]))


def print_project(spec: ProjectSpec) -> str:
    """The text of a project file."""
    return print_data(Pairs([("knobsmith", LANGUAGE_VERSION), ("project", spec.name), *PROJECT.write(spec)]))


def print_data(data: Pairs) -> str:
    """Plain data as YAML: maps in maps on lines of their own as long as they do not fit on one."""
    return "".join(f"{line}\n" for line in _block(data, ""))


def print_scalar(value: object) -> str:
    """A scalar that reads back as the same value of the same type."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return _float(value)
        case _:
            return _text(str(value))


def _block(data: Pairs, indent: str) -> Iterator[str]:
    for key, value in data:
        head = f"{indent}{print_scalar(key)}:"
        line = f"{head} {_flow(value)}"
        is_section = indent == "" and key in _SECTION_NAMES
        has_short_keys = isinstance(value, Pairs) and all(len(print_scalar(one)) <= _LONGEST_KEY for one, _ in value)
        if has_short_keys and value and (is_section or len(line) > _WIDTH):
            yield head
            yield from _block(value, f"{indent}  ")
        else:
            yield line


def _flow(value: Any) -> str:
    if isinstance(value, Pairs):
        return f"{{{', '.join(f'{_flow_key(key)}: {_flow(one)}' for key, one in value)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return print_scalar(value)


def _flow_key(key: Any) -> str:
    text = print_scalar(key)
    return text if len(text) <= _LONGEST_KEY else f"? {text} "


def _float(value: float) -> str:
    if value in (float("inf"), float("-inf")):
        return "1e999" if value > 0 else "-1e999"
    digits, mark, exponent = repr(value).partition("e")
    return f"{digits}e{int(exponent)}" if mark else digits


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and isinstance(plain_value(text), str) and len(text) < _WIDTH:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _INVISIBLE.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)
