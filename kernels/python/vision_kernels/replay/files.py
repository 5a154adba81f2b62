"""Files of a folder that is somebody else's: only regular ones inside of it are read, and none that fill the memory."""

import math
import os
import stat
import warnings
import zipfile
from pathlib import Path
from typing import BinaryIO

import numpy as np

from vision_kernels.replay.outcomes import CaseError, first_line, shown

LARGEST_TEXT = 2**26
# All arrays of one file, in bytes.
LARGEST_ARRAYS = 2**29
_WIDEST_NUMBER = 8
# Without waiting for whoever writes into a pipe.
_AT_ONCE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_HEADERS = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}


class Files:
    """The arrays of a folder's files. Those of one file at a time are kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name: str | None = None
        self._found: dict[str, np.ndarray | CaseError] | CaseError = {}

    def array(self, name: str, key: str) -> np.ndarray | None:
        """The array under a key of a file; None if it has none. Raises CaseError where it cannot be read."""
        if name != self._name:
            self._found = {}  # frees the memory of the last one first
            self._found = _attempted(self._folder, name)
            self._name = name
        found = self._found if isinstance(self._found, CaseError) else self._found.get(key)
        if isinstance(found, CaseError):
            raise CaseError(str(found))
        return found


def read_text(folder: Path, name: str) -> str:
    """The text of a file. Raises CaseError if it is no file of the folder, too long, or not in UTF-8."""
    with _opened(folder, name) as file:
        size = os.fstat(file.fileno()).st_size
        if size > LARGEST_TEXT:
            raise CaseError(f"{name} must have at most {LARGEST_TEXT} bytes; it has {size}")
        content = file.read(size)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise CaseError(f"{name} must be a text in UTF-8; byte {problem.start} is not") from problem


def _opened(folder: Path, name: str) -> BinaryIO:
    try:
        path = (folder / name).resolve(strict=True)
        if not path.is_relative_to(folder.resolve()):
            raise CaseError(f"{shown(name)} must lie in the folder of the manifest; it is a link to elsewhere")
        number = os.open(path, _AT_ONCE)
    except FileNotFoundError as problem:
        raise CaseError(f"{name} must lie beside the manifest; there is no such file") from problem
    except (OSError, ValueError, RuntimeError) as problem:
        reason = getattr(problem, "strerror", None) or type(problem).__name__
        raise CaseError(f"{shown(name)} must be a file that can be opened; the system says: {reason}") from problem
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise CaseError(f"{name} must be a regular file; it is a directory, a pipe or a device")
    return os.fdopen(number, "rb")


def _attempted(folder: Path, name: str) -> dict[str, np.ndarray | CaseError] | CaseError:
    try:
        with _opened(folder, name) as file, zipfile.ZipFile(file) as archive:
            return _arrays(archive, name)
    except CaseError as problem:
        return problem
    except MemoryError:
        raise
    except Exception as problem:  # whatever zipfile and zlib make of a damaged file
        return CaseError(f"{name} must be an intact .npz file; reading says: {first_line(problem)}")


def _arrays(archive: zipfile.ZipFile, name: str) -> dict[str, np.ndarray | CaseError]:
    members = [member for member in archive.infolist() if member.filename.endswith(".npy")]
    size = sum(member.file_size for member in members)
    if size > LARGEST_ARRAYS:
        raise CaseError(f"{name} must hold at most {LARGEST_ARRAYS} bytes of arrays; it holds {size}")
    if len({member.filename for member in members}) < len(members):
        raise CaseError(f"{name} must hold one array for each key; it holds two")
    return {member.filename.removesuffix(".npy"): _attempted_array(archive, member, name) for member in members}


def _attempted_array(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> np.ndarray | CaseError:
    what = f"{shown(member.filename)} of {name}"
    try:
        _check_header(archive, member, what)
        with archive.open(member) as content, warnings.catch_warnings(action="ignore"):
            array = np.lib.format.read_array(content, allow_pickle=False)
    except CaseError as problem:
        return problem
    except MemoryError:
        raise
    except Exception as problem:  # whatever zipfile, zlib, struct and NumPy's reader make of a damaged file
        return CaseError(f"{what} must be an intact array without pickles; reading says: {first_line(problem)}")
    array = array.astype(array.dtype.newbyteorder("="), copy=False)
    array.flags.writeable = False
    return array


def _check_header(archive: zipfile.ZipFile, member: zipfile.ZipInfo, what: str) -> None:
    """Raises CaseError unless an array holds numbers, and as many as its header says: memory is taken for those."""
    with archive.open(member) as content, warnings.catch_warnings(action="ignore"):
        version = np.lib.format.read_magic(content)
        if version not in _HEADERS:
            raise CaseError(f"{what} must be an array of the format 1.0 or 2.0; it has {version}")
        shape, _, dtype = _HEADERS[version](content)
        start = content.tell()
    check_numbers(what, dtype)
    if any(extent < 0 for extent in shape):
        raise CaseError(f"{what} must have no negative extent; its shape is {shown(list(shape))}")
    told, held = math.prod(shape) * dtype.itemsize, member.file_size - start
    if told != held:
        raise CaseError(f"{what} must hold the {told} bytes that its header speaks of; it holds {held}")


def check_numbers(what: str, dtype: np.dtype) -> None:
    """Raises CaseError unless the type is one of real numbers or truth values, of at most 64 bits."""
    if dtype.kind not in "biuf" or dtype.itemsize > _WIDEST_NUMBER:
        law = "must hold booleans, integers or floating-point numbers of at most 64 bits, no pickles"
        raise CaseError(f"{what} {law}; it holds {shown(str(dtype))}")
