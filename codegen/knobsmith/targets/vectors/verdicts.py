"""Verdicts on many configurations, most of which read alike."""

from knobsmith.judging import Finding, Form, Judge, ParameterVerdict, Verdict, World, conclude
from knobsmith.model.catalog import Algorithm


class Verdicts:
    """Judges each combination of values once: a native value and its text, or ten texts that are none, are the same."""

    def __init__(self, algorithm: Algorithm) -> None:
        self._judge = Judge(algorithm)
        self._known: dict[object, tuple[tuple[Finding, ...], dict[str, ParameterVerdict]]] = {}

    def of(self, config: object, context: object, form: Form) -> Verdict:
        """The verdict on a configuration, or on what is none."""
        world = self._judge.read(config, context, form)
        read, key = tuple(world.findings), _as_read(world)
        if key not in self._known:
            conclude(world)
            verdict = world.verdict()
            self._known[key] = verdict.findings[len(read) :], verdict.parameters
        concluded, parameters = self._known[key]
        return Verdict((*read, *concluded), parameters)


def _as_read(world: World) -> object:
    """All on which the rest of a verdict hangs."""
    knobs = [(knob.value, knob.has_failed) for knob in world.knobs.values() if knob.is_given or knob.has_failed]
    names = [name for name, knob in world.knobs.items() if knob.is_given or knob.has_failed]
    facts = [(fact.value, fact.is_given, fact.has_failed) for fact in world.facts.values()]
    return world.is_misread, (*names, *knobs), tuple(facts)
