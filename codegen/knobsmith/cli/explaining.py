"""``knobsmith explain``: what is known of an algorithm or a hyperparameter, and where each fact was written."""

import sys
from argparse import Namespace

from knobsmith.cli.output import coloured, counted, rendered, say
from knobsmith.cli.problems import project_folder, unknown
from knobsmith.model.catalog import Algorithm, Parameter
from knobsmith.pipeline import compile_project
from knobsmith.views.explanation import explain_algorithm, explain_parameter


def run(options: Namespace) -> int:
    """Print the explanation."""
    outcome = compile_project(project_folder(options.project))
    if outcome.resolved is None:
        sys.stdout.write(rendered(outcome.diagnostics, outcome.sources, "text", coloured(sys.stdout)))
        say(counted(outcome.diagnostics))
        return 1
    algorithm = outcome.resolved.catalog.algorithm(options.algorithm)
    if algorithm is None:
        raise unknown("algorithm", options.algorithm, (a.name for a in outcome.resolved.catalog.algorithms))
    if options.name is None:
        sys.stdout.write(explain_algorithm(algorithm))
        return 0
    parameter = _find(algorithm, options.name)
    places = outcome.resolved.key_places(algorithm.name, ("parameters", parameter.name))
    sys.stdout.write(explain_parameter(parameter, places))
    return 0


def _find(algorithm: Algorithm, name: str) -> Parameter:
    for parameter in algorithm.parameters:
        if name == parameter.name or name in parameter.aliases:
            return parameter
    names = [text for p in algorithm.parameters for text in (p.name, *p.aliases)]
    raise unknown("hyperparameter", name, names)
