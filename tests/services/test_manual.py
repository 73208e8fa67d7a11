"""The user guide as the window shows it: a chapter for each page, and nothing lost on the way."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.paths import guide
from outreach.services.manual import chapter_about, chapters, chapters_of

PLACES = ("welcome", "today", "people", "catalogue", "campaigns", "match", "letters", "shipments", "posts", "clubs",
          "review", "settings")  # fmt: skip


#: The languages in which there is a guide, empty for the first one.
LANGUAGES = ("", "de")


def listings(language: str) -> list[str]:
    """The commands of a guide, without what is told of them."""
    found = re.findall(r"^```sh\n(.*?)^```", guide(language).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [re.sub(r"\s+# .*", "", line) for each in found for line in each.splitlines()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_a_chapter_that_says_something(language: str) -> None:
    found = chapters(language)
    assert sorted(each.place for each in found if each.place) == sorted(PLACES)
    for place in PLACES:
        about = chapter_about(place, found)
        assert about.place == place
        assert len(about.words.split()) > 25, place
    assert chapter_about("no such page", found) is found[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_is_a_chapter_in_order(language: str) -> None:
    written = guide(language).read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```", "", written, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^(#{1,2}) (.+)$", text, re.MULTILINE)
    found = chapters(language)
    assert [(len(marks), title) for marks, title in headings] == [(each.level, each.title) for each in found]
    assert [each.id for each in found] == list(range(1, len(headings) + 1))


def test_the_german_guide_has_the_parts_of_the_english_one_in_their_order() -> None:
    english, german = chapters(), chapters("de")
    assert [(each.level, each.place) for each in german] == [(each.level, each.place) for each in english]
    for ours, theirs in zip(german, english, strict=True):
        assert ours.title != theirs.title, theirs.title
        for mark in ("<p>", "<li>", "<pre>", "<h3>"):
            assert ours.html.count(mark) == theirs.html.count(mark), (ours.title, mark)
    pictures = [re.findall(r"\(screenshots/.*\)", guide(each).read_text(encoding="utf-8")) for each in LANGUAGES]
    assert pictures[0] == pictures[1]


def test_the_german_guide_names_the_same_commands() -> None:
    english, german = listings(""), listings("de")
    assert [each for each in english if each not in german] == []
    assert [each for each in german if each not in english] == ["outreach settings language de"]


def test_a_language_without_a_guide_has_the_english_one() -> None:
    assert guide("fr") == guide() != guide("de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_marks_and_markup_do_not_come_through(language: str) -> None:
    for each in chapters(language):
        assert "<img" not in each.html and "screenshots/" not in each.html
        assert "place:" not in each.html
        assert "<p></p>" not in each.html.replace("\n", "")
    (listing,) = (each for each in chapters_of("# One\n\n```sh\n# no heading\n<b>\n```\n") if True)
    assert "# no heading" in listing.html
    assert "&lt;b&gt;" in listing.html


@given(st.lists(st.tuples(st.sampled_from(["# ", "## "]), st.text("ab cd", min_size=1, max_size=8)), max_size=6))
def test_any_text_is_cut_where_its_headings_are(parts: list[tuple[str, str]]) -> None:
    text = "".join(f"{marks}x{title}\n\nwords of {title}\n\n" for marks, title in parts)
    assert [each.title for each in chapters_of(text)] == [f"x{title}".strip() for _, title in parts]
