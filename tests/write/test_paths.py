"""Which paths a target may ask for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from knobsmith.write import UnsafePath
from knobsmith.write.paths import flat, is_proper

IMPROPER = [
    *("", ".", "..", "/", "/etc/passwd", "../out", "a/../../out", "a/./b", "a//b", "a/", "./a", "a/.."),
    *("a\\b", "C:/x", "c:x", "a\0b", "a\nb", "a\x7f", "con<", "a>b", 'a"b', "a|b", "a?", "a*", "\ud800", "x" * 256),
]
PROPER = ["a", "a/b", "a.b/c-d_e", "émigré/线", "a b", ".gitignore", "..a", "a~", "x" * 255]
RESERVED = ["manifest.json", "Manifest.JSON", "manifest.json/a", ".staging", ".staging/a", ".STAGING/a"]


@pytest.mark.parametrize("path", IMPROPER, ids=repr)
def test_a_path_that_may_lead_elsewhere_is_refused(path: str) -> None:
    assert not is_proper(path)
    with pytest.raises(UnsafePath, match="is no path below the generated folder") as refused:
        flat({"mine": {path: ""}}, {})
    assert refused.value.target == "mine"


@pytest.mark.parametrize("path", PROPER, ids=repr)
def test_a_plain_path_is_accepted(path: str) -> None:
    assert flat({"mine": {path: "text"}}, {}) == {path: "text"}


@pytest.mark.parametrize("path", RESERVED)
def test_what_we_keep_for_ourselves_is_refused(path: str) -> None:
    with pytest.raises(UnsafePath, match="is reserved"):
        flat({"mine": {path: ""}}, {})


@given(st.text(alphabet="ab./\\:\0 C~é", max_size=8))
def test_a_proper_path_names_itself_and_stays_below(path: str) -> None:
    if is_proper(path):
        assert not path.startswith("/")
        assert all(part not in ("", ".", "..") for part in re.split(r"[/\\]", path))


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("a/b", "a/b", "`a/b` is a file of `one` already"),
        ("a/b", "A/B", "`A/B` is a file of `one` already"),
        ("a", "a/b", "`a/b` stands below `a`, which is a file of `one`"),
        ("a/b", "a", "`a/b` stands below `a`, which is a file of `two`"),
        ("A", "a/b/c", "`a/b/c` stands below `a`, which is a file of `one`"),
    ],
)
def test_two_files_in_each_others_way_are_refused(first: str, second: str, reason: str) -> None:
    with pytest.raises(UnsafePath, match=f"^{re.escape(reason)}$"):
        flat({"one": {first: ""}, "two": {second: ""}}, {})


def test_a_file_of_a_target_that_stays_is_in_the_way_too() -> None:
    with pytest.raises(UnsafePath, match="is a file of `other` already"):
        flat({"one": {"a": ""}}, {"other": {"a": "digest"}})
    with pytest.raises(UnsafePath, match="which is a file of `other`"):
        flat({"one": {"a/b": ""}}, {"other": {"a": "digest"}})
