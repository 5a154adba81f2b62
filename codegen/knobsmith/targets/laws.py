"""The laws of targets: what is lost is said."""

from knobsmith.diagnostics import Rule, Severity

PARTLY = Rule(
    "KS401",
    Severity.INFO,
    "a target carries what the specs say, and whole",
    "The target can express this construct only in part; its page says what is lost, and the generated file too.",
)
LOST = Rule(
    "KS402",
    Severity.INFO,
    "a target carries what the specs say",
    "The target has no way to express this construct. Whoever uses its output must check it by other means.",
)
UNKNOWN_TARGET = Rule(
    "KS403",
    Severity.ERROR,
    "a target in the project file is one that is installed",
    "Targets of this compiler have fixed names; others come from the entry-point group `knobsmith.targets` of an "
    "installed distribution.",
)
BROKEN_TARGET = Rule(
    "KS404",
    Severity.ERROR,
    "a target renders the catalog to files below `generated/`",
    "The target failed, or asked for a path outside the generated folder or for that of another target. Nothing was "
    "written. Report it to its maintainers.",
)
TOO_MANY_BRANCHES = Rule(
    "KS406",
    Severity.ERROR,
    "the branches of a search space fit into one request",
    "SageMaker tunes without conditions, so each branch of the space becomes a definition of its own, and a tuning job "
    "has a limited number of them. Branches multiply: two hyperparameters with three and four values that decide about "
    "others make up to twelve. Spaces of ConfigSpace and Vizier keep the conditions, and list at most 20,000 "
    "combinations. Tune fewer values of them, or leave the target out.",
)
BEYOND_LIMIT = Rule(
    "KS407",
    Severity.ERROR,
    "a request keeps within the limits of its service",
    "The service refuses a request that has more hyperparameters, more tuned ones, or more values of one of them, than "
    "it takes. Tune less, or leave the target out.",
)
RULES = (PARTLY, LOST, UNKNOWN_TARGET, BROKEN_TARGET, TOO_MANY_BRANCHES, BEYOND_LIMIT)
