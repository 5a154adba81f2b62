"""The fixture's kernels: rendered, compiled with a stand-in for the arithmetic, and loaded. Kept by their content."""

import hashlib
import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import ExtensionFileLoader
from importlib.metadata import version
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import nanobind
from knobsmith.model.catalog import Catalog
from knobsmith.records import replace
from knobsmith.targets.kernels import TARGET

from tests.support.compile import catalog_of

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
HEADERS = ROOT / "kernels" / "include"
KEPT = ROOT / ".knobsmith" / "kernels"
STRICT = ("-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Wpedantic", "-Werror")
_FLAGS = ("-std=c++17", "-O0", "-fPIC", "-fvisibility=hidden")
_PACKAGE = "vision_kernels"


class CompileError(AssertionError):
    """What the compiler or the linker said."""


def spec(name: str) -> str:
    """A spec file of the fixture."""
    return (HERE / "spec" / name).read_text(encoding="utf-8")


def fixture(package: str = _PACKAGE, **edited: str) -> Catalog:
    """The catalog of the fixture.

    Args:
        package: The import name of the package of kernels.
        edited: The text of `tiny` or `steps` in place of that on disk.
    """
    texts = {"tiny.yaml": edited.get("tiny", spec("tiny.yaml"))}
    texts["kernels/steps.yaml"] = edited.get("steps", spec("kernels/steps.yaml"))
    catalog = catalog_of({name: text.encode() for name, text in texts.items()})
    packages = replace(catalog.project.packages, kernels=package)
    return replace(catalog, project=replace(catalog.project, packages=packages))


def rendered(catalog: Catalog) -> dict[str, str]:
    """All files of the target by their paths."""
    return {file.path: file.text for file in TARGET.render(catalog, {})}


def write(files: Mapping[str, str], folder: Path) -> Path:
    """The files on disk; what stands there already as it should is left alone."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def compiled(source: str, files: Mapping[str, str], folder: Path, *flags: str) -> None:
    """Compiles a source file against generated headers, strictly, without a result."""
    include = write(files, folder) / "kernels" / "include"
    path = folder / "source.cpp"
    path.write_text(source, encoding="utf-8")
    _run("g++", *_FLAGS, *STRICT, *flags, "-fsyntax-only", f"-I{include}", f"-I{HEADERS}", str(path))


def built(catalog: Catalog, stub: str | None = None) -> Path:
    """The compiled module `_cpu` of a catalog."""
    files = rendered(catalog)
    body = stub if stub is not None else (HERE / "stub.cpp").read_text(encoding="utf-8")
    inputs = [*sorted(files.items()), body, *(path.read_text() for path in sorted(HEADERS.rglob("*.hpp")))]
    folder = KEPT / _digest(repr(inputs), *_FLAGS, *STRICT, version("nanobind"), sys.version)
    module = folder / f"_cpu{sysconfig.get_config_var('EXT_SUFFIX')}"
    if not module.exists():
        include = write(files, folder) / "kernels" / "include"
        (folder / "stub.cpp").write_text(body, encoding="utf-8")
        sources = [folder / "stub.cpp", *sorted((folder / "kernels" / "bindings").glob("*.cpp"))]
        _link(sources, include, module)
    return module


def load(module: Path) -> ModuleType:
    """The compiled module, loaded beside any other of its name."""
    loader = ExtensionFileLoader("_cpu", str(module))
    found = spec_from_file_location("_cpu", module, loader=loader)
    assert found is not None
    loaded = module_from_spec(found)
    loader.exec_module(loaded)
    return loaded


def package(module: Path, catalog: Catalog, folder: Path) -> Path:
    """A folder from which Python imports the whole package: what is written by hand, generated and compiled."""
    target = folder / _PACKAGE
    files = {path: text for path, text in rendered(catalog).items() if path.startswith(f"kernels/python/{_PACKAGE}/")}
    write({path.removeprefix("kernels/python/"): text for path, text in files.items()}, folder)
    for name in ("array_kinds", "arrays", "backends", "errors"):
        text = (ROOT / "kernels" / "python" / _PACKAGE / f"{name}.py").read_text(encoding="utf-8")
        (target / f"{name}.py").write_text(text, encoding="utf-8")
    (target / "__init__.py").touch()
    (target / module.name).write_bytes(module.read_bytes())
    return folder


def _link(sources: Sequence[Path], include: Path, module: Path) -> None:
    objects = [str(_library()), *(str(source.with_suffix(".o")) for source in sources)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(_compile, sources, [include] * len(sources)))
    unfinished = module.with_suffix(f".{os.getpid()}")
    _run("g++", "-shared", *objects, "-o", str(unfinished))
    # Python's own symbols come with the interpreter, so that the linker cannot refuse all that are missing.
    missing = _run("nm", "--undefined-only", "--demangle", str(unfinished))
    if lines := [line.strip() for line in missing.splitlines() if f"{_PACKAGE}::" in line]:
        raise CompileError("undefined: " + "; ".join(lines))
    unfinished.replace(module)


def _compile(source: Path, include: Path) -> None:
    found = (f"-I{include}", f"-I{HEADERS}", *_libraries())
    flags = (*_FLAGS, *STRICT, "-DVISION_KERNELS_BACKEND=cpu")
    _run("g++", *flags, *found, "-c", str(source), "-o", str(source.with_suffix(".o")))


def _library() -> Path:
    """nanobind itself, compiled once."""
    made = KEPT / f"nanobind-{_digest(version('nanobind'), sys.version)}.o"
    if not made.exists():
        made.parent.mkdir(parents=True, exist_ok=True)
        unfinished = made.with_suffix(f".{os.getpid()}")
        source = Path(nanobind.source_dir()) / "nb_combined.cpp"
        extra = Path(nanobind.source_dir()).parent / "ext" / "robin_map" / "include"
        flags = ("-std=c++17", "-O1", "-fPIC", "-fvisibility=hidden", "-DNDEBUG", f"-I{extra}")
        _run("g++", *flags, *_libraries(), "-c", str(source), "-o", str(unfinished))
        unfinished.replace(made)
    return made


def _libraries() -> tuple[str, ...]:
    return ("-isystem", nanobind.include_dir(), "-isystem", sysconfig.get_path("include"))


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CompileError(done.stderr or done.stdout)
    return done.stdout


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:24]
