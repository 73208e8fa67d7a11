"""A reason as the first line of a letter: only what is on record, and only where it can be said to her face."""

from collections.abc import Iterator, Mapping, Sequence

from outreach.services.matching.fits import Reason

_LONGEST_QUOTE = 200


def opening(reasons: Sequence[Reason], said: Mapping[str, str]) -> str:
    """The first line that the weightiest sayable reason makes, empty where none does."""
    return next((line for line, _ in lines(reasons, said)), "")


def lines(reasons: Sequence[Reason], said: Mapping[str, str]) -> Iterator[tuple[str, Reason]]:
    """The first lines that sayable reasons make, each with what it rests on, the weightiest first.

    Args:
        reasons: Why the match thinks of somebody.
        said: By reason what a letter says; the others are what one notes about someone, not what one writes to her.
    """
    for reason in reasons:
        facts = dict(reason.facts)
        if reason.code == "liked_close":
            facts["title"] = str(facts["titles"]).partition(", ")[0]
        for each in ("genre", "genres"):
            facts[each] = _within(str(facts.get(each, "")))
        quote = str(facts.get("evidence", ""))
        if reason.code in said and reason.evidence and len(quote) <= _LONGEST_QUOTE:
            yield said[reason.code].format(**facts), reason


def _within(names: str) -> str:
    """Names of genres as they stand within a sentence: the first letter small, unless it is an abbreviation's."""
    return ", ".join(name[:1].lower() + name[1:] if name[1:2].islower() else name for name in names.split(", "))
