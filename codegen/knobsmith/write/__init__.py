"""From rendered files to the disk: write, check, diff; atomically, one writer at a time, removing only our own."""

from knobsmith.write.files import Change, Plan, plan, write
from knobsmith.write.keeping import Keeper
from knobsmith.write.laws import STALE
from knobsmith.write.lock import exclusive
from knobsmith.write.manifest import Rendered
from knobsmith.write.patch import patch
from knobsmith.write.paths import UnsafePath

__all__ = ["STALE", "Change", "Keeper", "Plan", "Rendered", "UnsafePath", "exclusive", "patch", "plan", "write"]
