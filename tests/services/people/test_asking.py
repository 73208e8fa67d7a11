"""Not now, ask in autumn: the words for a day, who is left alone until then, and what happens on the day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.changes import Op
from outreach.errors import KnownError
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item
from outreach.services.drafting.drafts import LetterOrder, approve_letter, preview_all
from outreach.services.drafting.handing_out import write_drafts
from outreach.services.drafting.senders import change_sender
from outreach.services.exporting.tables import export_people
from outreach.services.gifts.gifts import GiftState, list_gifts, move_gifts, plan_gifts
from outreach.services.importing.run import ImportKind, import_file
from outreach.services.matching.ranking import match_item
from outreach.services.people import asking
from outreach.services.people.forgetting import forget_person
from outreach.services.people.merging import merge_people
from outreach.services.people.people import (
    NewPerson,
    add_person,
    edit_person,
    person_keys,
    show_person,
)
from outreach.services.people.suppressions import SuppressionReason, suppress_keys
from outreach.services.quicklog import note, read
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Gift, Letter, Person, TasteNote
from outreach.store.workspace import Opening
from tests.conftest import NOW, contents

TODAY = NOW.date()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("autumn", "2027-09-01"), ("in the Fall", "2027-09-01"), ("next spring", "2027-03-01"),
        ("winter", "2026-12-01"), ("next month", "2026-12-01"), ("next year", "2027-01-01"),
        ("in 3 weeks", "2026-12-15"), ("2 months", "2027-01-24"), ("in 1 year", "2027-11-24"),
        ("march", "2027-03-01"), ("december", "2026-12-01"), ("november", "2027-11-01"), ("june 2028", "2028-06-01"),
        ("3 march", "2027-03-03"), ("25 nov", "2026-11-25"), ("23 nov", "2027-11-23"), ("2027-03-03", "2027-03-03"),
        ("on 3 March 2027", "2027-03-03"),
        ("", ""), ("today", ""), ("soon", ""), ("2020-01-01", ""), ("2026-11-24", ""), ("2027", ""), ("0 weeks", ""),
        ("30 february", ""), ("maya", ""),
    ],
)  # fmt: skip
def test_words_for_a_day_to_come(text: str, day: str) -> None:
    assert asking.day_of(text, TODAY) == day


@given(st.text(max_size=40), st.dates(date(2020, 1, 1), date(2090, 12, 31)))
def test_a_day_is_a_day_and_still_to_come(text: str, today: date) -> None:
    day = asking.day_of(text, today)
    assert not day or date.fromisoformat(day) > today


@given(st.dates(date(2020, 1, 1), date(2090, 12, 31)))
def test_what_is_offered_lies_within_a_year(today: date) -> None:
    offered = asking.offers(today)
    assert {name for name, _ in offered} == {"next_month", "spring", "autumn", "next_year"}
    assert [day for _, day in offered] == sorted(day for _, day in offered)
    for _, day in offered:
        assert timedelta() < date.fromisoformat(day) - today <= timedelta(days=366)
    for choice in asking.choices():
        for word in choice.words:
            assert asking.day_of(word, today) == asking.first_day(choice, today)


@given(st.integers(1, 99), st.sampled_from(["week", "month", "year"]), st.dates(date(2020, 1, 1), date(2090, 12, 31)))
def test_so_many_weeks_or_months_on(number: int, unit: str, today: date) -> None:
    day = date.fromisoformat(asking.day_of(f"in {number} {unit}s", today))
    days = {"week": 7, "month": 30, "year": 365}[unit] * number
    assert days <= (day - today).days + 3
    assert (day - today).days <= days * 1.03 + 3


AUTUMN = "2027-09-01"


@dataclass(frozen=True, slots=True)
class Desk:
    """Maya and Rosa, who both enjoy the one title."""

    store: Store
    moments: list[datetime]
    maya: int
    rosa: int
    title: int

    def never(self) -> dict[int, tuple[str, str]]:
        """Whom the match leaves out, why, and with which day."""
        found = match_item(self.store, self.title).never_shown
        return {each.person_id: (each.reason.code, each.reason.facts.get("from_day", "")) for each in found}

    def order(self, *people: int) -> LetterOrder:
        """A pitch of the title, with its personal line."""
        return LetterOrder("first-pitch", self.title, people, dict.fromkeys(people, "You wrote of orchards."))

    def wait_until(self, day: str) -> None:
        """Let days go by."""
        self.moments.append(datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC))

    def day_of(self, person: int) -> str | None:
        return Person.get_by_id(person).ask_again_on


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    moments = [NOW]
    with workspace.writing(folder, Opening(clock=lambda: moments[-1], by="HO")) as store:
        change_sender(store, name="Hanna Okafor", email="hanna@finch.example", postal_address="1 Quay Street, Bristol")
        people = []
        for name in ("Maya Okonjo-Reyes", "Rosa Vinter"):
            person, _ = add_person(store, NewPerson(name, [f"{name.split()[0].lower()}@example.org"]))
            with store.operation(Op.NOTE_TASTE):
                TasteNote.create(
                    person=person, side="own", polarity="like", kind="genre", subject="YA", key="ya-fantasy"
                )
            people.append(person)
        values = {"author": "Imogen Vale", "hook": "Salt.", "publisher": "Finch & Marlow", "pub_date": "2027-10-07"}
        editions = [NewEdition(EditionFormat.PROOF, copies=5)]
        title, _ = add_item(store, "The Salt Orchard", values, editions=editions, genres=["ya-fantasy"])
        yield Desk(store, moments, *people, title)


def test_someone_with_a_later_day_is_left_alone_until_then(desk: Desk) -> None:
    asking.put_off(desk.store, people=[desk.maya], on="autumn")
    assert desk.never() == {desk.maya: ("excluded.not_yet", AUTUMN)}
    with pytest.raises(KnownError, match=r"asking\.not_yet") as caught:
        plan_gifts(desk.store, desk.title, [desk.rosa, desk.maya])
    assert caught.value.facts == {"person": "Maya Okonjo-Reyes", "from_day": AUTUMN}
    assert list_gifts(desk.store) == []
    desk.store.undo()
    assert desk.never() == {}
    plan_gifts(desk.store, desk.title, [desk.maya])


def test_no_letter_goes_to_someone_who_asked_for_later_meanwhile(desk: Desk, tmp_path: Path) -> None:
    plan_gifts(desk.store, desk.title, [desk.maya, desk.rosa], edition_id=1)
    order = desk.order(desk.maya, desk.rosa)
    letters, _ = preview_all(desk.store, order)
    for letter in letters:
        assert letter.missing == ()
        approve_letter(desk.store, order, letter)
    asking.put_off(desk.store, people=[desk.maya], on="autumn")
    seen, problems = preview_all(desk.store, desk.order(desk.maya))
    assert seen == []
    assert [(each.code, each.facts["from_day"]) for each in problems] == [("letters.not_yet", AUTUMN)]
    with pytest.raises(KnownError, match=r"asking\.not_yet"):
        approve_letter(desk.store, order, letters[0])
    files = write_drafts(desk.store, [row.id for row in Letter.select()], tmp_path / "out")
    assert [Path(file).name for file in files] == [f"001-p{desk.rosa}.eml"]


def test_a_title_declined_until_autumn_may_be_pitched_again_then(desk: Desk) -> None:
    (gift, other), _ = plan_gifts(desk.store, desk.title, [desk.maya, desk.rosa], edition_id=1)
    order = desk.order(desk.maya)
    (letter,), _ = preview_all(desk.store, order)
    approve_letter(desk.store, order, letter)
    move_gifts(desk.store, [gift, other], GiftState.ASKED)
    with desk.store.operation(Op.APPROVE_LETTERS):
        Letter.update(state="sent").execute()
    move_gifts(desk.store, [gift], GiftState.DECLINED, ask_again="autumn")
    move_gifts(desk.store, [other], GiftState.DECLINED)
    assert desk.never() == {desk.maya: ("excluded.not_yet", AUTUMN), desk.rosa: ("excluded.declined", "")}
    assert asking.due(desk.store) == []
    with pytest.raises(KnownError, match=r"gifts\.has_it"):
        plan_gifts(desk.store, desk.title, [desk.maya])
    desk.wait_until(AUTUMN)
    (due,) = asking.due(desk.store)
    assert (due.person_id, due.title, due.since, due.gift_id) == (desk.maya, "The Salt Orchard", AUTUMN, gift)
    assert [fit.person_id for fit in match_item(desk.store, desk.title).fits] == [desk.maya]
    plan_gifts(desk.store, desk.title, [desk.maya], edition_id=1)
    assert asking.due(desk.store) == []
    assert [row.state for row in list_gifts(desk.store, person_id=desk.maya)] == ["chosen", "declined"]
    letters, problems = preview_all(desk.store, order)
    assert (len(letters), problems) == (1, [])
    approve_letter(desk.store, order, letters[0])
    assert {row.kind for row in Letter.select()} == {"pitch", "pitch_before_asking_again"}
    with pytest.raises(KnownError, match=r"gifts\.has_it"):
        plan_gifts(desk.store, desk.title, [desk.rosa])


def test_on_the_day_she_is_due_until_she_is_asked_or_set_aside(desk: Desk) -> None:
    asking.put_off(desk.store, people=[desk.maya], on="2026-12-10")
    asking.put_off(desk.store, people=[desk.rosa], on="2026-12-05")
    desk.wait_until("2026-12-09")
    assert [due.person for due in asking.due(desk.store)] == ["Rosa Vinter"]
    desk.wait_until("2026-12-10")
    assert [due.person for due in asking.due(desk.store)] == ["Rosa Vinter", "Maya Okonjo-Reyes"]
    assert asking.not_yet(desk.store) == {}
    before = contents(desk.store, without=("sqlite_sequence",))
    plan_gifts(desk.store, desk.title, [desk.rosa])
    assert [due.person for due in asking.due(desk.store)] == ["Maya Okonjo-Reyes"]
    asking.set_aside(desk.store)
    assert asking.due(desk.store) == []
    desk.store.undo()
    desk.store.undo()
    assert contents(desk.store, without=("sqlite_sequence",)) == before
    suppress_keys(desk.store, person_keys(desk.rosa), SuppressionReason.ASKED)
    assert [due.person for due in asking.due(desk.store)] == ["Maya Okonjo-Reyes"]


def test_an_answer_of_another_kind_takes_the_day_off_a_gift(desk: Desk) -> None:
    (gift,), _ = plan_gifts(desk.store, desk.title, [desk.maya])
    move_gifts(desk.store, [gift], GiftState.DECLINED, ask_again="autumn")
    move_gifts(desk.store, [gift], GiftState.ACCEPTED)
    assert Gift.get_by_id(gift).ask_again_on is None


@pytest.mark.parametrize("text", ["soon", "2020-01-01", "today"])
def test_a_day_that_is_none_or_over_changes_nothing(desk: Desk, text: str) -> None:
    (gift,), _ = plan_gifts(desk.store, desk.title, [desk.maya])
    before = contents(desk.store)
    with pytest.raises(KnownError, match=r"asking\.no_day"):
        asking.put_off(desk.store, people=[desk.maya], on=text)
    with pytest.raises(KnownError, match=r"asking\.no_day"):
        move_gifts(desk.store, [gift], GiftState.DECLINED, ask_again=text)
    with pytest.raises(KnownError, match=r"asking\.no_day"):
        edit_person(desk.store, desk.maya, {"ask_again_on": text})
    assert contents(desk.store) == before


# In the quick log.


def test_not_now_is_noted_of_a_person(desk: Desk) -> None:
    before = contents(desk.store, without=("sqlite_sequence",))
    for text in ("maya not now autumn", "maya, rosa later in the fall", "not now: maya autumn"):
        line = read(desk.store, text)
        assert (line.verb, line.until, line.title, line.is_ready) == ("later", AUTUMN, None, True), text
        note(desk.store, line)
        assert desk.day_of(desk.maya) == AUTUMN
        desk.store.undo()
        assert contents(desk.store, without=("sqlite_sequence",)) == before


def test_later_with_a_title_is_about_that_title(desk: Desk) -> None:
    line = read(desk.store, "maya later salt orchard autumn")
    assert (line.title.name, line.until, line.is_ready) == ("The Salt Orchard", AUTUMN, True)
    note(desk.store, line)
    (gift,) = Gift.select()
    assert (gift.state, gift.ask_again_on, desk.day_of(desk.maya)) == ("declined", AUTUMN, None)
    note(desk.store, read(desk.store, "maya later salt orchard next year"))
    (gift,) = Gift.select()
    assert (gift.state, gift.ask_again_on) == ("declined", "2027-01-01")


def test_names_and_titles_called_after_seasons_and_months(desk: Desk) -> None:
    add_person(desk.store, NewPerson("April Marsh"))
    add_item(desk.store, "The Winter Garden", {})
    line = read(desk.store, "april later winter garden in autumn")
    assert ([piece.name for piece in line.people], line.title.name, line.until) == (
        ["April Marsh"], "The Winter Garden", AUTUMN
    )  # fmt: skip
    assert read(desk.store, "april accepted winter garden").is_ready


def test_later_without_a_day_asks_for_one(desk: Desk) -> None:
    line = read(desk.store, "maya not now")
    assert not line.is_ready
    with pytest.raises(KnownError, match=r"quicklog\.no_day"):
        note(desk.store, line)


# Everywhere else that people go.


def test_merging_keeps_the_later_day(desk: Desk) -> None:
    asking.put_off(desk.store, people=[desk.maya], on="spring")
    asking.put_off(desk.store, people=[desk.rosa], on="autumn")
    merge_people(desk.store, desk.maya, desk.rosa)
    assert desk.day_of(desk.maya) == AUTUMN


def test_merging_takes_over_a_day_and_learned_words(desk: Desk) -> None:
    asking.put_off(desk.store, people=[desk.rosa], on="autumn")
    note(desk.store, read(desk.store, "ro accepted salt orchard", {"person:ro": desk.rosa}))
    merge_people(desk.store, desk.maya, desk.rosa)
    assert desk.day_of(desk.maya) == AUTUMN
    assert read(desk.store, "ro declined salt orchard").people[0].row_id == desk.maya


def test_forgetting_leaves_neither_day_nor_learned_word(desk: Desk) -> None:
    asking.put_off(desk.store, people=[desk.maya], on="autumn")
    note(desk.store, read(desk.store, "mops later salt orchard autumn", {"person:mops": desk.maya}))
    forget_person(desk.store, desk.maya)
    left = contents(desk.store)
    assert left["alias"] == []
    assert [gift.ask_again_on for gift in Gift.select()] == [None]
    assert b"mops" not in desk.store.path.read_bytes()
    assert AUTUMN.encode() not in desk.store.path.read_bytes()


def test_an_export_tells_the_day_and_an_import_reads_it(desk: Desk, tmp_path: Path) -> None:
    asking.put_off(desk.store, people=[desk.maya], on="autumn")
    export_people(desk.store, tmp_path / "people.csv")
    with desk.store.operation(Op.EDIT_PERSON):
        Person.delete().execute()
    import_file(desk.store, ImportKind.PEOPLE, tmp_path / "people.csv")
    days = {row.name: row.ask_again_on for row in Person.select()}
    assert days == {"Maya Okonjo-Reyes": AUTUMN, "Rosa Vinter": None}
    assert import_file(desk.store, ImportKind.PEOPLE, tmp_path / "people.csv").unchanged == 2
    (tmp_path / "odd.csv").write_text("Name,Ask again from\nNoor Haddad,whenever\n", encoding="utf-8")
    import_file(desk.store, ImportKind.PEOPLE, tmp_path / "odd.csv")
    assert Person.get(Person.name == "Noor Haddad").ask_again_on is None


def test_the_commands_know_the_day(cli, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    assert cli("new", folder).code == 0
    cli("people", "add", "Maya Okonjo-Reyes", "--set", "ask_again_on=2099-09-01")
    assert "Ask again from: 1 Sept 2099" in cli("people", "show", "p1").out
    refused = cli("people", "edit", "p1", "--set", "ask_again_on=whenever")
    assert (refused.code, "autumn, next month" in refused.err) == (2, True)
    assert cli("people", "edit", "p1", "--set", "ask_again_on=").code == 0
    assert "Ask again" not in cli("people", "show", "p1").out
    cli("catalogue", "add", "The Salt Orchard")
    cli("gifts", "plan", "--item", "i1", "--to", "p1")
    assert cli("gifts", "decline", "g1", "--ask-again", "autumn").code == 0
    with workspace.reading(folder, Opening()):
        assert Gift.get_by_id(1).ask_again_on.endswith("-09-01")


def test_a_person_shows_her_day(desk: Desk) -> None:
    asking.put_off(desk.store, people=[desk.maya], on="autumn")
    assert show_person(desk.store, desk.maya).values["ask_again_on"] == AUTUMN
