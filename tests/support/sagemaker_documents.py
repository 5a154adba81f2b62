"""The documents that the target renders, and the same with everything filled in."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from knobsmith.model.catalog import Algorithm, Catalog
from knobsmith.pipeline import compile_project
from knobsmith.targets.sagemaker import TARGET

Json = Any
ROOT = Path(__file__).parent.parent.parent
PROJECTS = (ROOT, ROOT / "examples" / "scikit-learn")
FORMS = ("tuning-job", "tuning-job.flat")
FILLED = {
    "account": "123456789012",
    "role": "tuner",
    "bucket": "digits",
    "training-image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/digits:1",
    "instance-type": "ml.m5.xlarge",
    "content_type": "application/x-recordio",
    "num_training_samples": "60000",
}


@cache
def catalog_of(root: Path) -> Catalog:
    """The catalog of a project."""
    catalog = compile_project(root).catalog
    assert catalog is not None
    return catalog


def algorithms() -> list[Algorithm]:
    """All algorithms of both projects."""
    return [algorithm for root in PROJECTS for algorithm in catalog_of(root).algorithms]


@cache
def rendered(root: Path) -> dict[str, str]:
    """The texts of the documents of a project, with its own options, by name."""
    catalog = catalog_of(root)
    options = dict(catalog.project.targets).get("sagemaker", {})
    return {file.path.rpartition("/")[2]: file.text for file in TARGET.render(catalog, options)}


def document(algorithm: Algorithm, form: str) -> Json:
    """One document of an algorithm of ours."""
    root = next(root for root in PROJECTS if algorithm in catalog_of(root).algorithms)
    return json.loads(rendered(root)[f"{algorithm.name}.{form}.json"])


def documents_of(algorithm: Algorithm) -> dict[str, Json]:
    """All documents of an algorithm of no project."""
    catalog = catalog_of(ROOT)
    own = Catalog(project=catalog.project, algorithms=(algorithm,))
    files = {file.path.rpartition("/")[2]: file.text for file in TARGET.render(own, {})}
    prefix = f"{algorithm.name}."
    return {
        name.removeprefix(prefix).removesuffix(".json"): json.loads(text)
        for name, text in files.items()
        if name.endswith(".json")
    }


def filled(document: Json, values: dict[str, str] | None = None) -> Json:
    """The document with a value for each placeholder."""
    known = {**FILLED, **(values or {})}
    if isinstance(document, dict):
        return {key: filled(value, values) for key, value in document.items()}
    if isinstance(document, list):
        return [filled(item, values) for item in document]
    if isinstance(document, str):
        if document.startswith("<pattern of "):
            return "score: ([0-9.]+)"
        return re.sub(r"<([^<>=]+)>(?!=)", lambda match: known.get(match[1], "10"), document)
    return document
