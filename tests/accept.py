"""`make accept`: rewrite the golden files that tests compare against, and nothing else."""

import shutil

from tests.targets.python.fixture import GOLDEN, golden_files


def main() -> None:
    """Make every golden file what the compiler renders now."""
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for path, text in golden_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
