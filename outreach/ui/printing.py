"""Printing what is on the screen: pages are made and painted beside the window's thread, and can be cancelled."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from outreach.jobs import Job
from outreach.paper.printout import Printout, Section, print_out
from outreach.services.pages.person import PersonPage
from outreach.services.review.value import Review
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.paint.cells import voice
from outreach.ui.telling import entry_runs, notes
from outreach.wording import Words
from outreach.wording.report import apart, figures, group_name, groups, lead, natures, rate_words, scope, thanked


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


def review_printout(words: Words, review: Review, day: str) -> Printout:
    """The review as pages: what the charts show stands in tables."""
    sections = [
        Section(lines=(lead(words, review),), is_lead=True),
        Section(shares=(4, 2, 6), rows=figures(words, review)),
    ]
    for name, some in groups(words, review):
        rows = [(group_name(words, kind, group), rate_words(words, group.rate)) for kind, group in some]
        sections += [Section(name, shares=(3, 7), rows=rows)] if rows else []
    names = ("review.col_title", "review.col_gifts", "review.col_posted", "review.col_reading", "review.col_quiet")
    titles = [(line.title, *map(str, (line.gifts, line.posted, line.reading, line.quiet))) for line in review.items]
    sections.append(Section(words.say("review.by_title"), headings=[words.say(name) for name in names],
                            shares=(6, 1, 1, 1, 1), rows=titles))  # fmt: skip
    thanks = [(each.name, thanked(words, each)) for each in review.thanks]
    sections += [Section(words.say("review.thanks"), shares=(4, 6), rows=thanks)] if thanks else []
    deals = list(apart(words, review))
    sections.append(Section(deals[0], deals[1:]))
    sections.append(Section(words.say("review.posts"), list(natures(words, review))))
    unknown = [words.say(code, number=number) for code, number in review.unknown]
    sections += [Section(words.say("review.unknown"), unknown)] if unknown else []
    return Printout(words.say("review.title"), f"{scope(words, review)}, {words.day(day)}", sections)


def person_printout(desk: Desk, page: PersonPage, facts: list[str], address: str) -> Printout:
    """A person's page: what is known, what they said, what happened between us."""
    say, words = desk.say, desk.words
    tastes = [mark.subject for mark in page.line.tastes]
    known = [
        *facts,
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
