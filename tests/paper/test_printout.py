"""Printed lists: every row once, headings on each page, long cells cut and never lost sight of."""

from pathlib import Path

import pypdf
import pytest
from PySide6.QtGui import QPageSize, QPdfWriter

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.paper.painting import painting_app
from outreach.paper.printout import Printout, Section, print_out

ROWS = [(f"Person {number}", f"{number} Alma Vale Road", "4 of 5") for number in range(130)]
LIST = Printout("People", "130 rows", [Section(headings=("Who", "Where", "Posted"), shares=(3, 4, 2), rows=ROWS)])


def printed(path: Path, printout: Printout, job: Job | None = None) -> list[list[str]]:
    painting_app()
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    pages = print_out(writer, printout, lambda page, pages: f"Page {page} of {pages}", job)
    found = [[" ".join(line.split()) for line in page.extract_text().splitlines()]
             for page in pypdf.PdfReader(path).pages]  # fmt: skip
    assert len(found) == pages
    return found


def test_every_row_is_printed_once_under_headings_on_each_page(tmp_path: Path) -> None:
    pages = printed(tmp_path / "list.pdf", LIST)
    assert len(pages) > 2
    text = [line for page in pages for line in page]
    assert [line for line in text if line.startswith("Person")] == [row[0] for row in ROWS]
    for number, page in enumerate(pages, start=1):
        assert {"Who", "Where", "Posted", "People", f"Page {number} of {len(pages)}"} <= set(page)
    assert text.count("130 rows") == 1


def test_a_long_cell_takes_some_lines_and_leaves_the_next_row_whole(tmp_path: Path) -> None:
    rows = [("Maya", "word " * 200, "x"), ("Rosa", "y" * 500, "z")]
    (page,) = printed(
        tmp_path / "list.pdf", Printout("Posts", "", [Section("Words", (), ("A", "B", "C"), (2, 5, 1), rows)])
    )
    assert "Maya" in page and "Rosa" in page and "Words" in page
    assert 2 <= sum(line.startswith("word word") for line in page) <= 5


def test_days_are_not_broken_although_their_column_is_narrow(tmp_path: Path) -> None:
    rows = [("Some words that take some room on the page", "2026-11-24")] * 3
    (page,) = printed(tmp_path / "list.pdf", Printout("Posts", "", [Section("", (), ("Words", "Day"), (40, 1), rows)]))
    assert page.count("2026-11-24") == 3


def test_text_without_a_table_and_nothing_at_all(tmp_path: Path) -> None:
    some = Printout(
        "Review", "since May", [Section(lines=("Most posted.",), is_lead=True), Section("Unknown", ("Nothing.",))]
    )
    (page,) = printed(tmp_path / "some.pdf", some)
    assert page[:5] == ["Review", "since May", "Most posted.", "Unknown", "Nothing."]
    assert printed(tmp_path / "none.pdf", Printout("People", "", [])) == [["People", "People", "Page 1 of 1"]]


def test_a_job_that_was_stopped_ends(tmp_path: Path) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        printed(tmp_path / "list.pdf", LIST, job)


@pytest.mark.no_qt_log
def test_a_printer_that_takes_nothing_is_a_sentence(tmp_path: Path) -> None:
    painting_app()
    with pytest.raises(KnownError) as caught:
        print_out(QPdfWriter(str(tmp_path / "nowhere" / "list.pdf")), LIST, lambda *_: "")
    assert caught.value.code == "paper.not_printed"
