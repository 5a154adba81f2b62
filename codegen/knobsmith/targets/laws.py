"""The laws of targets: what is lost is said."""

from knobsmith.diagnostics import Rule, Severity

PARTLY = Rule(
    "KS401",
    Severity.INFO,
    "a target carries what the specs say",
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
RULES = (PARTLY, LOST, UNKNOWN_TARGET, BROKEN_TARGET)
