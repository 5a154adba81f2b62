"""Our side of the comparison: the verdict of the client that is generated from a folder of specs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.scikit_learn_oracle.estimators import Value
from tests.support.client import load_client


def verdict(
    spec_dir: Path, algorithm: str, config: Mapping[str, Value], context: Mapping[str, int]
) -> Mapping[str, Any]:
    """The verdict on a configuration in native form: ``valid``, ``findings`` and ``parameters``.

    Args:
        spec_dir: The folder with ``knobsmith.yaml``.
        algorithm: The name of a spec in it.
        config: Values by name.
        context: Facts about the training data.
    """
    return load_client(spec_dir).validate(algorithm, config, context)
