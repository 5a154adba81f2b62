"""The generated folder: exactly what was rendered, beside whatever is not ours."""

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from knobsmith.write import Plan, Rendered, UnsafePath, plan, write

from tests.support.sample import tree

MANIFEST = "manifest.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "generated"


def put(folder: Path, rendered: Rendered, *, keep_others: bool = False) -> Plan:
    """Plan and write."""
    planned = plan(folder, rendered, keep_others=keep_others)
    write(folder, planned)
    return planned


def texts(folder: Path) -> dict[str, str]:
    """What stands in a folder, but for the manifest."""
    return {path: content.decode() for path, content in tree(folder).items() if path != MANIFEST}


def claim(folder: Path, claims: Mapping[str, Mapping[str, str]]) -> None:
    """A manifest, whoever wrote it."""
    folder.mkdir(exist_ok=True)
    (folder / MANIFEST).write_text(json.dumps({"version": 1, "targets": claims}), encoding="utf-8")


def test_files_come_with_a_manifest_of_their_digests(folder: Path) -> None:
    put(folder, {"one": {"a": "x\n", "b/c": ""}, "two": {"d": "é"}})
    assert texts(folder) == {"a": "x\n", "b/c": "", "d": "é"}
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert manifest == {
        "version": 1,
        "generator": "knobsmith",
        "targets": {
            "one": {"a": digest("x\n"), "b/c": digest("")},
            "two": {"d": digest("é")},
        },
    }


def test_the_order_of_targets_and_files_changes_no_byte(folder: Path, tmp_path: Path) -> None:
    put(folder, {"one": {"a": "1", "b": "2"}, "two": {"c": "3"}})
    put(tmp_path / "other", {"two": {"c": "3"}, "one": {"b": "2", "a": "1"}})
    assert tree(folder) == tree(tmp_path / "other")


def test_what_is_as_it_should_be_is_not_touched(folder: Path) -> None:
    rendered = {"one": {"a": "x", "b": "y"}}
    put(folder, rendered)
    times = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert put(folder, rendered).changes == ()
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == times
    put(folder, {"one": {"a": "x", "b": "z"}})
    assert (folder / "a").stat().st_mtime_ns == times[folder / "a"]
    assert texts(folder) == {"a": "x", "b": "z"}


def test_planning_writes_nothing(folder: Path) -> None:
    planned = plan(folder, {"one": {"a": "x"}})
    assert [change.path for change in planned.changes] == ["a", MANIFEST]
    assert not folder.exists()


def test_stale_files_go_and_their_empty_folders_with_them(folder: Path) -> None:
    put(folder, {"one": {"a/b/c": "", "a/d": "", "e/f": ""}})
    put(folder, {"one": {"a/d": ""}})
    assert texts(folder) == {"a/d": ""}
    assert sorted(path.name for path in folder.iterdir()) == ["a", MANIFEST]


def test_what_is_not_ours_stays(folder: Path) -> None:
    put(folder, {"one": {"a/b": "", "c": ""}})
    (folder / "a" / "mine").write_text("mine", encoding="utf-8")
    (folder / "also mine").mkdir()
    put(folder, {"one": {}})
    assert texts(folder) == {"a/mine": "mine"}
    assert (folder / "also mine").is_dir()


def test_a_file_may_become_a_folder_and_back(folder: Path) -> None:
    for rendered in (
        {"one": {"a": "file"}},
        {"one": {"a/b/c": "inner"}},
        {"one": {"a/b": "file"}},
        {"one": {"a": "x"}},
    ):
        put(folder, rendered)
        assert texts(folder) == rendered["one"]


def test_an_empty_folder_in_the_way_is_replaced(folder: Path) -> None:
    (folder / "a" / "b").mkdir(parents=True)
    put(folder, {"one": {"a": "x"}})
    assert texts(folder) == {"a": "x"}


@pytest.mark.parametrize("mine", ["a/b", "a"])
def test_something_of_others_in_the_way_is_said_before_anything_is_written(mine: str, folder: Path) -> None:
    (folder / mine).parent.mkdir(parents=True)
    (folder / mine).write_text("mine", encoding="utf-8")
    wanted = "a" if mine == "a/b" else "a/b"
    with pytest.raises(OSError, match="not ours is in the way"):
        put(folder, {"one": {wanted: "x", "z": "x"}})
    assert tree(folder) == {mine: b"mine"}


def test_the_folder_itself_may_be_in_the_way(folder: Path) -> None:
    folder.write_text("mine", encoding="utf-8")
    with pytest.raises(NotADirectoryError):
        put(folder, {"one": {"a": "x"}})
    assert folder.read_text(encoding="utf-8") == "mine"


def test_other_targets_are_kept_on_request(folder: Path) -> None:
    put(folder, {"one": {"a": "1"}, "two": {"b": "2"}})
    put(folder, {"one": {"c": "3"}}, keep_others=True)
    assert texts(folder) == {"b": "2", "c": "3"}
    with pytest.raises(UnsafePath):
        put(folder, {"one": {"b": "4"}}, keep_others=True)
    put(folder, {"one": {"c": "3"}})
    assert texts(folder) == {"c": "3"}


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "{",
        "[]",
        "null",
        '{"targets": []}',
        '{"targets": {"one": 1}}',
        '{"targets": {"one": {"a": {}}}}',
        '{"targets": ' + "[" * 100_000,
        "<<<<<<< ours\n",
        "\x00\xff",
    ],
    ids=range(10),
)
def test_a_damaged_manifest_claims_nothing_and_is_written_anew(manifest: str, folder: Path) -> None:
    put(folder, {"one": {"a": "1", "b": "2"}})
    (folder / MANIFEST).write_text(manifest, encoding="latin-1")
    put(folder, {"one": {"a": "x"}})
    assert texts(folder)["a"] == "x"
    put(folder, {"one": {"a": "x"}})
    assert json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["targets"] == {"one": {"a": digest("x")}}


@pytest.mark.parametrize(
    "path", ["../precious", "a/../../precious", "/{root}/precious", "link/precious", "..\\precious", ".", "..", ""]
)
def test_a_hostile_manifest_cannot_have_anything_outside_removed(path: str, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine", encoding="utf-8")
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    claim(folder, {"one": {path.replace("/{root}", str(tmp_path)): "digest"}})
    put(folder, {"one": {"a": "x"}})
    assert (tmp_path / "precious").read_text(encoding="utf-8") == "mine"
    assert (folder / "link").is_symlink()
    put(folder, {})
    assert (tmp_path / "precious").exists()


def test_a_linked_folder_is_not_written_through(folder: Path, tmp_path: Path) -> None:
    folder.mkdir()
    (tmp_path / "outside").mkdir()
    (folder / "a").symlink_to(tmp_path / "outside")
    with pytest.raises(OSError, match="remove the link") as refused:
        put(folder, {"one": {"a/b": "x"}})
    assert refused.value.filename == folder / "a/b"
    assert tree(tmp_path / "outside") == {}


@pytest.mark.parametrize("target", ["precious", "nowhere", "same"])
def test_a_linked_file_is_replaced_and_not_followed(target: str, folder: Path, tmp_path: Path) -> None:
    folder.mkdir()
    (tmp_path / "precious").write_text("mine", encoding="utf-8")
    (tmp_path / "same").write_text("x", encoding="utf-8")
    (folder / "a").symlink_to(tmp_path / target)
    assert "a" in [change.path for change in put(folder, {"one": {"a": "x"}}).changes]
    assert not (folder / "a").is_symlink()
    assert texts(folder) == {"a": "x"}
    assert (tmp_path / "precious").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_a_stale_link_is_removed_and_not_followed(folder: Path, tmp_path: Path) -> None:
    put(folder, {"one": {"a": "x"}})
    (tmp_path / "precious").write_text("mine", encoding="utf-8")
    (folder / "a").unlink()
    (folder / "a").symlink_to(tmp_path / "precious")
    put(folder, {"one": {}})
    assert not (folder / "a").is_symlink()
    assert (tmp_path / "precious").exists()


def test_a_link_in_the_place_of_staged_files_is_not_followed(folder: Path, tmp_path: Path) -> None:
    folder.mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "0").write_text("mine", encoding="utf-8")
    (folder / ".staging").symlink_to(tmp_path / "outside")
    put(folder, {"one": {"a": "x"}})
    assert tree(tmp_path / "outside") == {"0": b"mine"}
    assert sorted(path.name for path in folder.iterdir()) == ["a", MANIFEST]


def test_a_linked_manifest_is_replaced(folder: Path, tmp_path: Path) -> None:
    folder.mkdir()
    (tmp_path / "precious").write_text("{}", encoding="utf-8")
    (folder / MANIFEST).symlink_to(tmp_path / "precious")
    put(folder, {"one": {"a": "x"}})
    assert (tmp_path / "precious").read_text(encoding="utf-8") == "{}"


def test_the_folder_itself_may_be_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder.symlink_to(tmp_path / "elsewhere")
    put(folder, {"one": {"a": "x"}})
    assert texts(tmp_path / "elsewhere") == {"a": "x"}


def test_a_pipe_in_the_way_is_replaced_and_not_waited_for(folder: Path) -> None:
    folder.mkdir()
    os.mkfifo(folder / "a")
    put(folder, {"one": {"a": "x"}})
    assert texts(folder) == {"a": "x"}


def test_bytes_that_are_no_text_are_seen_as_a_change(folder: Path) -> None:
    put(folder, {"one": {"a": "x"}})
    (folder / "a").write_bytes(b"\xff\x00")
    (change, *_) = put(folder, {"one": {"a": "x"}}).changes
    assert (change.path, change.old, change.new) == ("a", "\udcff\x00", "x")
    assert texts(folder) == {"a": "x"}


def test_what_an_interrupted_run_left_is_cleaned(folder: Path) -> None:
    put(folder, {"one": {"a": "x"}})
    (folder / ".staging").mkdir()
    (folder / ".staging" / "0").write_text("half", encoding="utf-8")
    put(folder, {"one": {"a": "x"}})
    assert sorted(path.name for path in folder.iterdir()) == ["a", MANIFEST]


NAMES = st.sampled_from(["a", "b", "a/b", "a/c", "a/b/c", "d/e"])
FILES = st.dictionaries(NAMES, st.sampled_from(["", "1", "2\n", "é"]), max_size=4)


@given(st.lists(st.dictionaries(st.sampled_from(["one", "two"]), FILES), max_size=4))
def test_any_sequence_of_runs_ends_with_what_the_last_one_rendered(
    tmp_path_factory: pytest.TempPathFactory, runs: list[dict[str, dict[str, str]]]
) -> None:
    folder = tmp_path_factory.mktemp("runs") / "generated"
    expected: dict[str, str] = {}
    for rendered in runs:
        try:
            put(folder, rendered)
        except UnsafePath:
            continue
        expected = {path: text for files in rendered.values() for path, text in files.items()}
        assert texts(folder) == expected
        assert plan(folder, rendered).changes == ()


def digest(text: str) -> str:
    """As in the manifest."""
    return sha256(text.encode()).hexdigest()
