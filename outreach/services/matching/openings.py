"""A reason as the first line of a letter: only what is on record, and only where it can be said to her face."""

from collections.abc import Iterator, Sequence

from outreach.services.matching.fits import Reason

#: By reason; the others say what one notes about someone, not what one writes to her.
_LINES = {
    "liked_comp": "You enjoyed {title}, and this one is often set beside it.",
    "liked_close": "You enjoyed {title}, and this one is close to it.",
    "liked_of_author": "You enjoyed {author} before, so I thought of you at once.",
    "liked_shared": "You enjoyed {title}, and so did readers of books like this one.",
    "likes_genre_evidence": "You once said “{evidence}” I kept that in mind.",
    "likes_genre": "You enjoy {genre}, so I thought of you.",
    "likes_genres": "You enjoy {genres}, so I thought of you.",
    "likes_keyword": "You like books with {words}, which is what this one is about.",
    "audience_keyword": "Your followers ask for {words}, and here it is.",
}
_LONGEST_QUOTE = 200


def opening(reasons: Sequence[Reason]) -> str:
    """The first line that the weightiest sayable reason makes, empty where none does."""
    return next((line for line, _ in lines(reasons)), "")


def lines(reasons: Sequence[Reason]) -> Iterator[tuple[str, Reason]]:
    """The first lines that sayable reasons make, each with what it rests on, the weightiest first."""
    for reason in reasons:
        facts = dict(reason.facts)
        if reason.code == "liked_close":
            facts["title"] = str(facts["titles"]).partition(", ")[0]
        for each in ("genre", "genres"):
            facts[each] = _within(str(facts.get(each, "")))
        quote = str(facts.get("evidence", ""))
        if reason.code in _LINES and reason.evidence and len(quote) <= _LONGEST_QUOTE:
            yield _LINES[reason.code].format(**facts), reason


def _within(names: str) -> str:
    """Names of genres as they stand within a sentence: the first letter small, unless it is an abbreviation's."""
    return ", ".join(name[:1].lower() + name[1:] if name[1:2].islower() else name for name in names.split(", "))
