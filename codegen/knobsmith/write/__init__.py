"""From rendered files to the disk: write, check, diff; atomically, one writer at a time, removing only our own."""

from knobsmith.write.files import Change, UnsafePath, changes, manifest_text, write
from knobsmith.write.lock import exclusive

__all__ = ["Change", "UnsafePath", "changes", "exclusive", "manifest_text", "write"]
