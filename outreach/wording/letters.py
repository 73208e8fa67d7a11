"""Letters in words where they leave the mail: on paper, and as the files that go with them."""

from outreach.services.letters_on_paper import LetterPaper, PrintedLetter
from outreach.services.postal import address_lines
from outreach.services.senders import Sender
from outreach.wording.words import Words


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
