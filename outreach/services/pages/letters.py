"""The page of letters: for a title whom to write to, and how far each letter is."""

from collections.abc import Sequence
from dataclasses import dataclass

from peewee import fn

from outreach.services.asking import not_yet
from outreach.services.drafting import PITCH, LetterText, list_templates
from outreach.services.gifts import GiftState
from outreach.services.pages.people import PersonLine, people_lines
from outreach.store.database import Store
from outreach.store.models import EmailAddress, Gift, Item, Letter

#: Letters that somebody approved: they wait, are on their way, or went.
KEPT = ("approved", "queued", "sent")


@dataclass(frozen=True, slots=True)
class LetterTitle:
    """A title that letters are to be written about, and how many of them."""

    item_id: int
    title: str
    author: str
    is_book: bool
    waiting: int


@dataclass(frozen=True, slots=True)
class Recipient:
    """Someone who is to be written to about a title.

    Attributes:
        id: Her id.
        gift_id: The planned gift.
        letter_id: The letter that is kept, or None.
        state: The letter's state, empty where none is kept.
        opening: The personal line of the letter that is kept.
        approved: The letter as it was approved, or None.
    """

    id: int
    person: PersonLine
    email: str
    gift_id: int
    why: str
    letter_id: int | None
    state: str
    opening: str
    approved: LetterText | None


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template as it is written."""

    name: str
    label: str
    subject: str
    body: str


def template_lines() -> list[TemplateLine]:
    """The newest version of each template of a pitch."""
    templates = [each for each in list_templates() if each.kind == PITCH]
    return [TemplateLine(each.name, each.label, each.subject, each.body) for each in templates]


def letter_titles() -> list[LetterTitle]:
    """Titles with planned gifts, those with the most of them first."""
    waiting = fn.count(Gift.id)
    query = (
        Gift.select(Item.id, Item.title, Item.author, Item.kind, waiting)
        .join(Item)
        .where((Gift.state == GiftState.CHOSEN) & Gift.person.is_null(False))
        .group_by(Item.id)
        .order_by(waiting.desc(), Item.id)
    )
    return [LetterTitle(row[0], row[1], row[2], row[3] == "book", row[4]) for row in query.tuples()]


def recipients(store: Store, item_id: int) -> list[Recipient]:
    """Whom a title was planned for and who has not been pitched it yet, in the order in which they were chosen."""
    gifts = list(
        Gift.select()
        .where((Gift.item == item_id) & (Gift.state == GiftState.CHOSEN) & Gift.person.is_null(False))
        .order_by(Gift.id)
    )
    ids = [gift.person_id for gift in gifts]
    people = people_lines(store, ids)
    later = not_yet(store, ids)
    emails = dict(
        EmailAddress.select(EmailAddress.person, EmailAddress.address)
        .where(EmailAddress.person.in_(ids))
        .order_by(EmailAddress.position.desc())
        .tuples()
    )
    letters = {
        row.person_id: row
        for row in Letter.select().where(
            (Letter.item == item_id) & (Letter.kind == PITCH) & Letter.person.in_(ids)
        )
    }  # fmt: skip
    found = []
    for gift in gifts:
        letter = letters.get(gift.person_id)
        found.append(
            Recipient(
                id=gift.person_id,
                person=people[gift.person_id],
                email=emails.get(gift.person_id, ""),
                gift_id=gift.id,
                why=gift.why,
                letter_id=letter.id if letter else None,
                state=letter.state if letter else "",
                opening=letter.opening if letter else "",
                approved=(
                    _as_approved(letter)
                    if letter
                    and letter.state in KEPT
                    and not people[gift.person_id].suppressed
                    and gift.person_id not in later
                    else None
                ),
            )
        )
    return found


def _as_approved(letter: Letter) -> LetterText:
    return LetterText(letter.person_id, letter.to_name, letter.to_address, letter.subject, "", "", letter.body)


def approved_letters(item_id: int, people: Sequence[int]) -> list[int]:
    """The approved pitches of a title to some people."""
    query = Letter.select(Letter.id).where(
        (Letter.item == item_id)
        & (Letter.kind == PITCH)
        & (Letter.state == "approved")
        & Letter.person.in_(list(people))
    )
    return [row.id for row in query.order_by(Letter.id)]
