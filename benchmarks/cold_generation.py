"""``knobsmith generate`` with work to do, beside LinkML and beside the mere import of what it stands on."""

from pathlib import Path

from benchmarks.linkml_schema import schema
from benchmarks.measuring import PYTHON, Arguments, Command, Summary, in_turns, peak_memory, ratio
from benchmarks.projects import USUAL_TARGETS, after_an_edit, as_code, copy_of_ours, from_nothing
from benchmarks.report import Claim, Section, at_least, at_most, memory_cell, time_row, unmeasured
from benchmarks.settings import Settings

_NOTHING = "nothing generated yet: classes, schemas, pages, model"
_EDITED = "one title edited: the same four targets"
_ALL = "nothing generated yet: all targets, tuners and vectors among them"
_EDITED_ALL = "one title edited: all targets"
_BARE = "an empty process: `import ruamel.yaml, pydantic, jinja2`"
_USED = "the same, and one trivial model of pydantic"
_LINKML = "LinkML `gen-project`, all its outputs"
_LINKML_TWO = "LinkML `gen-project`, only Python and JSON Schema"
_BESIDE = "the same as the first, beside LinkML"
_FASTER = "cold generate of the three specs: faster than LinkML `gen-project`"

_IMPORTS = "import ruamel.yaml, pydantic, jinja2"
_MODEL = f"{_IMPORTS}\nfrom pydantic import BaseModel\nclass Model(BaseModel):\n    x: int\n"
_GENERATE = as_code("generate")
_GEN_PROJECT = "from linkml.generators.projectgen import cli; cli()"


def measure(settings: Settings) -> Section:
    """Time ``generate`` from nothing and after an edit."""
    with (
        copy_of_ours(USUAL_TARGETS) as fresh,
        copy_of_ours(USUAL_TARGETS) as edited,
        copy_of_ours() as whole,
        copy_of_ours() as whole_edited,
    ):
        commands = {
            _NOTHING: from_nothing(fresh),
            _EDITED: after_an_edit(edited),
            _ALL: from_nothing(whole),
            _EDITED_ALL: after_an_edit(whole_edited),
            _BARE: Command([PYTHON, "-c", _IMPORTS]),
            _USED: Command([PYTHON, "-c", _MODEL]),
        }
        times = in_turns(commands, settings.rounds)
        memory = {
            _NOTHING: peak_memory(PYTHON, [_GENERATE], from_nothing(fresh)),
            _EDITED: peak_memory(PYTHON, [_GENERATE], after_an_edit(edited)),
            _ALL: peak_memory(PYTHON, [_GENERATE], from_nothing(whole)),
            _EDITED_ALL: peak_memory(PYTHON, [_GENERATE], after_an_edit(whole_edited)),
            _BARE: peak_memory(PYTHON, [_IMPORTS], Command([])),
            _USED: peak_memory(PYTHON, [_MODEL], Command([])),
        }
        if settings.peers.missing is None:
            _measure_linkml(settings, fresh, times, memory)
    claims = _claims(settings, times)
    rows = [time_row(name, times[name], times[_BARE], memory_cell(memory[name])) for name in times if name != _BESIDE]
    if settings.peers.missing is not None:
        rows.append([_LINKML, settings.peers.missing, "", "", "", ""])
    return Section(
        "Generating with work to do",
        "`spec/` in a new process, to the targets that LinkML has counterparts of, and to all. Bytecode, that of "
        "templates included, and the files are in their "
        "caches, as they are from the second run on; nothing else is kept from one run to the next.",
        claims,
        ["process", "median", "least", "spread", "x empty process", "peak memory"],
        rows,
        [
            "LinkML gets the same hyperparameters as one schema of three classes, in the form of JSON, which is YAML; "
            "it carries no conditions, cases, special values or tuning.",
            "Its rounds alternate with further rounds of ours, which are not listed; the claim compares these.",
        ],
    )


def _measure_linkml(settings: Settings, fresh: Path, times: dict[str, Summary], memory: dict[str, int]) -> None:
    folder = fresh.parent / "linkml"
    folder.mkdir()
    source = folder / "hyperparameters.yaml"
    source.write_text(schema(settings.generated / "catalog"), encoding="utf-8")
    whole: Arguments = ["--log_level", "ERROR", "-d", "whole", source]
    two: Arguments = ["--log_level", "ERROR", "-I", "python", "-I", "jsonschema", "-d", "two", source]
    commands = {
        _BESIDE: from_nothing(fresh),
        _LINKML: Command([settings.peers.gen_project, *whole], folder),
        _LINKML_TWO: Command([settings.peers.gen_project, *two], folder),
    }
    times |= in_turns(commands, max(3, settings.rounds // 3))
    python = settings.peers.python
    for name, arguments in ((_LINKML, whole), (_LINKML_TWO, two)):
        memory[name] = peak_memory(python, [_GEN_PROJECT, *map(str, arguments)], Command([], folder))


def _claims(settings: Settings, times: dict[str, Summary]) -> list[Claim]:
    beside = times.get(_BESIDE)
    if beside is None:
        linkml = unmeasured(_FASTER, "at least 5x", settings.peers.missing or "")
    else:
        linkml = at_least(_FASTER, ratio(times[_LINKML], beside), 5)
    return [
        linkml,
        at_most("cold generate of the three specs: times an empty process", ratio(times[_NOTHING], times[_BARE]), 3),
        at_most("generate after one edit: times an empty process", ratio(times[_EDITED], times[_BARE]), 3),
        at_most("cold generate, all targets: times an empty process", ratio(times[_ALL], times[_BARE]), 3),
        at_most(
            "generate after one edit, all targets: times an empty process", ratio(times[_EDITED_ALL], times[_BARE]), 3
        ),
    ]
