"""Two templates compared: how many of the people written to by each answered, and how sure that is."""

from dataclasses import dataclass

from outreach.services.drafting.templates import twin_name
from outreach.services.review.rates import wilson
from outreach.store.models import Letter, LetterTemplate, Reply

#: Of fewer letters nothing can be said.
LEAST = 5


@dataclass(frozen=True, slots=True)
class Answered:
    """How often a template was answered.

    Attributes:
        name: The template's.
        sent: How many letters went by it.
        answered: How many of them were answered by a person.
        likely: The range in which its share of answers lies with 95 % (Wilson), as shares of 1; None where there are
            too few letters to say.
    """

    name: str
    sent: int
    answered: int
    likely: tuple[float, float] | None


def compared(name: str) -> list[Answered]:
    """A template and its twin, by all letters that ever went by any version of either."""
    return [_answered(each) for each in (name, twin_name(name))]


def _answered(name: str) -> Answered:
    versions = LetterTemplate.select(LetterTemplate.id).where(LetterTemplate.name == name)
    gone = Letter.select(Letter.id).where((Letter.state == "sent") & Letter.template.in_(versions))
    heard = Reply.select(Reply.letter).where((Reply.is_automatic == 0) & Reply.letter.in_(gone)).distinct()
    sent, answered = int(gone.count()), int(heard.count())
    return Answered(name, sent, answered, wilson(answered, sent) if sent >= LEAST else None)
