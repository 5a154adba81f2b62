"""scikit-learn as the judge of our verdicts: random configurations, and whether its own estimators accept them."""

from tests.scikit_learn_oracle.estimators import ESTIMATORS, Estimator, Value
from tests.scikit_learn_oracle.judge import refusal, stopped_before_training
from tests.scikit_learn_oracle.sample import COUNT, SEED, judged_trials
from tests.scikit_learn_oracle.training import scores_after_training
from tests.scikit_learn_oracle.trials import Trial, draw_trials, usual_values

__all__ = [
    "COUNT",
    "ESTIMATORS",
    "SEED",
    "Estimator",
    "Trial",
    "Value",
    "draw_trials",
    "judged_trials",
    "refusal",
    "scores_after_training",
    "stopped_before_training",
    "usual_values",
]
