"""Questions about a configuration, answered by schemas that never claim too much.

Where no schema can answer, both answers are cut down rather than guessed: ``yes`` accepts only configurations for
which the answer is yes, ``no`` only those for which it is no, and ``lost`` says what neither can tell apart.
"""

from typing import NamedTuple

from knobsmith.targets.jsonschema.schemas import Schema, all_of, any_of


class Question(NamedTuple):
    """A question with two schemas; where nothing is lost, each accepts exactly what the other refuses."""

    yes: Schema
    no: Schema
    lost: tuple[str, ...] = ()

    @property
    def can_be_yes(self) -> bool:
        """Whether the answer is yes for some configuration, as far as is known."""
        return self.yes is not False or bool(self.lost)

    def opposite(self) -> "Question":
        """The question whose answer is yes where this one's is no."""
        return Question(self.no, self.yes, self.lost)


YES = Question(True, False)
NO = Question(False, True)


def both(*questions: Question) -> Question:
    """Whether all answers are yes."""
    if any(question == NO for question in questions):
        return NO
    yes = all_of(*(question.yes for question in questions))
    no = any_of(*(question.no for question in questions))
    return Question(yes, no, _losses(questions))


def either(*questions: Question) -> Question:
    """Whether some answer is yes."""
    return both(*(question.opposite() for question in questions)).opposite()


def _losses(questions: tuple[Question, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason for question in questions for reason in question.lost))
