"""A configuration may hold any number of keys that nobody knows, and is told so at once."""

import time
from typing import Any

import pytest
from knobsmith.targets.python import in_memory

from tests.targets.python.fixture import catalog


@pytest.mark.parametrize("form", ["validate", "validate_wire"])
@pytest.mark.parametrize("where", ["config", "context"])
def test_a_hundred_thousand_unknown_keys_take_no_time(form: str, where: str) -> None:
    strange = {f"learning_rat{number}": "1" for number in range(100_000)}
    config, context = (strange, {}) if where == "config" else ({}, strange)
    with in_memory.load_client(catalog()) as client:
        validate: Any = getattr(client.algorithm("everything"), form)
        start = time.process_time()
        findings = validate(config, context).findings
        assert time.process_time() - start < 5  # half a second where nothing else runs
    unknown = [finding for finding in findings if finding.code == "unknown"]
    assert [finding.parameter for finding in unknown] == sorted(finding.parameter for finding in unknown)
    assert len(unknown) == 100_000
    assert [bool(finding.help) for finding in unknown] == [True] * 100 + [False] * 99_900
