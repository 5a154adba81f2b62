"""From rendered files to the disk: write, check, diff; atomically, one writer at a time, removing only our own."""

from knobsmith.write.files import Change, Rendered, UnsafePath, changes, write
from knobsmith.write.lock import exclusive

__all__ = ["Change", "Rendered", "UnsafePath", "changes", "exclusive", "write"]
