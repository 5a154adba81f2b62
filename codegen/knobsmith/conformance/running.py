"""Every vector through every client."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from knobsmith.conformance.clients import Broken, Client
from knobsmith.conformance.comparing import differences
from knobsmith.conformance.report import Disagreement, Report, Tally
from knobsmith.model.catalog import Algorithm
from knobsmith.targets.vectors.target import head, vectors

Json = dict[str, Any]
# A question, and all that is needed to judge the answer.
Asked = tuple[Json, Json, Json]


def conform(algorithms: Sequence[Algorithm], clients: Iterable[Client]) -> Report:
    """Ask all clients for their verdicts on all vectors.

    Raises:
        Broken: A client does not answer.
    """
    asked = [question for algorithm in algorithms for question in _questions(algorithm)]
    tallies: dict[str, dict[str, Tally]] = {}
    wrong: list[Disagreement] = []
    for client in clients:
        own = tallies.setdefault(client.name, {})
        answers = client.answers(request for request, _, _ in asked)
        for question, answer in zip_longest(asked, answers):
            if question is None or answer is None:
                raise Broken(f"`{client.name}` gives another number of answers than there are questions")
            _judge(client.name, question, answer, own, wrong)
    return Report(tallies, tuple(wrong))


def _judge(client: str, question: Asked, answer: Json, tallies: dict[str, Tally], wrong: list[Disagreement]) -> None:
    request, head, vector = question
    construct = vector["construct"]
    tally = tallies.get(construct, Tally())
    if "unsupported" in answer:
        tallies[construct] = tally._replace(unsupported=tally.unsupported + 1)
        return
    found = tuple(differences(head, vector, answer))
    if found:
        wrong.append(Disagreement(client, request["algorithm"], vector["name"], request["form"], found))
        tallies[construct] = tally._replace(wrong=tally.wrong + 1)
    else:
        tallies[construct] = tally._replace(agreed=tally.agreed + 1)


def _questions(algorithm: Algorithm) -> Iterator[Asked]:
    about_all = head(algorithm)
    for vector in vectors(algorithm):
        for form in ("native", "wire"):
            if form in vector:
                given = vector[form]
                about = {"config": given["config"], "context": given.get("context", {})}
                yield {"algorithm": algorithm.name, "form": form, **about}, about_all, vector
