"""German is complete, says the same facts, and is compiled from what translators see."""

import gettext
import string
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from outreach.errors import KnownError
from outreach.paths import resource
from outreach.services.catalogue.genres import load_genres
from outreach.wording import Words
from outreach.wording.catalogues import COMMANDS, PROGRAM, compiled, named, read, renew, sources, spoken
from outreach.wording.extracting import Found, find

SOURCE = resource("i18n", "de", "LC_MESSAGES", "outreach.po")
#: What is translated: what the program says, and the help of its commands.
CATALOGUES = (PROGRAM, COMMANDS)
#: Of words that are the same in German most are names and facts alone; these are words.
SAME = frozenset({
    "Excel", "CSV", "OpenDocument", "JSON", "Feeds", "STARTTLS", "Person", "Links", "Link", "Filter", "Folklore",
    "Horror", "Memoir", "Budget", "online", "Codes", "Normal", "Outreach", "Name", "Text", "Organisation",
    "Position", "Imprint", "Genres", "Form", "Block", "Likes", "Religion", "Nano", "Video", "Story", "Newsletter",
    "Podcast", "Genre", "Format", "Winter", "ISBN", "Goodreads", "StoryGraph", "Workshop", "Radio", "Festival",
    "Blog", "Videos", "GB", "MB", "kB", "Code", "Zone", "Feed", "feed", "Romantasy", "Fantasy", "Thriller",
    "Essays", "Return",
    # What stands for a value in the help of a command.
    "NAME", "REF", "FEED", "PERSON", "N", "URL", "CODE", "LAYOUT", "TEXT", "GBP",
})  # fmt: skip
#: People and books of the gallery.
NAMES = frozenset({
    "Maya Okonjo", "Gwen Abara", "Ottoline Brandt", "Marcus Leong", "Juniper Hale", "Tomasz Wieland", "The Salt Orchard",
    "Keeping Hens, Kindly", "The Glass Heron", "Murder at Low Tide", "Tom Reads in Translation", "{name}, B",
    "Pirate Ship", "In", "Excel (*.xlsx *.ods *.csv)", "Royal Mail Click & Drop", "{file} ({size} kB)", "True crime",
})  # fmt: skip


@pytest.fixture(scope="module")
def found() -> Found:
    """All sentences of the program."""
    return find()


@pytest.fixture(scope="module")
def german() -> Catalog:
    """The catalogue as translators see it."""
    return read(SOURCE)


@pytest.fixture(scope="module")
def every() -> dict[str, Catalog]:
    """Each catalogue as translators see it."""
    return {name: read(SOURCE.with_stem(name)) for name in CATALOGUES}


def facts(text: str) -> set[tuple[str, bool]]:
    """The facts of a sentence, and whether a word follows the number."""
    return {(name, bool(form)) for _, name, form, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_sentence_is_there_and_none_is_left_over(found: Found, every: dict[str, Catalog], name: str) -> None:
    ((messages, names),) = [(messages, names) for title, messages, names in found.catalogues() if title == name]
    german = every[name]
    known = {(each.context, each.id) for each in german if each.id}
    wanted = {(None, each if len(each) > 1 else each[0]) for each in messages} | {*names}
    assert wanted - known == set(), "python -m outreach.wording.extracting puts them into the catalogue"
    assert known - wanted == set()
    said = [(each.id, form) for each in german if each.id for form in _forms(each.string)]
    assert [message for message, form in said if not form.strip()] == []
    assert [each.id for each in german if each.fuzzy and each.id] == []


@pytest.mark.parametrize("name", CATALOGUES)
def test_nothing_was_left_english(every: dict[str, Catalog], name: str) -> None:
    for each in every[name]:
        english, said = _forms(each.id), _forms(each.string)
        letters = "".join(part for part, *_ in string.Formatter().parse(english[0]) if part)
        is_word = each.id and any(letter.isalpha() for letter in letters)
        if is_word and english[0] == said[0]:
            assert english[0] in SAME | NAMES, english[0]


@pytest.mark.parametrize("name", CATALOGUES)
def test_each_form_says_the_same_facts_and_ends_alike(every: dict[str, Catalog], name: str) -> None:
    for each in every[name]:
        english, said = _forms(each.id), _forms(each.string)
        known = set().union(*map(facts, english))
        for form, text in zip(english, said, strict=True):
            assert facts(text) <= known, text
            # Of one thing it may be said who it is, in place of how many there are.
            assert {fact for fact, _ in known - facts(text)} <= {"number", "name"} or facts(text) == facts(form), text
            assert (text[:1] == " ", text[-1:] == " ") == (form[:1] == " ", form[-1:] == " "), text
            assert text.endswith("…") == form.endswith("…") or "…" in text, text
            assert "“" not in text.replace("“", "", text.count("„")), f"German quotation marks are „…“: {text}"


@pytest.mark.parametrize("name", CATALOGUES)
def test_what_gettext_reads_is_what_translators_wrote(name: str) -> None:
    pairs, source = [], SOURCE.with_stem(name)
    for made in (source.with_suffix(".mo").read_bytes(), compiled(source)):
        words = gettext.GNUTranslations(BytesIO(made))
        pairs.append({message: said for message, said in words._catalog.items() if message})
    assert pairs[0] == pairs[1], "python -m outreach.wording.extracting compiles it"


def test_a_catalogue_is_renewed_without_losing_a_word(found: Found, tmp_path: Path) -> None:
    copy = tmp_path / "de" / "LC_MESSAGES" / "outreach.po"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(SOURCE.read_bytes())
    assert list(sources(tmp_path)) == [copy]
    fewer = dict(list(found.messages.items())[:50]) | {("Quite new {thing}",): [("outreach/ui/new.py", 1)]}
    assert renew(copy, fewer, {}) == 1
    after = read(copy)
    assert len([each for each in after if each.id]) == 51
    assert after.get("Quite new {thing}").string == ""
    source = read(SOURCE)
    for message in list(fewer)[:50]:
        assert after.get(message[0]).string == source.get(message[0]).string
    with copy.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Quite new {thing}") == "Quite new {thing}"
    assert renew(copy, found.messages, {}) == 0, "what is said again is known still"


def test_words_within_a_sentence() -> None:
    words = Words("de")
    assert words.inside("Hardcover") == "Hardcover"
    assert Words("en_GB").inside("E-book") == "e-book"
    assert words.count("people", 1) == "1 Person"
    assert words.count("people", 1200) == "1.200 Personen"
    assert words.long_day(date(2026, 11, 24)) == "Dienstag, 24. November"
    assert words.named("Crime") == "Krimis"
    assert words.named("my own genre") == "my own genre"
    assert (words.term("counted", "views"), words.tr("Views")) == ("Aufrufe", "Ansichten")
    assert words.reason("likes_genre", {"genre": "Crime"}) == "Mag Krimis"
    error = KnownError("gifts.cannot_move", gift="g1", title="Salz", state="sent", to="declined")
    assert words.trouble(error).startswith("g1 (Salz) ist versandt und kann von dort nicht abgesagt werden.")
    assert words.trouble(KnownError("people.no_name")) == "Eine Person braucht einen Namen."


def test_the_languages_name_themselves() -> None:
    assert [code for code, _ in spoken(resource("i18n"))] == ["en_GB", "en_US", "de"]
    assert named(["de"]) == [("de", "Deutsch")]


def test_a_genre_is_known_by_its_german_name(german: Catalog) -> None:
    genres = load_genres()
    known = {each.code: genres.of_word(german.get(each.name, "genre").string) for each in genres.by_code.values()}
    assert [code for code, found in known.items() if found is None or found.code != code] == []


def _forms(text: object) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (str(text),)
