"""What a person's audience is made of, part by part, with source and day; for context, never to rank anyone."""

from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean
from outreach.services.people.fields import whole_day
from outreach.services.people.kinds import audience_fields
from outreach.store.database import Store
from outreach.store.models import AudienceShare, Person

_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Share:
    """A part of an audience.

    Attributes:
        share: In percent, None where only that there are some is known.
        is_sensitive: It is kept in her own words only, and left out of exports.
        self_described: Those words.
    """

    id: int
    field: str
    value: str
    share: float | None
    source: str
    day: str
    is_sensitive: bool
    self_described: str


def audience_of(person_id: int, *, sensitive: bool = True) -> tuple[Share, ...]:
    """What is known of a person's audience, the newest of each field first.

    Args:
        person_id: Whose.
        sensitive: Whether what is sensitive is told too; exports leave it out.
    """
    rows = AudienceShare.select().where(AudienceShare.person == person_id)
    if not sensitive:
        rows = rows.where(AudienceShare.is_sensitive == 0)
    return tuple(
        Share(row.id, row.field, row.value, row.share, row.source, row.noted_on, bool(row.is_sensitive),
              row.self_described)
        for row in rows.order_by(AudienceShare.field, AudienceShare.noted_on.desc(), AudienceShare.id)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewShare:
    """A part of an audience to note.

    Attributes:
        field: One of those in ``resources/people.toml``.
        value: Such as ``18 to 24``.
        share: In percent, or empty.
        source: Who says so.
        on: The day it was read; today where it is empty.
        self_described: For a sensitive field her own words, without which nothing is kept.
    """

    field: str
    value: str
    share: str = ""
    source: str = ""
    on: str = ""
    self_described: str = ""


def add_share(store: Store, person_id: int, new: NewShare) -> tuple[int, Changes]:
    """Note a part of a person's audience.

    Raises:
        KnownError: ``audience.unknown_field``, ``audience.empty``, ``audience.bad_share``,
            ``audience.not_self_described``, ``people.no_day``.
    """
    name, told = clean(new.field), clean(new.value)
    if name not in audience_fields():
        raise KnownError("audience.unknown_field", value=name, known=", ".join(audience_fields()))
    if not told:
        raise KnownError("audience.empty")
    sensitive, own = audience_fields()[name], clean(new.self_described)
    if sensitive and not own:
        raise KnownError("audience.not_self_described", field=name)
    day = whole_day(new.on) or store.today().isoformat()
    with store.operation(Op.EDIT_PERSON) as written:
        made = AudienceShare.create(
            person=person_id, field=name, value=told, share=_percent(new.share), source=clean(new.source), noted_on=day,
            is_sensitive=int(sensitive), self_described=own,
        )  # fmt: skip
        Person.update(updated_at=store.now()).where(Person.id == person_id).execute()
    return made.id, written.changes


def remove_share(store: Store, share_id: int) -> Changes:
    """Take a part away."""
    with store.operation(Op.EDIT_PERSON) as written:
        AudienceShare.delete().where(AudienceShare.id == share_id).execute()
    return written.changes


def _percent(text: str) -> float | None:
    number = text.strip().rstrip("%").strip().replace(",", ".")
    if not number:
        return None
    try:
        share = float(number)
    except ValueError:
        share = -1.0
    if not 0 <= share <= _WHOLE:
        raise KnownError("audience.bad_share", value=text)
    return share
