"""Writing the ledger by hand, and noting evidence from elsewhere."""

from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.text import clean, clean_lines, fold
from outreach.fields.web import parse_web_address
from outreach.services.catalogue.genres import load_genres
from outreach.services.people.people import Polarity, Side, TasteKind
from outreach.store.database import Store
from outreach.store.models import Outcome, Post, TasteEvidence, TasteNote

#: What a taste is worth when nothing else is said: liked, and liked a lot.
USUAL = 0.7


@dataclass(frozen=True, slots=True)
class NewTaste:
    """A taste as it is stated.

    Attributes:
        strength: 0 to 1.
        text: Her words, or what it was seen in; kept as evidence.
        url: Where.
        seen_on: When; today where it is empty.
    """

    kind: TasteKind
    subject: str
    polarity: Polarity = Polarity.LIKE
    side: Side = Side.OWN
    strength: float = USUAL
    text: str = ""
    url: str = ""
    seen_on: str = ""
    how: str = "remark"


def note_taste(store: Store, person_id: int, new: NewTaste) -> tuple[int, Changes]:
    """State a taste; one that is there already gets the new strength and one more piece of evidence.

    A taste has one direction: what was liked until now and is said never to be read is a limit from then on.

    Raises:
        KnownError: ``tastes.no_subject``, ``tastes.unknown_genre``, ``tastes.bad_day``, ``tastes.bad_url``.
    """
    subject, key = subject_of(new.kind, new.subject)
    day = _day(store, new.seen_on)
    url = _url(new.url)
    with store.operation(Op.NOTE_TASTE) as written:
        same = _same(person_id, new.side, new.kind, key)
        if same is None:
            note = _create(store, person_id, new.side, new.polarity, (new.kind, subject, key), new.strength)
        else:
            note = int(same.id)
            _only_one(same)
            TasteNote.update(
                polarity=new.polarity.value, strength=new.strength, noted_on=store.today().isoformat(), by=store.by
            ).where(TasteNote.id == note).execute()
        if new.text or url:
            TasteEvidence.create(taste_note=note, kind=new.how, text=clean_lines(new.text), url=url, seen_on=day)
    return note, written.changes


def revise_taste(  # noqa: PLR0913 - all of one revision
    store: Store, note_id: int, polarity: Polarity, strength: float, *, text: str = "", how: str = "remark",
    url: str = "", seen_on: str = "",
) -> Changes:  # fmt: skip
    """Change a taste and put one more piece of evidence behind it, as one step of undo.

    Raises:
        KnownError: ``tastes.gone``, ``tastes.bad_day``, ``tastes.bad_url``.
    """
    note = _existing(note_id)
    day, address, words = _day(store, seen_on), _url(url), clean_lines(text)
    with store.operation(Op.NOTE_TASTE) as written:
        if (note.polarity, note.strength) != (polarity.value, strength):
            _only_one(note)
            TasteNote.update(
                polarity=polarity.value, strength=strength, noted_on=store.today().isoformat(), by=store.by
            ).where(TasteNote.id == note_id).execute()
        if words or address:
            TasteEvidence.create(taste_note=note_id, kind=how, text=words, url=address, seen_on=day)
    return written.changes


def remove_taste(store: Store, note_id: int) -> Changes:
    """Take a taste off the ledger, with its evidence; undo brings both back.

    Raises:
        KnownError: ``tastes.gone``.
    """
    _existing(note_id)
    with store.operation(Op.REMOVE_TASTE) as written:
        TasteNote.delete().where(TasteNote.id == note_id).execute()
    return written.changes


def witness(  # noqa: PLR0913 - all of one piece of evidence
    store: Store, person_id: int, about: tuple[TasteKind, str, str], *, polarity: Polarity, how: str, text: str,
    on: str, strength: float, post: Post | int | None = None, outcome: Outcome | int | None = None, url: str = "",
    side: Side = Side.OWN,
) -> int | None:  # fmt: skip
    """Note evidence inside the caller's operation, making the taste where there is none; the taste's id is returned.

    `about` is the kind, the subject as it is shown, and its key. What somebody stated is not turned round by it:
    evidence against a taste of hers goes nowhere, and None is returned.
    """
    note = _same(person_id, side, about[0], about[2])
    if note is not None and note.polarity != polarity:
        return None
    row = int(note.id) if note else _create(store, person_id, side, polarity, about, strength)
    TasteEvidence.create(
        taste_note=row, kind=how, text=clean_lines(text), url=url, seen_on=on, post=post, outcome=outcome
    )
    return row


def subject_of(kind: TasteKind, text: str) -> tuple[str, str]:
    """What a taste is about, as it is shown and as it is compared.

    Raises:
        KnownError: ``tastes.no_subject``, ``tastes.unknown_genre``.
    """
    shown = clean(text)
    if not shown:
        raise KnownError("tastes.no_subject")
    if kind is not TasteKind.GENRE:
        return shown, fold(shown)
    genres = load_genres()
    genre = genres.of_word(shown) or genres.by_code.get(shown)
    if genre is None:
        raise KnownError("tastes.unknown_genre", word=shown)
    return genre.name, genre.code


def _create(
    store: Store, person_id: int, side: Side, polarity: Polarity, about: tuple[TasteKind, str, str], strength: float
) -> int:
    kind, subject, key = about
    made = TasteNote.create(
        person=person_id, side=side.value, polarity=polarity.value, kind=kind.value, subject=subject, key=key,
        strength=min(1.0, max(0.1, strength)), noted_on=store.today().isoformat(), by=store.by,
    )  # fmt: skip
    return int(made.id)


def _same(person_id: int, side: Side, kind: TasteKind, key: str) -> TasteNote | None:
    mine = (TasteNote.person == person_id) & (TasteNote.side == side.value)
    found = TasteNote.select().where(mine & (TasteNote.kind == kind.value) & (TasteNote.key == key))
    # Lists may have brought both directions of one taste; the strictest of them is the one that is meant.
    order = {Polarity.LIMIT.value: 0, Polarity.DISLIKE.value: 1}
    return min(found, key=lambda note: order.get(note.polarity, 2), default=None)


def _only_one(note: TasteNote) -> None:
    """Whatever else is noted of the same subject becomes part of this note, which may then turn any way."""
    same = (TasteNote.person == note.person_id) & (TasteNote.side == note.side) & (TasteNote.kind == note.kind)
    others = TasteNote.select(TasteNote.id).where(same & (TasteNote.key == note.key) & (TasteNote.id != note.id))
    for other in [row.id for row in others]:
        TasteEvidence.update(taste_note=note.id).where(TasteEvidence.taste_note == other).execute()
        TasteNote.delete().where(TasteNote.id == other).execute()


def _existing(note_id: int) -> TasteNote:
    found: TasteNote | None = TasteNote.get_or_none(TasteNote.id == note_id)
    if found is None:
        raise KnownError("tastes.gone")
    return found


def _day(store: Store, text: str) -> str:
    if not clean(text):
        return store.today().isoformat()
    day = parse_day(clean(text))
    if day is None or day[:10] > store.today().isoformat():
        raise KnownError("tastes.bad_day", value=clean(text)[:40])
    return day


def _url(text: str) -> str:
    if not clean(text):
        return ""
    address = parse_web_address(clean(text))
    if address is None:
        raise KnownError("tastes.bad_url", value=clean(text)[:120])
    return address.text()
