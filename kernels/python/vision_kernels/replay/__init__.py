"""Runs recorded cases of the frameworks through the kernels: `python -m vision_kernels.replay FOLDER`.

A folder holds manifests of the format `oracle-manifest-1` and the arrays they speak of. Every case is run, or says
why not; the exit code is 0 only if nothing disagreed and nothing was left out without a stated reason.
"""

from vision_kernels.replay.outcomes import Outcome, Status
from vision_kernels.replay.replaying import replay

__all__ = ["Outcome", "Status", "replay"]
