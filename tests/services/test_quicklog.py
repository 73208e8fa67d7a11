"""The quick log: lines as people type them, what is doubtful, and one step for all of it."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.fields.text import fold
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item
from outreach.services.gifts.gifts import GiftState, list_gifts, move_gifts, plan_gifts
from outreach.services.people.addresses import save_address
from outreach.services.people.people import NewPerson, add_person, list_people, person_keys
from outreach.services.people.suppressions import SuppressionReason, suppress_keys
from outreach.services.posts import list_posts
from outreach.services.quicklog import complete, note, read
from outreach.services.quicklog.completing import rest_of
from outreach.services.quicklog.grammar import parts_of, vocabulary, words_of
from outreach.services.shipments.shipments import create_shipments
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Alias, Edition, Gift, Outcome
from tests.conftest import NOW, OPENING, contents

TODAY = NOW.date()


@pytest.fixture(scope="module")
def known(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Maya, Rosa and two called Beth; two titles."""
    place = Path(shutil.copytree(empty_workspace, tmp_path_factory.mktemp("quicklog") / "workspace"))
    with workspace.writing(place, OPENING) as store:
        _fill(store)
    return place


@pytest.fixture
def desk(known: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of those of one's own."""
    with workspace.writing(Path(shutil.copytree(known, tmp_path / "quicklog")), OPENING) as store:
        yield store


def _fill(store: Store) -> None:
    for name, handle in (("Maya Okonjo-Reyes", "mayareads"), ("Rosa Vinter", "vintervellum"),
                         ("Beth Sandoval", "slowstovebeth"), ("Beth Marlow", "bethmarlow")):  # fmt: skip
        person, _ = add_person(store, NewPerson(name, [f"{handle}@example.org"], [f"instagram:{handle}"]))
        save_address(store, person, {"line1": "1 Quay Street", "city": "Bristol", "country": "GB"})
    editions = [NewEdition(EditionFormat.HARDBACK, copies=20), NewEdition(EditionFormat.PROOF, copies=5)]
    add_item(store, "The Salt Orchard", {"author": "Imogen Vale"}, editions=editions)
    add_item(store, "Salt and Sky", {"author": "Noor Haddad"})


def named(line) -> list[str]:
    return [piece.name or f"?{len(piece.offered)}" for piece in line.people]


@pytest.mark.parametrize(
    ("text", "verb", "people", "title", "day", "form"),
    [
        ("maya, rosa accepted salt orchard hardback yesterday", "accepted",
         ["Maya Okonjo-Reyes", "Rosa Vinter"], "The Salt Orchard", "2026-11-23", "hardback"),
        ("Maya and Rosa said yes to The Salt Orchard", "accepted", ["Maya Okonjo-Reyes", "Rosa Vinter"],
         "The Salt Orchard", "", ""),
        ("accepted the salt orchard: maya okonjo, @vintervellum", "accepted", ["Maya Okonjo-Reyes", "Rosa Vinter"],
         "The Salt Orchard", "", ""),
        ("pitched salt and sky to rosa on monday", "asked", ["Rosa Vinter"], "Salt and Sky", "2026-11-23", ""),
        ("rosa declined salt orchard 19 nov", "declined", ["Rosa Vinter"], "The Salt Orchard", "2026-11-19", ""),
        ("MAYA POSTED SALT ORCHARD TODAY", "posted", ["Maya Okonjo-Reyes"], "The Salt Orchard", "2026-11-24", ""),
        ("salt orch proof accepted maya 2026-11-20", "accepted", ["Maya Okonjo-Reyes"], "The Salt Orchard",
         "2026-11-20", "proof"),
        ("maya finished salt orchard 28 december", "finished", ["Maya Okonjo-Reyes"], "The Salt Orchard",
         "2025-12-28", ""),
    ],
)  # fmt: skip
def test_lines_as_people_type_them(desk: Store, text, verb, people, title, day, form) -> None:
    line = read(desk, text)
    assert (line.verb, named(line), line.title.name, line.day, line.format) == (verb, people, title, day, form)
    assert line.is_ready
    assert line.doubts == ()
    for piece in line.pieces:
        assert text[piece.start : piece.end].strip()


def test_two_of_a_name_are_a_doubt_until_someone_says_which(desk: Store) -> None:
    line = read(desk, "beth accepted salt orchard")
    (doubt,) = line.doubts
    assert [name for _, name in doubt.offered] == ["Beth Marlow", "Beth Sandoval"]
    assert not line.is_ready
    with pytest.raises(KnownError, match=r"quicklog\.not_ready"):
        note(desk, line)
    chosen = {name: row_id for row_id, name in doubt.offered}["Beth Sandoval"]
    line = read(desk, "beth accepted salt orchard", {"person:beth": chosen})
    assert named(line) == ["Beth Sandoval"]
    assert line.is_ready


def test_the_one_who_was_pitched_it_is_meant(desk: Store) -> None:
    line = read(desk, "beth accepted salt orchard")
    chosen = {name: row_id for row_id, name in line.doubts[0].offered}["Beth Marlow"]
    (gift,), _ = plan_gifts(desk, line.title.row_id, [chosen])
    move_gifts(desk, [gift], GiftState.ASKED)
    assert named(read(desk, "beth accepted salt orchard")) == ["Beth Marlow"]


def test_a_title_that_two_begin_with_is_a_doubt(desk: Store) -> None:
    line = read(desk, "maya accepted salt")
    assert line.doubts[0].kind == "title"
    assert {name for _, name in line.doubts[0].offered} == {"The Salt Orchard", "Salt and Sky"}


def test_nobody_of_that_name_is_said(desk: Store) -> None:
    line = read(desk, "zebedee accepted salt orchard")
    assert line.doubts[0].offered == ()
    assert not line.is_ready


def test_an_unfinished_line_is_read_as_far_as_it_goes(desk: Store) -> None:
    for text in ("", "  ", ",,,", "maya", "maya accepted", "accepted", "maya, ", "salt orchard"):
        assert not read(desk, text).is_ready


def test_all_of_a_line_is_one_step(desk: Store) -> None:
    before = contents(desk, without=("sqlite_sequence",))
    count, changes = note(desk, read(desk, "maya, rosa accepted salt orchard hardback yesterday"))
    assert count == 2
    gifts = list_gifts(desk)
    assert {(gift.person, gift.state, gift.state_on) for gift in gifts} == {
        ("Maya Okonjo-Reyes", "accepted", "2026-11-23"), ("Rosa Vinter", "accepted", "2026-11-23")
    }  # fmt: skip
    hardback = Edition.get(Edition.format == "hardback")
    assert {row.edition_id for row in Gift.select()} == {hardback.id}
    assert changes.touches("gift")
    desk.undo()
    assert contents(desk, without=("sqlite_sequence",)) == before


def test_what_cannot_be_for_one_is_done_for_none(desk: Store) -> None:
    note(desk, read(desk, "maya accepted salt orchard"))
    before = contents(desk)
    with pytest.raises(KnownError, match=r"gifts\.cannot_move"):
        note(desk, read(desk, "rosa, maya accepted salt orchard"))
    assert contents(desk) == before


def test_parcels_posts_and_outcomes(desk: Store) -> None:
    note(desk, read(desk, "maya accepted salt orchard hardback"))
    with pytest.raises(KnownError, match=r"quicklog\.not_packed"):
        note(desk, read(desk, "maya got salt orchard"))
    create_shipments(desk, [list_gifts(desk)[0].id])
    note(desk, read(desk, "shipped salt orchard to maya"))
    note(desk, read(desk, "maya got salt orchard"))
    note(desk, read(desk, "maya posted salt orchard"))
    assert list_gifts(desk)[0].stage == "posted"
    assert list_posts()[0].nature == "organic"
    note(desk, read(desk, "maya finished salt orchard"))
    assert {row.kind for row in Outcome.select()} == {"posted", "finished"}
    with pytest.raises(KnownError, match=r"quicklog\.no_gift"):
        note(desk, read(desk, "rosa finished salt orchard"))


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("maya started salt orchard", "started"), ("maya is reading salt orchard", "started"),
        ("maya did not finish salt orchard", "did_not_finish"), ("maya passed it on: salt orchard", "passed_on"),
        ("maya met the author of salt orchard", "met_author"), ("maya thanked for salt orchard", "thanked"),
        ("maya finished salt orchard", "finished"),
    ],
)  # fmt: skip
def test_all_that_can_come_of_a_gift_is_an_event_of_its_own(desk: Store, said: str, kind: str) -> None:
    note(desk, read(desk, "maya accepted salt orchard hardback"))
    note(desk, read(desk, said))
    assert [row.kind for row in Outcome.select()] == [kind]
    assert list_gifts(desk)[0].state == GiftState.ACCEPTED, "it moves no state"
    assert read(desk, "maya passed on salt orchard").verb == "declined", "which is what people mean by that"


def test_who_asked_not_to_be_contacted_is_not_logged_as_pitched(desk: Store) -> None:
    line = read(desk, "rosa accepted salt orchard")
    suppress_keys(desk, person_keys(line.people[0].row_id), SuppressionReason.ASKED)
    with pytest.raises(KnownError, match=r"gifts\.suppressed"):
        note(desk, line)


def test_the_words_of_the_resource_do_not_contradict_one_another() -> None:
    known = vocabulary()
    tables = (known.verbs, known.formats, known.days, known.weekdays)
    phrases = [phrase for table in tables for phrase in table]
    assert len(phrases) == len(set(phrases))


@given(st.text(max_size=80))
def test_no_line_breaks_the_words(text: str) -> None:
    words = words_of(text)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    parts = parts_of(words, TODAY)
    assert len({part.kind for part in parts}) == len(parts)
    for part in parts:
        if part.kind == "day":
            assert date.fromisoformat(part.value) <= TODAY


@given(st.integers(0, 6))
def test_a_weekday_is_the_last_one(back: int) -> None:
    day = TODAY - timedelta(days=back or 7)
    name = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")[day.weekday()]
    (part,) = parts_of(words_of(name), TODAY)
    assert part.value == day.isoformat()


# What is learned.


def test_what_a_word_was_said_to_mean_is_known_the_next_time(desk: Store) -> None:
    doubt = read(desk, "beth pitched salt orchard").doubts[0]
    chosen = {name: row_id for row_id, name in doubt.offered}["Beth Sandoval"]
    assert doubt.offered[0][1] == "Beth Marlow"
    note(desk, read(desk, "beth pitched salt orchard", {"person:beth": chosen}))
    line = read(desk, "beth pitched salt and sky")
    assert named(line) == ["Beth Sandoval"]
    assert line.is_ready
    assert [name for _, name in line.people[0].offered] == ["Beth Sandoval", "Beth Marlow"], "the other is a click away"
    other = line.people[0].offered[1][0]
    note(desk, read(desk, "beth pitched salt and sky", {"person:beth": other}))
    assert named(read(desk, "beth quiet")) == ["Beth Marlow"], "and she may change her mind"
    desk.undo()
    assert named(read(desk, "beth quiet")) == ["Beth Sandoval"]
    desk.undo()
    assert read(desk, "beth pitched salt and sky").doubts


def test_a_title_is_learned_too(desk: Store) -> None:
    doubt = read(desk, "maya accepted salt").doubts[0]
    chosen = {name: row_id for row_id, name in doubt.offered}["Salt and Sky"]
    note(desk, read(desk, "maya accepted salt", {"title:salt": chosen}))
    assert read(desk, "rosa accepted salt").title.name == "Salt and Sky"


def test_who_was_pitched_the_title_is_meant_before_who_was_learned(desk: Store) -> None:
    line = read(desk, "beth accepted salt orchard")
    by_name = {name: row_id for row_id, name in line.doubts[0].offered}
    (gift,), _ = plan_gifts(desk, line.title.row_id, [by_name["Beth Marlow"]])
    move_gifts(desk, [gift], GiftState.ASKED)
    note(desk, read(desk, "beth pitched salt and sky", {"person:beth": by_name["Beth Sandoval"]}))
    assert named(read(desk, "beth accepted salt orchard")) == ["Beth Marlow"]


def test_nothing_is_learned_where_nothing_was_in_doubt(desk: Store) -> None:
    note(desk, read(desk, "maya accepted salt orchard"))
    assert Alias.select().count() == 0


# Completing.


@pytest.fixture
def asked(desk: Store) -> Store:
    """Maya and a Beth were pitched The Salt Orchard; there are others whose names begin so."""
    for name in ("Ma Yuan", "Mabel Stone", "Noël Ask", "Rosalind Ask"):
        add_person(desk, NewPerson(name))
    by_name = {row.name: row.id for row in list_people(desk)}
    item = read(desk, "accepted the salt orchard").title.row_id
    gifts, _ = plan_gifts(desk, item, [by_name["Maya Okonjo-Reyes"], by_name["Beth Sandoval"]])
    move_gifts(desk, gifts, GiftState.ASKED)
    return desk


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("m", "aya Okonjo-Reyes"), ("ma", "ya Okonjo-Reyes"), ("MA", "ya Okonjo-Reyes"), ("okon", "jo-Reyes"),
        ("maya ok", "onjo-Reyes"), ("b", "eth Sandoval"), ("@slow", "stovebeth"), ("mab", "el Stone"),
        ("noe", "l Ask"), ("rosal", "ind Ask"),
        ("r", ""), ("beth", ""), ("maya", ""), ("maya ", ""), ("maya,", ""), ("", ""), ("zzz", ""), ("m.", ""),
        ("maya, m", ""), ("maya, b", "eth Sandoval"),
        ("maya a", "ccepted"), ("maya d", "eclined"), ("maya, beth p", "osted"), ("maya said y", "es"),
        ("maya n", "ot now"),
        ("maya accepted s", "alt Orchard"), ("maya accepted salt o", "rchard"), ("maya accepted the s", "alt Orchard"),
        ("maya accepted sk", "y"), ("maya accepted salt orchard h", "ardback"),
        ("maya accepted salt orchard pap", "erback"), ("maya accepted salt orchard hb y", "esterday"),
        ("accepted salt orchard: m", "aya Okonjo-Reyes"), ("accepted salt orchard: maya, b", "eth Sandoval"),
        ("maya not now a", "utumn"), ("maya not now next m", "onth"), ("maya later s", "pring"),
        ("maya later salt orchard w", "inter"),
    ],
)  # fmt: skip
def test_the_word_being_typed_is_finished_with_what_is_likeliest(asked: Store, text: str, rest: str) -> None:
    assert complete(asked, text) == rest


def test_a_learned_word_is_offered_too(asked: Store) -> None:
    beth = read(asked, "beth quiet", {}).people[0].offered[0][0]
    note(asked, read(asked, "bets pitched salt and sky", {"person:bets": beth}))
    assert complete(asked, "bet") == "h Sandoval", "who is waited for comes first"
    assert complete(asked, "bets") == ""
    assert complete(asked, "rosa, be") == "th Sandoval"


@given(text=st.text(max_size=50), name=st.text(max_size=30))
def test_what_is_offered_is_what_the_name_has_next(text: str, name: str) -> None:
    rest = rest_of(name, fold(text))
    assert name.endswith(rest)
    if rest:
        assert fold(name[: len(name) - len(rest)]).endswith(fold(text))
        assert rest[0].isalnum()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            ["maya", "be", ",", "accepted", "not now", "salt", "o", "a", "@", "autumn", "ma", "hb", "é", "x"]
        ),
        max_size=7,
    )
)
def test_a_line_and_what_is_offered_can_be_read(asked: Store, words: list[str]) -> None:
    text = " ".join(words)
    rest = complete(asked, text)
    assert not rest or rest == rest.strip()
    longer = read(asked, text + rest)
    for piece in longer.pieces:
        assert (text + rest)[piece.start : piece.end].strip()
    if rest:
        assert complete(asked, text + rest) == "", "what was finished stands whole"
