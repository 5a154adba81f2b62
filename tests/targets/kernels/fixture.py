"""The golden copy of what is generated for the fixture."""

from pathlib import Path

from tests.targets.kernels.building import fixture, rendered

GOLDEN = Path(__file__).parent / "golden"


def golden_files() -> dict[Path, str]:
    """What the golden files should hold: what is generated, not what is copied."""
    files = {path: text for path, text in rendered(fixture()).items() if "/runtime/" not in path}
    # With another suffix, so that linters and importers leave them alone.
    return {GOLDEN / f"{path.removeprefix('kernels/')}.txt": text for path, text in files.items()}
