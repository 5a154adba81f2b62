"""The generated client and the definitions of a tuner, imported without a disk; and draws by each tuner's own sampler."""

import json
import random
import sys
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import count
from typing import Any, Self

import numpy as np
import yaml
from ConfigSpace import ConfigurationSpace
from google.protobuf import json_format
from knobsmith.model.catalog import Algorithm, Catalog, Packages, Project
from knobsmith.records import replace
from knobsmith.targets.python.in_memory import _Finder
from knobsmith.targets.python.target import render_package
from knobsmith.targets.registry import load_target
from knobsmith.views.python_names import python_names
from knobsmith.views.tuning.space import Space

from tests.support import sagemaker_service
from tests.support.compile import compile_algorithm
from tests.targets.define_by_run.packages import TunerFinder, asked, nested

# Neither library is free of what Python and its libraries deprecate.
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from sweeps.config import SweepConfig
    from sweeps.params import HyperParameterSet
    from vizier import pyvizier
    from vizier._src.pyvizier.shared.parameter_iterators import SequentialParameterBuilder
    from vizier.service import pyvizier as vz

Json = Any
_numbers = count(1)


class Generated:
    """The packages of a catalog. As a context manager, they are forgotten at the end."""

    def __init__(self, catalog: Catalog, back_end: str) -> None:
        self.name = f"tuned_{next(_numbers)}"
        self.back_end = back_end
        packages = Packages(python=self.name, npm=self.name, cmake=self.name)
        catalog = replace(catalog, project=replace(catalog.project, packages=packages))
        names = python_names(catalog.algorithms)
        self._modules = {a.name: own.module for a, own in zip(catalog.algorithms, names, strict=True)}
        rendered = load_target(back_end).render(catalog, {})
        self.files = {file.path.removeprefix(f"tuning/{back_end}/"): file.text for file in rendered}
        prefix = f"{self.name}_{back_end}/"
        inside = {p.removeprefix(prefix): text for p, text in self.files.items() if p.startswith(prefix)}
        client = render_package(catalog.algorithms, catalog.project.version)
        self._finders = [_Finder(self.name, client), TunerFinder(f"{self.name}_{back_end}", inside)]
        sys.meta_path[:0] = self._finders

    def client(self, algorithm: str) -> Any:
        return import_module(f"{self.name}.{self._modules[algorithm]}")

    def tuner(self, algorithm: str) -> Any:
        return import_module(f"{self.name}_{self.back_end}.{self._modules[algorithm]}")

    def draws(self, algorithm: str, base: Json, seed: int = 1) -> Iterator[Json]:
        """Configurations without end, by the tuner's own sampler."""
        return DRAWS[self.back_end](self, algorithm, base, seed)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for finder in self._finders:
            sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if name.split(".")[0] in (self.name, f"{self.name}_{self.back_end}")]:
            del sys.modules[name]


def from_spec(text: str, back_end: str) -> Generated:
    """The packages of one spec, whose algorithm is called ``example``."""
    project = Project(name="cases", version="0.1.0", packages=Packages(python="cases", npm="cases", cmake="cases"))
    return Generated(Catalog(project=project, algorithms=(compile_algorithm.__wrapped__(text),)), back_end)


def base_of(algorithm: Algorithm) -> Json:
    """Values for what is required and not tuned."""
    tuned = Space(algorithm).tuned
    return {p.name: 1000 for p in algorithm.parameters if p.required and p.name not in tuned}


def _configspace(generated: Generated, algorithm: str, base: Json, seed: int) -> Iterator[Json]:
    module = generated.tuner(algorithm)
    space = module.space(base)
    space.seed(seed)
    while True:
        for configuration in space.sample_configuration(500):
            yield module.configuration_to_native(configuration, base)


def _vizier(generated: Generated, algorithm: str, base: Json, seed: int) -> Iterator[Json]:
    module = generated.tuner(algorithm)
    for parameters in vizier_trials(module.study_config(base).search_space, seed):
        yield module.native(parameters, base)


def _wandb(generated: Generated, algorithm: str, base: Json, seed: int) -> Iterator[Json]:
    document = yaml.safe_load(generated.files[f"{algorithm}.yaml"])
    for name, value in base.items():
        document["parameters"][name] = {"value": value}
    SweepConfig(document)
    searched = HyperParameterSet.from_config(document["parameters"])
    shaken = np.random.RandomState(seed)
    while True:
        # `random_search_next_runs` draws one share after the other, which takes scipy a hundred times as long.
        columns = {one.name: _column(one, shaken.random_sample(500)) for one in searched}
        yield from ({name: plain(values[row]) for name, values in columns.items()} for row in range(500))


def _sagemaker(generated: Generated, algorithm: str, base: Json, seed: int) -> Iterator[Json]:
    client = generated.client(algorithm)
    request = json.loads(generated.files[f"{algorithm}.tuning-job.json"])
    request = sagemaker_service.fixed(request, client.validate(base).to_wire() if base else {})
    for number in count(seed):
        for drawn in sagemaker_service.draws(request, 500, number, ends=False):
            verdict = client.validate_wire(drawn.hyperparameters)
            yield {name: verdict.parameters[name].value for name in drawn.hyperparameters}


def _optuna(generated: Generated, algorithm: str, base: Json, seed: int) -> Iterator[Json]:
    return (config for config in asked(generated.tuner(algorithm), "optuna", base, seed) if config is not None)


def _ray(generated: Generated, algorithm: str, base: Json, seed: int) -> Iterator[Json]:
    return nested(generated.tuner(algorithm), base, seed)


def _column(parameter: Any, shares: Any) -> Any:
    return [parameter.value] * len(shares) if parameter.type == parameter.CONSTANT else parameter.ppf(shares)


def vizier_trials(space: Any, seed: int, together: int = 50) -> Iterator[Json]:
    """Parameters without end: ways through the space by Vizier's builder, numbers by its own scaling of [0, 1)."""
    shaken = random.Random(seed)
    numbers = np.random.RandomState(seed)
    while True:
        ranges: list[Any] = []

        def choose(config: Any, ranges: list[Any] = ranges) -> Any:
            if config.type in (pyvizier.ParameterType.DOUBLE, pyvizier.ParameterType.INTEGER):
                ranges.append(config)
                return config.bounds[0]
            return shaken.choice(config.feasible_values)

        chosen = built(space, choose)
        drawn = {config.name: unscaled(config, numbers.random_sample((together, 1))) for config in ranges}
        yield from ({**chosen, **{name: values[row] for name, values in drawn.items()}} for row in range(together))


def unscaled(config: Any, shares: Any) -> list[Any]:
    """Where Vizier's documentation puts shares of the way from one end to the other.

    What Vizier has for it needs JAX, and its random designers know no conditions.
    """
    low, high = config.bounds
    if config.scale_type == pyvizier.ScaleType.LOG:
        found = np.exp(np.log(low) + shares * (np.log(high) - np.log(low)))
    else:
        found = low + shares * (high - low)
    return [round(x) if config.type == pyvizier.ParameterType.INTEGER else float(x) for x in found[:, 0]]


def built(space: Any, choose: Callable[[Any], Any]) -> Json:
    """Parameters chosen through Vizier's own builder."""
    builder = SequentialParameterBuilder(space)
    for config in builder:
        builder.choose_value(choose(config))
    return {name: value.value for name, value in builder.parameters.items()}


def plain(value: Any) -> Any:
    """A drawn value without what numpy puts around it."""
    return value.item() if hasattr(value, "item") else value


DRAWS = {
    "configspace": _configspace,
    "optuna": _optuna,
    "ray": _ray,
    "sagemaker": _sagemaker,
    "vizier": _vizier,
    "wandb": _wandb,
}


def published(generated: Generated, algorithm: str) -> Any:
    """The document of an algorithm as the tuner itself reads it."""
    text = generated.files[f"{algorithm}.{'yaml' if generated.back_end == 'wandb' else 'json'}"]
    if generated.back_end == "configspace":
        return ConfigurationSpace.from_serialized_dict(json.loads(text))
    if generated.back_end == "wandb":
        return SweepConfig(yaml.safe_load(text))
    proto = type(vz.StudyConfig().to_proto())()
    return vz.StudyConfig.from_proto(json_format.Parse(text, proto))
