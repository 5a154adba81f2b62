"""Whether anything changed since the last run, decided without importing anything heavy.

``generate`` is run from editors and hooks all day, mostly with nothing to do. The last run's inputs, outputs and
compiler are remembered with their times, sizes and hashes; if all of them are as they were, its output is
repeated. Doubt is a reason to run: a file whose times differ is hashed, and so is one that was written within the
last moments before it was looked at, because its times may not tell two versions apart. What a run depends on is
looked at before the compiler is imported, so that nothing that changes meanwhile is missed.

Imported on every start: nothing but ``os``, ``stat``, ``sys`` and ``time`` here, and no JSON, which costs as much as
half an interpreter.
"""

import os
import stat
import sys
import time

from knobsmith.scratch import MARK, scratch

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
# File systems count in steps of up to two seconds; within one, two versions bear the same time.
_RACY_NANOSECONDS = 2_100_000_000
# Places are relative to the project; those of the compiler start with this.
_OURS = "knobsmith:"

# Of a file: the time of its contents, the time of its entry, its size, the SHA-256 of its contents (see `_identify`).
Identity = tuple[int, int, int, str]
Files = dict[str, Identity]


def find_project(start: str) -> str | None:
    """The nearest folder at or above ``start`` that holds ``spec/knobsmith.yaml``."""
    folder = os.path.abspath(start)
    while not os.path.exists(os.path.join(folder, "spec", "knobsmith.yaml")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


class State:
    """What one run depended on, what it generated, and what it would print again.

    Attributes:
        time: When it was looked at, by the clock that the times of files come from.
        folders: The names in each folder of the specs and the compiler, by place.
        inputs: The files in them.
        outputs: The generated files.
        texts: What is printed, without and with colour.
    """

    def __init__(self, time: int, folders: dict[str, str], inputs: Files) -> None:
        self.time = time
        self.folders = folders
        self.inputs = inputs
        self.outputs: Files = {}
        self.texts = ("", "")


class Memory:
    """What a project remembers of the last ``generate`` that succeeded."""

    def __init__(self, project: str) -> None:
        self._project = project
        self._seen: State | None = None

    def repeated(self, coloured: bool) -> str | None:
        """What the last run would print again, if everything it depended on is as it was.

        Otherwise what the coming run depends on is looked at now, so that it can be remembered.
        """
        last = self._load()
        if last is not None and self._is_certain(last):
            return last.texts[coloured]
        try:
            self._seen = self._look()
        except (OSError, ValueError):
            return None
        if last is None or not self._is_same(last, self._seen):
            return None
        self.remember({place: digest for place, (_, _, _, digest) in last.outputs.items()}, last.texts)
        return last.texts[coloured]

    def remember(self, outputs: dict[str, str], texts: tuple[str, str]) -> None:
        """Record a run that succeeded: the SHA-256 of each file it generated, and what it would print again."""
        if self._seen is None:
            return
        try:
            self._seen.outputs = {place: self._identify(place) for place in outputs}
            self._seen.texts = texts
            if all(self._seen.outputs[place][3] == digest for place, digest in outputs.items()):
                self._save(self._seen)
        except (OSError, ValueError):  # a folder that we may not write to is no reason to fail
            return

    def _is_certain(self, last: State) -> bool:
        """Whether names, times and sizes alone show that nothing changed."""
        limit = last.time - _RACY_NANOSECONDS
        try:
            for place, (modified, changed, size, _) in (*last.inputs.items(), *last.outputs.items()):
                status = os.stat(self._path(place))
                if (status.st_mtime_ns, status.st_ctime_ns, status.st_size) != (modified, changed, size):
                    return False
                if modified >= limit or changed >= limit:
                    return False
            return all(_names(self._path(place)) == names for place, names in last.folders.items())
        except OSError:
            return False

    def _is_same(self, last: State, seen: State) -> bool:
        """Whether contents are as they were, whatever the times say."""
        before = {place: digest for place, (_, _, _, digest) in last.inputs.items()}
        now = {place: digest for place, (_, _, _, digest) in seen.inputs.items()}
        try:
            return (
                seen.folders == last.folders
                and before == now
                and all(self._identify(place)[3] == identity[3] for place, identity in last.outputs.items())
            )
        except (OSError, ValueError):
            return False

    def _look(self) -> State:
        """Everything that a run depends on: all of the compiler and of the specs."""
        state = State(self._now(), {}, {})
        known: set[tuple[int, int]] = set()
        for place in (_OURS, "spec"):
            self._look_into(place, state, known)
        return state

    def _look_into(self, place: str, state: State, known: set[tuple[int, int]]) -> None:
        """A folder and all below it, links followed, but each folder once."""
        folder = self._path(place)
        status = os.stat(folder)
        if (status.st_dev, status.st_ino) in known:
            return
        known.add((status.st_dev, status.st_ino))
        state.folders[place] = _names(folder)
        for name in filter(None, state.folders[place].split("/")):
            inner = f"{place}/{name}"
            if os.path.isdir(self._path(inner)):
                self._look_into(inner, state, known)
            else:
                state.inputs[inner] = self._identify(inner, state.time - _RACY_NANOSECONDS)

    def _identify(self, place: str, limit: int = 0) -> Identity:
        """What tells a file from others in its place.

        A file of the compiler that was last written before ``limit`` is known by its times, without being read: the
        interpreter trusts less than that when it takes bytecode for the module beside it.
        """
        path = self._path(place)
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise ValueError(f"{place} is no file")
        times = status.st_mtime_ns, status.st_ctime_ns, status.st_size
        if place.startswith(_OURS) and max(times[:2]) < limit:
            return *times, f"{times[0]}-{times[1]}"
        # Most runs of this module hash nothing, and hashing is a third of an interpreter to import.
        from hashlib import file_digest

        with open(path, "rb") as file:
            return *times, file_digest(file, "sha256").hexdigest()

    def _path(self, place: str) -> str:
        if place.startswith(_OURS):
            return _PACKAGE + place[len(_OURS) :]
        return os.path.join(self._project, place)

    def _now(self) -> int:
        """The present, by the clock of the file system that the times of files come from."""
        path = scratch(self._project, f"now.{os.getpid()}")
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644))
            return os.stat(path).st_mtime_ns
        finally:
            os.unlink(path)

    def _load(self) -> State | None:
        """The last run's state, if it was made under the same circumstances."""
        try:
            with open(scratch(self._project, "state"), encoding="utf-8", errors="surrogateescape", newline="") as file:
                head, _, tail = file.read().partition("\n\n")
            circumstances, moment, *lines = head.split("\n")
            if circumstances != _circumstances(self._project):
                return None
            state = State(int(moment), {}, {})
            for line in lines:
                place, *facts = line.split("\t")
                if len(facts) == 1:
                    state.folders[place] = facts[0]
                    continue
                modified, changed, size, digest = facts
                files = state.outputs if place.startswith("generated/") else state.inputs
                files[place] = int(modified), int(changed), int(size), digest
            plain, _, coloured = tail.partition("\0")
        except (OSError, ValueError):
            return None
        state.texts = plain, coloured
        return state

    def _save(self, state: State) -> None:
        lines = [_circumstances(self._project), str(state.time)]
        lines += [f"{place}\t{names}" for place, names in state.folders.items()]
        for place, identity in (*state.inputs.items(), *state.outputs.items()):
            lines.append("\t".join([place, *map(str, identity)]))
        if any("\n" in line for line in lines) or any("\t" in names for names in state.folders.values()):
            raise ValueError("a name that no line can hold")
        text = "\n".join(lines) + "\n\n" + "\0".join(state.texts)
        temporary = scratch(self._project, f"state.{os.getpid()}")
        with open(temporary, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
            file.write(text)
        os.replace(temporary, scratch(self._project, "state"))


def _names(folder: str) -> str:
    """The names in a folder, but for what Python keeps there. No name holds a slash."""
    return "/".join(sorted(name for name in os.listdir(folder) if name != "__pycache__"))


def _circumstances(project: str) -> str:
    """What else a run depends on: the interpreter, what is installed, where its words are read from, the day.

    Suppressions may expire, and places are printed relative to where the command was started. A state is believed only
    where it was written: whoever slips one into a repository, so that tampered files pass for generated ones, cannot
    know at which moment a checkout will write the mark beside it.
    """
    mark = os.lstat(scratch(project, MARK))
    installed = [sorted(os.listdir(path)) for path in sys.path if path.endswith("-packages") and os.path.isdir(path)]
    here = (mark.st_ino, mark.st_ctime_ns, os.path.relpath(project))
    return repr(("knobsmith state 1", sys.version, sys.path[1:], _PACKAGE, installed, here, time.strftime("%Y-%m-%d")))
