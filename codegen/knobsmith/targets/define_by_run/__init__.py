"""Python that draws the tuned hyperparameters one after the other, each only where it is used.

Several targets write such code; what stands at the place of each draw is theirs.
"""

from knobsmith.targets.define_by_run.awaiting import awaiting, switches
from knobsmith.targets.define_by_run.constants import Constants
from knobsmith.targets.define_by_run.program import Calls, Program, program, support
from knobsmith.targets.define_by_run.studies import StudyNames

__all__ = ["Calls", "Constants", "Program", "StudyNames", "awaiting", "program", "support", "switches"]
