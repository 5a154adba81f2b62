"""The site builds strictly, has an anchor for each hyperparameter, and asks no other host for anything."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from knobsmith.catalogue import RULES
from knobsmith.pipeline import compile_project
from mkdocs.commands.build import build
from mkdocs.config import load_config

ROOT = Path(__file__).parents[3]
# What a browser fetches on its own; `a href` is followed by people only.
FETCHED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
    "object": "data",
    "link": "href",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built from fresh pages of this project; a warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return folder


class Fetches(HTMLParser):
    """Everything that a page makes a browser fetch, and the ids on it."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.ids: list[str] = []
        self.style = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.ids.append(named.get("id") or "")
        self.style += named.get("style") or ""
        if tag in FETCHED and not (tag == "link" and named.get("rel") in ("canonical", "prev", "next", "edit")):
            self.fetched.append(named.get(FETCHED[tag]) or "")
        if named.get("srcset"):
            self.fetched.append(str(named["srcset"]))


def pages(site: Path) -> Iterator[tuple[Path, Fetches]]:
    for path in sorted(site.rglob("*.html")):
        parser = Fetches()
        parser.feed(path.read_text(encoding="utf-8"))
        yield path, parser


def is_foreign(address: str) -> bool:
    return re.match(r"(?:[a-z][a-z0-9+.-]*:)?//", address, re.IGNORECASE) is not None


def test_no_page_fetches_anything_from_another_host(site: Path) -> None:
    found = [(path.name, address) for path, page in pages(site) for address in page.fetched if is_foreign(address)]
    assert found == []


def test_no_style_fetches_anything_from_another_host(site: Path) -> None:
    styles = [path.read_text(encoding="utf-8") for path in site.rglob("*.css")]
    styles += [page.style for _, page in pages(site)]
    loads = [url for style in styles for url in re.findall(r"(?:url\(|@import\s)[\"']?([^\"')\s]+)", style)]
    assert [url for url in loads if is_foreign(url)] == []


def test_nothing_asks_for_what_the_theme_would_fetch_by_script(site: Path) -> None:
    """The theme's script fetches diagrams, formulas and repository facts from elsewhere where a page has them."""
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for cause in ('class="mermaid"', "data-md-component=source", "fonts.googleapis", "unpkg.com", "jsdelivr"):
            assert cause not in text, f"{cause} in {path}"


def test_a_page_that_fetches_is_found_out() -> None:
    page = Fetches()
    page.feed('<link rel="stylesheet" href="https://fonts.example.com/x.css"><script src="//cdn.example.com/x.js">')
    assert all(map(is_foreign, page.fetched)) and len(page.fetched) == 2


def test_search_is_included(site: Path) -> None:
    index = (site / "search" / "search_index.json").read_text(encoding="utf-8")
    assert "algorithms/image-classification/#momentum" in index


def test_every_hyperparameter_has_its_anchor(site: Path) -> None:
    compiled = compile_project(ROOT)
    assert compiled.catalog is not None
    for algorithm in compiled.catalog.algorithms:
        page = Fetches()
        page.feed((site / "algorithms" / algorithm.name / "index.html").read_text(encoding="utf-8"))
        wanted = [parameter.name for parameter in algorithm.parameters]
        wanted += [f"rule:{rule.name}" for rule in algorithm.rules]
        wanted += [f"metric:{metric.name}" for metric in algorithm.metrics]
        assert [name for name in wanted if page.ids.count(name) != 1] == []


def test_every_law_has_a_page(site: Path) -> None:
    assert [code for code in RULES if not (site / "rules" / code / "index.html").is_file()] == []


def test_every_decision_is_listed() -> None:
    index = (ROOT / "docs" / "decisions" / "index.md").read_text(encoding="utf-8")
    written = [path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md")]
    assert [name for name in written if f"({name})" not in index] == []
