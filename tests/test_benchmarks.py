"""The arithmetic, the tables and the derived inputs of the benchmarks. Speed itself is measured, never asserted."""

import json
import sys
from pathlib import Path

import pytest

from benchmarks import linkml_schema, projects, proving, report
from benchmarks.measuring import Command, Failed, Summary, in_turns, milliseconds, peak_memory, run, summarise
from benchmarks.validation_worker import CONFIGS

PYTHON = Path(sys.executable)
_PARAMETERS = [
    {
        "name": "optimizer",
        "doc": "Update rule.",
        "domain": {"kind": "string", "values": [{"value": "sgd", "doc": "Plain."}, {"value": "adam", "doc": None}]},
        "default": {"value": "sgd"},
    },
    {
        "name": "rate",
        "doc": "Step.",
        "domain": {
            "kind": "number",
            "range": {"intervals": [{"lower": {"value": 0}, "upper": {"value": 1, "closed": True}}]},
        },
        "default": {"value": 0.1},
    },
    {"name": "depth", "doc": "Layers.", "domain": {"kind": "integer", "values": [{"value": 50}, {"value": 18}]}},
    {
        "name": "tune",
        "doc": "A word beside a type.",
        "domain": {"kind": "boolean", "special": [{"word": "Auto"}]},
        "default": {"value": "Auto"},
    },
    {
        "name": "shape",
        "doc": "Sides.",
        "domain": {"kind": "list", "fields": ["height", "width"], "items": {"kind": "integer"}},
        "required": True,
    },
]


def test_a_summary_has_the_median_and_the_quartiles() -> None:
    assert summarise([4.0, 1.0, 3.0, 2.0, 5.0]) == Summary(3.0, 2.0, 4.0, 1.0, 5)
    assert summarise([2.0]) == Summary(2.0, 2.0, 2.0, 2.0, 1)
    assert summarise([4.0, 1.0, 3.0, 2.0, 5.0]).spread == pytest.approx(2 / 3)


def test_times_are_written_in_the_unit_that_suits_them() -> None:
    assert [milliseconds(x) for x in (1.234, 0.25, 0.0123, 0.0000123)] == ["1.23 s", "250 ms", "12.3 ms", "12.3 µs"]


def test_processes_take_turns_and_the_first_round_does_not_count(tmp_path: Path) -> None:
    log = tmp_path / "log"

    def command(name: str) -> Command:
        def prepare() -> None:
            log.write_text(log.read_text() + name if log.exists() else name)

        return Command([PYTHON, "-S", "-c", "pass"], prepare=prepare)

    assert {name: s.runs for name, s in in_turns({"a": command("a"), "b": command("b")}, 2).items()} == {"a": 2, "b": 2}
    assert log.read_text() == "abbaab"


def test_a_process_that_fails_is_no_measurement() -> None:
    with pytest.raises(Failed, match="3: last words"):
        run(Command([PYTHON, "-S", "-c", "import sys; sys.stderr.write('last words'); sys.exit(3)"]))


def test_peak_memory_is_that_of_the_code_alone() -> None:
    little, much = (peak_memory(PYTHON, [code], Command([])) for code in ("pass", "x = b'x' * 50_000_000"))
    assert 45_000_000 < much - little < 60_000_000


def test_a_claim_says_whether_it_is_met() -> None:
    assert report.at_most("a", 2.0, 3).verdict == "met"
    assert report.at_most("a", 3.1, 3).verdict == "**not met**"
    assert report.at_least("a", 4.9, 5).verdict == "**not met**"
    assert report.unmeasured("a", "at least 5x", "not installed").verdict == "-"


def test_the_page_lists_claims_first_and_escapes_cells() -> None:
    claim = report.at_most("a|b", 2.0, 3)
    section = report.Section("Title", "About.", [claim], ["x", "y"], [["1", "2"]], ["Note."])
    text = report.page(["Processor: P"], "Method.", [section])
    assert "| a\\|b | at most 3x | 2.00x | met |" in text
    assert text.index("## Claims") < text.index("## Title") < text.index("| 1 | 2 |") < text.index("- Note.")


def test_linkml_gets_whatever_it_can_carry(tmp_path: Path) -> None:
    algorithm = {"name": "image-net", "doc": "D.", "parameters": _PARAMETERS}
    (tmp_path / "image-net.json").write_text(json.dumps(algorithm))
    (tmp_path / "schema.json").write_text("{}")
    told = json.loads(linkml_schema.schema(tmp_path))
    attributes = told["classes"]["ImageNet"]["attributes"]
    assert attributes["optimizer"]["ifabsent"] == "ImageNetOptimizer(sgd)"
    assert told["enums"]["ImageNetOptimizer"]["permissible_values"] == {
        "sgd": {"description": "Plain."},
        "adam": {"description": ""},
    }
    assert attributes["rate"] == {
        "description": "Step.",
        "range": "float",
        "minimum_value": 0,
        "maximum_value": 1,
        "ifabsent": "float(0.1)",
    }
    assert (attributes["depth"]["minimum_value"], attributes["depth"]["maximum_value"]) == (18, 50)
    assert "ifabsent" not in attributes["tune"]
    assert attributes["shape"]["exact_cardinality"] == 2
    assert attributes["shape"]["required"] is True


def test_a_larger_project_has_as_many_distinct_algorithms() -> None:
    with projects.of_size(7) as project:
        specs = sorted((project / "spec" / "algorithms").glob("*.yaml"))
        assert len(specs) == 7
        assert all(f"algorithm: {spec.stem}\n" in spec.read_text() for spec in specs)


def test_proofs_are_counted_from_what_the_command_prints() -> None:
    assert proving.tallied("3 algorithms\n234 proven, 1 refuted, 0 unknown of the proofs\n") == {
        "proven": 234,
        "refuted": 1,
        "unknown": 0,
    }


def test_the_configurations_give_as_many_values_as_they_say() -> None:
    assert [len(texts) for _, texts in CONFIGS.values()] == [12, 29, 12, 13]
