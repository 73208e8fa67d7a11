"""How many copies of a title are left to give, in words."""

from outreach.services.pages.title import FormatLeft
from outreach.wording.words import Words

#: By format, of one and of many.
_LEFT = {
    "hardback": ("{number} hardback left", "{number} hardbacks left"),
    "paperback": ("{number} paperback left", "{number} paperbacks left"),
    "proof": ("{number} proof left", "{number} proofs left"),
    "egalley": ("{number} e-galley left", "{number} e-galleys left"),
    "ebook": ("{number} e-book left", "{number} e-books left"),
    "audiobook": ("{number} audiobook left", "{number} audiobooks left"),
}
_ANY = ("{number} copy left", "{number} copies left")


def left_text(words: Words, left: int, most: FormatLeft | None) -> str:
    """What is left of a title: of the format that has most copies, else all of it."""
    one, many = _LEFT.get(most.format, _ANY) if most else _ANY
    return words.trn(one, many, most.number if most else left)
