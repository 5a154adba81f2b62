"""The kernels that the tests of their bindings call."""

from typing import Any

import pytest

from tests.targets.kernels.building import built, fixture, load


@pytest.fixture(scope="module")
def cpu() -> Any:
    return load(built(fixture()))
