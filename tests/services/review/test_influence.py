"""Influence is what came of people: with evidence, without a score, without followers, and nothing paid among it."""

from collections.abc import Callable
from itertools import product
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.changes import Op
from outreach.services.campaigns.campaign import add_campaign
from outreach.services.campaigns.coverage import Facet, coverage
from outreach.services.catalogue.catalogue import add_item
from outreach.services.clubs.clubs import NewClub, start_club
from outreach.services.clubs.members import count_members, join
from outreach.services.gifts.gifts import Deal, plan_gifts
from outreach.services.people.people import NewPerson, TasteKind, add_person
from outreach.services.posts.log import add_post
from outreach.services.posts.proposing import NewPost
from outreach.services.review.influence import Came, Figure, Influence, Proof, Strength, _tallied, influence, proofs_of
from outreach.services.sales.codes import add_code
from outreach.services.sales.log import Evidence, NewSale, log_sale
from outreach.services.tastes.editing import NewTaste, note_taste
from outreach.services.voices.events import EventKind, NewEvent, note_sale, plan_event
from outreach.services.voices.referrals import note_referral
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Account, AudienceReading, Gift
from outreach.wording import Words
from outreach.wording.influence import coverage_lines, person_lines
from tests.conftest import OPENING, Ran


def who(store: Store, name: str, **values: str) -> int:
    return add_person(store, NewPerson(name, values=values))[0]


def test_figures_go_from_what_was_seen_to_what_is_claimed_and_nothing_paid_is_among_them(store: Store) -> None:
    maya, rosa, paid = who(store, "Maya"), who(store, "Rosa"), who(store, "Paid")
    salt, hens = add_item(store, "The Salt Orchard", {})[0], add_item(store, "Hens", {})[0]
    plan_gifts(store, hens, [paid], deal=Deal.PAID)
    club = start_club(store, NewClub("Night readers", maya, salt))[0]
    count_members(store, club, 12)
    join(store, club, [rosa])  # which makes thirteen
    for name, owner, item in (("MAYA", maya, salt), ("PAID", paid, hens)):
        code = add_code(store, name, person_id=owner, item_id=item)[0]
        log_sale(store, NewSale(7, code_id=code, evidence=Evidence.VERIFIED))
        log_sale(store, NewSale(3, code_id=code, on="2026-11-02"))
    event = plan_event(store, NewEvent("Workshop", EventKind.WORKSHOP, "2026-11-20 19:30", item_id=hens,
                                       person_id=rosa))[0]  # fmt: skip
    note_sale(store, event, 40, item_id=hens)
    note_sale(store, event, 90, name="Feed")  # not ours to count
    note_referral(store, rosa, maya)
    note_referral(store, who(store, "Quiet"), maya)

    found = {each.name: each for each in influence(store)}
    assert found["Maya"].figures == {
        Came.JOINERS: Figure(claimed=12, seen=1), Came.COPIES: Figure(claimed=3, verified=7),
        Came.CLUBS: Figure(claimed=1), Came.REFERRALS: Figure(claimed=1),
    }  # fmt: skip
    assert (found["Maya"].introduced.part, found["Maya"].introduced.whole, found["Maya"].introduced.share) == (
        1,
        2,
        None,
    )
    assert found["Rosa"].figures == {Came.EVENT_COPIES: Figure(claimed=40)}
    assert (found["Paid"].figures, dict(found["Paid"].apart)) == ({}, {("paid", Came.COPIES): 10})
    words = list(person_lines(Words("en_GB"), found["Maya"]))
    assert "Copies by code: 7 to 10 (7 verified, 3 claimed)" in words and "1 of 2 people, too few to say" in words
    assert list(found)[-1] == "Paid" and "Quiet" not in found
    assert influence(store, first=Came.EVENT_COPIES)[0].name == "Rosa"
    assert [(each.came, each.number) for each in proofs_of(store, rosa)] == [(Came.EVENT_COPIES, 40)]


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(Came), st.integers(0, 9), st.sampled_from(Strength),
                          st.sampled_from(["gift", "in_kind", "paid", ""]))))  # fmt: skip
@settings(max_examples=40)
def test_every_proof_is_in_one_figure_and_what_was_agreed_for_in_none(rows: list[tuple]) -> None:
    proofs = [Proof(person, came, number, how, "", "", "", deal) for person, came, number, how, deal in rows]
    figures, apart = _tallied(proofs)
    for person, came in product(range(1, 5), Came):
        mine = [each for each in proofs if (each.person_id, each.came) == (person, came)]
        counts = figures.get(person, {}).get(came, {})
        for how in Strength:
            assert counts.get(how, 0) == sum(
                each.number for each in mine if each.deal == "gift" and each.strength == how
            )
        for deal in ("in_kind", "paid", ""):
            assert apart.get(person, {}).get((deal, came), 0) == sum(each.number for each in mine if each.deal == deal)


def test_followers_change_nothing_in_order_or_figures(filled: Callable[[int, int], Path]) -> None:
    def told(store: Store) -> list[Influence]:
        return influence(store)

    with workspace.writing(filled(150, 1), OPENING) as store:
        before = told(store)
        assert len(before) > 10 and AudienceReading.select().count() > 50
        for change in (AudienceReading.followers * 0 + 7, 10_000_000 - AudienceReading.followers):
            with store.operation(Op.EDIT_PERSON):
                AudienceReading.update(followers=change).execute()
            assert told(store) == before
        with store.operation(Op.EDIT_PERSON):
            AudienceReading.delete().execute()
        assert told(store) == before and Account.select().exists()
        # What is told of one is what stands in the list.
        one = before[0]
        proofs = [each for each in proofs_of(store, one.person_id) if each.deal == "gift"]
        assert {came: sum(each.number for each in proofs if each.came is came) for came in one.figures} == {
            came: figure.high for came, figure in one.figures.items()
        }
        assert one.posted.whole == Gift.select().where(
            (Gift.person == one.person_id) & (Gift.deal == "gift") & Gift.state.in_(["delivered", "closed_quiet"])
        ).count()  # fmt: skip


def test_a_post_counts_by_what_lies_behind_it(store: Store) -> None:
    maya, salt = who(store, "Maya"), add_item(store, "The Salt Orchard", {})[0]
    add_post(store, NewPost("https://www.tiktok.com/@maya/video/1", maya, salt, posted_on="2026-11-01"))
    (found,) = influence(store)
    assert not found.figures and dict(found.apart) == {("", Came.POSTS): 1}


def test_a_roster_is_held_against_its_titles(store: Store) -> None:
    salt = add_item(store, "The Salt Orchard", {}, genres=["ya-fantasy", "folklore"])[0]
    maya = who(store, "Maya", country="GB", role="creator")
    rosa = who(store, "Rosa", country="FR", role="librarian")
    note_taste(store, maya, NewTaste(TasteKind.GENRE, "YA fantasy"))
    note_taste(store, rosa, NewTaste(TasteKind.GENRE, "folklore"))
    campaign = add_campaign(store, {"name": "Launch"}, [salt])[0]
    plan_gifts(store, salt, [maya], campaign="Launch")
    found = coverage(store, campaign)
    assert {(row.key, row.people, row.elsewhere) for row in found.of(Facet.GENRES)} == {
        ("ya-fantasy", 1, 0), ("folklore", 0, 1)}  # fmt: skip
    assert [row.key for row in found.of(Facet.COUNTRIES) if row.is_lacking] == ["FR"]
    assert found.of(Facet.ROLES)[0].key == "librarian" and found.untold[Facet.AUDIENCES] == 1
    told = " ".join(coverage_lines(Words("en_GB"), found))
    assert "Nobody on it is known to enjoy Folklore" in told and "France (you know 1)" in told
    everyone = coverage(store)
    assert everyone.people == 2 and not any(row.is_lacking for row in everyone.of(Facet.GENRES))


def test_they_and_a_week_are_told_by_command(
    filled: Callable[[int, int], Path], cli: Callable[..., Ran], tmp_path: Path
) -> None:
    place = ("--workspace", filled(150, 1), "--json")
    people = cli(*place, "people", "influence").json
    out = tmp_path / "came.csv"
    assert cli(*place, "people", "influence", "--out", out).json == {"file": str(out), "people": len(people)}
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == len(people) + 1
    first = people[0]["id"]
    assert cli(*place, "people", "influence", first).json["people"] == people[:1]
    covered = cli(*place, "people", "coverage").json
    assert covered["people"] > 100 and covered["sentences"] and {row["facet"] for row in covered["rows"]} == set(Facet)
    week = cli(*place, "campaigns", "digest", "m1").json
    assert week["text"] and set(week["figures"]) == {"gift", "in_kind", "paid"}
    assert cli(*place, "campaigns", "digest", "m1", "--to", "p1", "--out", tmp_path / "x.eml").code == 2
