"""Every sentence can be translated, with its plural forms; days, numbers and money are those of the language."""

import string
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from outreach.errors import KnownError
from outreach.wording import Words, sentences
from outreach.wording.extracting import Found, facts_of, find, write

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def found() -> Found:
    """All sentences of the program."""
    return find()


def test_no_sentence_is_put_together_from_parts(found: Found) -> None:
    assert found.patched == []


def test_the_facts_of_a_sentence_are_names_and_each_form_has_them(found: Found) -> None:
    """What is filled in has a name, so that a translator can turn the words round; that of one may leave out the number, or name who it is."""
    for message, facts in facts_of(found.messages):
        for form in message:
            names = {name for _, name, _, _ in string.Formatter().parse(form) if name is not None}
            assert all(name.isidentifier() for name in names), form
            assert facts - names <= {"number", "name"}, form


def test_the_template_is_what_translators_tools_read(found: Found, tmp_path: Path) -> None:
    number = write(tmp_path / "outreach.pot", found.messages, found.names)
    with (tmp_path / "outreach.pot").open("rb") as file:
        read = read_po(file)
    assert len([each for each in read if each.id]) == number > 900
    assert read.get("All changes saved") is not None
    assert read.get("{number} person").pluralizable
    assert "python-brace-format" in read.get("Undone: {what}").flags
    for known in ("Add person", "Settings", "Ask again: {number} person", "Posted, unprompted"):
        assert read.get(known) is not None, known


@pytest.fixture(scope="module")
def polish(found: Found, tmp_path_factory: pytest.TempPathFactory) -> Words:
    """A language of three plural forms, in which each sentence says which form it is."""
    folder = tmp_path_factory.mktemp("i18n")
    catalogue = Catalog(locale="pl")
    assert catalogue.num_plurals >= 3
    for message in found.messages:
        if len(message) > 1:
            forms = tuple(f"<{form}> {message[-1]}" for form in range(catalogue.num_plurals))
            catalogue.add(message, forms)
        elif "|" not in message[0]:
            catalogue.add(message[0], f"<pl> {message[0]}")
    catalogue.add(sentences.SENTENCES["import.done"], "{rows:wiersz|wiersze|wierszy} z {file}")
    (folder / "pl" / "LC_MESSAGES").mkdir(parents=True)
    with (folder / "pl" / "LC_MESSAGES" / "outreach.mo").open("wb") as file:
        write_mo(file, catalogue)
    return Words("pl", folder)


@pytest.mark.parametrize(("number", "form"), [(1, 0), (2, 1), (4, 1), (5, 2), (12, 2), (21, 2), (22, 1), (0, 2)])
def test_the_plural_form_is_that_of_the_language(polish: Words, number: int, form: int) -> None:
    assert polish.trn("{number} person", "{number} people", number) == f"<{form}> {number} people"
    assert polish.count("people", number) == f"<{form}> {number} people"
    several = ("wiersz", "wiersze", "wierszy")
    said = polish.say("import.done", file="a.csv", layout="x", rows=number, added=1, updated=0, unchanged=0, skipped=0)
    assert said == f"{number} {several[form]} z a.csv"


def test_every_kind_of_sentence_is_translated(polish: Words) -> None:
    assert polish.tr("All changes saved") == "<pl> All changes saved"
    assert polish.term("stage", "asked") == "<pl> Pitched"
    assert polish.say("workspace.sound") == "<pl> Nothing is wrong."
    assert polish.reason("no_email", {}) == "<pl> No e-mail address yet"
    assert polish.trouble(KnownError("people.no_name")).startswith("<pl> ")
    assert polish.short_day("2026-11-23", TODAY) == "<pl> Yesterday"
    nested = polish.trouble(KnownError("letters.syntax", line=3, part="x", what="nested too deeply"))
    assert "<pl> nested too deeply" in nested


def test_one_of_something_is_one() -> None:
    words = Words("en_GB")
    done = {"file": "a.csv", "layout": "x", "added": 1, "updated": 0, "unchanged": 0, "skipped": 0}
    assert words.say("import.done", rows=1, **done).startswith("a.csv (read as x): 1 row, 1 new")
    assert words.say("import.done", rows=1200, **done).startswith("a.csv (read as x): 1,200 rows, 1 new")
    assert words.say("review.some", part=1, whole=1).startswith("1 of 1 gift led")
    assert words.say("unknown.on_their_way", number=1) == "1 parcel is on its way; it counts when it arrives."
    assert words.say("unknown.on_their_way", number=2) == "2 parcels are on their way; they count when they arrive."


@pytest.mark.parametrize(
    ("locale", "day", "near", "moment", "share", "number", "money"),
    [
        ("en_GB", "3 Mar 2027", "19 Nov", "24 Nov 2026, 13:05", "46%", "12,345", "£12.50"),
        ("en_US", "Mar 3, 2027", "Nov 19", "Nov 24, 2026, 1:05 PM", "46%", "12,345", "£12.50"),
        ("de_DE", "3. März 2027", "19. Nov.", "24. Nov. 2026, 13:05", "46 %", "12.345", "12,50 £"),
        ("fr_FR", "3 mars 2027", "19 nov.", "24 nov. 2026, 13:05", "46 %", "12 345", "12,50 £GB"),
        ("ja_JP", "2027年3月3日", "11月19日", "2026年11月24日, 13:05", "46%", "12,345", "£12.50"),
    ],
)
def test_days_numbers_and_money_are_those_of_the_language(
    monkeypatch: pytest.MonkeyPatch, locale: str, day: str, near: str, moment: str, share: str, number: str, money: str
) -> None:
    import time

    monkeypatch.setenv("TZ", "UTC")
    time.tzset()

    def plain(text: str) -> str:
        return text.replace("\u202f", " ").replace("\u00a0", " ")

    words = Words(locale)
    assert plain(words.day("2027-03-03")) == day
    assert plain(words.short_day("2026-11-19", TODAY)) == near
    assert plain(words.moment(datetime(2026, 11, 24, 13, 5, tzinfo=UTC).isoformat())) == moment
    assert plain(words.share(0.456)) == share
    assert plain(words.number(12345)) == number
    assert plain(words.money(1250, "GBP")) == money


def test_a_large_number_is_short_where_a_language_has_it_so() -> None:
    english, german = Words("en_GB"), Words("de_DE")
    assert [english.about(number) for number in (999, 6628, 18400, 1_250_000)] == ["999", "6,628", "18.4k", "1.2M"]
    assert [german.about(number) for number in (6628, 18400)] == ["6.628", "18.400"]
    assert german.about(1_250_000).endswith("Mio.")
