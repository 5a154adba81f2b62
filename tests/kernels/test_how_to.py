"""What the page on using the kernels shows is what they do."""

import re
from pathlib import Path
from typing import Any

import vision_kernels

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "use-the-kernels.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_page_shows_what_the_kernels_do(capsys: Any) -> None:
    known: dict[str, Any] = {}
    step, refused, chosen, loss, images, metric, _ = BLOCKS
    exec(step, known)
    assert f"print(weight[1])  # {capsys.readouterr().out.strip()}" in step
    try:
        exec(refused, known)
    except ValueError as problem:
        assert f"# ValueError: {problem}" in refused
    else:
        raise AssertionError("the call was not refused")
    exec(chosen, known)
    assert known["step"] is vision_kernels.mxnet_adam_step
    assert f"# {vision_kernels.hazards('mxnet_adam_step', beta_1=1.0)}" in chosen
    exec(loss, known)
    assert known["result"].gradient.shape == (1, 3) and known["result"].loss[0] > 0
    exec(images, known)
    assert [image.shape for image in known["resized"]] == [(224, 224, 3)] * 2
    exec(metric, known)
    assert f"print(np.nanmean(precision))  # {capsys.readouterr().out.strip()}" in metric
