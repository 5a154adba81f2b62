"""Python that draws the tuned hyperparameters one after the other, each only where it is used.

Several targets write such code; what stands at the place of each draw is theirs.
"""

from knobsmith.targets.define_by_run.awaiting import awaiting, switches
from knobsmith.targets.define_by_run.constants import Constants
from knobsmith.targets.define_by_run.program import Calls, Program, program, support

__all__ = ["Calls", "Constants", "Program", "awaiting", "program", "support", "switches"]
