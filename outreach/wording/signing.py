"""The list that an author signs from, as a table."""

from outreach.services.gifts.signing import SigningRow
from outreach.wording.words import Words

_HEADINGS = ("No.", "For", "Words", "What", "Title", "Signed")


def signing_headings(words: Words) -> tuple[str, ...]:
    """What stands above the columns."""
    return tuple(words.tr(each) for each in _HEADINGS)


def signing_cells(words: Words, row: SigningRow) -> tuple[str, ...]:
    """A line of the list: no address is in it."""
    what = words.term("signing", row.signing)
    return (str(row.place), row.person, row.dedication, what, row.title, words.day(row.signed_on))
