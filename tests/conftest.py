"""Settings of all tests.

Random tests draw the same examples on every run, so that a run says something about the change and not about luck;
``--hypothesis-profile=thorough`` draws others, and many more.
"""

from hypothesis import HealthCheck, settings

settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("thorough", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci")
