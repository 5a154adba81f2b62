"""Runs Python code and writes the peak of its resident memory, in bytes, to a file.

``python memory_probe.py FILE CODE ARGUMENT...``. It imports nothing before the code runs, so as to add nothing.
"""

import sys


def _peak() -> int:
    try:
        with open("/proc/self/status", encoding="utf-8") as status:  # noqa: PTH123
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    _report, _code, *_arguments = sys.argv[1:]
    sys.argv = ["-c", *_arguments]
    sys.path[0] = ""
    try:
        exec(compile(_code, "<string>", "exec"), {"__name__": "__main__"})
    finally:
        with open(_report, "w", encoding="utf-8") as _file:  # noqa: PTH123
            _file.write(str(_peak()))
