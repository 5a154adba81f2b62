"""Compiles generated headers into a program that answers requests. What was compiled before is kept, by its content."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from knobsmith.model.catalog import Algorithm
from knobsmith.targets.cpp.target import headers
from knobsmith.views.cpp_names import cpp_names

HERE = Path(__file__).parent
KEPT = HERE.parent.parent.parent / ".knobsmith" / "cpp"
PACKAGE = "generated"
WARNINGS = ("-Wall", "-Wextra", "-Wconversion", "-Wsign-conversion", "-Wshadow", "-Werror", "-pedantic")
STANDARD = ("-std=c++17", "-fno-exceptions", "-fno-rtti")
SANITIZED = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all")


class CompileError(AssertionError):
    """What the compiler said."""


def compilers() -> list[str]:
    """g++, which has to be there, and clang++ if it is."""
    return ["g++", *(["clang++"] if shutil.which("clang++") else [])]


def build(
    algorithms: Sequence[Algorithm], *, compiler: str = "g++", flags: Sequence[str] = ("-O1",), batch: int = 1
) -> list[str]:
    """The command of a program that answers requests about these algorithms, ``batch`` of them a translation unit."""
    texts = headers(tuple(algorithms), PACKAGE)
    names = {
        algorithm.name: own.namespace for algorithm, own in zip(algorithms, cpp_names(tuple(algorithms)), strict=True)
    }
    spaces = list(names.values())
    units = {f"unit_{start}.cpp": _unit(spaces[start : start + batch]) for start in range(0, len(spaces), batch)}
    units |= {"dispatch.cpp": _dispatch(names), "main.cpp": (HERE / "main.cpp").read_text()}
    options = [*STANDARD, *WARNINGS, *flags]
    with ThreadPoolExecutor(2) as pool:
        objects = list(pool.map(lambda unit: _object(unit, texts, compiler, options), units.values()))
    return [str(_program(objects, compiler, options))]


def run(command: Sequence[str], lines: Iterable[str]) -> list[str]:
    """What a program answers to these lines."""
    environment = {**os.environ, "UBSAN_OPTIONS": "print_stacktrace=1", "ASAN_OPTIONS": "detect_leaks=1"}
    done = subprocess.run(
        command,
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout.split("\n")[:-1]


def request(algorithm: Algorithm, form: str, config: Any, context: Any) -> str:
    """A line that asks for a verdict."""
    return json.dumps({"algorithm": algorithm.name, "form": form, "config": config, "context": context})


def answer(line: str) -> Any:
    """An answer; an integer that no double tells from its neighbours is the double."""
    return json.loads(line, parse_int=lambda digits: int(digits) if len(digits) < 16 else float(digits))


def _unit(spaces: Sequence[str]) -> str:
    includes = "".join(f"#include <{PACKAGE}/{space}.hpp>\n" for space in spaces)
    return f'{includes}#include "answering.hpp"\n\n' + "".join(map(_answering, spaces))


def _answering(space: str) -> str:
    whole = f"{PACKAGE}::{space}"
    return f"""\
std::string answer_{space}(const Json& request);
std::string answer_{space}(const Json& request) {{
    const auto write = [](std::string& line, std::string_view text) {{ {PACKAGE}::json::append(line, text); }};
    if (request["form"].string == "wire") {{
        const auto config = answering::pairs(request["config"]);
        const auto context = answering::pairs(request["context"]);
        const bool has_config = request["config"].kind == Json::object;
        if (!has_config || !config || !context) return answering::unsupported;
        return answering::answer({whole}::parse_wire(*config, *context), write);
    }}
    if (request["form"].string == "native") {{
        const std::string config = request["config"].raw;
        const std::string context = request["context"].raw;
        return answering::answer({whole}::parse_json(config, context), write);
    }}
    if (request["form"].string == "raw") {{
        return answering::answer({whole}::parse_json(request["config"].string), write);
    }}
    {whole}::Hyperparameters hyperparameters;
    {whole}::Context context;
    const auto each = [](auto& settings, auto visit) {{ {whole}::detail::for_each(settings, visit); }};
    if (!answering::fill(request["config"], hyperparameters, each)) return answering::unsupported;
    if (!answering::fill(request["context"], context, each)) return answering::unsupported;
    return answering::answer({whole}::validate(hyperparameters, context), write);
}}
"""


def _dispatch(names: dict[str, str]) -> str:
    declared = "".join(f"std::string answer_{space}(const Json& request);\n" for space in names.values())
    chosen = "".join(
        f'    if (request["algorithm"].string == "{name}") return answer_{space}(request);\n'
        for name, space in names.items()
    )
    head = '#include <string>\n\n#include "json.hpp"\n\nstd::string dispatch(const Json& request);\n'
    return f"{head}{declared}std::string dispatch(const Json& request) {{\n{chosen}    return {{}};\n}}\n"


def _object(unit: str, texts: dict[str, str], compiler: str, options: Sequence[str]) -> Path:
    """A translation unit, compiled."""
    included = [text for path, text in texts.items() if "/" in path or f"<{PACKAGE}/{path}>" in unit]
    own = [(HERE / name).read_text() for name in ("json.hpp", "answering.hpp")]
    key = _key([_version(compiler), *options, unit, *included, *own])
    made = KEPT / f"{key}.o"
    with _alone(made):
        if not made.exists():
            _compile(unit, texts, compiler, options, made)
    return made


@contextmanager
def _alone(made: Path) -> Iterator[None]:
    """While no other process makes the same."""
    made.parent.mkdir(parents=True, exist_ok=True)
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _compile(unit: str, texts: dict[str, str], compiler: str, options: Sequence[str], made: Path) -> None:
    folder = made.with_suffix(".making")
    for path, text in texts.items():
        place = folder / PACKAGE / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    source = folder / "unit.cpp"
    source.write_text(unit)
    compile_file([compiler, *options, f"-I{folder}", f"-I{HERE}", "-c", str(source), "-o", f"{folder}/unit.o"])
    (folder / "unit.o").replace(made)
    shutil.rmtree(folder)


def _program(objects: Sequence[Path], compiler: str, options: Sequence[str]) -> Path:
    made = KEPT / f"{_key([compiler, *options, *(path.name for path in objects)])}.program"
    with _alone(made):
        if not made.exists():
            unfinished = made.with_suffix(".making")
            compile_file([compiler, *options, *map(str, objects), "-o", str(unfinished)])
            unfinished.replace(made)
    return made


def compile_file(command: Sequence[str]) -> None:
    """Run a compiler.

    Raises:
        CompileError: It refuses.
    """
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise CompileError(f"{' '.join(command)}\n{done.stderr[:3000]}")


@cache
def _version(compiler: str) -> str:
    return subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout


def _key(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
