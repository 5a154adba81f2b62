"""Where the spec files of a case stand in a project."""

PROJECT = "knobsmith: 1\nproject: cases\nversion: 0.1.0\n"
FOLDERS = ("algorithms", "fragments", "kernels")


# The file of the project itself, for cases that are about it; all others have the plain one.
PROJECT_FILE = "knobsmith.yaml"


def place(path: str) -> str:
    """The path below spec/: what is in no folder is an algorithm."""
    return path if path == PROJECT_FILE or path.split("/")[0] in FOLDERS else f"algorithms/{path}"
