"""Tunes a real model on this machine: SGDClassifier of scikit-learn on handwritten digits.

``python examples/tune_locally.py [--ray] [--trials N] [--output DIR]``. Optuna searches, and keeps its study in a
SQLite file: interrupt the program as you like, the next start goes on where it ended. With ``--ray`` the same space is
searched by Ray Tune on a local cluster of two workers.

The search space is written down once, in ``examples/scikit-learn/spec``. What is generated of it asks for
``l1_ratio`` only with the penalty that has one, for ``eta0`` only with a learning rate that starts there, and so on.
"""

import argparse
import shutil
import subprocess
import sys
import time
import warnings
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

SPEC = Path(__file__).resolve().parent / "scikit-learn" / "spec"
# What is not tuned: it is part of every configuration.
BASE = {"max_iter": 50, "random_state": 1}
# Words that stand for objects of Python.
WORDS: Mapping[str, Mapping[str, object]] = {"average": {"True": True, "False": False}}
STUDY = "digits"
console = Console()


class Outcome(NamedTuple):
    """What came of one trial."""

    number: int
    accuracy: float
    config: Mapping[str, Any]


def main() -> int:
    """Search, then show the best trials and plot all of them."""
    options = _options()
    output: Path = options.output
    begun = time.monotonic()
    use_generated_packages(output)
    outcomes = (with_ray if options.ray else with_optuna)(options.trials, output)
    if not outcomes:
        console.print("no trial has ended yet")
        return 1
    console.print(_table(outcomes))
    picture = output / ("trials-ray.png" if options.ray else "trials.png")
    plot(outcomes, picture)
    best = max(outcomes, key=lambda outcome: outcome.accuracy)
    console.print(f"best accuracy {best.accuracy:.4f} in {len(outcomes)} trials, {time.monotonic() - begun:.0f} s now")
    console.print(f"plot: {picture}", soft_wrap=True)
    return 0


def use_generated_packages(output: Path) -> None:
    """Generate the packages from a copy of the specs, and let them be imported."""
    shutil.copytree(SPEC, output / "spec", dirs_exist_ok=True)
    subprocess.run([sys.executable, "-m", "knobsmith", "generate"], cwd=output, check=True, capture_output=True)
    sys.path[:0] = [str(output / "generated" / folder) for folder in ("python", "tuning/optuna", "tuning/ray")]


def accuracy(config: Mapping[str, Any]) -> float:
    """The mean share of correct labels, each third of the digits being judged by a model of the other two."""
    from sklearn.datasets import load_digits
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import SGDClassifier
    from sklearn.model_selection import cross_val_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    arguments = {name: _argument(name, value) for name, value in config.items()}
    digits = load_digits()
    model = make_pipeline(StandardScaler(), SGDClassifier(**arguments))
    with warnings.catch_warnings():
        # A trial that does not converge is a bad trial, and its accuracy says so.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return float(cross_val_score(model, digits.data, digits.target, cv=3).mean())


def with_optuna(trials: int, output: Path) -> list[Outcome]:
    """Search with Optuna, going on with the study of an earlier start."""
    import optuna

    suggest = import_module("scikit_learn_hyperparameters_optuna.sgd_classifier").suggest
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(
        storage=f"sqlite:///{output / 'study.db'}", study_name=STUDY, direction="maximize", load_if_exists=True
    )
    done = _tidy(study)
    # Another start draws other numbers than the last one.
    study.sampler = optuna.samplers.TPESampler(seed=len(study.trials))
    if done:
        console.print(f"going on after {done} trials")

    def objective(trial: optuna.Trial) -> float:
        verdict = suggest(trial, BASE).verdict
        config = {name: verdict.values[name] for name in verdict.given}
        trial.set_user_attr("config", config)
        return accuracy(config)

    with _progress() as progress:
        task = progress.add_task("trials", total=trials, completed=done, best="")

        def advance(study: optuna.Study, trial: optuna.trial.FrozenTrial) -> None:
            progress.update(task, advance=1, best=f"best {study.best_value:.4f}")

        study.optimize(objective, n_trials=max(trials - done, 0), callbacks=[advance])
    kept = study.get_trials(states=[optuna.trial.TrialState.COMPLETE])
    return [Outcome(trial.number, trial.value or 0.0, trial.user_attrs["config"]) for trial in kept]


def with_ray(trials: int, output: Path) -> list[Outcome]:
    """Search at random with Ray Tune on two workers, going on with an earlier start."""
    import ray
    from ray import tune

    space = import_module("scikit_learn_hyperparameters_ray.sgd_classifier").param_space(BASE)
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
    try:
        storage = output / "ray"
        if tune.Tuner.can_restore(str(storage / STUDY)):
            console.print("going on with the trials of an earlier start")
            tuner = tune.Tuner.restore(str(storage / STUDY), _train, param_space=space, restart_errored=True)
        else:
            tuner = tune.Tuner(
                _train,
                param_space=space,
                tune_config=tune.TuneConfig(
                    num_samples=trials, metric="accuracy", mode="max", reuse_actors=True, trial_dirname_creator=str
                ),
                run_config=tune.RunConfig(STUDY, str(storage), verbose=0, callbacks=[_told(trials)]),
            )
        results = [result for result in tuner.fit() if result.metrics and "accuracy" in result.metrics]
    finally:
        ray.shutdown()
    return [
        Outcome(number, result.metrics["accuracy"], result.metrics["config"]["hyperparameters"])
        for number, result in enumerate(results)
    ]


def plot(outcomes: Iterable[Outcome], path: Path) -> None:
    """Save a picture of the accuracy of each trial, and of the best one so far."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    ordered = sorted(outcomes)
    numbers = [outcome.number for outcome in ordered]
    scores = [outcome.accuracy for outcome in ordered]
    best = [max(scores[: place + 1]) for place in range(len(scores))]
    figure, axes = pyplot.subplots(figsize=(8, 4.5), layout="constrained")
    axes.scatter(numbers, scores, s=18, color="tab:gray", label="trial")
    axes.step(numbers, best, where="post", color="tab:green", label="best so far")
    axes.set(xlabel="trial", ylabel="accuracy", title="SGDClassifier on handwritten digits")
    axes.legend(loc="lower right")
    figure.savefig(path, dpi=120)
    pyplot.close(figure)


def _train(config: Mapping[str, Any]) -> None:
    from ray import tune

    tune.report({"accuracy": accuracy(config["hyperparameters"])})


def _told(trials: int) -> Any:
    """Prints a line for each trial of Ray that has ended."""
    from ray import tune

    class Told(tune.Callback):  # type: ignore[misc, unused-ignore]
        def on_trial_complete(self, iteration: int, trials: list[Any], trial: Any, **info: Any) -> None:
            ended = sum(one.status == "TERMINATED" or one is trial for one in trials)
            print(f"trial {ended}/{count}: accuracy {trial.last_result['accuracy']:.4f}", flush=True)

    count = trials
    return Told()


def _argument(name: str, value: object) -> object:
    return WORDS.get(name, {}).get(value, value) if isinstance(value, str) else value


def _tidy(study: Any) -> int:
    """Give up trials that were running when the program was killed; returns how many have ended well."""
    from optuna.trial import TrialState

    for trial in study.get_trials(states=[TrialState.RUNNING]):
        study.tell(trial.number, state=TrialState.FAIL)
    return len(study.get_trials(states=[TrialState.COMPLETE]))


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, TextColumn("{task.fields[best]}"), console=console)


def _table(outcomes: Iterable[Outcome]) -> Table:
    table = Table("trial", "accuracy", "what was tuned", title="the five best trials")
    for outcome in sorted(outcomes, key=lambda one: -one.accuracy)[:5]:
        tuned = {name: value for name, value in outcome.config.items() if name not in BASE}
        shown = ", ".join(f"{name} {_short(value)}" for name, value in tuned.items())
        table.add_row(str(outcome.number), f"{outcome.accuracy:.4f}", shown)
    return table


def _short(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--ray", action="store_true", help="search with Ray Tune on two local workers")
    parser.add_argument(
        "--trials", type=int, default=40, help="how many trials in all, those of earlier starts included"
    )
    parser.add_argument("--output", type=Path, default=Path("build/tune-locally"), help="where everything is kept")
    options = parser.parse_args()
    options.output = options.output.resolve()
    options.output.mkdir(parents=True, exist_ok=True)
    return options


if __name__ == "__main__":
    sys.exit(main())
