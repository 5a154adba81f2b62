"""Which of its cases decides over what a hyperparameter is tuned."""

from knobsmith.model.catalog import Parameter
from knobsmith.targets.python.bodies import Body
from knobsmith.targets.python.cases import ALWAYS, Branch, chain
from knobsmith.targets.python.drafts import Draft
from knobsmith.targets.source_text import literal

# The function that is called only when a search is built.
TUNING = "_tuning"


def tuning(draft: Draft) -> str | None:
    """Notes the case that holds of each hyperparameter whose tuning hangs on cases."""
    body = draft.body()
    for parameter in draft.statics.algorithm.parameters:
        if any(case.tuning is not None or case.not_tunable for case in parameter.cases):
            body.add(f"{_tuning_of(draft, parameter)}(state)")
    return draft.finish(TUNING, "Which case decides over what a hyperparameter is tuned.", body)


def _tuning_of(draft: Draft, parameter: Parameter) -> str:
    body, name = draft.body(), literal(parameter.name)
    branches = [
        Branch(case.when, _always, f"hold(state, {name}, {index})")
        for index, case in enumerate(parameter.cases)
        if case.tuning is not None or case.not_tunable
    ]
    chain(draft, body, parameter, branches, (_always, f"hold(state, {name})"))
    function = f"_tuning_of_{draft.names.locals[parameter.name]}"
    draft.finish(
        function, f"The case that decides about the tuning of `{parameter.name}`; none if that is unknown.", body
    )
    return function


def _always(body: Body) -> str:
    return ALWAYS
