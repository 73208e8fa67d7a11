"""What lies behind gifts stands amid a line as its language writes it there."""

import pytest

from outreach.ui.widgets.strip import counted_apart
from outreach.wording import Words


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Counted apart: in kind 1, paid 2"), ("de", "Getrennt gezählt: Sachleistung 1, bezahlt 2")],
)
def test_gifts_that_are_counted_apart_are_told_in_one_sentence(language: str, told: str) -> None:
    assert counted_apart(Words(language), {"in_kind": 1, "paid": 2}) == told


def test_all_that_may_lie_behind_has_words_for_amid_a_line() -> None:
    from outreach.services.gifts.states import Deal
    from outreach.services.posts.kinds import Nature

    words = Words("en")
    for each in (*Deal, *Nature, "several"):
        shown = words.term("behind", str(each))
        assert shown != str(each) or shown in ("paid", "organic")
        assert shown[0].islower()
