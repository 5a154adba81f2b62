"""Compiles the accelerator of a catalog and puts it beside a client of the same one, or of another."""

import os
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ExtensionFileLoader, ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from knobsmith.model.catalog import Algorithm, Catalog, Packages, Project
from knobsmith.targets.accelerator.target import sources
from knobsmith.targets.cpp.target import headers
from knobsmith.targets.python import in_memory

from tests.targets.cpp.building import KEPT, WARNINGS, _alone, _key, _version, compile_file

PACKAGE = "judged"
# More flags for the compiler, from a test that runs others once more.
FLAGS = "KNOBSMITH_ACCELERATOR_FLAGS"
PROJECT = Project(name=PACKAGE, version="0.1.0", packages=Packages(python=PACKAGE, npm=PACKAGE, cmake=PACKAGE))
FORMS = ("wire", "native")


def catalog_of(*algorithms: Algorithm) -> Catalog:
    """A catalog of these algorithms."""
    return Catalog(project=PROJECT, algorithms=algorithms)


def built(catalog: Catalog, flags: Sequence[str] = ("-O0",)) -> Path:
    """The extension module, compiled as strictly as the headers are. What was compiled before is kept."""
    files = {f"judged/{path}": text for path, text in headers(catalog.algorithms, PACKAGE).items()}
    files |= {name: text for name, text in sources(catalog).items() if name.endswith("pp")}
    include = sysconfig.get_paths()["include"]
    options = ["-std=c++17", "-fPIC", "-shared", *WARNINGS, *flags, *os.environ.get(FLAGS, "").split()]
    made = KEPT / f"{_key([_version('g++'), include, *options, *files, *files.values()])}.so"
    with _alone(made):
        if not made.exists():
            folder = made.with_suffix(".making")
            for path, text in files.items():
                place = folder / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, encoding="utf-8")
            command = ["g++", *options, "-isystem", include, f"-I{folder}", f"{folder}/module.cpp"]
            compile_file([*command, "-o", f"{folder}/module.so"])
            (folder / "module.so").replace(made)
    return made


def loaded(path: Path) -> ModuleType:
    """An extension module from a file."""
    name = f"{PACKAGE}_native"
    loader = ExtensionFileLoader(name, str(path))
    module = loader.create_module(ModuleSpec(name, loader, origin=str(path)))
    loader.exec_module(module)
    return module


@contextmanager
def client_with(catalog: Catalog, module: ModuleType | None) -> Iterator[in_memory.Client]:
    """The client of a catalog, beside an accelerator or beside none."""
    with in_memory.load_client(catalog) as client, pytest.MonkeyPatch.context() as patch:
        patch.delenv(f"{client.package.upper()}_PURE", raising=False)
        patch.setitem(sys.modules, f"{client.package}_native", module)  # type: ignore[arg-type]
        yield client


def assert_same(client: in_memory.Client, algorithm: str, form: str, configs: list[Any], context: Any) -> None:
    """Many at once, with the accelerator and without, are judged as each by itself."""
    module = client.algorithm(algorithm)
    one, many = (
        getattr(module, f"validate{part}") for part in (("_wire", "_wire_many") if form == "wire" else ("", "_many"))
    )
    wanted = [one(config, context).valid for config in configs]
    for pure in (False, True):
        found = many(configs, context=context, pure=pure)
        assert found.accelerated is not pure
        assert list(found.invalid) == [place for place, is_valid in enumerate(wanted) if not is_valid]
        assert found.valid is all(wanted)
        assert [verdict.valid for verdict in found] == wanted
