"""`make accept` leaves no golden file behind."""

from pathlib import Path

import pytest

from tests import accept

TESTS = Path(__file__).parent


def test_every_golden_file_is_one_that_is_accepted() -> None:
    golden = {path for folder in TESTS.rglob("golden") for path in folder.rglob("*") if path.is_file()}
    assert golden | {accept.CATALOG_SCHEMA, accept.SAGEMAKER_LIMITS} == accept.goldens().keys()


def test_what_is_accepted_is_what_stands_there_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    golden, schema = tmp_path / "golden", tmp_path / "elsewhere" / "schema.json"
    (golden / "old").mkdir(parents=True)
    (golden / "old" / "left.txt").touch()
    monkeypatch.setattr(accept, "FOLDERS", (golden,))
    monkeypatch.setattr(accept, "goldens", lambda: {golden / "new" / "a.txt": "a\n", schema: "{}\n"})
    accept.main()
    found = {path.relative_to(tmp_path).as_posix(): path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {"golden/new/a.txt": "a\n", "elsewhere/schema.json": "{}\n"}
