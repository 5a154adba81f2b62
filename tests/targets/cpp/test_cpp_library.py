"""The library as its users meet it: through CMake, through structs, without a heap and without exceptions."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from knobsmith.model.catalog import Catalog
from knobsmith.pipeline import compile_project
from knobsmith.targets.cpp import TARGET

from tests.targets.cpp.building import STANDARD, WARNINGS, compile_file

ROOT = Path(__file__).parent.parent.parent.parent
HERE = Path(__file__).parent


def catalog() -> Catalog:
    compiled = compile_project(ROOT)
    assert compiled.catalog is not None
    return compiled.catalog


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library, written out."""
    folder = tmp_path_factory.mktemp("library")
    for file in TARGET.render(catalog(), {}):
        place = folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(file.text, encoding="utf-8")
    return folder / "cpp"


def test_use_without_a_heap(library: Path, tmp_path: Path) -> None:
    program = tmp_path / "usage"
    source = str(HERE / "usage.cpp")
    compile_file(["g++", *STANDARD, *WARNINGS, "-O1", f"-I{library}/include", source, "-o", str(program)])
    done = subprocess.run([program], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_products_are_not_fused(library: Path, tmp_path: Path) -> None:
    program = tmp_path / "fused"
    source = tmp_path / "fused.cpp"
    source.write_text(FUSED)
    fast = ["-O3", "-march=native", "-ffp-contract=fast"]
    compile_file(["g++", *STANDARD, *WARNINGS, *fast, f"-I{library}/include", str(source), "-o", str(program)])
    assert subprocess.run([program]).returncode == 0


HEAD = """\
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <vision_hyperparameters/object_detection.hpp>

using namespace vision_hyperparameters::object_detection;
using Texts = std::map<std::string, std::string>;
using Listed = std::vector<std::pair<std::string, std::string>>;
using Views = std::vector<std::pair<std::string_view, std::string_view>>;
Texts texts();
Listed listed();
const Listed constant();
Views views();
std::string text();
"""
# Whose texts outlive the verdict, and whose do not.
LASTING = (
    *("parse_wire(kept)", "parse_wire(fixed)", "parse_wire(views())", "parse_wire(kept, views())", "parse_wire({})"),
    *(
        'parse_wire({{"num_classes", "3"}}, kept)',
        'parse_wire(kept, {{"instance_count", "2"}})',
        "parse_wire(kept, kept)",
    ),
    *('parse_json("{}")', "parse_json(own)", "parse_json(own, own)", 'parse_json(std::string_view("{}"), "{}")'),
)
FLEETING = (
    *("parse_wire(texts())", "parse_wire(listed())", "parse_wire(constant())", "parse_wire(std::move(kept))"),
    *("parse_wire(kept, texts())", "parse_wire({}, listed())", "parse_wire(texts(), texts())"),
    *('parse_wire(texts(), {{"instance_count", "2"}})', "parse_wire(Texts{})"),
    *("parse_json(text())", 'parse_json(text(), "{}")', 'parse_json("{}", text())', "parse_json(own, text())"),
)


def refusal(library: Path, source: Path, *calls: str) -> str:
    """What the compiler says of these calls; nothing if it takes them."""
    lines = "".join(f"    const Verdict v{place} = {call};\n    (void)v{place};\n" for place, call in enumerate(calls))
    kept = "    Texts kept; const Listed fixed; const std::string own; (void)kept; (void)fixed; (void)own;\n"
    source.write_text(f"{HEAD}void use();\nvoid use() {{\n{kept}{lines}}}\n")
    command = ["g++", *STANDARD, *WARNINGS, "-fsyntax-only", f"-I{library}/include", str(source)]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}).stderr


def test_what_outlives_the_verdict_is_taken(library: Path, tmp_path: Path) -> None:
    assert refusal(library, tmp_path / "lasting.cpp", *LASTING) == ""


def test_texts_that_do_not_outlive_the_verdict_are_refused(library: Path, tmp_path: Path) -> None:
    told = refusal(library, tmp_path / "fleeting.cpp", *FLEETING)
    for place, call in enumerate(FLEETING):
        about = re.findall(rf"error: ([^\n]*)\n[^\n]*const Verdict v{place} = ", told)
        assert about and re.search("use of deleted function|is ambiguous", about[0]), call


FUSED = """\
#include <vision_hyperparameters/runtime/numbers.hpp>

int main(int count, char**) {
    const double x = 1.0 + 0x1p-30 * count;
    // Rounded, the product loses its last bits; fused with the difference it would keep them.
    const double rest = vision_hyperparameters::numbers::product(x, x) - (1.0 + 0x1p-29);
    return rest == 0.0 ? 0 : 1;
}
"""

CONSUMER = """\
cmake_minimum_required(VERSION 3.14)
project(consumer CXX)
@FIND@
add_executable(consumer main.cpp)
target_link_libraries(consumer PRIVATE vision_hyperparameters::vision_hyperparameters)
"""


@pytest.mark.parametrize("way", ["find_package", "add_subdirectory"])
def test_cmake(library: Path, tmp_path: Path, way: str) -> None:
    cmake = shutil.which("cmake")
    if cmake is None:  # the package is optional where there is no CMake
        assert (library / "CMakeLists.txt").is_file()
        return
    find = f"add_subdirectory({library} library)"
    if way == "find_package":
        for step in (["-S", str(library), "-B", "made", "-DCMAKE_INSTALL_PREFIX=there"], ["--install", "made"]):
            subprocess.run([cmake, *step], check=True, capture_output=True, cwd=tmp_path)
        find = "find_package(vision_hyperparameters 0.1 REQUIRED)"
    (tmp_path / "CMakeLists.txt").write_text(CONSUMER.replace("@FIND@", find))
    (tmp_path / "main.cpp").write_text(
        "#include <vision_hyperparameters/object_detection.hpp>\n"
        "int main() { return vision_hyperparameters::object_detection::parse_wire({}).valid() ? 1 : 0; }\n"
    )
    for step in (["-S", ".", "-B", "build", f"-DCMAKE_PREFIX_PATH={tmp_path}/there"], ["--build", "build"]):
        done = subprocess.run([cmake, *step], capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
    assert subprocess.run([tmp_path / "build" / "consumer"]).returncode == 0
