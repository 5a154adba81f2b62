"""``knobsmith explain``: what is known of an algorithm or a hyperparameter, and where each fact was written."""

import sys
from argparse import Namespace

from knobsmith.cli.output import Output
from knobsmith.cli.problems import project_folder, unknown
from knobsmith.cli.progress import Progress
from knobsmith.cli.rendering import summary
from knobsmith.model.catalog import Algorithm, Parameter
from knobsmith.pipeline import compile_project
from knobsmith.records import replace
from knobsmith.streams import printable, say
from knobsmith.views.explanation import explain_algorithm, explain_parameter


def run(options: Namespace) -> int:
    """Print the explanation."""
    folder = project_folder(options.project)
    output = Output.of(folder)
    with Progress() as progress:
        outcome = compile_project(folder, track=progress.track)
    algorithm = outcome.catalog.algorithm(options.algorithm) if outcome.catalog is not None else None
    if outcome.resolved is None or (algorithm is None and outcome.has_errors):
        sys.stderr.write(output.shown(outcome.diagnostics, outcome.sources, colour=False))
        say(f"{summary(outcome.diagnostics)}; nothing is explained before these are mended")
        return 1
    if algorithm is None:
        raise unknown("algorithm", options.algorithm, (a.name for a in outcome.resolved.catalog.algorithms))
    if options.name is None:
        text = explain_algorithm(algorithm)
    else:
        parameter = _find(algorithm, options.name)
        places = outcome.resolved.key_places(algorithm.name, ("parameters", parameter.name))
        shown = [(key, replace(span, file=output.prefix + span.file), origin) for key, span, origin in places]
        text = explain_parameter(parameter, shown)
    sys.stdout.writelines(f"{printable(line)}\n" for line in text.split("\n")[:-1])
    return 0


def _find(algorithm: Algorithm, name: str) -> Parameter:
    for parameter in algorithm.parameters:
        if name == parameter.name or name in parameter.aliases:
            return parameter
    names = [text for p in algorithm.parameters for text in (p.name, *p.aliases)]
    raise unknown("hyperparameter", name, names, f"`knobsmith explain {algorithm.name}`")
