"""Letters to be printed: the words as they were written, and the address that stands above them."""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.services.letters.parts import text_of
from outreach.services.people.addresses import current_address
from outreach.services.people.postal import PostalAddress
from outreach.store.models import Letter, Person


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """A letter for paper.

    Attributes:
        address: Where the post takes it; only her name where no address is known.
        day: The ISO day that stands on it; empty for today.
    """

    to_name: str
    address: PostalAddress
    day: str
    text: str


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """The words of a letter on paper.

    Attributes:
        sender: The house and its address, a line each.
        address: To whom, a line each.
        day: As it is written.
        paragraphs: Its words; a paragraph may have lines.
    """

    sender: Sequence[str]
    address: Sequence[str]
    day: str
    paragraphs: Sequence[Sequence[str]]


def printed(person_id: int, markdown: str, day: str = "") -> PrintedLetter:
    """A letter as it is just being read."""
    person, found = Person.get_by_id(person_id), current_address(person_id)
    names = ("line1", "line2", "city", "region", "postcode", "country")
    place = {name: str(getattr(found, name) or "") for name in names} if found else {}
    to = (found.deliver_to if found else "") or person.name
    address = PostalAddress(deliver_to=to, organisation=person.organisation if found else "", **place)
    return PrintedLetter(person.name, address, day, text_of(markdown))


def printed_letters(letters: Sequence[int]) -> list[PrintedLetter]:
    """Letters that are kept, in the order of their making."""
    rows = Letter.select().where(Letter.id.in_(list(letters))).order_by(Letter.id)
    return [printed(row.person_id, row.body, (row.sent_at or row.approved_at or row.drafted_at)[:10]) for row in rows]
