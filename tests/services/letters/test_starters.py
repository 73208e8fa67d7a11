"""Every kind of letter has a template to begin with, which makes a letter that can be approved."""

import pytest

from outreach.fields.text import fold
from outreach.services.drafting.comparing import compared
from outreach.services.drafting.drafts import LetterOrder, checked, preview_all
from outreach.services.drafting.senders import change_sender
from outreach.services.drafting.templates import (
    as_text,
    doubts,
    is_twin_for,
    save_starters,
    save_template,
    template_for,
    template_named,
    twin_name,
    versions_of,
)
from outreach.services.letters.templates import LetterKind, TemplateText, starters
from outreach.store.database import Store
from outreach.store.models import Letter, LetterTemplate, Reply
from tests.services.mail.test_sending import approved_by


@pytest.fixture
def desk(store: Store) -> Store:
    change_sender(store, name="Hanna Okafor", email="hanna@house.example", postal_address="1 Mill Lane, Leeds")
    return store


def test_there_is_one_of_each_kind_and_none_names_what_is_not_there() -> None:
    found = starters()
    assert {text.kind for text in found} == set(LetterKind)
    assert [(text.name, doubts(text)) for text in found if doubts(text)] == []


def test_each_makes_a_letter_that_nothing_stops(desk: Store) -> None:
    save_starters(desk)
    approved_by(desk, 1)
    letter = Letter.get()
    for text in starters():
        order = LetterOrder(text.name, letter.item_id, (letter.person_id,), {letter.person_id: "You wrote of salt."})
        if text.kind is LetterKind.PITCH:
            Letter.update(state="draft").execute()
        letters, problems = preview_all(desk, order)
        assert problems == [], text.name
        assert set(letters[0].missing) <= {"person.address_short"}, text.name
        stops = [each.code for each in checked(desk, order, letters)[letter.person_id] if each.stops]
        assert stops == [], text.name
        if text.kind in (LetterKind.PITCH, LetterKind.OFFER, LetterKind.INVITATION):
            assert "1 mill lane" in fold(letters[0].text), text.name


def test_versions_are_kept_and_the_same_makes_none(desk: Store) -> None:
    first = as_text(template_named("first-pitch"))
    assert save_template(desk, first)[0] == 1
    changed = TemplateText(first.name, first.label, first.kind, first.subject, first.body + "\nOne more line.\n")
    assert save_template(desk, changed)[0] == 2
    assert [row.version for row in versions_of("first-pitch")] == [2, 1]
    assert template_named("first-pitch").body.endswith("One more line.\n")
    desk.undo(1)
    assert [row.version for row in versions_of("first-pitch")] == [1]


def test_what_is_wrong_with_a_template_is_said_with_its_line() -> None:
    text = TemplateText("x", "X", LetterKind.PITCH, "Hello", "One\n{% if person.name %}\nTwo {{ person.dog }}")
    (found,) = doubts(text)
    assert (found.code, found.stops, found.facts["part"]) == ("letters.syntax", True, "body")
    whole = TemplateText("x", "X", LetterKind.PITCH, "Hello", "Two {{ person.dog }} {{ person.loved.quote }}")
    assert [(each.code, each.facts) for each in doubts(whole)] == [("letters.unknown_fact", {"fact": "person.dog"})]


def test_of_two_templates_each_person_always_gets_the_same_and_few_letters_say_nothing(desk: Store) -> None:
    first = as_text(template_named("first-pitch"))
    twin = TemplateText(twin_name(first.name), "B", first.kind, first.subject, first.body + "\nP.S. B\n")
    save_template(desk, twin)
    chosen = [template_for("first-pitch", person).name for person in range(1, 401)]
    assert chosen == [template_for("first-pitch", person).name for person in range(1, 401)]
    assert 160 < sum(is_twin_for("first-pitch", person) for person in range(1, 401)) < 240
    letters = approved_by(desk, 8)
    Letter.update(state="sent", template=template_named("first-pitch").id).where(Letter.id.in_(letters[:6])).execute()
    b = LetterTemplate.get(LetterTemplate.name == twin.name).id
    Letter.update(state="sent", template=b).where(Letter.id.in_(letters[6:])).execute()
    for number, letter in enumerate(letters[:3]):
        Reply.create(letter=letter, person=Letter.get_by_id(letter).person_id, message_id=f"<{number}@x>",
                     received_at="2026-11-24T12:00:00Z")  # fmt: skip
    one, other = compared("first-pitch")
    assert (one.sent, one.answered, other.sent, other.likely) == (6, 3, 2, None)
    low, high = one.likely
    assert 0.18 < low < 0.5 < high < 0.82
