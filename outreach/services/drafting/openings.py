"""First lines of letters, proposed from evidence only; each names what it rests on. Nothing is made up."""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.drafting.senders import sender
from outreach.services.letters.language import language
from outreach.services.matching.apart import reasons_apart
from outreach.services.matching.fits import Reason
from outreach.services.matching.openings import lines
from outreach.store.database import Store
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
        kind: What it rests on: ``post``, ``match``, or a kind of evidence such as ``quote`` or ``remark``.
        day: The ISO day of that, empty where it is not known.
        reason: Why the match thinks of her, where the line rests on that.
    """

    text: str
    kind: str
    day: str
    reason: Reason | None = None


def proposals(people: Sequence[int], genres: Sequence[str]) -> dict[int, list[Opening]]:
    """By person the first lines that there is evidence for, the best first.

    What she said of a book of ours comes before what she said of a taste that the title is for, and that before her
    other words; the newest first. People of whom nothing is known get none.

    Args:
        people: Whom is written to.
        genres: The codes of the title's genres.
    """
    found: dict[int, list[Opening]] = {}
    said_so = language(sender().language).openings
    posts = (
        Post.select(Post.person, Post.text, Post.posted_on, Item.title)
        .join(Item)
        .where(Post.person.in_(list(people)) & (Post.nature != "paid"))
        .order_by(Post.posted_on.desc(), Post.id.desc())
    )
    for person, text, day, title in posts.tuples():
        if 0 < len(text) <= _SHORT_QUOTE:
            line = said_so["post_quoted"].format(title=title, text=text)
        else:
            line = said_so["post"].format(title=title)
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
            line = said_so["said"].format(text=text)
            found.setdefault(person, []).append(Opening(line, kind, day or ""))
    return {person: list({each.text: each for each in mine}.values())[:MOST] for person, mine in found.items()}


def from_match(store: Store, item_id: int, people: Sequence[int], job: Job | None = None) -> dict[int, list[Opening]]:
    """By person the first lines that the match has reasons for, the weightiest first.

    Raises:
        Cancelled: when the job was stopped.
    """
    try:
        reasons = reasons_apart(store, item_id, people, job)
    except KnownError:
        return {}  # nothing is known of the title that it could be matched by
    said = language(sender().language).openings
    made = {
        person: [Opening(text, "match", "", why) for text, why in lines(mine, said)] for person, mine in reasons.items()
    }
    return {person: found for person, found in made.items() if found}


def openings(people: Sequence[int], genres: Sequence[str]) -> dict[int, str]:
    """By person the best of her `proposals`; nobody else is in it."""
    return {person: found[0].text for person, found in proposals(people, genres).items()}
