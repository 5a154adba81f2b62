"""An archive of the sources holds all that a build reads, and nothing else."""

import subprocess
import sys
import tarfile
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[2]
KERNELS = ROOT / "kernels"
# What a build reads of a clone, and where that stands in the archive.
READ = {KERNELS: "", ROOT / "generated" / "kernels": "generated/kernels/"}
BUILD = "import sys; from scikit_build_core.build import build_sdist; build_sdist(sys.argv[1])"


def sources(folder: Path) -> dict[str, bytes]:
    """The files of a folder but for what Python and a build leave behind."""
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the archive by their names below its folder."""
    folder = tmp_path_factory.mktemp("archive")
    subprocess.run([sys.executable, "-c", BUILD, str(folder)], cwd=KERNELS, check=True, capture_output=True)
    (archive,) = folder.iterdir()
    with tarfile.open(archive) as opened:
        members = [(member, opened.extractfile(member)) for member in opened]
        assert all(file is not None for _, file in members)
        return {
            str(PurePosixPath(member.name).relative_to("vision_kernels-0.1.0")): file.read()
            for member, file in members
            if file
        }


def test_archive_holds_what_is_written_by_hand_and_what_is_generated(archived: dict[str, bytes]) -> None:
    expected = {f"{place}{name}": text for folder, place in READ.items() for name, text in sources(folder).items()}
    del expected["gpu.mk"]
    assert "generated/kernels/sources.cmake" in expected and "src/cuda/optimizers.cu" in expected
    assert archived.pop("PKG-INFO").startswith(b"Metadata-Version: ")
    assert set(archived) == set(expected)
    assert archived == expected


def test_license_beside_the_kernels_is_that_of_the_project() -> None:
    assert (KERNELS / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
