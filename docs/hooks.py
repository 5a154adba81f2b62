"""Brings generated pages into the site: algorithms and kernels from generated/docs, those of the laws as they are.

Nothing is copied into the tree. The pages of the laws show the specs that the tests hold them to.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from knobsmith.catalogue import RULES
from knobsmith.targets.docs.rules_pages import Example, fidelity_page, rules_pages
from knobsmith.targets.registry import BUILT_IN, load_target
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

DOCS = Path(__file__).parent
ROOT = DOCS.parent
GENERATED = ROOT / "generated" / "docs"
FOLDERS = ("algorithms", "kernels")
CASES = ROOT / "tests" / "cases" / "diagnostics"
_PLACES = ("knobsmith.yaml", "kernels/*.yaml", "**/*.yaml")
JOBS = ROOT / "tests" / "cases" / "preflight"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put all pages of a folder where the navigation names the folder; watch the generated ones while serving."""
    config.watch.append(str(GENERATED))
    folders = {name: _pages(GENERATED, name) for name in FOLDERS} | {"decisions": _pages(DOCS, "decisions")}
    config.nav = [_expanded(entry, folders) for entry in config.nav]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages to those of docs/."""
    for name in (page for folder in FOLDERS for page in _pages(GENERATED, folder)):
        files.append(File(name, str(GENERATED), config.site_dir, config.use_directory_urls))
    about = [*rules_pages(RULES.values(), _examples()), fidelity_page([load_target(name) for name in BUILT_IN])]
    for page in about:
        files.append(File.generated(config, page.path.removeprefix("docs/"), content=page.text))
    return files


def _expanded(entry: Any, folders: Mapping[str, list[str]]) -> Any:
    if isinstance(entry, dict):
        return {title: _expanded(place, folders) for title, place in entry.items()}
    if isinstance(entry, list):
        return [_expanded(place, folders) for place in entry]
    return folders.get(entry, entry)


def _pages(root: Path, folder: str) -> list[str]:
    """The pages of a folder by their paths in the site, its index first."""
    pages = sorted((root / folder).glob("*.md"), key=lambda path: (path.stem != "index", path.name))
    if not pages:
        raise PluginError(f"{root / folder} is empty: run `knobsmith generate` first")
    return [path.relative_to(root).as_posix() for path in pages]


def _examples() -> dict[str, Example]:
    """For each law the first case that tests hold it to, if it shows in a single algorithm."""
    found: dict[str, Example] = {}
    for folder in sorted(CASES.iterdir()) if CASES.is_dir() else ():
        code = folder.name.partition("-")[0]
        example = Example(_only_spec(folder / "bad"), _only_spec(folder / "good"))
        if any(example):
            found.setdefault(code, example)
    for folder in sorted(JOBS.iterdir()) if JOBS.is_dir() else ():
        bad, good = ((folder / f"{name}.yaml").read_text(encoding="utf-8") for name in ("bad", "good"))
        found.setdefault(folder.name.partition("-")[0], Example(bad, good))
    return found


def _only_spec(folder: Path) -> str | None:
    """The file that a case is about: that of the project, that of kernels, or the only one; None if it is not told."""
    for place in _PLACES:
        paths = sorted(folder.glob(place))
        if paths:
            return _read(paths[0]) if len(paths) == 1 else None
    return None


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
