"""The query language of the filter: what is typed, what it means, and that nothing else comes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.fields.text import fold
from outreach.services.pages.filtering import FIELDS, FLAGS, HAS, NUMBERS, Term, parse
from outreach.services.pages.people import PeopleQuery, people_ids, people_lines
from outreach.services.pages.posts import PostQuery, post_ids
from outreach.services.people.people import show_person
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Account, Address, Campaign, EmailAddress, Gift, Person, Post


@pytest.fixture
def sample(filled, opening) -> Store:
    with workspace.writing(filled(200, 3), opening) as store:
        yield store


def found(store: Store, text: str) -> set[int]:
    return set(people_ids(store, PeopleQuery(text)))


def everyone() -> set[int]:
    return {row.id for row in Person.select(Person.id)}


def test_the_line_of_the_manual() -> None:
    terms, words = parse('taste:ya country:uk posted:>2 -suppressed had:"salt orchard" maya')
    assert terms == (
        Term("taste", "ya"), Term("country", "uk"), Term("posted", ">2"), Term("suppressed", negated=True),
        Term("had", "salt orchard"),
    )  # fmt: skip
    assert words == "maya"


_VALUES = st.text(st.characters(exclude_characters='"', exclude_categories=("C", "Z")), min_size=1, max_size=12)
_TERMS = st.one_of(
    st.builds(Term, st.sampled_from(FIELDS), _VALUES.map(str.strip).filter(bool), st.booleans()),
    st.builds(Term, st.sampled_from(FLAGS), st.just(""), st.booleans()),
)


@given(st.lists(_TERMS, max_size=5))
def test_terms_that_are_written_are_read_again(terms: list[Term]) -> None:
    assert parse(" ".join(map(str, terms))) == (tuple(terms), "")


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_and_words_stay_words(text: str) -> None:
    terms, words = parse(text)
    assert parse(words)[0] == () or terms
    for term in terms:
        assert term.field in FIELDS or term.field in FLAGS


def test_each_field_means_what_it_says(sample: Store) -> None:
    lines = people_lines(sample, list(everyone()))
    details = {person: show_person(sample, person) for person in lines}
    for term, holds in (
        ("taste:ya", lambda p: any(
            taste.side == "own" and taste.polarity == "like" and "ya" in taste.subject.casefold()
            for taste in details[p].tastes)),
        ("country:uk", lambda p: lines[p].country == "GB"),
        ("role:bookseller", lambda p: lines[p].role == "bookseller"),
        ("platform:instagram", lambda p: any(each[0] == "instagram" for each in details[p].accounts)),
        ("suppressed", lambda p: lines[p].suppressed),
        ("gifts:0", lambda p: lines[p].arrived == 0),
        ("gifts:>=1", lambda p: lines[p].arrived >= 1),
        ("has:email", lambda p: bool(details[p].emails)),
    ):  # fmt: skip
        expected = {person for person in lines if holds(person)}
        got = found(sample, term)
        assert expected <= got if term == "taste:ya" else got == expected, term
        assert found(sample, f"-{term}") == everyone() - got, term
        assert got or term in ("suppressed",), term


def test_posted_counts_gifts_that_led_to_a_post(sample: Store) -> None:
    for sign, holds in ((">0", lambda n: n > 0), ("<1", lambda n: n < 1), ("<=0", lambda n: n <= 0), (">=2", lambda n: n >= 2),
                        ("1", lambda n: n == 1)):  # fmt: skip
        lines = people_lines(sample, list(found(sample, f"posted:{sign}")))
        assert all(holds(line.posted) for line in lines.values()), sign
    assert found(sample, "posted:>0") | found(sample, "posted:0") == everyone()


def test_terms_go_together_with_one_another_and_with_words(sample: Store) -> None:
    uk, ya = found(sample, "country:uk"), found(sample, "taste:ya")
    assert found(sample, "country:uk taste:ya") == uk & ya
    name = Person.get_by_id(next(iter(uk))).name
    assert found(sample, f"country:uk {name.split()[0]}") == uk & found(sample, name.split()[0])


@pytest.mark.parametrize(
    "text", ["taste:", 'taste:""', "posted:many", "gifts:>", "has:wings", "posted:>>3", "had:", "-taste:"]
)
def test_a_term_that_is_not_whole_yet_leaves_the_list_alone(sample: Store, text: str) -> None:
    terms, _ = parse(text)
    assert not any(term.is_whole for term in terms)
    assert found(sample, text) == everyone()


def test_what_someone_may_have(sample: Store) -> None:
    for value, table in (("email", EmailAddress), ("account", Account), ("address", Address)):
        query = table.select(table.person)
        query = query.where(Address.is_current == 1) if table is Address else query
        assert found(sample, f"has:{value}") == {row.person_id for row in query}
    assert set(HAS) >= {"email", "account", "address"}
    assert set(FIELDS) >= NUMBERS


def test_people_and_posts_of_a_campaign(sample: Store) -> None:
    campaign = Campaign.get(Campaign.id == Gift.select(Gift.campaign).join(Post, on=(Post.gift == Gift.id)).where(
        Gift.campaign.is_null(False)).limit(1))  # fmt: skip
    term = Term("campaign", campaign.name)
    named = {each.id for each in Campaign.select() if fold(campaign.name) in each.name_key}
    gifts = [gift for gift in Gift.select() if gift.campaign_id in named]
    assert found(sample, str(term)) == {gift.person_id for gift in gifts if gift.person_id} != set()
    posts = {row.id: row.gift_id for row in Post.select()}
    of_it = {post for post, gift in posts.items() if gift in {each.id for each in gifts}}
    assert set(post_ids(sample, PostQuery(str(term)))) == of_it != set()
    turned = str(Term("campaign", campaign.name, negated=True))
    assert set(post_ids(sample, PostQuery(turned))) == set(posts) - of_it
    assert set(post_ids(sample, PostQuery("gifts:3"))) == set(), "what posts do not know is looked for as words"
