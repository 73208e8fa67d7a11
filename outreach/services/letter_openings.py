"""First lines of letters, proposed from evidence only; each names what it rests on. Nothing is made up."""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.store.models import Item, Post, TasteEvidence, TasteNote

#: Longer words of hers are spoken of, not quoted.
_SHORT_QUOTE = 200
#: More to choose from than this is no help.
MOST = 5


@dataclass(frozen=True, slots=True)
class Opening:
    """A first line.

    Attributes:
        text: The line, to be changed at will.
        kind: What it rests on: ``post``, or a kind of evidence such as ``quote`` or ``remark``.
        day: The ISO day of that, empty where it is not known.
    """

    text: str
    kind: str
    day: str


def proposals(people: Sequence[int], genres: Sequence[str]) -> dict[int, list[Opening]]:
    """By person the first lines that there is evidence for, the best first.

    What she said of a book of ours comes before what she said of a taste that the title is for, and that before her
    other words; the newest first. People of whom nothing is known get none.

    Args:
        people: Whom is written to.
        genres: The codes of the title's genres.
    """
    found: dict[int, list[Opening]] = {}
    posts = (
        Post.select(Post.person, Post.text, Post.posted_on, Item.title)
        .join(Item)
        .where(Post.person.in_(list(people)) & (Post.nature != "paid"))
        .order_by(Post.posted_on.desc(), Post.id.desc())
    )
    for person, text, day, title in posts.tuples():
        if 0 < len(text) <= _SHORT_QUOTE:
            line = f"When you spoke about {title}, you said “{text}” It stayed with me."
        else:
            line = f"I still think of how you spoke about {title}."
        found.setdefault(person, []).append(Opening(line, "post", day))
    said = (
        TasteEvidence.select(TasteNote.person, TasteEvidence.text, TasteEvidence.kind, TasteEvidence.seen_on)
        .join(TasteNote)
        .where(TasteNote.person.in_(list(people)) & (TasteNote.side == "own") & (TasteNote.polarity == "like"))
        .where(TasteNote.key.in_(list(genres)) & TasteEvidence.kind.in_(("post", "quote", "remark")))
        .order_by(TasteEvidence.seen_on.desc(), TasteEvidence.id)
    )
    for person, text, kind, day in said.tuples():
        if 0 < len(text) <= _SHORT_QUOTE:
            line = f"You once said “{text}” I kept that in mind."
            found.setdefault(person, []).append(Opening(line, kind, day or ""))
    return {person: list({each.text: each for each in lines}.values())[:MOST] for person, lines in found.items()}


def openings(people: Sequence[int], genres: Sequence[str]) -> dict[int, str]:
    """By person the best of her `proposals`; nobody else is in it."""
    return {person: lines[0].text for person, lines in proposals(people, genres).items()}
