"""Reading the ledger: each taste with what it rests on, how sure it is, and how it was liked."""

from dataclasses import dataclass
from datetime import date

from outreach.services.people.people import Polarity, Side
from outreach.services.tastes.fading import Confidence, taste_rules
from outreach.services.tastes.readings import Book, Count, author_counts, books_of, genre_counts, mood_counts
from outreach.store.database import Store
from outreach.store.models import Item, Outcome, Post, TasteEvidence, TasteNote


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence behind a taste.

    Attributes:
        about: The title of the post or the gift it came with.
        left: What is left of it after fading, from 1 down to 0.
    """

    id: int
    kind: str
    text: str
    url: str
    day: str
    rating: float | None
    about: str
    left: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger.

    Attributes:
        now: How strong it is at present: its strength, faded.
        confidence: How sure it is.
        count: How books of it were liked, of her own taste.
    """

    id: int
    side: str
    polarity: str
    kind: str
    subject: str
    key: str
    strength: float
    now: float
    confidence: Confidence
    count: Count
    noted_on: str
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Own taste and the audience's, side by side."""

    person_id: int
    own: tuple[Entry, ...]
    audience: tuple[Entry, ...]


def ledger_of(store: Store, person_id: int) -> Ledger:
    """Somebody's ledger: likes first, the best liked of them first; then dislikes, then limits."""
    proofs = _proofs(store, person_id)
    counts = _counts(person_id)
    entries = [
        _entry(note, proofs.get(note.id, ()), counts.get((note.kind, note.key), Count()), store.today())
        for note in TasteNote.select().where(TasteNote.person == person_id).order_by(TasteNote.id)
    ]
    order = {Polarity.LIKE.value: 0, Polarity.DISLIKE.value: 1, Polarity.LIMIT.value: 2}
    entries.sort(key=lambda each: (order.get(each.polarity, 3), -each.count.liked, -each.strength, each.id))
    return Ledger(
        person_id,
        tuple(each for each in entries if each.side == Side.OWN),
        tuple(each for each in entries if each.side == Side.AUDIENCE),
    )


def books_behind(person_id: int, entry: Entry) -> list[Book]:
    """The books that bear on a taste of her own, the newest first."""
    return books_of(person_id, entry.kind, entry.key) if entry.side == Side.OWN else []


def _counts(person_id: int) -> dict[tuple[str, str], Count]:
    found = {("genre", key): count for (_, key), count in genre_counts([person_id]).items()}
    found |= {("author", key): count for key, (_, count) in author_counts(person_id).items()}
    return found | {("mood", key): count for key, (_, count) in mood_counts(person_id).items()}


def _proofs(store: Store, person_id: int) -> dict[int, tuple[Proof, ...]]:
    rules, today = taste_rules(), store.today()
    query = TasteEvidence.select(TasteEvidence, TasteNote).join(TasteNote).where(TasteNote.person == person_id)
    rows = list(query.order_by(TasteEvidence.seen_on.desc(), -TasteEvidence.id))
    titles = _titles({row.post_id for row in rows} - {None}, {row.outcome_id for row in rows} - {None})
    found: dict[int, list[Proof]] = {}
    for row in rows:
        about = titles.get(("post", row.post_id), "") or titles.get(("outcome", row.outcome_id), "")
        left = rules.fade(row.taste_note.kind, row.seen_on or row.taste_note.noted_on, today)
        found.setdefault(row.taste_note_id, []).append(
            Proof(row.id, row.kind, row.text, row.url, row.seen_on or "", row.rating, about, left)
        )
    return {note: tuple(some) for note, some in found.items()}


def _titles(posts: set[int], outcomes: set[int]) -> dict[tuple[str, int], str]:
    from outreach.store.models import Gift

    found: dict[tuple[str, int], str] = {}
    if posts:
        query = Post.select(Post.id, Item.title).join(Item).where(Post.id.in_(list(posts)))
        found |= {("post", row): title for row, title in query.tuples()}
    if outcomes:
        told = Outcome.select(Outcome.id, Item.title).join(Gift).join(Item).where(Outcome.id.in_(list(outcomes)))
        found |= {("outcome", row): title for row, title in told.tuples()}
    return found


def _entry(note: TasteNote, proofs: tuple[Proof, ...], count: Count, today: date) -> Entry:
    rules = taste_rules()
    days = [proof.day for proof in proofs if proof.day] + ([note.noted_on] if note.noted_on else [])
    fade = 1.0 if note.polarity == Polarity.LIMIT else rules.fade(note.kind, max(days, default=None), today)
    own = note.side == Side.OWN
    total = sum(rules.weights.get(proof.kind, 0.5) * proof.left for proof in proofs)
    if not proofs:
        total += rules.weights["stated"] * rules.fade(note.kind, note.noted_on, today)
    total += rules.weights["book"] * count.read * fade if own else 0.0
    confidence = Confidence.SURE if note.polarity == Polarity.LIMIT else rules.word(total)
    return Entry(
        id=note.id,
        side=note.side,
        polarity=note.polarity,
        kind=note.kind,
        subject=note.subject,
        key=note.key,
        strength=note.strength,
        now=note.strength * fade,
        confidence=confidence,
        count=count if own else Count(),
        noted_on=note.noted_on or "",
        proofs=proofs,
    )
