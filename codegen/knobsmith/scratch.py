"""The project's own folder ``.knobsmith``, for what is neither written by hand nor generated from specs.

Imported on every start: nothing but ``os`` here.
"""

import os

_FOLDER = ".knobsmith"


def scratch(project: str, name: str) -> str:
    """The path of a file in the project's own folder, which is made if it is missing.

    Raises:
        OSError: it cannot be made, or a link leads out of the project.
    """
    folder = os.path.join(project, _FOLDER)
    if os.path.islink(folder):
        raise NotADirectoryError(0, "is a link: remove it", folder)
    if not os.path.isdir(folder):
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, ".gitignore"), "w", encoding="utf-8") as file:
            file.write("# Written by knobsmith; needs no keeping.\n*\n")
    return os.path.join(folder, name)
