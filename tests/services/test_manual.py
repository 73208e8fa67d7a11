"""The user guide as the window shows it: a chapter for each page, and nothing lost on the way."""

import re

from hypothesis import given
from hypothesis import strategies as st

from outreach.paths import guide
from outreach.services.manual import chapter_about, chapters

PLACES = ("welcome", "today", "people", "catalogue", "campaigns", "match", "letters", "shipments", "posts", "clubs",
          "review", "settings")  # fmt: skip


def test_every_page_has_a_chapter_that_says_something() -> None:
    found = chapters()
    assert sorted(each.place for each in found if each.place) == sorted(PLACES)
    for place in PLACES:
        about = chapter_about(place, found)
        assert about.place == place
        assert len(about.words.split()) > 25, place
    assert chapter_about("no such page", found) is found[0]


def test_every_heading_is_a_chapter_in_order() -> None:
    text = re.sub(r"^```.*?^```", "", guide().read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^(#{1,2}) (.+)$", text, re.MULTILINE)
    assert [(len(marks), title) for marks, title in headings] == [(each.level, each.title) for each in chapters()]
    assert [each.id for each in chapters()] == list(range(1, len(headings) + 1))


def test_pictures_marks_and_markup_do_not_come_through() -> None:
    for each in chapters():
        assert "<img" not in each.html and "screenshots/" not in each.html
        assert "place:" not in each.html
        assert "<p></p>" not in each.html.replace("\n", "")
    (listing,) = (each for each in chapters("# One\n\n```sh\n# no heading\n<b>\n```\n") if True)
    assert "# no heading" in listing.html
    assert "&lt;b&gt;" in listing.html


@given(st.lists(st.tuples(st.sampled_from(["# ", "## "]), st.text("ab cd", min_size=1, max_size=8)), max_size=6))
def test_any_text_is_cut_where_its_headings_are(parts: list[tuple[str, str]]) -> None:
    text = "".join(f"{marks}x{title}\n\nwords of {title}\n\n" for marks, title in parts)
    assert [each.title for each in chapters(text)] == [f"x{title}".strip() for _, title in parts]
