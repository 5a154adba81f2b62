"""The example that tunes a real model: with Optuna, killed and started again, and with Ray Tune."""

import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "examples" / "tune_locally.py"
COMPLETE = "SELECT count(*) FROM trials WHERE state = 'COMPLETE'"


def command(output: Path, *options: str) -> list[str]:
    return [sys.executable, str(EXAMPLE), "--output", str(output), *options]


def finished(study: Path, question: str = COMPLETE) -> int:
    """How many trials have ended well; none while there is no study to read."""
    if not study.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{study}?mode=ro", uri=True) as connection:
            return int(connection.execute(question).fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def is_picture(path: Path) -> bool:
    return path.read_bytes().startswith(b"\x89PNG") and path.stat().st_size > 5_000


def test_a_killed_search_goes_on_where_it_ended(tmp_path: Path) -> None:
    study = tmp_path / "study.db"
    with subprocess.Popen(command(tmp_path, "--trials", "30"), stdout=subprocess.DEVNULL) as killed:
        patience = time.monotonic() + 120
        while finished(study) < 2:
            assert killed.poll() is None and time.monotonic() < patience
            time.sleep(0.05)
        killed.kill()
    done = finished(study)
    wanted = done + 2
    ended = subprocess.run(
        command(tmp_path, "--trials", str(wanted)), capture_output=True, text=True, timeout=120, check=True
    )
    assert f"going on after {done} trials" in ended.stdout
    assert "the five best trials" in ended.stdout
    assert f"in {wanted} trials" in ended.stdout
    assert finished(study) == wanted
    assert finished(study, "SELECT count(*) FROM trials WHERE state = 'RUNNING'") == 0
    assert is_picture(tmp_path / "trials.png")
    assert ended.stderr == ""


def test_ray_searches_the_same_space_on_two_workers(tmp_path: Path) -> None:
    ended = subprocess.run(
        command(tmp_path, "--ray", "--trials", "4"), capture_output=True, text=True, timeout=180, check=True
    )
    assert len(re.findall(r"trial \d/4: accuracy [01]\.\d{4}", ended.stdout)) >= 3
    assert "the five best trials" in ended.stdout
    assert "in 4 trials" in ended.stdout
    assert is_picture(tmp_path / "trials-ray.png")
