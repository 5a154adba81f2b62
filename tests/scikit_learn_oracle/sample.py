"""The trials that all tests share, each judged by scikit-learn once."""

from functools import cache

from tests.scikit_learn_oracle.estimators import Estimator
from tests.scikit_learn_oracle.judge import refusal, stopped_before_training
from tests.scikit_learn_oracle.trials import Trial, draw_trials

COUNT = 10_000
SEED = 20261121


@cache
def judged_trials(estimator: Estimator) -> tuple[tuple[Trial, str | None], ...]:
    """Trials, and why scikit-learn refuses them: None if it does not."""
    with stopped_before_training():
        return tuple((t, refusal(estimator, t.config, t.context)) for t in draw_trials(estimator, COUNT, SEED))
