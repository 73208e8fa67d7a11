"""Clubs: whatever is noted and taken back, members and copies add up; authors' hours, sessions, the tree, signals."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.services.catalogue import catalogue
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition
from outreach.services.clubs import author_hours, clubs
from outreach.services.clubs import copies as club_copies
from outreach.services.clubs import growth as club_growth
from outreach.services.clubs import members as club_members
from outreach.services.clubs import sessions as club_sessions
from outreach.services.clubs.clubs import NewClub
from outreach.services.clubs.copies import CopiesKind, NewCopies
from outreach.services.clubs.members import NewRequest, RequestState
from outreach.services.clubs.sessions import NewSession
from outreach.services.gifts import gifts
from outreach.services.gifts import offers as author_offers
from outreach.services.gifts.gifts import OutcomeKind
from outreach.services.gifts.offers import OfferState
from outreach.services.people import people
from outreach.services.people.people import NewPerson
from outreach.services.posts import NewPost, add_post
from outreach.store.database import Store
from outreach.store.models import AuthorSlot, Club, ClubMember, ClubSession, Gift, StockMovement
from tests.store.undoing_clubs import Gatherer


@pytest.fixture
def club(store: Store) -> int:
    item, _ = catalogue.add_item(
        store, "The Glass Heron", {"author": "Imogen Vale"}, editions=[NewEdition(EditionFormat.HARDBACK, copies=20)]
    )
    host, _ = people.add_person(store, NewPerson("Maya Okonjo-Reyes"))
    for number in range(8):
        people.add_person(store, NewPerson(f"Reader {number}"))
    new = NewClub("Night Shift", host, item, members=4, started_on="2026-10-03", zone="Europe/London")
    return clubs.start_club(store, new)[0]


def _adds_up(store: Store) -> None:
    """What must hold of every club, whatever happened."""
    for row in Club.select():
        counts = club_members.counts_of(row.id)
        named = [each for each in club_members.members_of(row.id) if not each.left_on]
        assert (counts[-1].members if counts else 0) >= len(named)
        assert all(each.members >= 1 for each in counts)
        assert [each.day for each in counts] == sorted({each.day for each in counts})
        ledger, totals = club_copies.copies_of(row.id), club_copies.totals_of([row.id])
        for kind in CopiesKind:
            assert sum(each.copies for each in ledger if each.kind == kind) == sum(
                each.copies for each in totals if each.kind == kind
            )
        sent = sum(each.copies for each in ledger if each.from_stock)
        moved = StockMovement.select().where(StockMovement.reason == "club")
        assert sum(each.copies for each in ledger if each.kind == "sent") >= sent
        assert row.id != 1 or -sum(move.quantity for move in moved) == sent
    for author in author_hours.authors():
        load = author_hours.load_of(store, author)
        assert load.spent == sum(minutes for _, _, minutes in load.per_club)
    tree = club_growth.tree_of(1)
    assert sum(each.copies for each in tree.copies) == sum(e.copies for b in tree.branches for e in b.copies)


ACTS = ("count", "join", "leave", "ask", "answer", "copies", "stock", "drop", "session", "cancel", "undo", "redo")


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(st.sampled_from(ACTS), min_size=10, max_size=40), seed=st.integers(0, 10**6))
def test_members_and_copies_add_up_whatever_happens(store: Store, club: int, acts: list[str], seed: int) -> None:
    someone, mark = Gatherer(store, seed), len(store.undoable())
    does = {
        "count": someone.count_members, "join": someone.join, "leave": someone.leave, "ask": someone.ask_to_join,
        "answer": someone.answer_requests, "copies": someone.club_copies, "drop": someone.drop_copies,
        "session": someone.session, "cancel": someone.cancel_session, "redo": store.redo,
        "stock": lambda: club_copies.note_copies(store, club, NewCopies(CopiesKind.SENT, 3, edition_id=1)),
        "undo": lambda: store.undo() if len(store.undoable()) > mark else None,
    }  # fmt: skip
    for act in acts:
        someone.tried(does[act])
        _adds_up(store)
    while len(store.undoable()) > mark:
        assert store.undo()
        _adds_up(store)
    assert [each.members for each in club_members.counts_of(club)] == [4]
    assert not ClubMember.select().exists()
    assert not StockMovement.select().where(StockMovement.reason == "club").exists()


def test_names_and_requests_move_the_number(store: Store, club: int) -> None:
    club_members.join(store, club, [2, 3, 2])
    assert club_members.counts_of(club)[-1].members == 6
    request, _ = club_members.ask_to_join(store, club, NewRequest(people=9, place="in her comments"))
    club_members.answer_requests(store, [request], RequestState.JOINED)
    assert club_members.counts_of(club)[-1].members == 15
    club_members.leave(store, club, 2)
    assert club_members.counts_of(club)[-1].members == 14
    club_members.join(store, club, [4], on="2026-10-01")  # before the first count, which held her already
    assert club_members.counts_of(club)[-1].members == 14
    for refused in (
        lambda: club_members.count_members(store, club, 1),
        lambda: club_members.count_members(store, club, 9, on="2026-12-24"),
        lambda: club_members.join(store, club, [1]),
        lambda: club_members.leave(store, club, 2),
        lambda: club_members.answer_requests(store, [request], RequestState.JOINED),
        lambda: club_members.ask_to_join(store, club, NewRequest(person_id=3)),
    ):
        before = club_members.counts_of(club)
        with pytest.raises(KnownError):
            refused()
        assert club_members.counts_of(club) == before


def test_an_author_is_said_to_be_elsewhere_outside_her_hours_or_overloaded(store: Store, club: int) -> None:
    def planned(starts: str) -> tuple[str, ...]:
        return club_sessions.plan_session(store, club, NewSession(starts, 60, author="imogen vale")).doubts

    assert planned("2026-12-01 19:00") == ()  # nothing is known of her hours
    author_hours.add_slot(store, "Imogen Vale", "2026-12-03 14:00", 180, zone="America/New_York")
    assert planned("2026-12-03 19:30") == ()
    assert planned("2026-12-03 19:45") == ("busy", "many")
    assert planned("2026-12-20 19:30") == ("outside",)
    assert author_hours.load_of(store, "Imogen Vale").is_overloaded
    [slot] = author_hours.list_slots()
    assert (slot.spent, slot.day, slot.hour) == (120, "2026-12-03", "14:00")
    club_sessions.cancel_session(store, 2)
    assert author_hours.list_slots()[0].spent == 60
    assert AuthorSlot.select().count() == 1


def test_who_is_visited_next(store: Store, club: int) -> None:
    item = Club.get_by_id(club).item_id
    other, _ = clubs.start_club(store, NewClub("Buyers", 2, item, members=5, zone="Europe/Paris"))
    third, _ = clubs.start_club(store, NewClub("Readers", 3, item, members=30, zone="Asia/Tokyo"))
    club_copies.note_copies(store, other, NewCopies(CopiesKind.BOUGHT, 5))
    club_copies.note_copies(store, third, NewCopies(CopiesKind.PASSED_ROUND, 2))
    club_sessions.plan_session(store, club, NewSession("2026-12-03 19:30", author="Imogen Vale",
                                                       author_zone="Europe/London"))  # fmt: skip
    found = author_hours.propose_visits(store, "Imogen Vale")
    assert [each.club_id for each in found] == [other, third, club]
    assert [each.hours_apart for each in found] == [1, 9, 0]


def test_an_offer_once_enjoyed_is_taken_up_by_a_visit(store: Store, club: int) -> None:
    gift, _ = gifts.plan_gifts(store, Club.get_by_id(club).item_id, [1])
    Club.update(gift=gift[0]).where(Club.id == club).execute()
    author_offers.offer_author(store, gift[0], once_enjoyed=True)
    assert author_offers.list_offers()[0].waits
    visit = NewSession("2026-11-23 19:30", author="Imogen Vale")
    with pytest.raises(KnownError) as caught:
        club_sessions.plan_session(store, club, visit)
    assert caught.value.code == "offers.not_enjoyed" and not ClubSession.select().exists()
    gifts.add_outcome(store, gift[0], OutcomeKind.ENJOYED)
    session = club_sessions.plan_session(store, club, visit)
    [offer] = author_offers.list_offers()
    assert (offer.state, offer.club_id) == (OfferState.TAKEN_UP, club)
    club_sessions.note_met(store, session.id, 12)
    assert Club.get_by_id(club).state == "met" and Gift.get_by_id(gift[0]).state == "chosen"
    store.undo(2)
    assert author_offers.list_offers()[0].state == OfferState.OFFERED


def test_what_calendars_show_raises_the_sequence(store: Store, club: int) -> None:
    session = club_sessions.plan_session(store, club, NewSession("2026-12-03 19:30")).id

    def sequence(**values: str) -> int:
        club_sessions.edit_session(store, session, values)
        return club_sessions.list_sessions(session_id=session)[0].sequence

    uid = club_sessions.list_sessions()[0].uid
    assert [sequence(going="9"), sequence(note="Bring cake"), sequence(minutes="60")] == [0, 0, 0]
    assert [sequence(minutes="40"), sequence(starts="2026-12-04 19:30"), sequence(topic="The ferry")] == [1, 2, 3]
    club_sessions.cancel_session(store, session)
    assert (club_sessions.list_sessions()[0].sequence, club_sessions.list_sessions()[0].uid) == (4, uid)
    with pytest.raises(KnownError):
        sequence(starts="2026-12-05 19:30")


def test_the_tree_goes_four_deep_and_sums_up_copies_and_sales(store: Store, club: int) -> None:
    item, parent = Club.get_by_id(club).item_id, club
    for number, host in enumerate((2, 3, 4)):
        club_members.join(store, parent, [host], on=f"2026-10-{10 + number}")
        post, _ = add_post(store, NewPost(f"https://www.instagram.com/p/C{number}abcDEF/", host, item, text="Me too"))
        started = f"2026-11-0{number + 1}"
        parent, _ = clubs.start_club(store, NewClub(f"Club {number}", host, item, post, started_on=started, members=5))
        club_copies.note_copies(store, parent, NewCopies(CopiesKind.BOUGHT, 4, amount=Decimal("40"), currency="GBP"))
    tree = club_growth.tree_of(parent)
    assert (tree.depth, [each.depth for each in tree.branches]) == (4, [0, 1, 2, 3])
    assert tree.branches[3].parent_id == tree.branches[2].club_id and tree.branches[1].post_id is not None
    [total] = tree.copies
    assert (total.copies, total.amount_minor, total.currency) == (12, 12000, "GBP")
    with pytest.raises(KnownError):
        clubs.edit_club(store, club, {}, grew_from=parent)
    assert "member_posted" in {each.code for each in club_growth.signals(store)}


def test_copies_out_of_stock_are_those_that_are_promised_to_nobody(store: Store, club: int) -> None:
    club_copies.note_copies(store, club, NewCopies(CopiesKind.ASKED, 30))
    with pytest.raises(KnownError):
        club_copies.note_copies(store, club, NewCopies(CopiesKind.SENT, 21, edition_id=1))
    club_copies.note_copies(store, club, NewCopies(CopiesKind.SENT, 20, edition_id=1))
    assert (catalogue.stock_of(1)[0].copies, club_copies.open_copies(club)) == (0, 10)
    club_copies.drop_copies(store, 2)
    assert (catalogue.stock_of(1)[0].copies, club_copies.open_copies(club)) == (20, 30)
    with pytest.raises(KnownError):
        club_copies.note_copies(store, club, NewCopies(CopiesKind.SENT, 3, amount=Decimal(3), currency="GBP"))
