"""The law of the generated folder."""

from knobsmith.diagnostics import Rule, Severity

STALE = Rule(
    "KS405",
    Severity.ERROR,
    "`generated/` is what the specs say",
    "`knobsmith generate --check` found a file that was edited, left over, or not generated again after the specs "
    "changed. Run `knobsmith generate`, and commit the files together with the specs.",
)
