"""From which day someone may be asked again, in words."""

from outreach.services.people.asking import days_of
from outreach.ui.desk import Desk


def later_words(desk: Desk, person_id: int) -> list[str]:
    """A sentence for each day that is noted of a person, of anything or about a title."""
    words = desk.words
    return [
        words.tr("“{title}” not now: ask from {day}.", title=each.title, day=words.day(each.day))
        if each.gift_id is not None
        else words.tr("Not now: ask from {day}.", day=words.day(each.day))
        for each in days_of(person_id)
        if each.day
    ]
