"""What is kept of a person beside her name and address, gathered for a row of a table or a card."""

from collections.abc import Iterable, Iterator

from outreach.services.addresses import PARTS
from outreach.services.audience import audience_of
from outreach.services.consent import FIELDS
from outreach.services.person_cells import BY_LIST, CELLS, line_of
from outreach.services.person_record import PersonRecord, record_of
from outreach.services.suppressions import suppressed_people
from outreach.store.database import Store
from outreach.store.models import Account, EmailAddress, Person, Suppression, TasteEvidence, TasteNote

_COLUMNS = (
    "pronouns", "time_zone", "guardian", "guardian_contact", "representative", "representative_email", "owner",
    "away_until", "away_note", "expertise", "repute", "relation", "how_known", "archived_on", "kept_on",
)  # fmt: skip
_YES_NO = {True: "yes", False: "no", None: ""}


def cells_of(store: Store, person_id: int) -> dict[str, str]:
    """The cells of `CELLS` of a person, in their order; what is sensitive in her audience is left out."""
    person = Person.get_by_id(person_id)
    record = record_of(store, person_id)
    consent = {f"consent.{name}": getattr(record.consent, name) for name in FIELDS}
    consent["consent.no_pitch"] = _YES_NO[record.consent.no_pitch]
    found = {
        **{name: getattr(person, name) or "" for name in _COLUMNS},
        **consent,
        **_several(record, person_id),
        **_places(record),
        "is_adult": _YES_NO[None if person.is_adult is None else bool(person.is_adult)],
        "introduced_by": _told(record.introduced_by[0]) if record.introduced_by else "",
        "other_roles": ", ".join(role for role in record.roles if role != person.role),
        "taste_evidence": "\n".join(_evidence(person_id)),
        "stopped_on": person.objected_on or _marked_on(store, person_id),
    }
    return {target: found[target] for target, _ in CELLS}


def _several(record: PersonRecord, person_id: int) -> dict[str, str]:
    """What there may be several of, the oldest first, so that it comes in again in the order in which it was noted."""
    accounts = [(f"{each.platform}:{each.handle}", each) for each in record.accounts]
    shares = audience_of(person_id, sensitive=False)
    return {
        "former_handles": _lines((name, alias) for name, each in accounts for alias in each.aliases),
        "audience_readings": _lines(
            (name, read.day, read.followers, read.source) for name, each in accounts for read in reversed(each.readings)
        ),
        "person_notes": _lines((each.day, each.kind, each.by, each.text) for each in reversed(record.notes)),
        "documents": _lines(
            (each.day, each.kind, each.name, each.url, each.by, each.note) for each in reversed(record.documents)
        ),
        "audience_shares": _lines(
            (each.field, each.value, "" if each.share is None else each.share, each.source, each.day) for each in shares
        ),
        "aesthetics": "\n".join(record.aesthetics),
        "moods": "\n".join(record.moods),
        "rosters": "\n".join(record.rosters),
    }


def _places(record: PersonRecord) -> dict[str, str]:
    now = next((each for each in record.places if each.is_current), None)
    older = [each for each in reversed(record.places) if each is not now]
    return {
        "address_since": now.since if now else "",
        "address_confirmed": now.confirmed_on if now else "",
        "older_addresses": _lines(
            (*(each.parts[name] for name in PARTS), each.since, each.until, each.confirmed_on) for each in older
        ),
    }


def _evidence(person_id: int) -> Iterator[str]:
    """A line for each piece of evidence, and one for each taste that has none."""
    notes = list(TasteNote.select().where(TasteNote.person == person_id).order_by(TasteNote.id))
    rows: dict[int, list[TasteEvidence]] = {note.id: [] for note in notes}
    for row in TasteEvidence.select().where(TasteEvidence.taste_note.in_(list(rows))).order_by(TasteEvidence.id):
        rows[row.taste_note_id].append(row)
    for note in notes:
        told = (note.side, note.polarity, note.kind, note.key, note.strength, note.noted_on or "")
        for row in rows[note.id]:
            rating = "" if row.rating is None else row.rating
            yield line_of((*told, row.kind, row.seen_on or "", row.url, rating, row.text))
        if not rows[note.id]:
            yield line_of(told)


def _told(person_id: int) -> str:
    """By what somebody is found again in another workspace: an e-mail address, an account, else the name."""
    email = EmailAddress.get_or_none((EmailAddress.person == person_id) & (EmailAddress.position == 0))
    if email is not None:
        return str(email.address)
    account = Account.get_or_none((Account.person == person_id) & (Account.platform != ""))
    return f"@{account.handle}" if account is not None else str(Person.get_by_id(person_id).name)


def _marked_on(store: Store, person_id: int) -> str:
    """Since when one is not written to who never said so to us: by a list of those who unsubscribed."""
    if person_id not in suppressed_people(store, [person_id]):
        return ""
    emails = EmailAddress.select(EmailAddress.key).where(EmailAddress.person == person_id)
    accounts = Account.select(Account.key).where(Account.person == person_id)
    marks = Suppression.select().where(Suppression.shown.in_(emails) | Suppression.shown.in_(accounts))
    first = marks.order_by(Suppression.since_on).first()
    return f"{(first.since_on if first else None) or store.today().isoformat()} {BY_LIST}"


def _lines(rows: Iterable[Iterable[object]]) -> str:
    return "\n".join(line_of(row) for row in rows)
