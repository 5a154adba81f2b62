"""The generated text, line by line; `make accept` rewrites the golden files."""

from tests.targets.python.fixture import GOLDEN, golden_files


def test_the_generated_package_is_the_golden_one() -> None:
    expected = golden_files()
    found = {path: path.read_text(encoding="utf-8") for path in GOLDEN.rglob("*.txt")}
    assert found == expected
