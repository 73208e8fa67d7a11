"""Whoever may be forgotten, what goes and what stays can be told first."""

from outreach.services.people.forgetting import GOES, STAYS
from outreach.wording import Words


def test_all_that_goes_or_stays_has_its_words() -> None:
    words = Words("en_GB")
    told = {name: words.count(f"kept.{name}", 2) for name in GOES | STAYS}
    assert told["feed"] == "2 feeds"
    assert len(set(told.values())) == len(told)
