"""Tracking numbers as they are pasted: a column of them, one a line."""

import re

from outreach.fields.text import clean

#: Nobody's numbers are longer, and a word or a date is shorter or has no digit.
_LEAST, _MOST = 3, 40
_LETTERS = 4
_NUMBER = re.compile(rf"(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{{{_LEAST - 1},{_MOST - 1}}}")


def numbers_in(text: str) -> list[str]:
    """The numbers of a column, an empty one for each blank line between them; none where it is anything else."""
    lines = [clean(line).upper() if "\t" not in line else "\t" for line in text.strip().splitlines()]
    return ["".join(line.split()) for line in lines] if lines and all(map(_is_number, lines)) else []


def _is_number(line: str) -> bool:
    # The groups of a number are short where they are of letters only; words are longer.
    groups = line.split()
    is_words = any(group.isalpha() and len(group) > _LETTERS for group in groups)
    return not line or (not is_words and _NUMBER.fullmatch("".join(groups)) is not None)
