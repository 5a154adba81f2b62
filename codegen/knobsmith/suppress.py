"""Findings that an author has looked at and answered for: `# knobsmith: ignore KS120 (reason)`.

A suppression is itself held to account: without a reason, expired, needless or aimed at what cannot be suppressed,
it is a finding.
"""

from collections.abc import Collection, Iterable
from datetime import date

from knobsmith.diagnostics import Diagnostic, Rule, Severity
from knobsmith.load import Suppression

WITHOUT_REASON = Rule(
    "KS900",
    Severity.WARNING,
    "a suppression gives its reason",
    "`# knobsmith: ignore KS120 (the service takes the logarithm of 1 + x)`: the next reader asks why.",
)
NEEDLESS = Rule(
    "KS901",
    Severity.WARNING,
    "a suppression suppresses something",
    "Nothing of this id is found where the suppression stands: the line was mended, or the comment "
    "is on the wrong one.",
)
EXPIRED = Rule(
    "KS902",
    Severity.WARNING,
    "a suppression is not past its date",
    "`until 2027-06-30` promised to look again by then.",
)
NOT_POSSIBLE = Rule(
    "KS903",
    Severity.WARNING,
    "a suppression names a finding that can be suppressed",
    "Syntax, keys, names and types (KS001 to KS099) decide what a spec says and cannot be suppressed, nor can "
    "findings about suppressions; an unknown id suppresses nothing.",
)

_FORM = "write `# knobsmith: ignore KS120 until 2027-06-30 (reason)`; the date may be left out"


def apply_suppressions(
    found: Iterable[Diagnostic],
    suppressions: Iterable[Suppression],
    known: Collection[str],
    ran: Collection[str],
    today: date,
) -> list[Diagnostic]:
    """What is left of the findings, and what is wrong with the suppressions.

    Args:
        found: All findings.
        suppressions: All suppressions of all files.
        known: The ids of all rules.
        ran: The ids that this run looked for; a suppression of another cannot be called needless.
        today: The day by which `until` is judged.
    """
    findings = list(found)
    waiting: dict[tuple[str, int, str], list[Diagnostic]] = {}
    for diagnostic in findings:
        waiting.setdefault((diagnostic.span.file, diagnostic.span.line, diagnostic.code), []).append(diagnostic)
    looked_for = () if any(map(_stops_the_search, findings)) else ran
    silenced: set[Diagnostic] = set()
    objections: list[Diagnostic] = []
    for suppression in suppressions:
        objections.extend(_objections(suppression, known, today))
        for code in suppression.codes if _acts(suppression, today) else ():
            if not _possible(code, known):
                continue
            hit = waiting.pop((suppression.span.file, suppression.line, code), [])
            silenced.update(hit)
            if not hit and code in looked_for:
                fact = f"no {code} is found on line {suppression.line}"
                objections.append(NEEDLESS.on(suppression.span, code, fact, "remove it"))
    return [diagnostic for diagnostic in findings if diagnostic not in silenced] + objections


def _stops_the_search(diagnostic: Diagnostic) -> bool:
    """Whether a finding keeps later stages from looking: what cannot be read is not checked."""
    return diagnostic.severity is Severity.ERROR and diagnostic.code.startswith("KS0")


def _possible(code: str, known: Collection[str]) -> bool:
    return code in known and not code.startswith("KS0") and not code.startswith("KS9")


def _objections(suppression: Suppression, known: Collection[str], today: date) -> Iterable[Diagnostic]:
    subject = ", ".join(suppression.codes)
    if not suppression.reason:
        yield WITHOUT_REASON.on(suppression.span, subject, "this one does not", "add it in parentheses")
    if _is_malformed(suppression):
        yield NOT_POSSIBLE.on(suppression.span, subject, "this one is malformed", _FORM)
    if _has_expired(suppression, today):
        fact = f"this one ended on {suppression.until}"
        yield EXPIRED.on(suppression.span, subject, fact, "mend the line, or give a later date with a fresh reason")
    for code in suppression.codes:
        if code not in known:
            yield NOT_POSSIBLE.on(suppression.span, code, f"`{code}` is no id", "see `knobsmith rules`")
        elif not _possible(code, known):
            yield NOT_POSSIBLE.on(suppression.span, code, f"`{code}` cannot be", "mend what it reports")


def _acts(suppression: Suppression, today: date) -> bool:
    return not _is_malformed(suppression) and not _has_expired(suppression, today)


def _is_malformed(suppression: Suppression) -> bool:
    has_no_date = suppression.until is not None and _date(suppression) is None
    return has_no_date or bool(suppression.beyond) or not suppression.codes


def _has_expired(suppression: Suppression, today: date) -> bool:
    until = _date(suppression)
    return until is not None and until < today


def _date(suppression: Suppression) -> date | None:
    try:
        return date.fromisoformat(suppression.until) if suppression.until is not None else None
    except ValueError:
        return None


RULES = (WITHOUT_REASON, NEEDLESS, EXPIRED, NOT_POSSIBLE)
