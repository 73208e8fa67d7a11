"""A reason as the first line of a letter: only what is on record, and only where it can be said to her face."""

from collections.abc import Iterator, Sequence

from outreach.services.matching.fits import Reason

#: By reason; the others say what one notes about someone, not what one writes to her.
_LINES = {
    "liked_comp": "You enjoyed {title}, and this one is often set beside it.",
    "liked_close": "You enjoyed {title}, and this one is close to it.",
    "liked_of_author": "You enjoyed {author} before, so I thought of you at once.",
    "likes_genre_evidence": "You once said “{evidence}” I kept that in mind.",
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
        quote = str(facts.get("evidence", ""))
        if reason.code in _LINES and reason.evidence and len(quote) <= _LONGEST_QUOTE:
            yield _LINES[reason.code].format(**facts), reason
