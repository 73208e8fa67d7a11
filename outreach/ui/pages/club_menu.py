"""What can be done about a club beside what its page shows; calendars, and the sheet for a visit."""

from collections.abc import Callable
from functools import partial

from outreach.jobs import Job
from outreach.services.calendars.writing import Wanted, entries, write_calendar
from outreach.services.clubs.author_hours import authors
from outreach.services.clubs.sessions import list_sessions, questions_of, schedule
from outreach.services.drafting.senders import sender
from outreach.services.pages.clubs import ClubPage
from outreach.services.shipments.labels import paper_of
from outreach.services.voices.events import list_events
from outreach.services.zones import author_zone
from outreach.store.database import Store
from outreach.ui.page import Page
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.menus import Menu
from outreach.ui.widgets.tabs import Tabs
from outreach.wording.club_papers import Sheet, itinerary, visit_sheet
from outreach.wording.clubs import calendar_phrases


def club_menu(page: Page, shown: ClubPage | None) -> Menu:
    """Everything that can be noted of a club."""
    menu, desk, say = Menu(page), page.desk, page.desk.say
    if shown is None:
        return menu
    club = shown.club.id

    def offer(words: str, wish: str) -> None:
        menu.addAction(words).triggered.connect(lambda: desk.ask(wish, club))

    menu.addAction(say("Change this club") + f"\t{desk.keys.shown('edit')}").triggered.connect(
        lambda: desk.ask("club_edit", club)
    )
    menu.addSeparator()
    offer(say("Count members"), "club_counts")
    offer(say("Members by name"), "club_members")
    offer(say("Who asks to join"), "club_requests")
    offer(say("Posts that tell of it"), "club_posts")
    offer(say("Copies"), "club_copies")
    offer(say("Questions for the author"), "club_questions")
    offer(say("What is read by when"), "club_schedule")
    offer(say("Offer to meet the author"), "club_offer")
    menu.addSeparator()
    offer(say("Invite to join by letter"), "club_invite")
    if shown.upcoming is not None:
        session = shown.upcoming.id
        menu.addAction(say("Remind of the next session by letter")).triggered.connect(
            lambda: desk.ask("club_remind", session)
        )
    menu.addSeparator()
    offer(say("The author’s hours"), "author_hours")
    if shown.author:
        menu.addSeparator()
        named = say("Print the itinerary of {name}", name=shown.author)
        menu.addAction(named).triggered.connect(lambda: print_itinerary(page, shown.author))
    return menu


def lists_button(page: Page, tabs: Tabs) -> Button:
    """Opens the menu of the other lists."""
    button = Button(page.theme, "", "ghost", "ellipsis")
    button.setAccessibleName(page.desk.say("More"))
    button.setToolTip(page.desk.say("More"))
    button.clicked.connect(lambda: lists_menu(page, tabs).drop_from(button))
    return button


def lists_menu(page: Page, tabs: Tabs) -> Menu:
    """The other lists, where their tabs are not seen."""
    menu = Menu(page)
    for key, tab in tabs.tabs.items():
        if key != tabs.key:
            menu.addAction(tab.text()).triggered.connect(partial(tabs.choose, key))
    return menu


def calendar_menu(page: Page, shown: ClubPage | None) -> Menu:
    """Which calendar to export."""
    menu, say = Menu(page), page.desk.say
    if shown is not None:
        club = shown.club
        menu.addAction(say("This club")).triggered.connect(lambda: save_calendar(page, club.name, club_id=club.id))
        if shown.upcoming is not None:
            session = shown.upcoming.id
            menu.addAction(say("The next session")).triggered.connect(
                lambda: save_calendar(page, club.name, session_id=session)
            )
    menu.addAction(say("All clubs and events")).triggered.connect(lambda: save_calendar(page, say("Book clubs")))
    menu.addSeparator()
    for name in authors():
        menu.addAction(say("All with {name}", name=name)).triggered.connect(
            lambda _=False, name=name: save_calendar(page, name, author=name)
        )
    return menu


def save_calendar(
    page: Page, name: str, *, club_id: int | None = None, session_id: int | None = None, author: str = ""
) -> None:
    """Write a calendar where the user says."""
    desk = page.desk
    path = desk.files.to_save(page, desk.say("Export calendar"), f"{name}.ics")
    if path is None:
        return

    def work(_store: Store, _job: Job) -> str:
        shown = entries(Wanted(club_id, session_id, author), calendar_phrases(desk.words))
        return write_calendar(path, name, shown).name

    desk.runner.run(
        Job("Writing the calendar"), work, then=lambda file: desk.tell(desk.say("Wrote {file}", file=file)),
        failed=lambda error: desk.ask("trouble", error),
    )  # fmt: skip


def print_visit(page: Page, shown: ClubPage) -> None:
    """Write the sheet for the author's next visit as a PDF where the user says."""
    row = shown.upcoming
    assert row is not None

    def made(_store: Store) -> Sheet:
        session = list_sessions(session_id=row.id)[0]
        questions = [text for _, text, _ in questions_of(row.club_id, row.id)]
        return visit_sheet(page.desk.words, session, shown.club, questions, schedule(row.club_id))

    _write(page, f"{shown.club.name} {row.day}.pdf", made)


def print_itinerary(page: Page, author: str) -> None:
    """Write an author's itinerary as a PDF where the user says."""

    def made(store: Store) -> Sheet:
        words = page.desk.words
        uids = {each.uid for each in entries(Wanted(author=author), calendar_phrases(words))}
        events = [event for event in list_events() if event.uid in uids]
        sessions = list_sessions(author=author)
        return itinerary(words, author, author_zone(author), sessions, events, store.today().isoformat())

    _write(page, f"{author}.pdf", made)


def _write(page: Page, name: str, made: Callable[[Store], Sheet]) -> None:
    from outreach.paper.printout import Printout, Section, write_printout

    desk = page.desk
    path = desk.files.to_save(page, desk.say("Write as PDF"), name)
    if path is None:
        return

    def foot(number: int, of: int) -> str:
        return desk.words.tr("Page {page} of {pages}", page=number, pages=of)

    def work(store: Store, _job: Job) -> str:
        sheet = made(store)
        printout = Printout(sheet.title, sheet.below, [Section(*part) for part in sheet.parts])
        write_printout(path, printout, paper_of(sender().country), foot)
        return path.name

    desk.runner.run(
        Job("Writing the sheet"), work, then=lambda file: desk.tell(desk.say("Wrote {file}", file=file)),
        failed=lambda error: desk.ask("trouble", error),
    )  # fmt: skip
