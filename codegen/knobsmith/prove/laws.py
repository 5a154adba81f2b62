"""The laws that are proved."""

from knobsmith.diagnostics import Rule, Severity

TUNED = Rule(
    "KS201",
    Severity.ERROR,
    "every point of the tuning space is valid, in every branch",
    "Proved with an SMT solver over all configurations: for each parameter, each tuned value lies in the domain that "
    "holds where it is tuned, cases and named ends included; and for each rule, if one point of a branch keeps it, all "
    "do. A refutation shows the smallest configuration found. Narrow the tuning range, or state it by case.",
)
DEFAULT = Rule(
    "KS202",
    Severity.ERROR,
    "a default is valid wherever it applies",
    "Proved over all configurations in which the parameter is left out and used, cases and named ends included. "
    'State another default by case, or compute it: `default: {expr: "min(30, epochs)"}`.',
)
CONDITION = Rule(
    "KS203",
    Severity.WARNING,
    "a condition is true in some valid configurations and not in others",
    "A condition that never holds switches its facts off for good; one that always holds says nothing. Cases count "
    "from the top, so one that is hidden by those above it never holds either.",
)
RULE = Rule(
    "KS204",
    Severity.WARNING,
    "a rule can hold and can be broken",
    "A rule that no configuration breaks forbids nothing; one that none keeps refuses everything that reaches it.",
)
UNDECIDED = Rule(
    "KS205",
    Severity.INFO,
    "a proof comes to an end",
    "Products and quotients of two parameters, and lists without a bound on their length, are legal but not always "
    "decided. The claim may well hold; nothing was shown.",
)
SATISFIABLE = Rule(
    "KS206",
    Severity.ERROR,
    "some configuration is valid",
    "The requirements, rules and domains of this algorithm contradict each other: whatever is given is refused.",
)

LAWS = {rule.code: rule for rule in (TUNED, DEFAULT, CONDITION, RULE, UNDECIDED, SATISFIABLE)}
