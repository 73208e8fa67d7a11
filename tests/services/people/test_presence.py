"""Who is away, who is not of age, who is copied in, who rests in the archive, and whom to let go."""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from outreach.errors import KnownError
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item
from outreach.services.drafting.drafts import LetterOrder, draft_letters, preview_all
from outreach.services.drafting.senders import change_sender
from outreach.services.gifts.gifts import GiftState, move_gifts, plan_gifts
from outreach.services.matching.ranking import match_item
from outreach.services.pages.people import PeopleQuery, people_ids
from outreach.services.pages.person import person_page
from outreach.services.people import retention
from outreach.services.people.addresses import save_address
from outreach.services.people.bulk import archive_people
from outreach.services.people.consent import consent_of, save_consent
from outreach.services.people.notes import add_note
from outreach.services.people.people import NewPerson, add_person, edit_person
from outreach.services.people.suppressions import SuppressionKind, SuppressionReason, suppress_keys
from outreach.services.shipments.shipments import create_shipments, packable
from outreach.services.workspaces.data_rules import change_rule
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import EmailAddress, Gift, Letter, TasteNote
from outreach.store.workspace import Opening
from tests.conftest import NOW


@dataclass
class Desk:
    store: Store
    moments: list[datetime]
    maya: int
    title: int


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    moments = [NOW]
    with workspace.writing(folder, Opening(clock=lambda: moments[-1], by="HO")) as store:
        change_sender(store, name="Hanna Okafor", email="hanna@finch.example", postal_address="1 Quay Street, Bristol")
        maya, _ = add_person(store, NewPerson("Maya Okonjo-Reyes", ["maya@example.org"]))
        save_address(store, maya, {"line1": "4 Mill Lane", "city": "Leeds", "country": "GB"})
        TasteNote.create(person=maya, side="own", polarity="like", kind="genre", subject="YA", key="ya-fantasy")
        values = {"author": "Imogen Vale", "hook": "Salt.", "publisher": "Finch & Marlow", "pub_date": "2027-10-07"}
        editions = [NewEdition(EditionFormat.PROOF, copies=5)]
        title, _ = add_item(store, "The Salt Orchard", values, editions=editions, genres=["ya-fantasy"])
        yield Desk(store, moments, maya, title)


def accepted(desk: Desk) -> int:
    plan_gifts(desk.store, desk.title, [desk.maya])
    gift = int(Gift.get(Gift.person == desk.maya).id)
    move_gifts(desk.store, [gift], GiftState.ASKED)
    move_gifts(desk.store, [gift], GiftState.ACCEPTED)
    return gift


def order(desk: Desk) -> LetterOrder:
    return LetterOrder("first-pitch", desk.title, (desk.maya,), {desk.maya: "The river stories."})


def test_a_parcel_and_a_letter_wait_for_who_is_away(desk: Desk) -> None:
    gift = accepted(desk)
    edit_person(desk.store, desk.maya, {"away_until": "in 3 weeks"})
    with pytest.raises(KnownError) as caught:
        create_shipments(desk.store, [gift])
    assert (caught.value.code, caught.value.facts["until_day"]) == ("shipments.away", "2026-12-15")
    assert [error.code for error in packable(desk.store, [gift])[1]] == ["shipments.away"]
    assert [problem.code for problem in preview_all(desk.store, order(desk))[1]] == ["letters.away"]
    desk.moments.append(NOW + timedelta(weeks=3))
    assert preview_all(desk.store, order(desk))[1] == []
    assert len(create_shipments(desk.store, [gift])[0]) == 1


def test_a_parcel_to_who_is_not_of_age_needs_a_guardian(desk: Desk) -> None:
    gift = accepted(desk)
    edit_person(desk.store, desk.maya, {"is_adult": "no"})
    with pytest.raises(KnownError) as caught:
        create_shipments(desk.store, [gift])
    assert caught.value.code == "shipments.minor"
    edit_person(desk.store, desk.maya, {"guardian": "Ada", "guardian_contact": "ada@example.org"})
    assert len(create_shipments(desk.store, [gift])[0]) == 1


def copied(desk: Desk) -> str:
    Letter.delete().execute()
    draft_letters(desk.store, order(desk))
    message = email.message_from_bytes(bytes(Letter.get().message), policy=email.policy.default)
    return str(message["Cc"] or "")


def test_the_representative_is_copied_in_unless_she_asked_not_to_be(desk: Desk) -> None:
    assert copied(desk) == ""
    edit_person(desk.store, desk.maya, {"representative": "Ewa Liś", "representative_email": "ewa@agency.example"})
    assert copied(desk) == "Ewa Liś <ewa@agency.example>"
    suppress_keys(desk.store, [(SuppressionKind.EMAIL, "ewa@agency.example")], SuppressionReason.ASKED)
    assert copied(desk) == ""


def test_who_is_to_be_told_is_told_by_the_first_letter(desk: Desk) -> None:
    save_consent(desk.store, desk.maya, {"source": "her own page", "found_on": "2026-11-20", "basis": "published"})
    plan_gifts(desk.store, desk.title, [desk.maya])
    draft_letters(desk.store, order(desk))
    assert "which I have from: her own page." in Letter.get().body
    gift = int(Gift.get(Gift.person == desk.maya).id)
    move_gifts(desk.store, [gift], GiftState.ASKED)
    assert consent_of(desk.store, desk.maya).notice_given_on == "2026-11-24"
    Letter.delete().execute()
    draft_letters(desk.store, order(desk))
    assert "which I have from" not in Letter.get().body
    desk.store.undo()
    desk.store.undo()
    assert consent_of(desk.store, desk.maya).notice_given_on == ""


def test_the_archive_is_out_of_lists_and_of_the_match(desk: Desk) -> None:
    assert desk.maya in [fit.person_id for fit in match_item(desk.store, desk.title).fits]
    archive_people(desk.store, [desk.maya])
    assert list(people_ids(desk.store, PeopleQuery())) == []
    assert list(people_ids(desk.store, PeopleQuery("archived"))) == [desk.maya]
    assert match_item(desk.store, desk.title).fits == ()
    desk.store.undo()
    assert list(people_ids(desk.store, PeopleQuery())) == [desk.maya]


def test_silence_is_proposed_and_ends_when_something_happens(desk: Desk) -> None:
    assert retention.proposals(desk.store) == []
    desk.moments.append(NOW + timedelta(days=200))
    assert [(each.kind, each.person_id) for each in retention.proposals(desk.store)] == [("address", desk.maya)]
    desk.moments.append(NOW + timedelta(days=740))
    assert [(each.kind, each.last) for each in retention.proposals(desk.store)] == [("person", "2026-11-24")]
    add_note(desk.store, desk.maya, "rang to say hello")
    idle = [each.address_id or 0 for each in retention.proposals(desk.store)]
    retention.drop_addresses(desk.store, idle)
    assert retention.proposals(desk.store) == []
    desk.store.undo()
    assert [each.kind for each in retention.proposals(desk.store)] == ["address"]
    desk.store.undo()
    retention.keep_people(desk.store, [desk.maya])
    assert [each.kind for each in retention.proposals(desk.store)] == ["address"]


def test_the_timeline_tells_everything_newest_first(desk: Desk) -> None:
    gift = accepted(desk)
    create_shipments(desk.store, [gift])
    add_note(desk.store, desk.maya, "a call", "call", on="2026-01-05")
    draft_letters(desk.store, order(desk))
    page = person_page(desk.store, desk.maya)
    assert page is not None
    marks = [entry.mark for entry in page.timeline]
    assert marks == ["letter", "accepted", "asked", "chosen", "note"]
    assert page.timeline[-1].detail == "call"


def test_whoever_lost_her_last_address_still_has_her_name(desk: Desk) -> None:
    EmailAddress.delete().execute()
    assert [problem.code for problem in preview_all(desk.store, order(desk))[1]] == ["letters.no_email"]


def test_there_is_one_notion_of_silence(desk: Desk) -> None:
    desk.moments.append(NOW + timedelta(days=740))
    people = PeopleQuery("long_ago")

    def both() -> tuple[list[int], list[int]]:
        proposed = [each.person_id for each in retention.proposals(desk.store) if each.kind == "person"]
        return proposed, list(people_ids(desk.store, people))

    assert both() == ([desk.maya], [desk.maya])
    change_rule(desk.store, "keep_months", "36")
    assert both() == ([], [])
    change_rule(desk.store, "keep_months", "12")
    retention.keep_people(desk.store, [desk.maya])
    assert both() == ([], []), "whoever is kept on purpose is not silent"
