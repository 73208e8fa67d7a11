"""What a post and an answer teach of a taste, noted in the transaction that notes them, and taken back with it."""

from outreach.fields.text import fold
from outreach.services.catalogue.genres import load_genres
from outreach.services.people.people import Polarity, Side, TasteKind
from outreach.services.tastes.editing import witness
from outreach.services.tastes.readings import note_reading
from outreach.store.database import Store
from outreach.store.models import Item, ItemGenre, Outcome, Post, TasteEvidence, TasteNote

#: A post about a title says this much of its genres; that it was liked, more.
_POSTED, _LIKED, _REFUSED = 0.5, 0.7, 0.6
#: A genre that is hardly one of the title's is not learned from it.
_MAIN, _MOST_GENRES = 0.7, 2
_EXCERPT = 400
#: Evidence that is a number of followers who asked.
_QUESTIONS = "questions"
#: With one of these a reason speaks against what it names.
_AGAINST = frozenset(
    {"no", "not", "never", "don't", "dont", "doesn't", "isn't", "can't", "cannot", "won't", "hate", "dislike", "avoid",
     "too", "less", "enough", "off", "tired"}
)  # fmt: skip

#: What each answer says of the reading: its status, and whether the title was liked.
_ANSWERS: dict[str, tuple[str, int | None]] = {
    "started": ("reading", None),
    "finished": ("read", None),
    "enjoyed": ("read", 1),
    "did_not_finish": ("dnf", 0),
}


def learn_from_post(store: Store, post: Post) -> None:
    """A post that nobody paid for: she has read the title, and cares for its genres."""
    note_reading(store, post.person_id, post.item_id, source="post", on=post.posted_on, post=post.id)
    for code in main_genres(post.item_id):
        about = (TasteKind.GENRE, load_genres().name(code), code)
        witness(
            store, post.person_id, about, polarity=Polarity.LIKE, how="post", text=post.text[:_EXCERPT],
            url=post.url or "", on=post.posted_on, strength=_POSTED, post=post.id,
        )  # fmt: skip


def unlearn_post(post_id: int) -> None:
    """What a post taught of a taste is taken back, inside the caller's operation: it turned out to be rewarded.

    That she has read the title stays so. A taste that rested on nothing else goes with it.
    """
    proofs = TasteEvidence.select(TasteEvidence.taste_note).where(
        (TasteEvidence.post == post_id) & (TasteEvidence.kind == "post")
    )
    notes = [row.taste_note_id for row in proofs]
    TasteEvidence.delete().where((TasteEvidence.post == post_id) & (TasteEvidence.kind == "post")).execute()
    _let_go(notes, _POSTED)


def learn_from_questions(store: Store, post: Post, questions: int | None, on: str) -> None:
    """Followers who ask what book that is: her audience cares for its genres. One piece of evidence a post and genre.

    A later count takes the place of the one before; none takes it away.
    """
    asked = (TasteEvidence.post == post.id) & (TasteEvidence.kind == _QUESTIONS)
    notes = [row.taste_note_id for row in TasteEvidence.select(TasteEvidence.taste_note).where(asked)]
    TasteEvidence.delete().where(asked).execute()
    if questions and post.item_id is not None and post.person_id is not None:
        for code in main_genres(post.item_id):
            about = (TasteKind.GENRE, load_genres().name(code), code)
            witness(
                store, post.person_id, about, polarity=Polarity.LIKE, how=_QUESTIONS, text=str(questions),
                url=post.url or "", on=on, strength=_POSTED, post=post.id, side=Side.AUDIENCE,
            )  # fmt: skip
    _let_go(notes, _POSTED)


def _let_go(notes: list[int], strength: float) -> None:
    """Tastes that were only learned, and rest on nothing any more."""
    proven = TasteEvidence.select(TasteEvidence.taste_note)
    learned = TasteNote.id.in_(notes) & (TasteNote.strength == strength)
    TasteNote.delete().where(learned & TasteNote.id.not_in(proven)).execute()


def learn_from_outcome(store: Store, outcome: Outcome, item_id: int) -> None:
    """An answer to a gift: read, liked, not finished; a reason that names a genre is kept as what it is."""
    person, on = outcome.person_id, outcome.happened_on
    if outcome.kind in _ANSWERS:
        status, liked = _ANSWERS[outcome.kind]
        note_reading(store, person, item_id, source="answer", on=on, status=status, liked=liked)
    if outcome.kind == "enjoyed":
        item = Item.get_by_id(item_id)
        liked_things = [(TasteKind.GENRE, load_genres().name(code), code) for code in main_genres(item_id)]
        if item.author_key:
            liked_things.append((TasteKind.AUTHOR, item.author, item.author_key))
        for about in liked_things:
            witness(
                store, person, about, polarity=Polarity.LIKE, how="answer", text=outcome.note, on=on, strength=_LIKED,
                outcome=outcome.id,
            )  # fmt: skip
    elif outcome.kind in ("did_not_finish", "passed_on"):
        learn_from_refusal(store, person, item_id, outcome.note, on)


def learn_from_refusal(store: Store, person: int, item_id: int, reason: str, on: str) -> None:
    """Why a title was passed: only a reason that speaks against one of its genres says something of a taste."""
    if not set(fold(reason).split()) & _AGAINST:
        return
    genres = load_genres()
    has = {row.genre for row in ItemGenre.select().where(ItemGenre.item == item_id)}
    for genre in genres.named_in(reason):
        if any(genres.covers(genre.code, code) for code in has):
            about = (TasteKind.GENRE, genre.name, genre.code)
            witness(
                store, person, about, polarity=Polarity.DISLIKE, how="answer", text=reason, on=on, strength=_REFUSED
            )


def main_genres(item_id: int) -> list[str]:
    """The codes of the genres that a title stands for, the most telling first; hardly fitting ones teach nothing."""
    rows = ItemGenre.select(ItemGenre.genre).where((ItemGenre.item == item_id) & (ItemGenre.weight >= _MAIN))
    return [row.genre for row in rows.order_by(ItemGenre.weight.desc(), ItemGenre.id).limit(_MOST_GENRES)]
