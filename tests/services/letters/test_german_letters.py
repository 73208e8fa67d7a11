"""A house that writes in German: its starters, the lines they share, and what is looked for in them."""

from pathlib import Path

import pytest

from outreach.errors import KnownError
from outreach.services.drafting.drafts import LetterOrder, checked, preview_all
from outreach.services.drafting.openings import openings
from outreach.services.drafting.senders import change_sender, sender
from outreach.services.drafting.templates import doubts, save_template, template_named
from outreach.services.letters.language import ENGLISH, Language, language, languages
from outreach.services.letters.lint import About, lint
from outreach.services.letters.templates import LetterKind, TemplateText, starters
from outreach.services.people.people import edit_person
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Letter, LetterTemplate
from outreach.store.workspace import Opening
from tests.services.mail.test_sending import approved_by


@pytest.fixture
def desk(store: Store) -> Store:
    change_sender(store, name="Hanna Okafor", email="hanna@haus.example", postal_address="Kai 1, Kiel", country="DE")
    return store


def test_a_new_workspace_has_the_starters_of_the_program_s_language(tmp_path: Path) -> None:
    new_workspace(tmp_path / "w", Opening(), "de")
    with workspace.reading(tmp_path / "w", Opening()):
        assert sender().language == "de"
        assert template_named("first-pitch").label == "Erste Anfrage"
    new_workspace(tmp_path / "v", Opening(), "fr")
    with workspace.reading(tmp_path / "v", Opening()):
        assert sender().language == ENGLISH, "there are no French letters yet"
        assert template_named("first-pitch").label == "First pitch"


def test_each_starter_has_a_german_twin_with_the_same_facts() -> None:
    english, german = ({text.name: text for text in starters(code)} for code in ("en", "de"))
    assert english.keys() == german.keys()
    assert {text.kind for text in german.values()} == set(LetterKind)
    assert [(text.name, doubts(text)) for text in german.values() if doubts(text)] == []


def test_another_language_changes_the_starters_and_nothing_that_was_written_here(desk: Store) -> None:
    from outreach.services.drafting.templates import save_starters

    save_starters(desk)
    own = template_named("thank-you")
    save_template(desk, TemplateText(own.name, own.label, LetterKind(own.kind), own.subject, own.body + "\nOurs.\n"))
    change_sender(desk, language="de")
    assert template_named("first-pitch").label == "Erste Anfrage"
    assert template_named("first-pitch").version == 2
    assert template_named("thank-you").body.endswith("Ours.\n")
    change_sender(desk, language="de")
    assert LetterTemplate.select().where(LetterTemplate.name == "first-pitch").count() == 2
    with pytest.raises(KnownError, match=r"settings\.bad_letters"):
        change_sender(desk, language="xx")


def test_each_makes_a_german_letter_that_nothing_stops(desk: Store) -> None:
    from outreach.services.drafting.templates import save_starters

    change_sender(desk, language="de")
    save_starters(desk, "de")
    approved_by(desk, 1)
    letter = Letter.get()
    edit_person(desk, letter.person_id, {"pronouns": "sie/ihr"})
    for text in starters("de"):
        order = LetterOrder(
            text.name, letter.item_id, (letter.person_id,), {letter.person_id: "Sie schrieben vom Salz."}
        )
        if text.kind is LetterKind.PITCH:
            Letter.update(state="draft").execute()
        letters, problems = preview_all(desk, order)
        assert problems == [], text.name
        assert set(letters[0].missing) <= {"person.address_short"}, text.name
        stops = [each.code for each in checked(desk, order, letters)[letter.person_id] if each.stops]
        assert stops == [], text.name
        assert letters[0].text.startswith("Liebe "), text.name
        if text.kind is LetterKind.PITCH:
            assert "dass das Exemplar ein Geschenk von uns war" in letters[0].text
            assert "nichts zu tun" in letters[0].text
    assert openings([letter.person_id], []) == {} or "Sie" in openings([letter.person_id], [])[letter.person_id]


@pytest.mark.parametrize(
    "said", ["Bitte posten bis Freitag.", "Im Gegenzug erwarten wir eine Rezension.", "Nur 5 Sterne!"]
)
def test_german_pressure_is_found(said: str) -> None:
    found = lint("Ein Buch", said, said, About("reply", needs_opening=False))
    assert [each.code for each in found if each.stops] == ["lint.pressure"]


def test_nobody_s_gender_is_guessed() -> None:
    german: Language = language("de")
    assert german.greeting("Toni Weber", "Toni", "") == "Guten Tag Toni Weber"
    assert german.greeting("Toni Weber", "Toni", "they/them") == "Guten Tag Toni Weber"
    assert german.greeting("Toni Weber", "Toni", "she/her") == "Liebe Toni"
    assert german.greeting("Toni Weber", "Toni", "er/ihm") == "Lieber Toni"
    assert german.day("2027-03-04") == "4. März 2027"
    assert language("xx") == language("en")
    assert languages() == ["en", "de"]


def test_a_german_letter_says_the_law_s_lines_by_country() -> None:
    german = language("de")
    for country in ("DE", "AT", "CH", "FR"):
        line = german.disclosure(country, "Finch")
        assert "Geschenk" in line or "Rezensionsexemplar von Finch" in line
    assert "Werbung" in german.disclosure("DE", "Finch", "paid")
