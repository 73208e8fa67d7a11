"""Tracking numbers as they are pasted: a column of them, one a line."""

import re

from outreach.fields.text import clean

#: Nobody's numbers are longer, and a word or a date is shorter or has no digit.
_LEAST, _MOST = 3, 40
_NUMBER = re.compile(rf"(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{{{_LEAST - 1},{_MOST - 1}}}")


def numbers_in(text: str) -> list[str]:
    """The numbers of a column, an empty one for each blank line between them; none where it is anything else."""
    found = ["".join(clean(line).split()).upper() for line in text.strip().splitlines()]
    return found if found and all(not each or _NUMBER.fullmatch(each) for each in found) else []
