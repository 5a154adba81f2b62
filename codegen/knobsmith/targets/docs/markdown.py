"""Spec text as Markdown: whatever it holds, it stays inside its cell and is shown, not obeyed.

Prose of a spec is plain text in which backquotes mark code, as in this sentence: `momentum`. Everything else that
Markdown, its extensions or HTML would act on is escaped, here and nowhere else.
"""

import re
from collections.abc import Mapping

# Acted on anywhere in a line by Markdown itself or by one of the extensions that documentation sites like to load.
# An underline between letters is left alone: every dialect takes it for a part of the word.
_ACTIVE = re.compile(r"[\\`*{}\[\]<>&|~^$#@]|==|\+\+|::|:(?=\w+:)|--|//|www\.|\ufdd0|(?<![^\W_])_|_(?![^\W_])")
# Besides, what typography would change in code.
_TYPOGRAPHIC = re.compile(r"['\"]|\.\.\.")
# Acted on at the start of a line: lists, headings, rules, admonitions, definitions, metadata, indented code.
_LEADING = re.compile(r"[-+=!?:%.]|[0-9]+[.)]")
# A backquote that belongs to no pair, while prose is put together: a code point that no text may use.
_STRAY = "\ufdd0"
_NAMED = {"<": "&lt;", ">": "&gt;", "&": "&amp;", _STRAY: "&#96;"}
_SPACES = re.compile(r"\s+")
# Control characters, line separators, and marks that turn the direction of the text around them.
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
# A run of backquotes, the code up to the next run of the same length, that run.
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
# What any of the above could begin with.
_SUSPECT = re.compile(r"[\\`*_{}\[\]<>&|~^$#@=+:/\ufdd0-]|www")
# What may stand between single backquotes in a table, in any dialect.
_PLAIN_CODE = re.compile(r"[^`|<>&\\]+")


def text(prose: str, links: Mapping[str, str] | None = None) -> str:
    """One line of Markdown that shows a prose text; code that is a key of ``links`` leads where it says."""
    line = one_line(prose)
    if not _SUSPECT.search(line):
        return _at_start(line)
    parts: list[str] = []
    position = 0
    for span in _CODE_SPAN.finditer(line):
        parts.append(escape(line[position : span.start()]))
        parts.append(_linked(_code_content(span[2]), links or {}))
        position = span.end()
    parts.append(escape(line[position:]))
    return _at_start("".join(parts))


def contained(prose: str) -> str:
    """Prose that may stand beside other prose: no backquote of it pairs with one outside."""
    parts: list[str] = []
    position = 0
    for span in _CODE_SPAN.finditer(prose):
        parts.extend((prose[position : span.start()].replace("`", _STRAY), span[0]))
        position = span.end()
    parts.append(prose[position:].replace("`", _STRAY))
    return "".join(parts)


def code(literal: str) -> str:
    """Code inside a line or a table cell, also where it holds backquotes, bars or brackets."""
    line = _INVISIBLE.sub(" ", literal)
    if _PLAIN_CODE.fullmatch(line) and line.strip() == line:
        return f"`{line}`"
    return f"<code>{_TYPOGRAPHIC.sub(lambda found: _entities(found[0]), escape(line))}</code>"


def link(shown: str, target: str) -> str:
    """A link; ``shown`` is Markdown already, ``target`` an address that the spec gave or that we made."""
    return f"[{shown}](<{address(target)}>)" if re.search(r"[\s()]", target) else f"[{shown}]({address(target)})"


def address(target: str) -> str:
    """An address that cannot leave its link; one that a browser would run is emptied."""
    safe = re.sub(r"[^A-Za-z0-9%._~:/?#@!$&+,;=-]", lambda found: _percent(found[0]), target)
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", safe)
    return safe if scheme is None or scheme[1].lower() in ("http", "https", "mailto") else ""


def block(literal: str, language: str) -> str:
    """A fenced block of code whose fence is longer than any in it."""
    longest = max((len(run) for run in re.findall(r"`+", literal)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{literal.rstrip()}\n{fence}"


def escape(literal: str) -> str:
    """A stretch of a line, shown character for character."""
    return _ACTIVE.sub(lambda found: _entities(found[0]), literal)


def one_line(prose: str) -> str:
    """A text without line ends, runs of blanks and characters that cannot be seen."""
    return _SPACES.sub(" ", _INVISIBLE.sub(" ", prose)).strip()


def _at_start(line: str) -> str:
    leading = _LEADING.match(line)
    return _entities(leading[0]) + line[leading.end() :] if leading else line


def _code_content(inner: str) -> str:
    padded = inner.startswith(" ") and inner.endswith(" ") and inner.strip()
    return inner[1:-1] if padded else inner


def _linked(literal: str, links: Mapping[str, str]) -> str:
    return link(code(literal), links[literal]) if literal in links else code(literal)


def _entities(literal: str) -> str:
    """Characters that have a meaning somewhere as numeric entities, which have none anywhere."""
    return "".join(_NAMED.get(c) or f"&#{ord(c)};" for c in literal)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
