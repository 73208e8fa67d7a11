"""A report says the same in each of its formats: as PDF, workbook, page and table, and asks nobody for anything."""

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pypdf
import pytest
from python_calamine import CalamineWorkbook

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.paper.report import ReportPages, write_report
from outreach.services.report.axes import months, round_values
from outreach.services.report.blocks import Block, Cell, Column, Kind, Report, Table
from outreach.services.report.page import page_of
from outreach.services.review.making import review
from outreach.services.review.value import Review
from outreach.store import workspace
from outreach.store.workspace import Opening
from outreach.wording import Words
from outreach.wording.report_blocks import curves_block, report_of
from tests.conftest import NOW

DAY = "2026-11-24"
SALES = (
    ("The Salt Orchard", [("2026-09-05", 123450), ("2026-10-12", 99), ("2026-11-20", 40000)]),
    ("=HYPERLINK(“http://example.com”)", [("2026-10-12", 5000)]),
)


@pytest.fixture(scope="module")
def found(filled_workspace: Callable[[int, int], Path], opening_of_all: Opening) -> Review:
    with workspace.reading(filled_workspace(300, 1), opening_of_all) as store:
        return review(store)


@pytest.fixture(scope="module")
def opening_of_all() -> Opening:
    return Opening(clock=lambda: NOW)


@pytest.fixture(scope="module")
def report(found: Review) -> Report:
    """The review of the sample, with sales over time beside it."""
    words = Words("en_GB")
    made = report_of(words, found, DAY)
    sales = curves_block(words, "sales", "Sales by code", "GBP", SALES)
    assert sales is not None
    return Report(**{name: getattr(made, name) for name in made.__slots__} | {"blocks": (*made.blocks, sales)})


def figures_of(report: Report, *, seen: bool = False) -> Iterator[tuple[str, str, int | float | Decimal | date]]:
    """Every value of a report with its kind and words."""
    for block in report.blocks:
        cells = [figure.cell for figure in block.figures]
        cells += [
            cell for row in (block.table.rows if block.table and not (seen and block.told) else ()) for cell in row
        ]
        yield from ((cell.kind.value, cell.text, cell.value) for cell in cells if cell.value is not None)


def block_of(report: Report, key: str) -> Block:
    return next(block for block in report.blocks if block.key == key)


def test_the_blocks_hold_what_the_review_counted(report: Report, found: Review) -> None:
    by_name = {figure.name: figure.cell.value for figure in block_of(report, "figures").figures}
    assert by_name["Organic post rate"] == found.organic.share
    assert by_name["Delivered"] == found.delivered
    assert by_name["Quiet"] == found.stages["quiet"]
    genres = block_of(report, "genre")
    assert genres.table is not None
    told = [(row[0].text, *(cell.value for cell in row[1:])) for row in genres.table.rows]
    assert told == [
        (
            group.name or "Not known",
            group.rate.part,
            group.rate.whole,
            group.rate.share,
            group.rate.low,
            group.rate.high,
        )
        for group in found.by_genre
    ]
    titles = block_of(report, "titles")
    assert titles.table is not None
    assert [tuple(cell.value for cell in row[1:5]) for row in titles.table.rows] == [
        (line.gifts, line.posted, line.quiet, line.reading) for line in found.items
    ]


def test_a_workbook_has_a_sheet_a_block_and_cells_of_their_kind(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "review.xlsx"
    write_report(file, report)
    book = CalamineWorkbook.from_path(file)
    assert len(book.sheet_names) == len(report.blocks) + 1
    cells = [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    numbers = [cell for cell in cells if isinstance(cell, float | int)]
    days = [cell for cell in cells if isinstance(cell, date)]
    for kind, _, value in figures_of(report):
        if kind == Kind.DAY:
            assert value in days
        else:
            assert isinstance(value, int | float | Decimal)
            assert any(abs(float(value) - number) < 1e-9 for number in numbers), value
    # What begins as a formula is text, and stays so.
    assert "=HYPERLINK(“http://example.com”)" in cells


def test_a_table_has_a_line_for_every_figure(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "review.csv"
    write_report(file, report)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    said = [(row["Value"], row["Unit"]) for row in rows]
    for kind, _, value in figures_of(report):
        if kind == Kind.SHARE:
            assert (f"{value:.4f}", "1") in said
        elif kind == Kind.MONEY:
            assert (str(value), "GBP") in said
        elif kind == Kind.NUMBER:
            assert (str(value), "") in said


class _Asked(HTMLParser):
    """Whatever a page would have a browser fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "link", "iframe", "object", "embed", "video", "audio", "base", "form"):
            self.asked.append(tag)
        for name, value in attrs:
            wanted = name in ("src", "href", "srcset", "poster", "background", "data", "action", "xlink:href")
            if (wanted and not (value or "").startswith("data:")) or name.startswith("on"):
                self.asked.append(f"{name}={value}")


def test_a_page_shows_every_figure_and_asks_nobody_for_anything(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "review.html"
    write_report(file, report)
    page = file.read_text(encoding="utf-8")
    reader = _Asked()
    reader.feed(page)
    assert reader.asked == []
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert len(style) == 1
    assert not re.search(r"url\(|@import", "".join(style))
    told = [line for block in report.blocks for line in block.told]
    assert all(escape(line, quote=True) in page for line in told)
    for _, text, value in figures_of(report, seen=True):
        assert text in page
        assert f'data-value="{value}"' in page or value in {
            figure.cell.value for block in report.blocks for figure in block.figures
        }
    assert page.count("<svg ") == sum(block.chart is not None for block in report.blocks)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_paper_shows_every_figure_of_tables_and_charts(report: Report, tmp_path: Path, paper: str) -> None:
    file = tmp_path / "review.pdf"
    told = write_report(file, report, paper)
    pages = pypdf.PdfReader(file).pages
    assert told is not None
    assert (told.pages, told.unreadable) == (len(pages), {})
    width, height = (float(each) for each in pages[0].mediabox[2:])
    assert (round(width), round(height)) == {"A4": (595, 842), "Letter": (612, 792)}[paper]
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for block in report.blocks:
        assert [word for line in block.told for word in line.split() if word not in text.replace(" ", "")] == []
        if block.table is not None and block.chart is None and not block.told:
            assert all(cell.text in text for row in block.table.rows for cell in row if cell.value is not None)
        for figure in block.figures:
            assert figure.cell.text in text
        for bar in getattr(block.chart, "bars", ()):
            assert bar.share in text
            assert bar.of in text
    for number in range(1, len(pages) + 1):
        assert f"Page {number} of {len(pages)}" in text


def test_nothing_is_painted_beyond_the_paper(report: Report) -> None:
    pages = ReportPages(report, "Letter")
    assert pages.count > 1


@pytest.mark.parametrize("ending", [".pdf", ".xlsx"])
def test_a_report_that_is_stopped_leaves_the_earlier_one(report: Report, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"review{ending}"
    file.write_text("the earlier one")

    class Stopped(Job):
        def report(self, done: int, *, total: int | None = None) -> None:
            if done == 1:
                self.cancel()
            super().report(done, total=total)

    job = Stopped()
    with pytest.raises(Cancelled):
        write_report(file, report, "A4", job)
    assert job.total > 1
    assert file.read_text() == "the earlier one"
    assert list(tmp_path.iterdir()) == [file]


def test_another_ending_is_refused(report: Report, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        write_report(tmp_path / "review.docx", report)
    assert caught.value.code == "report.kind"
    assert list(tmp_path.iterdir()) == []


def test_names_are_escaped_everywhere() -> None:
    words = Words("en_GB")
    block = curves_block(words, "sales", "<b>", "EUR", [("<script>x</script>", [("2026-10-12", 5000)])])
    assert block is not None
    page = page_of(Report("<i>", "a", "b", "c", "en", "Page {page} of {pages}", (block,)))
    assert "<script" not in page
    assert "<i>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        ("0", (0, 1)),
        ("1", (0, Decimal("0.5"), 1)),
        ("7", (0, 4, 8)),
        ("1234.50", (0, 1000, 2000)),
        ("780", (0, 400, 800)),
    ],
)
def test_marks_are_round_and_reach_what_they_measure(most: str, ticks: tuple[Decimal, ...]) -> None:
    assert round_values(Decimal(most)) == ticks


def test_months_begin_at_their_firsts() -> None:
    assert months([date(2026, 8, 20), date(2026, 11, 3)]) == (date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1))
    assert months([date(2026, 8, 2), date(2026, 8, 20)]) == (date(2026, 8, 2),)
    assert len(months([date(2020, 1, 1), date(2026, 1, 1)])) <= 7
    assert months([]) == ()


@pytest.mark.parametrize("with_head", [True, False])
def test_a_heading_stands_above_at_least_two_rows(tmp_path: Path, with_head: bool) -> None:
    seen = set()
    for before in range(24, 62):
        rows = [(Cell(f"Before {number}"), Cell("1")) for number in range(before)]
        below = [(Cell(f"Below {number}."), Cell("1")) for number in range(9)]
        heads = (Column("Title"), Column("Posts", is_figure=True)) if with_head else (Column(""), Column(""))
        blocks = (
            Block("first", "First", table=Table(heads, rows), lines=["A line", "another"]),
            Block("wide", "By title", chart=None, table=Table((*heads, Column(""), Column("")),
                  [(*row, Cell(""), Cell("")) for row in below])),
        )  # fmt: skip
        report = Report("Report", "A lead", "All", "Today", "en", "{page} of {pages}", blocks)
        path = tmp_path / "report.pdf"
        write_report(path, report)
        texts = _pages(path)
        (number,) = [number for number, text in enumerate(texts) if "Bytitle" in text]
        assert "Below0." in texts[number] and "Below1." in texts[number], before
        seen.add((number, "Below8." in texts[number]))
    # It stood at the end of a page, and at the top of the next.
    assert (0, False) in seen and (1, True) in seen


def test_a_row_that_fills_a_page_leaves_no_heading_behind(tmp_path: Path) -> None:
    long = " ".join(["words"] * 600)
    rows = [(Cell("Below 0. " + long),), (Cell("Below 1. " + long),)]
    report = Report("Report", "A lead", "All", "Today", "en", "{page} of {pages}",
                    (Block("one", "By title", table=Table((Column("Title"),), rows)),))  # fmt: skip
    write_report(tmp_path / "report.pdf", report)
    texts = _pages(tmp_path / "report.pdf")
    assert [("Bytitle" in text, "Below0." in text) for text in texts if "Below0." in text] == [(True, True)]


def _pages(path: Path) -> list[str]:
    """The words of each page without spaces, which a PDF does not keep."""
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages]
