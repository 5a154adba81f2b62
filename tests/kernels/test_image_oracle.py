"""The oracle of images agrees with what the frameworks recorded; only then may it judge anything else."""

import numpy as np
import pytest

from tests.kernels.oracle import golden, golden_images, image_places, image_weights, images
from tests.kernels.oracle.golden import Case, Compared

RECORDED = [case for case in golden.cases() if case["op"] in golden_images.RUNS]
RESIZED = 5e-3  # grey levels, for what TensorFlow resizes


def allowed(case: Case, name: str) -> float:
    """The largest difference that a result may have. Matrices have a tolerance of their own, warped bytes none."""
    hint = case["tolerance_hint"]
    if case["op"] == "image.resize":
        return RESIZED
    if case["op"] == "ImageRecordIter.affine":
        return 0.0
    if name.startswith("matrix"):
        return float(hint["matrix"]["atol"])
    hint = hint.get("out_given_matrix", hint)
    return 0.0 if hint.get("exact") else float(hint.get("atol_levels", hint.get("atol")))


def wrong(case: Case, compared: Compared) -> np.ndarray:
    ours, theirs = compared.computed.astype(np.float64), compared.recorded.astype(np.float64)
    assert ours.shape == theirs.shape, compared.name
    near = np.abs(ours - theirs) <= allowed(case, compared.name)
    return ~(near | (np.isnan(ours) & np.isnan(theirs)))


def unwritten_row(case: Case, name: str) -> slice:
    """MXNet's flip_top_bottom leaves the middle of an odd number of rows as its memory was."""
    middle = case["inputs"]["image"]["shape"][0] // 2 if name == "out_nd_flip_top_bottom" else 0
    return slice(middle, middle + 1 if middle else 0)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in RECORDED])
def test_image_agrees(case: Case) -> None:
    for each in golden_images.run_image(case):
        differs = wrong(case, each)
        if differs.ndim > 1:
            differs[unwritten_row(case, each.name)] = False
        assert not differs.any(), each.name
        if case["op"] == "ImageRecordIter.random_h/s/l":
            assert np.mean(each.computed == each.recorded) > 0.999


def test_every_operation_on_images_was_recorded() -> None:
    assert {case["op"] for case in RECORDED} == golden_images.RUNS.keys()
    assert len(RECORDED) == 119


@pytest.mark.parametrize(
    ("case", "module", "name", "planted"),
    [
        ("tf_resize_bicubic_0", image_weights, "_bicubic", lambda size, out: image_weights._bilinear(size, out)),
        ("tf_resize_area_1", image_weights, "_area", lambda size, out: image_weights._nearest(size, out)),
        ("tf_rotate_05", image_places, "filled", lambda c, n, mode: min(max(c, np.float32(0)), np.float32(n - 1))),
        ("mx_affine_00", image_places, "STEPS", 16),
        ("mx_resize_short_02", image_weights, "cubic_taps", lambda part: [0.0, 1 - part, part, 0.0]),
        ("mx_hsl_00", images, "_hls_to_bytes", lambda hls: images.rounded(hls)),
    ],
)
def test_a_change_of_the_arithmetic_is_noticed(
    case: str, module: object, name: str, planted: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = next(each for each in RECORDED if each["id"] == case)
    monkeypatch.setattr(module, name, planted)
    assert any(wrong(found, each).any() for each in golden_images.run_image(found))


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_the_published_answers(
    counter: tuple[int, ...], key: tuple[int, ...], words: tuple[int, ...]
) -> None:
    """The known answers of Random123, for Philox 4x32 with ten rounds."""
    assert image_places.philox(counter, key) == words
