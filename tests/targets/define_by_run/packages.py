"""The generated client and the packages for tuners, imported without a disk; and draws by each tuner's own sampler."""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from itertools import count
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any, Self

import numpy as np
import optuna
from knobsmith.model.catalog import Algorithm, Catalog, Packages
from knobsmith.pipeline import compile_project
from knobsmith.records import replace
from knobsmith.targets.optuna import TARGET as OPTUNA
from knobsmith.targets.python.in_memory import _Loader, load_client
from knobsmith.targets.ray import TARGET as RAY
from knobsmith.views.python_names import python_names
from knobsmith.views.tuning.axes import Axis, Choices, Numbers
from knobsmith.views.tuning.space import Space
from ray.tune.search.variant_generator import generate_variants

Json = Any
optuna.logging.set_verbosity(optuna.logging.WARNING)


class TunerFinder(MetaPathFinder):
    """Finds the modules of one package."""

    def __init__(self, package: str, files: dict[str, str]) -> None:
        self._package = package
        self._files = files

    def find_spec(self, fullname: str, path: Any, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname.split(".")[0] != self._package:
            return None
        inner = fullname.removeprefix(self._package).removeprefix(".") or "__init__"
        text = self._files.get(f"{inner}.py")
        return None if text is None else ModuleSpec(fullname, _Loader(text), is_package=inner == "__init__")


class Generated:
    """The packages of a catalog. As a context manager, it is forgotten at the end."""

    def __init__(self, catalog: Catalog) -> None:
        self._client = load_client(catalog)
        self.name = name = self._client.package
        packages = Packages(python=name, npm=name, cmake=name)
        catalog = replace(catalog, project=replace(catalog.project, packages=packages))
        own = python_names(catalog.algorithms)
        self._modules = {a.name: names.module for a, names in zip(catalog.algorithms, own, strict=True)}
        self._finders = []
        for target in (OPTUNA, RAY):
            package = f"{name}_{target.name}"
            files = {file.path: file.text for file in target.render(catalog, {})}
            prefix = f"tuning/{target.name}/{package}/"
            inside = {path.removeprefix(prefix): text for path, text in files.items() if path.startswith(prefix)}
            self._finders.append(TunerFinder(package, inside))
        sys.meta_path[:0] = self._finders

    def client(self, algorithm: str) -> Any:
        return self._client.algorithm(algorithm)

    def tuner(self, target: str, algorithm: str) -> Any:
        return import_module(f"{self.name}_{target}.{self._modules[algorithm]}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for finder in self._finders:
            sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if name.startswith(f"{self.name}_")]:
            del sys.modules[name]
        self._client.close()


def draws(generated: Generated, back_end: str, algorithm: str, base: Json, seed: int = 1) -> Iterator[Json]:
    """Configurations without end; None for what a tuner prunes."""
    client = generated.client(algorithm)
    if back_end == "sampler":
        sample = client.sampler(base, random=Random(seed))
        while True:
            yield sample()
    tuner = generated.tuner("ray" if back_end.startswith("ray") else back_end, algorithm)
    yield from nested(tuner, base, seed) if back_end == "ray" else asked(tuner, back_end, base, seed)


def nested(tuner: Any, base: Json, seed: int) -> Iterator[Json]:
    """Draws by Ray's own variants."""
    space, state = tuner.param_space(base), np.random.RandomState(seed)
    while True:
        for _, spec in generate_variants({"config": space}, random_state=state):
            yield spec["config"]["hyperparameters"]


def asked(tuner: Any, back_end: str, base: Json, seed: int) -> Iterator[Json]:
    """Draws by Optuna's random sampler; None for what is pruned."""
    ask: Callable[[Any], Json]
    if back_end == "ray-by-run":
        by_run = tuner.define_by_run(base)

        def ask(trial: Any) -> Json:
            return by_run(trial)["hyperparameters"]
    else:

        def ask(trial: Any) -> Json:
            model = tuner.suggest(trial, base)
            values = model.verdict.values
            return {name: values[name] for name in model.verdict.given}

    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=seed))
    for number in count():
        # A study gets slower with each trial.
        if number % 500 == 499:
            study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=seed + number))
        try:
            yield ask(study.ask())
        except optuna.TrialPruned:
            yield None


BACK_ENDS = ("sampler", "optuna", "ray", "ray-by-run")


def faults(space: Space, client: Any, base: Json, config: Json) -> list[str]:
    """What is wrong with a drawn configuration; nothing."""
    verdict = client.validate(config)
    found = [] if verdict.valid else [f"refused: {verdict.findings}"]
    unused = verdict._state.unused
    for name, tuned in space.tuned.items():
        is_used = repr(unused.get(name, "used")) in ("'used'", "UNKNOWN")
        if name in base or name not in config:
            absent = is_used and name not in base and tuned.axis(space.effects(config)) is not None
            found += [f"{name} is used and not drawn: {config}"] if absent else []
        elif not is_used:
            found.append(f"{name} is drawn and not used: {config}")
        elif not any(g.axis is not None and contains(g.axis, config[name]) for g in tuned.axes):
            found.append(f"{name} = {config[name]!r} is outside its axis")
    return found


def contains(axis: Axis, value: Any) -> bool:
    """Whether a value lies on an axis, ends included."""
    if isinstance(axis, Choices):
        plain = tuple(value) if isinstance(value, list | tuple) else value
        return any(plain == one and isinstance(plain, bool) == isinstance(one, bool) for one in axis.values)
    if isinstance(value, bool | str) or (axis.is_integer and not isinstance(value, int)):
        return False
    on_step = axis.step is None or abs((steps := (value - axis.low) / axis.step) - round(steps)) < 1e-9
    return axis.low <= value <= axis.high and on_step


def all_of(axis: Numbers) -> list[float]:
    """All numbers of a short axis."""
    if axis.count is not None:
        return [axis.low + place * (axis.step or 1) for place in range(axis.count)]
    found = [axis.low]
    while found[-1] < axis.high:
        found.append(float(np.nextafter(found[-1], np.inf)))
    return found


def real_catalogs() -> list[Catalog]:
    """The catalogs of this project, and of its examples."""
    root = Path(__file__).parents[3]
    compiled = [compile_project(folder) for folder in (root, root / "examples" / "scikit-learn")]
    return [one.catalog for one in compiled if one.catalog is not None]


def base_of(algorithm: Algorithm) -> Json:
    """Values for what is required and not tuned."""
    tuned = Space(algorithm).tuned
    return {p.name: 1000 for p in algorithm.parameters if p.required and p.name not in tuned}
