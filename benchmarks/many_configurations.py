"""Many configurations at once through the generated Python client and its accelerator, beside msgspec."""

import json
import shutil
import tempfile
from pathlib import Path

from benchmarks.many_worker import BATCH, LIST, MSGSPEC, NATIVE, OURS, PARSED, PURE, TEXTS
from benchmarks.measuring import PYTHON, ROOT, Arguments, Command, Failed, Summary, output_of, ratio, summarise
from benchmarks.projects import GENERATE
from benchmarks.report import Claim, Row, Section, at_least, unmeasured
from benchmarks.settings import Settings

_SPEC = Path(__file__).resolve().parent / "typescript" / "spec.yaml"
_PROJECT = """\
knobsmith: 1
project: wide
version: 0.1.0
packages: {python: wide, npm: wide, cmake: wide}
targets: {python: {}, cpp: {}, accelerator: {}}
severity: {KS301: off}
"""
_TARGET = 2.5
_FORMS = (NATIVE, PARSED, TEXTS)
_NAMES = {
    OURS: "the generated client with its accelerator: `validate_many`, `validate_wire_many`",
    PURE: "the same without it: `pure=True`",
    MSGSPEC: "msgspec: `convert` of one after the other, rules in `__post_init__`",
    LIST: "the same of the whole list, which ends at the first that is invalid",
}


def measure(settings: Settings) -> Section:
    """Time batches of valid configurations of 38 hyperparameters with five rules."""
    rounds = 5 if settings.quick else 40
    try:
        with tempfile.TemporaryDirectory() as folder:
            site = _installed(Path(folder))
            worker: Arguments = [settings.peers.python, "-m", "benchmarks.many_worker", str(rounds)]
            told = json.loads(output_of(Command(worker, environment={"PYTHONPATH": f"{site}:{ROOT}"})))
    except (Failed, OSError) as problem:
        return _section([unmeasured(_figure(form), "", str(problem).splitlines()[-1]) for form in _FORMS], [])
    times = {name: {form: summarise(told[name][form]) for form in _FORMS} for name in told}
    claims = [_claim(form, times) for form in _FORMS]
    if LIST in times:
        value = ratio(times[LIST][NATIVE], times[OURS][NATIVE])
        claims.append(Claim("the same, native values, against msgspec of a whole list", "-", f"{value:.1f}x", None))
    return _section(claims, [_row(name, times) for name in times])


def _figure(form: str) -> str:
    return f"many configurations in Python (38 keys, 5 rules; {form}): times faster than msgspec"


def _claim(form: str, times: dict[str, dict[str, Summary]]) -> Claim:
    if MSGSPEC not in times:
        return unmeasured(_figure(form), f"at least {_TARGET:g}x", "msgspec is not installed")
    return at_least(_figure(form), ratio(times[MSGSPEC][form], times[OURS][form]), _TARGET)


def _section(claims: list[Claim], rows: list[Row]) -> Section:
    return Section(
        "Validating many configurations in Python",
        f"The same 38 hyperparameters and five rules; {BATCH} valid configurations a call, as dictionaries. All were "
        "asked in turns in one process, and refuse the same mistakes.",
        claims,
        ["contender", *(f"{form}: a second" for form in _FORMS), "greatest spread"],
        rows,
        [
            "All but the last tell which configurations are invalid; the generated client gives a verdict on any of "
            "them, too, and msgspec objects. From texts msgspec reads numbers by a wider grammar.",
            "What `json.loads` gives has keys of its own in each dictionary; all others share them. A batch is larger "
            "than the caches of the processor, as batches are.",
        ],
    )


def _row(name: str, times: dict[str, dict[str, Summary]]) -> Row:
    spread = max(summary.spread for summary in times[name].values())
    return [_NAMES[name], *(f"{1 / times[name][form].median:,.0f}" for form in _FORMS), f"{spread:.0%}"]


def _installed(folder: Path) -> Path:
    """The client and its accelerator, where Python finds them."""
    (folder / "spec" / "algorithms").mkdir(parents=True)
    (folder / "spec" / "knobsmith.yaml").write_text(_PROJECT, encoding="utf-8")
    shutil.copy(_SPEC, folder / "spec" / "algorithms" / "wide.yaml")
    output_of(Command(GENERATE, folder))
    site, generated = folder / "site", folder / "generated"
    pip: Arguments = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--no-deps"]
    packages: Arguments = [generated / "python", generated / "accelerator"]
    output_of(Command([*pip, "--no-build-isolation", "--target", site, *packages]))
    return site
