"""Letters in words where they leave the mail: on paper, and as the files that go with them."""

from outreach.errors import KnownError
from outreach.services.drafting.on_paper import LetterPaper, PrintedLetter
from outreach.services.drafting.orders import Problem
from outreach.services.drafting.senders import Sender
from outreach.services.people.postal import address_lines
from outreach.wording.sentences import SENTENCES
from outreach.wording.words import Words


def why_none(words: Words, problem: Problem, *, window: bool = False) -> str:
    """Why there can be no letter to somebody; in a window no command is named."""
    if problem.code in SENTENCES:
        return words.say(problem.code, **problem.facts)
    why = words.trouble(KnownError(problem.code, **problem.facts), window=window)
    return words.say("letters.problem", person=problem.name, why=why)


def letter_paper(words: Words, letter: PrintedLetter, me: Sender, today: str) -> LetterPaper:
    """A letter as it stands on paper.

    Args:
        words: The language.
        letter: Its words.
        me: Who writes.
        today: The ISO day that stands on it where it has none of its own.
    """
    paragraphs = [part.split("\n") for part in letter.text.strip("\n").split("\n\n")]
    house = me.organisation or me.name
    # The rule above the opt-out is a line of a screen; paper keeps the words below it.
    return LetterPaper(
        sender=[house, *me.postal_address.splitlines(), me.email],
        address=address_lines(letter.address, me.country),
        day=words.day(letter.day or today),
        paragraphs=[part for part in paragraphs if part != ["---"]],
    )
