"""What the window asks of services beyond what commands do: addresses, numbers, approvals, work in a child process."""

import email
import email.policy
from pathlib import Path

import pytest

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.drafting.drafts import LetterOrder, approve_letter, draft_letters, preview_all
from outreach.services.drafting.handing_out import write_drafts
from outreach.services.drafting.openings import openings
from outreach.services.drafting.senders import change_sender, sender
from outreach.services.gifts.gifts import list_gifts
from outreach.services.matching import apart
from outreach.services.matching.apart import match_apart
from outreach.services.matching.ranking import match_item
from outreach.services.pages.match import first_title
from outreach.services.people.addresses import PARTS, current_address, save_address
from outreach.services.people.people import NewPerson, add_person, person_keys
from outreach.services.people.suppressions import SuppressionReason, suppress_keys
from outreach.services.sample.apart import SENDER, sample_apart
from outreach.services.shipments.batching import number_rows
from outreach.services.shipments.shipments import (
    ShipmentState,
    create_shipments,
    list_shipments,
    send_shipments,
)
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Address, Letter, Person, Post
from outreach.store.workspace import Opening
from tests.conftest import contents

HOME = {"line1": "1 Quay Street", "city": "Bristol", "postcode": "BS1 4QQ", "country": "United Kingdom"}


@pytest.fixture
def sample(filled, opening: Opening) -> Store:
    with workspace.writing(filled(150, 3), opening) as store:
        change_sender(store, **SENDER)
        yield store


# Addresses.


def test_an_address_is_kept_confirmed_and_followed_by_another(store: Store) -> None:
    person, _ = add_person(store, NewPerson("Ada"))
    save_address(store, person, HOME)
    first = current_address(person)
    assert (first.line1, first.country, first.confirmed_on) == ("1 Quay Street", "GB", None)
    save_address(store, person, HOME, confirmed=True)
    assert (current_address(person).id, current_address(person).confirmed_on) == (first.id, "2026-11-24")
    save_address(store, person, HOME | {"line1": "2 Mill Lane"})
    assert current_address(person).line1 == "2 Mill Lane"
    assert Address.select().where(Address.person == person).count() == 2, "the older one is kept"
    store.undo()
    assert current_address(person).id == first.id
    with pytest.raises(KnownError, match=r"addresses\.no_street"):
        save_address(store, person, HOME | {"line1": "  "})


@pytest.mark.parametrize("name", PARTS)
def test_an_address_with_signs_that_cannot_be_seen_is_refused(store: Store, name: str) -> None:
    person, _ = add_person(store, NewPerson("Ada"))
    for sign in "\u202e\u2066\u200f\u200b\ufeff\x07":
        with pytest.raises(KnownError) as caught:
            save_address(store, person, HOME | {name: f"Lee{sign}ds"})
        assert caught.value.code == "addresses.unseen"
        assert caught.value.facts == {"line": "Leeds", "signs": f"U+{ord(sign):04X}"}
    assert current_address(person) is None


# Tracking.


def packed(store: Store) -> list[int]:
    from outreach.services.pages.batch import parcel_ids
    from outreach.services.pages.parcels import gift_of_row, parcel_lines

    ids = parcel_ids(store, "open")
    lines = parcel_lines(store, ids)
    return create_shipments(store, [gift_of_row(each) for each in ids if each < 0 and lines[each].address])[0]


def test_numbers_are_noted_before_parcels_go_and_all_or_none(sample: Store) -> None:
    parcels = packed(sample)[:2]
    number_rows(sample, {parcels[0]: "rm 4730 0001 2gb"})
    row = list_shipments(ids=parcels)[0]
    assert (row.tracking_number, row.state) == ("RM473000012GB", ShipmentState.PACKING)
    before = contents(sample)
    with pytest.raises(KnownError, match=r"shipments\.number_taken"):
        number_rows(sample, {parcels[1]: "RM473000026GB", parcels[0]: "RM473000026GB"})
    assert contents(sample) == before
    send_shipments(sample, parcels)
    rows = list_shipments(ids=parcels)
    assert {row.state for row in rows} == {ShipmentState.SENT}
    gifts = {row.id: row.state for row in list_gifts(sample)}
    assert {gifts[gift] for row in rows for gift in row.gifts} == {"sent"}
    with pytest.raises(KnownError, match=r"shipments\.not_packing"):
        send_shipments(sample, parcels)
    sample.undo()
    assert {row.state for row in list_shipments(ids=parcels)} == {ShipmentState.PACKING}


# Letters.


def order_of(store: Store, count: int = 3) -> LetterOrder:
    from outreach.services.pages.letters import letter_titles, recipients

    item = letter_titles(store)[0].item_id
    people = tuple(row.id for row in recipients(store, item) if row.email)[:count]
    return LetterOrder("first-pitch", item, people, dict.fromkeys(people, "I kept your note about lighthouses."))


def test_a_letter_is_approved_as_it_was_read(sample: Store, tmp_path: Path) -> None:
    order = order_of(sample)
    letters, problems = preview_all(sample, order)
    assert problems == [] and letters
    approve_letter(sample, order, letters[0])
    kept = Letter.get((Letter.person == letters[0].person_id) & (Letter.state == "approved"))
    assert (kept.subject, kept.body, kept.approved_at) == (
        letters[0].subject, letters[0].markdown, "2026-11-24T12:00:00Z"
    )  # fmt: skip
    (file,) = write_drafts(sample, [kept.id], tmp_path / "drafts")
    message = email.message_from_bytes(Path(file).read_bytes(), policy=email.policy.default)
    assert message.get_body(("plain",)).get_content().split() == letters[0].text.split()
    # Drafting anew leaves it as it was approved.
    before = (kept.body, kept.message_id)
    draft_letters(sample, order)
    again = Letter.get_by_id(kept.id)
    assert (again.body, again.message_id, again.state) == (*before, "approved")
    sample.undo()
    sample.undo()
    assert not Letter.select().where(Letter.state == "approved").exists()


def test_what_lacks_a_fact_is_shown_and_cannot_be_approved(sample: Store) -> None:
    order = order_of(sample, 1)
    bare = LetterOrder(order.template, order.item_id, order.people, {})
    (letter,), problems = preview_all(sample, bare)
    assert problems == []
    assert letter.missing == ("opening",)
    assert "⟦opening⟧" in letter.markdown
    with pytest.raises(KnownError, match=r"letters\.incomplete"):
        approve_letter(sample, bare, letter)


def test_nobody_who_asked_not_to_be_written_to_gets_an_approved_letter(sample: Store) -> None:
    order = order_of(sample, 1)
    (letter,), _ = preview_all(sample, order)
    suppress_keys(sample, person_keys(letter.person_id), SuppressionReason.ASKED)
    with pytest.raises(KnownError, match=r"letters\.not_to_be_written"):
        approve_letter(sample, order, letter)


def test_a_letter_that_was_sent_is_not_approved_again(sample: Store) -> None:
    order = order_of(sample, 1)
    (letter,), _ = preview_all(sample, order)
    approve_letter(sample, order, letter)
    Letter.update(state="sent", sent_at=sample.now()).where(Letter.person == letter.person_id).execute()
    with pytest.raises(KnownError, match=r"letters\.gone_already"):
        approve_letter(sample, order, letter)


def test_an_opening_reads_as_it_stands_in_the_letter(sample: Store) -> None:
    """A title within a fact is plain text: signs of Markdown would stand in the letter as they are."""
    people = [row.id for row in Person.select(Person.id)]
    assert Post.select().count()
    assert [line for line in openings(people, []).values() if "*" in line] == []


# Work in a child process.


def test_a_match_apart_is_the_same_match(sample: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    item = first_title(sample)
    here = match_item(sample, item)
    monkeypatch.setattr(apart, "_FEW", 0)
    assert match_apart(sample, item, Job()) == here


def test_what_stands_beside_a_match_is_the_same_apart(sample: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    item = first_title(sample)
    person = match_item(sample, item, limit=1).fits[0].person_id
    asked = (
        lambda: apart.beside_apart(sample, item, Job()),
        lambda: apart.suiting_apart(sample, person, Job()),
        lambda: apart.reasons_apart(sample, item, [person], Job()),
    )
    here = [ask() for ask in asked]
    assert here[0].together
    assert here[1].match.fits
    assert here[1].alike
    assert here[2][person]
    monkeypatch.setattr(apart, "_FEW", 0)
    assert [ask() for ask in asked] == here


def test_a_sample_made_apart_is_a_whole_workspace(tmp_path: Path) -> None:
    sample_apart(tmp_path / "sample", people=120)
    with workspace.reading(tmp_path / "sample", Opening()):
        assert Person.select().count() == 120
        assert sender().organisation == "Finch & Marlow"
    with pytest.raises(KnownError, match=r"workspace\.exists"):
        sample_apart(tmp_path / "sample", people=120)
