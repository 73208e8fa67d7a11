"""What is to be written to whom, and the letters that come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class LetterOrder:
    """What to write to whom.

    Attributes:
        template: The name of a template.
        item_id: About what.
        people: To whom.
        openings: By person, the personal line that opens the letter.
        facts: By person, what else the letter says, by dotted names, such as when a club meets.
    """

    template: str
    item_id: int
    people: tuple[int, ...]
    openings: Mapping[int, str]
    facts: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a letter could not be drafted, as a code of `outreach.wording` and its facts."""

    person_id: int
    name: str
    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter as it reads.

    Attributes:
        missing: The facts that it lacks; then it shows marks in their place, and is kept nowhere.
        used: The facts that it shows, each with what it says.
    """

    person_id: int
    to_name: str
    to_address: str
    subject: str
    text: str
    html: str
    markdown: str
    missing: tuple[str, ...] = ()
    used: tuple[tuple[str, str], ...] = ()
