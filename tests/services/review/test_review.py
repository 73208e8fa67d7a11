"""The review: it adds up, keeps deals apart, and does not say more than it knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.services.gifts.gifts import Stage
from outreach.services.people.tiers import tier
from outreach.services.report.page import page_of
from outreach.services.review.making import review
from outreach.services.review.rates import TOO_FEW, rate, wilson
from outreach.store.database import Store
from outreach.store.models import Gift, Item, Outcome, Person
from outreach.wording import Words
from outreach.wording.report import as_lines
from outreach.wording.report_blocks import report_of


@given(st.integers(1, 500).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_a_share_lies_within_its_range(counts: tuple[int, int]) -> None:
    part, whole = counts
    low, high = wilson(part, whole)
    assert 0 <= low <= part / whole + 1e-9
    assert part / whole - 1e-9 <= high <= 1
    assert (low, high) == pytest.approx((1 - wilson(whole - part, whole)[1], 1 - wilson(whole - part, whole)[0]))


def test_the_range_is_wilsons() -> None:
    assert wilson(55, 100) == pytest.approx((0.4524, 0.6439), abs=1e-4)


def test_too_few_to_say() -> None:
    assert rate(2, TOO_FEW - 1).share is None
    assert rate(3, TOO_FEW).share == 0.6


@pytest.mark.parametrize(
    ("followers", "name"),
    [(0, "nano"), (9_999, "nano"), (10_000, "micro"), (99_999, "micro"), (100_000, "mid"), (500_000, "macro")],
)
def test_tiers(followers: int, name: str) -> None:
    assert tier(followers) == name


def gift(item: int, deal: str = "gift", *, posted: bool = False, day: str = "2026-11-20") -> None:
    person = Person.create(name="x", name_key="x", sort_name="x", role="bookseller", created_at="", updated_at="")
    made = Gift.create(
        person=person.id,
        item=item,
        deal=deal,
        state="delivered",
        state_on=day,
        sent_on=day,
        delivered_on=day,
        created_at="",
    )
    if posted:
        Outcome.create(gift=made.id, person=person.id, kind="posted", happened_on=day)


def test_it_adds_up_and_keeps_deals_apart(store: Store) -> None:
    item = Item.create(title="T", title_key="t", sort_title="t", created_at="", updated_at="").id
    for number in range(8):
        gift(item, posted=number < 5)
    gift(item, day="2026-01-01")
    gift(item, "paid", posted=True)
    gift(item, "in_kind", posted=True)
    found = review(store)
    endings = [found.stages[stage.value] for stage in (Stage.POSTED, Stage.READING, Stage.QUIET)]
    assert (endings, sum(endings), found.delivered) == ([5, 3, 1], 9, 9)
    assert (found.organic.part, found.organic.whole) == (5, 9)
    assert found.deals == {"gift": (9, 5), "in_kind": (1, 1), "paid": (1, 1)}
    assert [(group.key, group.rate.whole) for group in found.by_tier] == [("off_social", 9)]
    assert sum(line.posted for line in found.items) == 5
    words = Words("en_GB")
    text = "\n".join(as_lines(words, found))
    assert "More than half of gifts led to an organic post" in text
    assert "Likely between 27% and 81%" in text
    assert "no sales are noted" in text
    page = page_of(report_of(words, found, "2026-11-24"))
    assert page.count("<h1>") == 1
    assert "http" not in page


def test_an_empty_review_says_so(store: Store) -> None:
    words = Words("en_GB")
    assert "No gift has arrived yet" in "\n".join(as_lines(words, review(store)))
    assert "No gift has arrived yet" in page_of(report_of(words, review(store), "2026-11-24"))


def test_names_are_escaped_in_the_page(store: Store) -> None:
    item = Item.create(title="<script>x</script>", title_key="x", sort_title="x", created_at="", updated_at="").id
    gift(item)
    page = page_of(report_of(Words("en_GB"), review(store), "2026-11-24"))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
