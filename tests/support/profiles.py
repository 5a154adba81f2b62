"""How properties are tested.

`ci`, the usual one, draws the same examples every time. HYPOTHESIS_PROFILE=explore looks for new ones.
"""

import os

from hypothesis import HealthCheck, settings

_SLOW_MACHINES = [HealthCheck.too_slow]


def choose_profile() -> None:
    """Chooses what the environment asks for; nothing is ever late."""
    settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=_SLOW_MACHINES)
    settings.register_profile("explore", max_examples=2_000, deadline=None, suppress_health_check=_SLOW_MACHINES)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
