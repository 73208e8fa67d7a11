"""All that happened between a person and us, over the years, newest first."""

from dataclasses import dataclass

from outreach.services.gifts.gifts import GiftState, OutcomeKind, Stage, stages
from outreach.store.database import Store
from outreach.store.models import (
    Bounce,
    Club,
    ClubMember,
    Event,
    Gift,
    GiftStep,
    Item,
    JoinRequest,
    Letter,
    Outcome,
    Person,
    PersonDocument,
    PersonNote,
    Post,
    Programme,
    ProgrammeMember,
    Reply,
    Shipment,
    ShipmentGift,
)

#: What a post or a club says already.
_TOLD = (OutcomeKind.POSTED.value, "club_started")


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened.

    Attributes:
        mark: A stage for a step of a gift or a post, else ``club``, ``letter``, ``parcel``, ``outcome``, ``note``,
            ``document``, ``reply``, ``bounce``, ``joined`` or ``asked_in`` for a club of somebody else, ``event``,
            ``introduced`` for whom she introduced, ``introduced_by`` for who introduced her, or ``programme``.
        subject: The title, the name of a club, an event, a programme or a person, the letter's subject, the words of a
            note.
        detail: A kind of note, document or outcome; a letter's state; a parcel's carrier; what an
            answer means; ``invited``, ``joined`` or ``alumni`` of a programme.
    """

    mark: str
    subject: str
    is_title: bool
    day: str
    detail: str = ""


def timeline(store: Store, person_id: int) -> list[TimelineEntry]:
    """What happened, newest first; of one day what was noted later stands first."""
    entries: list[TimelineEntry] = []
    gifts = list(Gift.select(Gift, Item).join(Item).where(Gift.person == person_id))
    titles = {gift.id: gift.item.title for gift in gifts}
    noted: set[tuple[int, str]] = set()
    for step in GiftStep.select().where(GiftStep.gift.in_(list(titles))).order_by(GiftStep.id):
        mark = Stage.QUIET.value if step.state == GiftState.CLOSED_QUIET else step.state
        entries.append(TimelineEntry(mark, titles[step.gift_id], True, step.happened_on))
        noted.add((step.gift_id, step.state))
    shown = stages(store, gifts)
    # That nothing more came is the last thing to tell of a gift, on the day it arrived.
    entries += [
        TimelineEntry(shown[gift.id].value, gift.item.title, True, gift.delivered_on)
        for gift in gifts
        if shown[gift.id] in (Stage.QUIET, Stage.READING)
        and gift.delivered_on
        and (gift.id, GiftState.CLOSED_QUIET.value) not in noted
    ]
    entries += _parcels(person_id, noted)
    entries += _outcomes(person_id)
    for post in Post.select(Post, Item).left_outer_join(Item).where(Post.person == person_id).order_by(Post.id):
        title = post.item.title if post.item_id else ""
        entries.append(TimelineEntry(OutcomeKind.POSTED.value, title, True, post.posted_on))
    entries += [
        TimelineEntry("club", club.name, False, club.started_on)
        for club in Club.select().where(Club.host == person_id).order_by(Club.id)
    ]
    entries += _in_company(person_id)
    entries += _written(person_id)
    entries += _came_back(person_id)
    return [entry for _, entry in sorted(enumerate(entries), key=lambda each: (each[1].day, each[0]), reverse=True)]


def _parcels(person_id: int, told: set[tuple[int, str]]) -> list[TimelineEntry]:
    """Parcels that no step of a gift tells of already, and those that came back."""
    rows = (
        Shipment.select(Shipment.id, Shipment.state, Shipment.sent_on, Shipment.delivered_on, Shipment.carrier,
                        ShipmentGift.gift)
        .join(ShipmentGift)
        .where((Shipment.person == person_id) & Shipment.sent_on.is_null(False))
    )  # fmt: skip
    found: dict[int, TimelineEntry] = {}
    for parcel, state, day, _, carrier, gift in rows.tuples():
        if state in ("returned", "lost") or (gift, "sent") not in told:
            found.setdefault(parcel, TimelineEntry("parcel", carrier, False, day, state))
    return list(found.values())


def _outcomes(person_id: int) -> list[TimelineEntry]:
    rows = (
        Outcome.select(Outcome.kind, Outcome.happened_on, Item.title)
        .left_outer_join(Gift, on=(Outcome.gift == Gift.id))
        .left_outer_join(Item, on=(Gift.item == Item.id))
        .where((Outcome.person == person_id) & Outcome.kind.not_in(_TOLD))
        .order_by(Outcome.id)
    )
    return [TimelineEntry("outcome", title or "", True, day, kind) for kind, day, title in rows.tuples()]


def _in_company(person_id: int) -> list[TimelineEntry]:
    """With others: clubs that she joined or asked to join, events, introductions, programmes."""
    joined = ClubMember.select(Club.name, ClubMember.joined_on).join(Club).where(ClubMember.person == person_id)
    asked = JoinRequest.select(Club.name, JoinRequest.asked_on).join(Club).where(JoinRequest.person == person_id)
    events = Event.select(Event.name, Event.starts_at).where((Event.person == person_id) & (Event.state != "cancelled"))
    introduced = Person.select(Person.name, Person.introduced_on).where(
        (Person.introduced_by == person_id) & Person.introduced_on.is_null(False)
    )
    by = Person.alias()
    came_by = (
        Person.select(by.name, Person.introduced_on)
        .join(by, on=(Person.introduced_by == by.id))
        .where((Person.id == person_id) & Person.introduced_on.is_null(False))
    )
    named = (("joined", joined), ("asked_in", asked), ("event", events), ("introduced", introduced),
             ("introduced_by", came_by))  # fmt: skip
    found = [TimelineEntry(mark, name, False, day[:10]) for mark, query in named for name, day in query.tuples()]
    states = (("invited", ProgrammeMember.invited_on), ("joined", ProgrammeMember.joined_on),
              ("alumni", ProgrammeMember.alumni_on))  # fmt: skip
    member = ProgrammeMember.select(Programme.name, *(day for _, day in states)).join(Programme)
    for name, *days in member.where(ProgrammeMember.person == person_id).tuples():
        found += [TimelineEntry("programme", name, False, day, state)
                  for (state, _), day in zip(states, days, strict=True) if day]  # fmt: skip
    return found


def _written(person_id: int) -> list[TimelineEntry]:
    """Letters, notes and documents."""
    letters = Letter.select(Letter.state, Letter.subject, Letter.sent_at, Letter.drafted_at)
    notes = PersonNote.select().where(PersonNote.person == person_id).order_by(PersonNote.id)
    documents = PersonDocument.select().where(PersonDocument.person == person_id).order_by(PersonDocument.id)
    return [
        *(
            TimelineEntry("letter", each.subject, False, (each.sent_at or each.drafted_at)[:10], each.state)
            for each in letters.where(Letter.person == person_id).order_by(Letter.id)
        ),
        *(TimelineEntry("note", each.text, False, each.happened_on, each.kind) for each in notes),
        *(TimelineEntry("document", each.name, False, each.given_on, each.kind) for each in documents),
    ]


def _came_back(person_id: int) -> list[TimelineEntry]:
    """Her answers, and letters that did not reach her."""
    answers = Reply.select(Reply.text, Reply.received_at, Reply.outcome).order_by(Reply.id)
    back = Bounce.select(Bounce.address, Bounce.received_at).where(
        (Bounce.person == person_id) & (Bounce.kind == "hard")
    )
    return [
        *(
            TimelineEntry("reply", " ".join(text.split())[:80], False, at[:10], outcome)
            for text, at, outcome in answers.where((Reply.person == person_id) & (Reply.is_automatic == 0)).tuples()
        ),
        *(TimelineEntry("bounce", address, False, at[:10]) for address, at in back.tuples()),
    ]
