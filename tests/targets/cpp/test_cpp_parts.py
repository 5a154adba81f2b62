"""Parts of the library by themselves: patterns beside the compiler's own search, numbers beside Python's."""

import math
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from struct import unpack

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knobsmith.expr.render_cpp import quoted
from knobsmith.judging.numbers import number_of, number_text
from knobsmith.regex import search
from knobsmith.targets.cpp.patterns import Patterns
from knobsmith.targets.cpp.target import headers

from tests import strategies_regex
from tests.targets.cpp.building import PACKAGE, STANDARD, WARNINGS, compile_file


def compiled(folder: Path, body: str, *includes: str) -> Path:
    """A program with this body, outside of any function."""
    for path, text in headers((), PACKAGE).items():
        place = folder / PACKAGE / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    lines = [f"#include <{PACKAGE}/runtime/{name}.hpp>" for name in includes]
    source = folder / "parts.cpp"
    head = "#include <cstdio>\n#include <iostream>\n#include <string>\n"
    source.write_text("\n".join([head, *lines, "using namespace std::string_view_literals;", body]))
    compile_file(["g++", *STANDARD, *WARNINGS, "-O0", f"-I{folder}", str(source), "-o", str(folder / "parts")])
    return folder / "parts"


def test_patterns_match_as_ours_do(tmp_path: Path) -> None:
    asked: list[tuple[str, str]] = [("(a+)+$", "a" * 50_000 + "b"), ("^(?:a?){200}a{200}$", "a" * 200), ("", "")]

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(strategies_regex.patterns(), st.lists(strategies_regex.texts(), min_size=3, max_size=3))
    def draw(pattern: str, texts: list[str]) -> None:
        asked.extend((pattern, text) for text in texts)

    draw()
    tables = Patterns()
    calls = [
        f"std::putchar({PACKAGE}::patterns::found({tables.name(pattern)}, {quoted(text)}) ? '1' : '0');"
        for pattern, text in asked
    ]
    body = "\n".join(
        [
            f"using namespace {PACKAGE};",
            *tables.definitions(),
            "int main() {",
            *calls,
            "}",
        ]
    )
    done = subprocess.run([compiled(tmp_path, body, "patterns")], capture_output=True, text=True, check=True)
    found = [character == "1" for character in done.stdout]
    assert found == [search(pattern, text) for pattern, text in asked]


NUMBERS = f"""\
int main() {{
    for (std::string line; std::getline(std::cin, line);) {{
        double value = 0;
        std::string shown = "-";
        if ({PACKAGE}::numbers::read_number(line, value)) {PACKAGE}::numbers::append(shown = "", value);
        std::cout << shown << '\\n';
    }}
}}
"""


def test_numbers_are_read_and_written_as_python_does(tmp_path: Path) -> None:
    random = Random(7)
    texts = ["", "-", "0", "-0", "-0.0", "0e999999999", "1e400", "-1e400", "1e-400", "5e-324", "2e-324", "3e-324"]
    texts += ["1.7976931348623157e308", "1.7976931348623159e308", "0." + "0" * 61 + "1", "1" + "0" * 63, "1" + "0" * 64]
    texts += ["9007199254740993", "0.1e1", "1e22", "1e23", "123456789012345e22", "999999999999999e-22", "1e", "1e+"]
    for _ in range(20_000):
        exact = unpack("d", random.randbytes(8))[0]
        digits = str(random.randrange(10 ** random.randint(1, 20)))
        at = random.randint(1, len(digits))
        texts += [repr(exact), f"{digits[:at]}.{digits[at:] or 0}", f"{digits}e{random.randint(-330, 310)}"]
    done = subprocess.run(
        [compiled(tmp_path, NUMBERS, "numbers")], input="\n".join(texts), capture_output=True, text=True, check=True
    )
    for text, shown in zip(texts, done.stdout.split("\n"), strict=False):
        value = number_of(text)
        assert shown == ("-" if value is None else number_text(value)), text


# Numbers in JSON may be as long as they like.
LONG_NUMBERS = f"""\
int main() {{
    for (std::string line; std::getline(std::cin, line);) {{
        double value = 0;
        {PACKAGE}::json::Reader reader(line);
        std::string shown = "-";
        if (reader.number(value) && reader.at_end()) {PACKAGE}::numbers::append(shown = "", value);
        std::cout << shown << '\\n';
    }}
}}
"""


def long_numbers(random: Random) -> Iterator[str]:
    """Numbers whose digits are many, and whose exponents make up for that, or go beyond it."""
    for zeros in (0, 1, 20, 330, 4299, 99_998, 99_999, 100_000, 100_001, 250_000):
        for _ in range(12):
            digits = str(random.randrange(1, 10 ** random.randint(1, 20)))
            exponent = zeros + random.choice((-330, -324, -1, 0, 1, 300, 308, 309, random.randint(-340, 320)))
            yield f"0.{'0' * zeros}{digits}e{exponent}"
            yield f"-{digits}{'0' * zeros}E-{exponent}".replace("--", "-")
            yield f"{digits}.{'0' * zeros}{digits}e{random.choice((-zeros, 0, zeros))}"
    for exponent in (
        "1000000",
        "100000",
        "99999",
        "999999999",
        "10000000000",
        "9" * 19,
        "9" * 20,
        "1" + "0" * 40,
        "9" * 5000,
    ):
        for sign in ("", "+", "-"):
            for digits in ("1", "0", "-0.0", "0." + "0" * 99_999 + "1", "1" + "0" * 99_999):
                yield f"{digits}e{sign}{exponent}"
                yield f"{digits}e{sign}{'0' * 100}{exponent[:3]}"


def test_long_numbers_are_read_as_python_does(tmp_path: Path) -> None:
    texts = list(long_numbers(Random(11)))
    program = compiled(tmp_path, LONG_NUMBERS, "json")
    done = subprocess.run([program], input="\n".join(texts), capture_output=True, text=True, check=True)
    wanted = [number_text(float(text) + 0.0) if math.isfinite(float(text)) else "-" for text in texts]
    assert {"-", "0", "1"} < set(wanted)
    for text, shown, expected in zip(texts, done.stdout.split("\n"), wanted, strict=False):
        assert shown == expected, f"{text[:20]}...{text[-20:]}"
