"""The project's own folder ``.knobsmith``, for what is neither written by hand nor generated from specs.

Imported on every start: nothing but ``os`` here.
"""

import os

_FOLDER = ".knobsmith"
# The first file in it, which keeps all of it out of version control.
MARK = ".gitignore"


def scratch(project: str, name: str) -> str:
    """The path of a file in the project's own folder, which is made if it is missing.

    Raises:
        OSError: it cannot be made, or a link leads out of the project.
    """
    folder = os.path.join(project, _FOLDER)
    if os.path.islink(folder):
        raise NotADirectoryError(0, "is a link: remove it", folder)
    mark = os.path.join(folder, MARK)
    if not os.path.lexists(mark):
        os.makedirs(folder, exist_ok=True)
        with open(mark, "w", encoding="utf-8") as file:
            file.write("# Written by knobsmith; needs no keeping.\n*\n")
    return os.path.join(folder, name)
