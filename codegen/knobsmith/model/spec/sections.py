"""The keys of the entries of `context`, `groups`, `rules` and `metrics`."""

from typing import Any, NamedTuple

from knobsmith.model.forms import METRIC_NAME, NAME, Flag, Key, Pattern, Raw, RecordOf, Text, Word
from knobsmith.model.spec.domains import DOMAIN_KEYS
from knobsmith.model.spec.parameters import CONDITION, PARAMETER, UNIT, WIRE_KEY, in_domain, wire_fits
from knobsmith.model.spec.provenance import ERRATA, IMPLIED, NOTES, SOURCE
from knobsmith.model.spec.records import ContextSpec, DomainFacts, GroupSpec, MetricSpec, RuleSpec

CONTEXT = RecordOf(
    ContextSpec,
    (
        Key("doc", Text(), "What the fact says about the job.", "Machines.", required=True),
        *in_domain(DOMAIN_KEYS),
        WIRE_KEY,
        Key("default", Raw(), "Value when none is given; without one it is unknown then.", 1),
        UNIT,
        SOURCE,
        NOTES,
    ),
    "Context fact",
    parts={"domain": DomainFacts},
    checks=(wire_fits,),
)
GROUP = RecordOf(
    GroupSpec,
    (
        Key("title", Text(), "The heading.", "Augmentation", required=True),
        Key("doc", Text(), "What the members have in common."),
        Key("used_when", CONDITION, "While the members are used.", "augmentation"),
        Key("forbidden_when", CONDITION, "While giving a member is an error.", 'task != "segment"'),
        IMPLIED,
        SOURCE,
        NOTES,
    ),
    "Group",
)
RULE = RecordOf(
    RuleSpec,
    (
        Key("when", CONDITION, "Condition under which the rule applies.", 'optimizer == "adam"'),
        Key("require", CONDITION, "What must be true.", "beta_1 < 1", required=True),
        Key("severity", Word(("error", "warning", "info")), "How bad a breach is.", "warning"),
        Key("message", Text(), "What is said about a breach.", "resize must exceed the crop", required=True),
        SOURCE,
        NOTES,
    ),
    "Rule",
)
METRIC = RecordOf(
    MetricSpec,
    (
        Key("direction", Word(("maximize", "minimize")), "Which way is better.", "maximize", required=True),
        Key("doc", Text(), "What it measures.", "Mean average precision.", required=True),
        Key("objective", Flag(), "Whether a tuner may optimize it.", False),
        Key("reported_when", CONDITION, "While training reports it.", "has(top_k)"),
        Key("pattern", Pattern(), "Regular expression with one group, the number in a log line.", "acc=([0-9.]+)"),
        Key("example", Text(), "A log line that must match.", "epoch 3 acc=0.75"),
        UNIT,
        SOURCE,
        IMPLIED,
        ERRATA,
    ),
    "Metric",
)


class Section(NamedTuple):
    """A section of an algorithm or fragment file: entries of one form, by name."""

    name: str
    form: RecordOf[Any]
    name_pattern: str
    meaning: str


SECTIONS = (
    Section("context", CONTEXT, NAME, "Facts about the job that are no hyperparameters."),
    Section("groups", GROUP, NAME, "Headings that may carry a condition."),
    Section("parameters", PARAMETER, NAME, "The hyperparameters, by the name used on the wire."),
    Section("rules", RULE, NAME, "Constraints over several parameters."),
    Section("metrics", METRIC, METRIC_NAME, "What training reports."),
)
SECTION_NAMES = tuple(section.name for section in SECTIONS)
