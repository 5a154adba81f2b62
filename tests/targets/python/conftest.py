"""The algorithm that jobs of the tests are about."""

from collections.abc import Iterator
from typing import Any

import pytest
from knobsmith.targets.python.in_memory import load_client

from tests.support.sagemaker_documents import PROJECTS, catalog_of

Json = Any


@pytest.fixture(scope="module")
def detection() -> Iterator[Json]:
    with load_client(catalog_of(PROJECTS[0])) as client:
        yield client.model("object-detection")
