"""What is taken from a table: rows copied to a spreadsheet, and the list as it stands, printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from outreach.fields.text import fold
from outreach.jobs import Job
from outreach.paper.printout import Printout, Section
from outreach.services.exporting.csvfile import as_cells
from outreach.store.database import Store
from outreach.ui.actions import bind
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.printing import print_pages
from outreach.ui.table.listing import Listing
from outreach.ui.table.model import PAGE
from outreach.ui.table.view import TableView

#: More rows than this are not copied: an export is made for them; and so many are printed, some fifty pages.
MOST_COPIED, MOST_PRINTED = 20_000, 2_000


#: Writes all that is known of some rows into a file; what is returned has a number of ``rows``.
Whole = Callable[[Store, Path, Sequence[int], Job], Any]


@dataclass(frozen=True, slots=True)
class ExportOf:
    """A list that is to be written.

    Attributes:
        title: What it is called, such as "People".
        name: The file's name, without an ending.
        listing: Its rows and columns as they are on the screen.
        ids: Whom or what all is written of, in the order on the screen.
        whole: Writes all of them; None where there is nothing beyond what is shown.
        cards: Whether they may be cards.
    """

    title: str
    name: str
    listing: Listing
    ids: Sequence[int]
    whole: Whole | None = None
    cards: bool = False


def take_from(
    page: Page,
    table: TableView,
    title: str,
    about: Callable[[], str] = lambda: "",
    action: str = "print_list",
    export: Callable[[], None] | None = None,
) -> None:
    """Let the rows of a page's table be copied, printed and written into a file.

    Args:
        page: Whose keys they are.
        table: Which table.
        title: What stands above the printed list.
        about: What is filtered by at present.
        action: Under which key it is printed.
        export: How it is written, where there is more to write than what is shown.
    """
    Copying(table, page.desk)
    if action == "print_list":
        bind(page, "export", export or (lambda: export_table(page, table, title, file_name(title))))
    bind(page, action, lambda: print_table(page, table, title, about()))


def file_name(title: str) -> str:
    """A file's name from the title of a list."""
    return fold(title).replace(" ", "-")


def export_table(
    page: Page, table: TableView, title: str, name: str, whole: Whole | None = None, *, cards: bool = False
) -> None:
    """Ask what of a list is written into a file: who is selected, or else all that is listed."""
    selected = table.selected_ids() if table.selected_count() > 1 else None
    listing = table.listing(selected) if selected is not None else table.listing()
    if not listing.ids:
        page.desk.tell(page.desk.say("There is nothing in this list to export"))
        return
    page.desk.ask("export", ExportOf(title, name, listing, listing.ids, whole, cards))


class Copying(QObject):
    """Belongs to a table: what is selected there goes to the clipboard, a long selection beside the window's thread."""

    def __init__(self, table: TableView, desk: Desk) -> None:
        super().__init__(table)
        self._table = table
        self._desk = desk
        table.copy_asked.connect(self._copy)

    def _copy(self) -> None:
        """Copy the selected rows in the order shown, with their headings from two rows on."""
        selected = self._table.selected_ids()
        listing = self._table.listing(selected[:MOST_COPIED])
        headings = listing.headings if len(listing.ids) > 1 else ()
        if len(listing.ids) <= PAGE:
            self._take(as_cells(headings, listing.rows()), selected)
            return

        def work(_store: Store, job: Job) -> str:
            return as_cells(headings, listing.rows(job))

        self._desk.runner.run(Job("Copying rows"), work, then=lambda text: self._take(text, selected))

    def _take(self, text: str, selected: Sequence[int]) -> None:
        # A single row is a line of cells and nothing more, so that it can be pasted between others.
        QGuiApplication.clipboard().setText(text if len(selected) > 1 else text.removesuffix("\n"))
        words, copied = self._desk.words, min(len(selected), MOST_COPIED)
        if copied < len(selected):
            self._desk.tell(words.tr("Copied the first {number} of {all} rows. Export takes all of them.",
                                     number=copied, all=len(selected)))  # fmt: skip
        elif copied > 1:
            self._desk.tell(words.trn("Copied {number} row", "Copied {number} rows", copied))


def print_table(page: Page, table: TableView, title: str, about: str) -> None:
    """Print a list as it is filtered and ordered, with the columns that are shown."""
    desk, whole = page.desk, table.listing()
    all_ = len(whole.ids)
    if not all_:
        desk.tell(desk.say("There is nothing in this list to print"))
        return
    listing = replace(whole, ids=whole.ids[:MOST_PRINTED])
    limit = desk.say("The first {number} of {all} rows", number=MOST_PRINTED, all=all_) if all_ > MOST_PRINTED else ""
    count = limit or desk.words.trn("{number} row", "{number} rows", all_)
    below = ", ".join(filter(None, (count, about, desk.words.day(desk.today.isoformat()))))

    def made(job: Job) -> Printout:
        section = Section(headings=listing.headings, shares=listing.widths, rows=tuple(listing.rows(job)))
        return Printout(title, below, (section,))

    print_pages(desk, page, title, made, limit)
