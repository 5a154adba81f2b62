"""What a proof that failed says to the author of a spec."""

from collections.abc import Iterable

from knobsmith.diagnostics import Finding
from knobsmith.prove.laws import LAWS
from knobsmith.prove.showing import Setting
from knobsmith.prove.solving import Proof
from knobsmith.resolve.values import plain

_HELP = {
    "KS201": "narrow what is tuned, or state it by case",
    "KS202": "state another default by case, or compute it",
    "KS203": "correct the condition, or drop it",
    "KS204": "correct the rule, or drop it",
    "KS206": "loosen one of the requirements that contradict each other",
}


def finding_of(proof: Proof) -> Finding | None:
    """What a proof reports; nothing if it succeeded."""
    obligation = proof.obligation
    if proof.status == "proven":
        return None
    if proof.status == "unknown":
        said = f'that of "{obligation.claim}" ({obligation.law}) did not, as {proof.cause}'
        return LAWS["KS205"].at(obligation.path, said, "check it by hand, or simplify it")
    objection = _with_settings(obligation.objection, proof.shown) if obligation.refute else obligation.objection
    return LAWS[obligation.law].at(obligation.path, objection, _HELP[obligation.law])


def _with_settings(objection: str, settings: Iterable[Setting]) -> str:
    """ "but `momentum = 0` is tuned and refused while `optimizer = sgd`"."""
    subjects = [_shown(setting) for setting in settings if setting.is_subject]
    others = [_shown(setting) for setting in settings if not setting.is_subject]
    beside = f" while {_listed(others)}" if others else ""
    return f"but {_listed(subjects)} {objection}{beside}"


def _shown(setting: Setting) -> str:
    return f"`{setting.name} = {plain(setting.value)}`"


def _listed(items: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
