"""Printing what is on the screen: pages are made and painted beside the window's thread, and can be cancelled."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from outreach.jobs import Job
from outreach.paper.pages import print_pages as pages_out
from outreach.paper.printout import Printout, Section, print_out
from outreach.paper.report import ReportPages
from outreach.services.drafting.senders import sender
from outreach.services.pages.person import PersonPage
from outreach.services.report.blocks import Report
from outreach.services.shipments.labels import paper_of
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.paint.cells import voice
from outreach.ui.telling import background, entry_runs, notes


def print_pages(desk: Desk, parent: QWidget, title: str, made: Callable[[Job], Printout], limit: str = "") -> None:
    """Ask for a printer, and print what is made then.

    Args:
        desk: Runs it and tells of it.
        parent: Over which the system's own dialog stands.
        title: The name of the print job.
        made: What is printed; called beside the window's thread.
        limit: What was left out, as a sentence.
    """
    printer = desk.files.to_print(parent, title)
    if printer is None:
        return
    words = desk.words

    def foot(page: int, pages: int) -> str:
        return words.tr("Page {page} of {pages}", page=page, pages=pages)

    def work(_store: Store, job: Job) -> int:
        return print_out(printer, made(job), foot, job)

    def told(pages: int) -> None:
        printed = words.trn("Printed {number} page", "Printed {number} pages", pages)
        desk.tell(f"{printed}. {limit}." if limit else printed)

    desk.runner.run(Job("Printing"), work, then=told)


def print_report(desk: Desk, parent: QWidget, report: Report) -> None:
    """Ask for a printer, and print a report as its PDF is painted."""
    printer = desk.files.to_print(parent, report.title)
    if printer is None:
        return
    words = desk.words

    def work(_store: Store, job: Job) -> int:
        return pages_out(printer, ReportPages(report, paper_of(sender().country)), job).pages

    def told(pages: int) -> None:
        desk.tell(words.trn("Printed {number} page", "Printed {number} pages", pages))

    desk.runner.run(Job("Printing", in_pages=True), work, then=told)


def person_printout(desk: Desk, page: PersonPage, facts: list[str], address: str) -> Printout:
    """A person's page: what is known, what they said, what happened between us."""
    say, words = desk.say, desk.words
    tastes = [words.named(mark.subject) for mark in page.line.tastes]
    known = [
        *facts,
        *background(desk, page),
        *(f"{label}: {text}" for label, text in notes(desk, page)),
        *([say("Enjoys {genres}", genres=", ".join(tastes))] if tastes else []),
        *([say("Rather not: {genres}", genres=", ".join(page.avoided))] if page.avoided else []),
        *([say("Followers enjoy {genres}", genres=", ".join(page.audience))] if page.audience else []),
        *page.detail.emails,
        address,
    ]
    quotes = [f"“{quote.text}” {quote.about}" for quote in page.quotes]
    steps = []
    for entry in page.timeline:
        _, runs = entry_runs(words, entry)
        steps.append((words.day(entry.day), "".join(run[0] for run in runs)))
    sections = [Section(lines=known)]
    sections += [Section(say("In their words"), quotes)] if quotes else []
    sections += [Section(say("Timeline"), shares=(2, 8), rows=steps)] if steps else []
    return Printout(page.line.name, f"{voice(page.line, words)}, {words.day(desk.today.isoformat())}", sections)
