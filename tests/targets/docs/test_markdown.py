"""No text from a spec leaves its line or cell, whatever extensions a site loads."""

from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from knobsmith.targets.docs.markdown import address, block, code, link, one_line, text

# Those of our site, and others that projects like to load; each acts on some further character.
EXTENSIONS = [
    *("admonition", "attr_list", "tables", "toc", "def_list", "abbr", "footnotes", "md_in_html", "smarty", "meta"),
    *("pymdownx.details", "pymdownx.highlight", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.betterem"),
    *("pymdownx.caret", "pymdownx.tilde", "pymdownx.mark", "pymdownx.keys", "pymdownx.magiclink"),
    *("pymdownx.arithmatex", "pymdownx.critic", "pymdownx.tasklist", "pymdownx.inlinehilite"),
]
HOSTILE = [
    "<script>alert(1)</script>",
    "a | b | c",
    "`code` | `more",
    "``` \n# Heading\n- item",
    "](javascript:alert(1))",
    "![x](https://example.com/x.png)",
    "--8<-- 'secrets.txt'",
    "!!! danger\n    boo",
    "=== tab",
    "{ #id .class onclick=alert(1) }",
    "<!-- open",
    "</td></tr></table><h1>",
    "&lt;b&gt;&amp;",
    "*bold* _em_ **strong** __x__ ~~s~~ ==m== ^s^ ++ctrl++ $x$ {>>c<<} :smile: @me",
    "[^1]: note",
    "[ref]: http://x",
    "*[abbr]: long",
    "    indented",
    "\\",
    "`",
    "\u202egnp.exe\u202c",
    "1. one",
    "+ plus",
    "https://example.com www.example.com a@example.com",
    "a\x00b\x02c\x03d",
    "(c) (tm) 1/2 +/- -->",
    "<https://example.com>",
    "Term\n: definition",
    "---",
    "???+ note",
]


class Page(HTMLParser):
    """The cells of a page's tables as text, and every tag on it."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.tags: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "td":
            self.cells.append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.cells[-1] += data


def rendered(source: str) -> Page:
    page = Page()
    page.feed(markdown.markdown(source, extensions=EXTENSIONS))
    return page


def table(cell: str) -> str:
    return f"| | |\n|:--|:--|\n| {cell} | last |\n"


ANY = st.text() | st.text("ab`|*_<>&[](){}#:=+-!~^$\\\"'.@/ \n1") | st.sampled_from(HOSTILE)


def _examples(test):
    for hostile in HOSTILE:
        test = example(hostile)(test)
    return test


@_examples
@given(ANY)
def test_prose_stays_in_its_cell_and_is_shown_as_it_is(prose: str) -> None:
    page = rendered(table("x" + text(prose)))
    assert len(page.cells) == 2 and page.cells[1] == "last"
    assert set(page.tags) <= {"table", "thead", "tbody", "tr", "th", "td", "code"}
    # Code spans lose their backquotes; everything else is there to the letter.
    assert _letters(page.cells[0]) == _letters("x" + one_line(prose))


@_examples
@given(ANY)
def test_prose_is_one_paragraph(prose: str) -> None:
    page = rendered(text(prose) + "\n")
    assert set(page.tags) <= {"p", "code"} and page.tags.count("p") <= 1


@_examples
@given(ANY)
def test_code_is_shown_to_the_letter(literal: str) -> None:
    page = rendered(table("x " + code(literal)))
    assert len(page.cells) == 2
    assert set(page.tags) <= {"table", "thead", "tbody", "tr", "th", "td", "code"}
    assert page.cells[0].split() == ["x", *one_line(literal).split()]


@_examples
@given(ANY)
def test_a_block_of_code_ends_where_it_ends(literal: str) -> None:
    page = rendered(f"{block(literal, 'text')}\n\nafter\n")
    assert page.tags[-1] == "p" and "h1" not in page.tags and "script" not in page.tags


@_examples
@given(ANY)
def test_a_link_leads_where_it_says_and_runs_nothing(target: str) -> None:
    page = rendered(table(link("here", target)))
    assert len(page.cells) == 2 and page.cells[0].strip() == "here"
    scheme = address(target).lower().partition(":")[0]
    assert scheme in ("http", "https", "mailto") or not scheme.isalpha() or ":" not in address(target)


@pytest.mark.parametrize("target", ["javascript:alert(1)", " JaVaScRiPt:x", "data:text/html,x", "vbscript:x"])
def test_addresses_that_run_code_are_emptied(target: str) -> None:
    assert address(target.strip()) == ""


def test_names_in_backquotes_become_links() -> None:
    assert text("See `momentum`.", {"momentum": "#momentum"}) == "See [`momentum`](#momentum)."


def _letters(shown: str) -> str:
    """Without what typography may change: quotes, dashes, blanks, and the backquotes of code."""
    return "".join(c for c in shown if c.isalnum())
