"""Names of generated files."""


def stem(name: str, *taken: str) -> str:
    """The file name of an algorithm without its suffix.

    A name that a folder uses for something else gets a ``~``, which no name of an algorithm can hold. Letter case
    takes no part, as on many disks.
    """
    return f"{name}~" if name.lower() in taken else name
