"""Where the facts of a hyperparameter come from: its own sources, else those that cover a section."""

from knobsmith.model.catalog import Algorithm, Parameter


def sources_of(parameter: Parameter, algorithm: Algorithm) -> dict[str, str]:
    """The source of single keys, and under the empty key that of all others. Of two sources the first is named."""
    stated = dict(parameter.provenance.sources)
    found = {} if "" in stated else _covering("parameters", "", algorithm)
    if parameter.tuning is not None and "tuning" not in stated:
        found |= _covering("tuning", "tuning", algorithm)
    return found | stated


def _covering(section: str, key: str, algorithm: Algorithm) -> dict[str, str]:
    covering = [source.name for source in algorithm.sources if section in source.covers]
    return {key: covering[0]} if covering else {}
