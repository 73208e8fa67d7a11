"""Sentences that are painted: books in them are set as titles, and what is mirrored keeps the order of its words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage

from outreach.app import Session
from outreach.services.catalogue.covers import Looks
from outreach.ui.paint.canvas import Canvas, reading_direction, titled
from outreach.ui.shelf import Shelf
from outreach.ui.theme import Theme
from outreach.ui.widgets.dates import DateRow
from outreach.ui.widgets.flow import TextLines

BOOKS = frozenset({"The Salt Orchard", "The Salt Orchard Returns", "Hens", "Keeping Hens, Kindly"})


@pytest.fixture
def shelved(theme: Theme) -> Iterator[Theme]:
    kept, theme.shelf = theme.shelf, Shelf()
    theme.shelf.fill(Path(), Looks({}, BOOKS, frozenset({"Low Tide Breakfast, loose-leaf tea"})))
    yield theme
    theme.shelf = kept


def test_books_are_found_in_a_sentence(shelved: Theme) -> None:
    found = shelved.shelf.titles_in
    said = "I read The Salt Orchard Returns, “Keeping Hens, Kindly” and Hens; the salt orchard, The Salt Orchards"
    assert [said[start:end] for start, end in found(said)] == ["The Salt Orchard Returns", "Keeping Hens, Kindly"]
    assert found("") == []


def test_a_product_stands_upright_where_a_title_would(shelved: Theme) -> None:
    tea = "Low Tide Breakfast, loose-leaf tea"
    runs = titled(shelved, [("Quiet on ", "body", "ink"), (tea, "title", "ink"), (tea, "titles", "ink3")])
    assert [role for _, role, _ in runs] == ["body", "quote", "things"]


def test_they_are_set_as_titles_and_all_words_stay(shelved: Theme) -> None:
    runs = titled(shelved, [("Ends: The Salt Orchard, May", "small", "ink3"), ("The Salt Orchard", "title", "ink")])
    assert runs == [("Ends: ", "small", "ink3"), ("The Salt Orchard", "titles", "ink3"), (", May", "small", "ink3"),
                    ("The Salt Orchard", "title", "ink")]  # fmt: skip
    lines = TextLines(shelved, "“The Salt Orchard” 🎉 and The Salt Orchard", "quote", 400)
    fonts = [part.format.font().italic() for part in lines._layout.formats()]
    assert fonts == [False, True, False, True]
    cut = TextLines(shelved, "The Salt Orchard and The Salt Orchard " * 40, "quote", 200, 2)
    assert cut._layout.text().endswith("…")
    ends = [part.start + part.length for part in cut._layout.formats()]
    assert max(ends) <= len(cut._layout.text()), "Qt would read beyond the end of the text"
    last = lines._layout.formats()[-1]
    assert last.start + last.length == len(lines._layout.text().encode("utf-16-le")) // 2


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_latin_sentence_is_read_from_left_to_right_also_where_all_else_is_not(theme: Theme, mirrored: bool) -> None:
    image = QImage(400, 40, QImage.Format.Format_RGB32)
    image.fill(theme.color("sheet"))
    canvas = Canvas.on(image, theme)
    if mirrored:
        canvas.mirror(QRectF(image.rect()))
    canvas.runs(10, 20, [("Pitched ", "body", "bad"), ("The Salt Orchard", "title", "info")], 300)
    canvas.painter.end()
    inked = [(x, image.pixelColor(x, y)) for x in range(400) for y in range(40)]
    red = [x for x, color in inked if color.red() > color.blue() + 60]
    blue = [x for x, color in inked if color.blue() > color.red() + 60]
    assert red
    assert max(red) < min(blue)
    assert (min(red) > 200) is mirrored


def test_hebrew_decides_wherever_it_stands() -> None:
    assert reading_direction("The Salt Orchard נשלח") is Qt.LayoutDirection.RightToLeft
    assert reading_direction("Sent The Salt Orchard") is Qt.LayoutDirection.LeftToRight


def test_rows_grow_with_the_text(opened: Session, settle, theme: Theme) -> None:
    settle(opened)
    theme.look("light", "130")
    settle(opened)
    rows = [each for each in opened.window.page.findChildren(DateRow) if each.isVisible()]
    assert rows
    assert {each.height() for each in rows} == {theme.px(62)}
    assert opened.window.rail.narrow, "names would leave too little for the page"
