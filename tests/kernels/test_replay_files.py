"""A replay reads the files of a folder that somebody else made: it never hangs, crashes, or fills the memory."""

import io
import json
import os
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from vision_kernels.replay import Outcome, Status, files, replay
from vision_kernels.replay.machine import machine

from tests.kernels.folders import sgd_arrays, sgd_case, write

ARRAYS, MANIFEST = "arrays.npz", "manifest.json"


def replayed(folder: Path) -> list[Outcome]:
    with machine("cpu") as cpu:
        return list(replay(folder, cpu))


def refused(folder: Path) -> str:
    """What the only outcome says, which is an error."""
    (outcome,) = replayed(folder)
    assert outcome.status is Status.ERROR, outcome
    return outcome.reason


def put_member(folder: Path, key: str, content: bytes, name: str = ARRAYS) -> None:
    """Puts bytes in the place of one array of the case."""
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, array in sgd_arrays().items():
            archive.writestr(f"{other}.npy", content if other == key else as_bytes(array))


def as_bytes(array: Any) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def header(shape: tuple[int, ...], descr: str = "<f4") -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": descr, "fortran_order": False, "shape": shape})
    return file.getvalue()


@pytest.mark.parametrize("name", [ARRAYS, MANIFEST])
def test_pipe_in_the_place_of_a_file_is_an_error_at_once(tmp_path: Path, name: str) -> None:
    write(tmp_path, sgd_case())
    (tmp_path / name).unlink()
    os.mkfifo(tmp_path / name)
    command = [sys.executable, "-m", "vision_kernels.replay", str(tmp_path)]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert finished.returncode == 1
    assert f"{name} must be a regular file" in finished.stdout


@pytest.mark.parametrize("name", [ARRAYS, MANIFEST])
def test_directory_in_the_place_of_a_file_is_an_error(tmp_path: Path, name: str) -> None:
    write(tmp_path, sgd_case())
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    assert f"{name} must be a regular file" in refused(tmp_path)


@pytest.mark.parametrize("name", [ARRAYS, MANIFEST])
def test_link_leads_to_files_of_the_folder_alone(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path / "folder", sgd_case())
    (folder / name).rename(folder / "moved")
    (folder / name).symlink_to("moved")
    assert [outcome.status for outcome in replayed(folder)] == [Status.AGREES]
    (folder / "moved").rename(tmp_path / "moved")
    (folder / name).unlink()
    (folder / name).symlink_to("../moved")
    assert "must lie in the folder of the manifest; it is a link to elsewhere" in refused(folder)


def test_link_to_itself_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, sgd_case(file="loop.npz"))
    (tmp_path / "loop.npz").symlink_to("loop.npz")
    assert "must be a file that can be opened" in refused(tmp_path)


@pytest.mark.parametrize("name", ["..", ".", "", "a/b.npz", "/etc/passwd", "a\0b", "a" * 5000, "\ud800"])
def test_name_of_no_file_beside_the_manifest_is_an_error(tmp_path: Path, name: str) -> None:
    reason = refused(write(tmp_path, sgd_case(file=name)))
    assert "must name a file beside" in reason or "that can be opened" in reason or "no such file" in reason
    assert len(reason) < 300


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (header((2**40,)), "must hold the 4398046511104 bytes that its header speaks of; it holds 0"),
        (header((2**62, 2**62)), "bytes that its header speaks of"),
        (header((-3,)) + bytes(12), "must have no negative extent"),
        (header((2,)) + bytes(12), "must hold the 8 bytes that its header speaks of; it holds 12"),
        (header((4,)) + bytes(12), "must hold the 16 bytes"),
        (header((3,), "|O"), "no pickles; it holds 'object'"),
        (b"\x93NUMPY\x09\x00", "must be an array of the format 1.0 or 2.0"),
        (b"\x93NUMPY\x01\x00\xff\xff{", "must be an intact array"),
        (b"text", "must be an intact array"),
        (b"", "must be an intact array"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_damaged_array_is_an_error_of_its_cases_alone(tmp_path: Path, content: bytes, words: str) -> None:
    without = sgd_case(id="without", expected={"w_steps": {"key": "case.w_steps"}})
    write(tmp_path, sgd_case(), without)
    put_member(tmp_path, "case.state_mom", content)
    damaged, other = replayed(tmp_path)
    assert (damaged.status, other.status) == (Status.ERROR, Status.AGREES)
    assert words in damaged.reason


def test_memory_is_not_taken_for_what_a_header_claims(tmp_path: Path) -> None:
    put_member(write(tmp_path, sgd_case()), "case.w0", header((2**28,)) + bytes(2**10))
    tracemalloc.start()
    refused(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**24


def test_file_that_unfolds_to_more_than_memory_is_for_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_member(write(tmp_path, sgd_case()), "case.w0", header((2**16,)) + bytes(2**18))
    assert (tmp_path / ARRAYS).stat().st_size < 2**14
    monkeypatch.setattr(files, "LARGEST_ARRAYS", 2**17)
    assert "must hold at most 131072 bytes of arrays" in refused(tmp_path)


def test_manifest_that_is_too_long_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_TEXT", 100)
    assert "must have at most 100 bytes" in refused(write(tmp_path, sgd_case()))


def test_changed_number_is_told_by_its_checksum(tmp_path: Path) -> None:
    path = write(tmp_path, sgd_case()) / ARRAYS
    weight = sgd_arrays()["case.w0"].tobytes()
    content = path.read_bytes()
    assert content.count(weight) == 1
    path.write_bytes(content.replace(weight, weight[:-1] + b"\x01"))
    assert "must be an intact array" in refused(tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_arrays_of_one_key_are_an_error(tmp_path: Path) -> None:
    write(tmp_path, sgd_case())
    with zipfile.ZipFile(tmp_path / ARRAYS, "a") as archive:
        archive.writestr("case.w0.npy", as_bytes(np.zeros(3, np.float32)))
    assert "must hold one array for each key; it holds two" in refused(tmp_path)


@pytest.mark.parametrize(
    "array",
    [
        np.array([-0.25, -2, -1.5], np.complex64),
        np.array(["-0.25", "-2", "-1.5"]),
        np.array([b"a", b"b", b"c"]),
        np.array([1, 2, 3], "datetime64[s]"),
        np.array([1, 2, 3], "timedelta64[s]"),
        np.array([(1,), (2,), (3,)], [("value", np.float32)]),
        np.array([-0.25, -2, -1.5], np.longdouble),
        np.zeros(3, "V2"),
    ],
    ids=lambda array: str(array.dtype),
)
def test_array_of_anything_but_real_numbers_is_an_error(tmp_path: Path, array: np.ndarray) -> None:
    arrays = sgd_arrays() | {"case.state_mom": array}
    assert "must hold booleans, integers or floating-point numbers" in refused(
        write(tmp_path, sgd_case(), arrays=arrays)
    )


@pytest.mark.parametrize("change", [lambda array: array.astype(">f4"), np.asfortranarray], ids=["bytes", "columns"])
def test_order_of_bytes_and_of_axes_means_nothing(tmp_path: Path, change: Any) -> None:
    arrays = {name: change(array) for name, array in sgd_arrays().items()}
    assert [outcome.status for outcome in replayed(write(tmp_path, sgd_case(), arrays=arrays))] == [Status.AGREES]


def test_weight_without_axes_is_a_weight(tmp_path: Path) -> None:
    arrays = {name: array[..., 0] for name, array in sgd_arrays().items()}
    assert [outcome.status for outcome in replayed(write(tmp_path, sgd_case(), arrays=arrays))] == [Status.AGREES]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"format": "oracle-manifest-1", "cases": [], "cases": []}', "one has 'cases' twice"),
        (
            '{"format": "oracle-manifest-1", "framework": "torch", "cases": []}',
            "'framework' must be mxnet or tensorflow",
        ),
        ("[" * 10**5, "must be a JSON text"),
        ("1" * 10**4, "must be a JSON text"),
        ("\ufeff{}", "must be a JSON text"),
    ],
)
def test_manifest_that_cannot_be_understood_says_why(tmp_path: Path, text: str, words: str) -> None:
    write(tmp_path, sgd_case())
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    assert words in refused(tmp_path)


def test_manifest_in_another_encoding_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, sgd_case())
    (tmp_path / MANIFEST).write_text('{"note": "Gr\u00f6\u00dfe"}', encoding="latin-1")
    assert refused(tmp_path) == "manifest.json must be a text in UTF-8; byte 12 is not"


@pytest.mark.parametrize(
    "field", ["id", "op", "hyper", "inputs", "expected", "variant", "file", "tolerance_hint", "steps"]
)
def test_deep_values_are_one_short_error(tmp_path: Path, field: str) -> None:
    deep: list[Any] = []
    for _ in range(500):
        deep = [deep]
    reason = refused(write(tmp_path, sgd_case(**{field: deep})))
    assert len(reason) < 300


def test_same_id_in_two_manifests_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, sgd_case())
    (tmp_path / "manifest_2.json").write_text((tmp_path / MANIFEST).read_text())
    first, second = replayed(tmp_path)
    assert (first.status, second.status) == (Status.AGREES, Status.ERROR)
    assert "'id' must be unique" in second.reason


def test_one_empty_manifest_hides_no_other(tmp_path: Path) -> None:
    write(tmp_path, sgd_case())
    (tmp_path / "manifest_0.json").write_text(json.dumps({"format": "oracle-manifest-1", "cases": []}))
    assert [outcome.status for outcome in replayed(tmp_path)] == [Status.AGREES]


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({"op": "contrib.MultiBoxPrior", "hyper": {"feature_h": 10**6, "feature_w": 10**6}}, "anchors must have at most"),
        ({"op": "image.imresize", "hyper": {"h": 10**6, "w": 10**6}}, "image must have at most"),
        ({"op": "image.imresize", "hyper": {"h": -3, "w": 5}}, "h and w must be a list of 2 integers above 0"),
        ({"op": "image.resize_short", "hyper": {"size": 10**15}}, "integers above 0, below 2^31"),
        ({"op": "image.resize_short", "hyper": {"size": 10**6}}, "image must have at most"),
        ({"op": "image.fixed_crop", "hyper": {"x0": -1, "h": 2, "w": 2}}, "must begin at a row and a column from 0"),
        ({"op": "image.imresize", "hyper": {"h": 5, "w": 5, "interp": -1}}, "must be 0 to 4 or 9; it is -1"),
        ({"op": "ImageRecordIter", "hyper": {"data_shape": [3, 10**6, 10**6]}}, "image must have at most"),
        ({"op": "image.flip", "hyper": {}, "inputs": {"image": {"key": "scalar"}}}, "image must have 3 axes"),
        ({"op": "image.imresize", "hyper": {"h": 5, "w": 5}, "inputs": {"image": {"key": "scalar"}}}, "an image must have"),
    ],
)  # fmt: skip
def test_result_that_no_memory_is_for_is_an_error(tmp_path: Path, case: dict[str, Any], words: str) -> None:
    arrays = {"image": np.zeros((4, 5, 3), np.uint8), "scalar": np.zeros((), np.uint8)}
    given = {"inputs": {"image": {"key": "image"}}, "expected": {"out": {"key": "image"}}, "tolerance_hint": {}, **case}
    assert words in refused(write(tmp_path, sgd_case(**given), arrays=arrays))
