"""What is taken from a table: cells for a spreadsheet, and pages of paper."""

import array
import csv
import io
from dataclasses import replace

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from outreach.app import Session
from outreach.services.people.people import NewPerson, add_person
from outreach.ui.table import taking
from tests.ui.test_people_page import people_page

pytestmark = pytest.mark.begins("people")

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def cells() -> list[list[str]]:
    return list(csv.reader(io.StringIO(QGuiApplication.clipboard().text(), newline=""), "excel-tab"))


def printed(tmp_path, title: str) -> list[list[str]]:
    reader = pypdf.PdfReader(tmp_path / f"{title}.pdf")
    return [[" ".join(line.split()) for line in page.extract_text().splitlines()] for page in reader.pages]


def test_rows_are_copied_with_the_headings_of_the_shown_columns(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    page.table.show_column("posted", on=False)
    page.table.show_column("country", on=True)
    page.table.set_column_order(["person", "country", "tastes", "last"])
    page.table.select_ids(list(page.model.ids[1:4]), page.model.ids[1])
    qtbot.keyClick(page.table, Qt.Key.Key_C, CTRL)
    heads, *rows = cells()
    assert heads == ["Person", "Country", "Liked / read", "Last"]
    assert [row[0] for row in rows] == [page.model.row(place).name for place in (1, 2, 3)]
    assert [row[1] for row in rows] == [page.model.row(place).country for place in (1, 2, 3)]


def test_what_looks_like_a_formula_is_copied_as_text(bare: Session, qtbot, settle) -> None:
    names = ['=HYPERLINK("x")', "@maya", 'The "Crooked" Shelf']
    for name in names:
        bare.desk.write(lambda store, name=name: add_person(store, NewPerson(name)))
    settle(bare)
    page = people_page(bare, settle)
    qtbot.keyClick(page.table, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(page.table, Qt.Key.Key_C, CTRL)
    assert sorted(row[0] for row in cells()[1:]) == ['\'=HYPERLINK("x")', "'@maya", 'The "Crooked" Shelf']


def test_a_long_selection_is_copied_beside_the_window(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    qtbot.keyClick(page.table, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(page.table, Qt.Key.Key_C, CTRL)
    assert [job.label for job in opened.desk.runner.jobs] == ["Copying rows"]
    settle(opened)
    assert len(cells()) == page.model.rowCount() + 1 > 101
    assert opened.window.toast.accessibleName() == f"Copied {page.model.rowCount()} rows"


def test_more_than_can_be_copied_is_said(opened: Session, settle, monkeypatch: pytest.MonkeyPatch, qtbot) -> None:
    monkeypatch.setattr(taking, "MOST_COPIED", 20)
    page = people_page(opened, settle)
    qtbot.keyClick(page.table, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(page.table, Qt.Key.Key_C, CTRL)
    assert len(cells()) == 21
    assert "first 20 of 150 rows" in opened.window.toast.accessibleName()


def test_a_list_is_printed_as_it_is_filtered_and_ordered(opened: Session, qtbot, settle, tmp_path) -> None:
    page = people_page(opened, settle)
    page.bar.set_query("country:uk")
    page.table.order_asked.emit("name", False)
    settle(opened)
    names = [page.model.row(place).name for place in range(page.model.rowCount())]
    qtbot.keyClick(page.table, Qt.Key.Key_P, CTRL)
    settle(opened)
    pages = printed(tmp_path, "People")
    text = [line for each in pages for line in each]
    assert [line for line in text if line in set(names)] == names
    assert all({"Person", "Liked / read", "Posted", "Last"} <= set(each) for each in pages)
    assert f"{len(names)} rows, country:uk, 24 Nov 2026" in text
    assert text[-1] == f"Page {len(pages)} of {len(pages)}"


def test_what_is_too_long_to_print_is_printed_in_part_and_says_so(
    opened: Session, qtbot, settle, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "MOST_PRINTED", 30)
    page = people_page(opened, settle)
    qtbot.keyClick(page.table, Qt.Key.Key_P, CTRL)
    settle(opened)
    text = [line for each in printed(tmp_path, "People") for line in each]
    assert any(line.startswith("The first 30 of 150 rows") for line in text)
    assert opened.window.toast.accessibleName().endswith("The first 30 of 150 rows.")


@pytest.mark.parametrize(("place", "title"), [("posts", "Posts"), ("catalogue", "Catalogue"), ("review", "Review")])
def test_every_place_prints_itself(opened: Session, qtbot, settle, tmp_path, place: str, title: str) -> None:
    opened.window.go(place)
    settle(opened)
    if place == "posts":
        opened.window.page.tabs.choose("log")
        settle(opened)
    qtbot.keyClick(opened.window.focusWidget() or opened.window, Qt.Key.Key_P, CTRL)
    settle(opened)
    first = printed(tmp_path, title)[0]
    assert first[0] == title
    assert len(first) > 8


def test_parcels_are_labels_first_and_a_list_under_another_key(opened: Session, qtbot, settle, tmp_path) -> None:
    opened.window.go("shipments")
    settle(opened)
    qtbot.keyClick(opened.window.page.table, Qt.Key.Key_P, CTRL | SHIFT)
    settle(opened)
    assert {"To", "Sending", "Address"} <= set(printed(tmp_path, "Shipments")[0])


def test_a_person_is_printed_as_her_page_reads(opened: Session, qtbot, settle, tmp_path) -> None:
    page = people_page(opened, settle)
    line = page.model.row(0)
    qtbot.keyClick(page.table, Qt.Key.Key_P, CTRL | SHIFT)
    settle(opened)
    (text, *_) = printed(tmp_path, line.name)
    assert text[0] == line.name
    assert "Timeline" in text
    assert any(line.last.title in each for each in text)


def test_whoever_thinks_better_of_it_prints_nothing(opened: Session, qtbot, settle, tmp_path) -> None:
    page = people_page(opened, settle)
    opened.desk.files.prints = False
    qtbot.keyClick(page.table, Qt.Key.Key_P, CTRL)
    assert opened.desk.runner.jobs == []
    assert not (tmp_path / "People.pdf").exists()


def test_rows_that_are_gone_are_left_out(opened: Session, settle) -> None:
    page = people_page(opened, settle)
    listing = page.table.listing()
    some = replace(listing, ids=array.array("q", [listing.ids[0], 999_999, listing.ids[1]]))
    assert len(list(some.rows())) == 2
