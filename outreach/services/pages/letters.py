"""The page of letters: for a title whom to write to, and how far each letter is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outreach.services.drafting.drafts import LetterText, list_templates
from outreach.services.drafting.waiting import KINDS, waiting
from outreach.services.letters.templates import LetterKind
from outreach.services.pages.people import PersonLine, people_lines
from outreach.services.people.asking import not_yet
from outreach.store.among import among
from outreach.store.database import Store
from outreach.store.models import EmailAddress, Item, Letter

#: Letters that somebody approved: they wait, are on their way, or went.
KEPT = ("approved", "queued", "sent")
#: The template that is offered first of its kind.
_FIRST = "first-pitch"


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
        gift_id: The gift, or None where it is a post or an answer that is written about.
        letter_id: The letter that is kept, or None.
        state: The letter's state, empty where none is kept.
        opening: The personal line of the letter that is kept.
        approved: The letter as it was approved, or None.
        post_id: The post that is written about, or None.
    """

    id: int
    person: PersonLine
    email: str
    gift_id: int | None
    why: str
    letter_id: int | None
    state: str
    opening: str
    approved: LetterText | None
    post_id: int | None = None


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template as it is written."""

    name: str
    label: str
    kind: LetterKind
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class MergePage:
    """What the merge shows.

    Attributes:
        template: The name of the one that is looked at.
        kind: Its kind.
        titles: Those that letters of this kind wait for, and the one that is looked at.
        item_id: That one, -1 where there is none.
    """

    templates: list[TemplateLine]
    template: str
    kind: LetterKind
    titles: list[LetterTitle]
    item_id: int
    people: list[Recipient]


def merge_page(store: Store, template: str, item_id: int) -> MergePage:
    """The merge by one template about one title; where none is named, the first that somebody waits for.

    Args:
        store: The open workspace.
        template: The name of a template, empty for whichever has anything to write.
        item_id: A title, -1 for the one that most letters wait for.
    """
    templates = template_lines()
    line = next((each for each in templates if each.name == template), None)
    kinds = dict.fromkeys(each.kind for each in templates)
    kind = line.kind if line is not None else next((each for each in kinds if waiting(store, each)), LetterKind.PITCH)
    line = line or next((each for each in templates if each.kind is kind), None)
    titles = letter_titles(store, kind)
    known = [each.item_id for each in titles]
    if item_id > 0 and item_id not in known and kind is not LetterKind.PITCH:
        item_id = next(iter(known), item_id)
        titles = titles or _as_titles({item_id: 0})
    item = item_id if item_id > 0 else next(iter(known), -1)
    people = recipients(store, item, kind) if item > 0 else []
    return MergePage(templates, line.name if line else "", kind, titles, item, people)


def template_lines() -> list[TemplateLine]:
    """The newest version of each template by which many are written to, in the order of their kinds."""
    kinds = list(KINDS)
    found = [TemplateLine(each.name, each.label, LetterKind(each.kind), each.subject, each.body)
             for each in list_templates() if each.kind in kinds]  # fmt: skip
    return sorted(found, key=lambda each: (kinds.index(each.kind), each.name != _FIRST, each.name))


def letter_titles(store: Store, kind: LetterKind = LetterKind.PITCH) -> list[LetterTitle]:
    """Titles that letters of a kind are to be written about, those with the most of them first."""
    return _as_titles(Counter(each.item_id for each in waiting(store, kind)))


def _as_titles(numbers: Mapping[int, int]) -> list[LetterTitle]:
    rows = Item.select(Item.id, Item.title, Item.author, Item.kind).where(Item.id.in_(among(numbers)))
    found = [LetterTitle(item, title, author, kind == "book", numbers[item])
             for item, title, author, kind in rows.tuples()]  # fmt: skip
    return sorted(found, key=lambda each: (-each.waiting, each.item_id))


def recipients(store: Store, item_id: int, kind: LetterKind = LetterKind.PITCH) -> list[Recipient]:
    """Who waits for a kind of letter about a title, in the order in which it came about."""
    rows = waiting(store, kind, item_id)
    ids = [row.person_id for row in rows]
    people = people_lines(store, ids)
    later = not_yet(store, ids)
    emails = dict(
        EmailAddress.select(EmailAddress.person, EmailAddress.address)
        .where(EmailAddress.person.in_(among(ids)))
        .order_by(EmailAddress.position.desc())
        .tuples()
    )
    same = (Letter.item == item_id) & (Letter.kind == kind.value) & Letter.person.in_(among(ids))
    if kind is not LetterKind.PITCH:
        same &= Letter.state != "sent"  # that was an earlier one
    letters = {row.person_id: row for row in Letter.select().where(same).order_by(Letter.id)}
    found = []
    for row in rows:
        person, letter = row.person_id, letters.get(row.person_id)
        is_kept = letter is not None and letter.state in KEPT and not people[person].suppressed and person not in later
        found.append(
            Recipient(
                id=person,
                person=people[person],
                email=emails.get(person, ""),
                gift_id=row.gift_id,
                why=row.why,
                letter_id=letter.id if letter else None,
                state=letter.state if letter else "",
                opening=(letter.opening if letter else "") or row.opening,
                approved=_as_approved(letter) if letter is not None and is_kept else None,
                post_id=row.post_id,
            )
        )
    return found


def _as_approved(letter: Letter) -> LetterText:
    return LetterText(letter.person_id, letter.to_name, letter.to_address, letter.subject, "", "", letter.body)


def approved_letters(item_id: int, people: Sequence[int], kind: LetterKind = LetterKind.PITCH) -> list[int]:
    """The approved letters of a kind about a title to some people."""
    query = Letter.select(Letter.id).where(
        (Letter.item == item_id)
        & (Letter.kind == kind.value)
        & (Letter.state == "approved")
        & Letter.person.in_(among(people))
    )
    return [row.id for row in query.order_by(Letter.id)]
