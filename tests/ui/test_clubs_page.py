"""The page of a club, and the story of one told in the window: begun, counted, visited, grown, in calendars."""

import random
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton

from outreach.app import Session
from outreach.services.calendars.availability import read_calendar
from outreach.services.clubs import author_hours, clubs
from outreach.services.clubs import copies as club_copies
from outreach.services.clubs import growth as club_growth
from outreach.services.clubs import members as club_members
from outreach.services.clubs import sessions as club_sessions
from outreach.services.clubs.clubs import NewClub
from outreach.services.clubs.members import Count
from outreach.store.models import Club
from outreach.ui.dialogs.forms import EditDialog, FormDialog
from outreach.ui.dialogs.hours import HoursDialog
from outreach.ui.dialogs.overlay import Overlay
from outreach.ui.dialogs.records import RecordsDialog
from outreach.ui.pages.club_menu import lists_menu
from outreach.ui.widgets.basics import Label
from outreach.ui.widgets.cards import StepCards
from outreach.ui.widgets.club import BranchLine, RunsButton, SessionLine, SignalRow, StoryStep
from outreach.ui.widgets.clubcharts import _height_on
from outreach.ui.widgets.lists import EmptyState
from tests.ui.looks import shown
from tests.ui.test_flow import dialog_of

pytestmark = pytest.mark.begins("clubs")


@pytest.fixture
def night(opened: Session, settle) -> int:
    """The page of a club of the sample."""
    club = int(Club.get(Club.name == "Night Shift Readers").id)
    opened.window.go("clubs", club)
    settle(opened)
    return club


def words(opened: Session) -> str:
    buttons = [each.text() for each in shown(opened.window.page, RunsButton)]
    return " | ".join(buttons)


def press(dialog: RecordsDialog, text: str) -> None:
    next(each for each in dialog.findChildren(QPushButton) if each.text() == text).click()


def test_before_there_is_anything_the_other_lists_wait_in_a_menu(bare: Session, settle) -> None:
    bare.window.go("clubs")
    settle(bare)
    page = bare.window.page
    assert not page.tabs.isVisible()
    assert page._more.isVisible()
    menu = lists_menu(page, page.tabs)
    assert [action.text() for action in menu.actions()] == ["Events", "Venues", "Worksheet", "Referrals", "Programmes"]
    menu.actions()[1].trigger()
    settle(bare)
    assert page.tabs.key == "venues"
    assert page.tabs.isVisible()
    assert not page._more.isVisible()


@pytest.mark.parametrize(("height", "shown"), [(900, True), (800, True), (680, False)])
def test_how_a_club_begins_stands_there_in_large_words_too(bare: Session, theme, settle, height, shown) -> None:
    theme.look("light", "130")
    bare.window.resize(1280, height)
    bare.window.go("clubs")
    settle(bare)
    (empty,) = (each for each in bare.window.page.findChildren(EmptyState) if each.isVisible())
    (steps,) = empty.findChildren(StepCards)
    assert steps.isVisible() == shown
    last = empty.findChildren(QAbstractButton)[-1]
    assert empty.rect().contains(last.geometry())


def test_the_page_tells_how_it_began_how_it_grew_and_what_it_led_to(opened: Session, night: int, settle) -> None:
    page = opened.window.page
    steps = [each.text() for each in shown(page, StoryStep)]
    assert len(steps) == 5 and "offer to meet Imogen" in steps[0] and "9 asked to join" in steps[2]
    assert "46 members" in words(opened) and "pre-orders of The Salt Orchard, £570.00" in words(opened)
    assert len(shown(page, SessionLine)) == 5
    branches = [each.text() for each in shown(page, BranchLine)]
    assert len(branches) == 4, "the chain of the sample is four deep"
    assert club_growth.tree_of(night).depth == 4
    assert "46 members" not in page.sheet._growth.accessibleName() and "46" in page.sheet._growth.accessibleName()


@pytest.mark.parametrize("width", [1440, 1400, 1360, 1320, 1280])
def test_a_club_is_named_whole_in_large_words_too(opened: Session, night: int, theme, settle, width: int) -> None:
    theme.look("light", "130")
    opened.window.resize(width, 900)
    settle(opened)
    opened.desk.go("clubs", night)
    settle(opened)
    sheet = opened.window.page.sheet
    assert sheet._name.height() >= sheet._name.heightForWidth(sheet._name.width())
    for step in opened.window.page.findChildren(StoryStep):
        assert step.height() >= step.heightForWidth(step.width())
    theme.look("light", "100")


def test_a_step_is_named_on_two_lines_where_one_has_no_room(theme) -> None:
    step = StoryStep(theme, "feather", "The author said yes", "15 Oct", "40 minutes", lambda: None, is_last=True)
    assert step.heightForWidth(300) == theme.px(118)
    assert step.heightForWidth(110) == theme.px(118) + theme.line_height("medium")


def test_every_number_opens_its_list(opened: Session, night: int, settle) -> None:
    """Whatever shows a number can be pressed, and leads to a list, to a page, or to the tree below."""
    page, window = opened.window.page, opened.window
    led: set[str] = set()
    done: list[str] = []
    while True:
        numbers = (each for each in shown(page, QAbstractButton) if any(map(str.isdecimal, each.text())))
        button = next((each for each in numbers if each.text() not in done), None)
        if button is None:
            break
        text = button.text()
        done.append(text)
        button.click()
        dialogs = [each for each in window.findChildren(Overlay) if each.isVisible()]
        if not dialogs:
            settle(opened)
        led.add(type(dialogs[-1]).__name__ if dialogs else window.place)
        away = window.place != "clubs" or page.sheet.club_id != night
        assert dialogs or away or isinstance(window.focusWidget(), BranchLine), text
        for each in dialogs:
            each.close_overlay()
        if away:
            opened.desk.go("clubs", night)
            settle(opened)
    assert len(done) >= 25 and {"RecordsDialog", "EditDialog", "posts", "clubs"} <= led, (done, led)
    # What is only told stands beside what opens it: days, hours, the heading of the tree, a number on the chart.
    told = {each.text() for each in shown(page, Label) if any(map(str.isdecimal, each.text()))}
    assert told <= {page.pane._when.text(), page.pane._other.text(), page.sheet._deep.text()}


def test_enter_opens_a_club_and_escape_goes_back(opened: Session, qtbot, settle) -> None:
    opened.window.go("clubs")
    settle(opened)
    page = opened.window.page
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settle(opened)
    assert page.sheet.isVisible()
    qtbot.keyClick(page.sheet, Qt.Key.Key_Escape)
    settle(opened)
    assert page.table.isVisible() and not page.sheet.isVisible()


def test_the_story_of_a_club_in_the_window(opened: Session, settle, tmp_path: Path) -> None:
    store = opened.desk.store
    book = Club.get(Club.name == "Night Shift Readers").item_id
    opened.desk.write(lambda writer: clubs.start_club(writer, NewClub("The early shift", 40, book, members=4,
                                                                      zone="Europe/London", place="Zoom")))  # fmt: skip
    settle(opened)
    club = int(Club.get(Club.name == "The early shift").id)
    opened.window.go("clubs", club)
    settle(opened)
    page = opened.window.page
    assert "4 members" in words(opened)

    opened.desk.ask("club_requests", club)
    dialog = dialog_of(opened, RecordsDialog)
    dialog.form.set_values({"people": "9", "place": "In her comments"})
    dialog.submit()
    settle(opened)
    press(dialog, "Let in")
    settle(opened)
    dialog.close_overlay()
    assert club_members.counts_of(club)[-1].members == 13 and "13 members" in words(opened)

    opened.desk.ask("club_counts", club)
    dialog = dialog_of(opened, RecordsDialog)
    dialog.form.set_values({"members": "46", "moved_by": "The author says yes"})
    dialog.submit()
    settle(opened)
    dialog.close_overlay()
    opened.desk.ask("club_members", club)
    dialog = dialog_of(opened, RecordsDialog)
    dialog.form.set_values({"person": "p41"})
    dialog.submit()
    settle(opened)
    dialog.close_overlay()
    assert "47 members" in words(opened)

    page.sheet.add.click()
    settle(opened)
    session = dialog_of(opened, FormDialog)
    session.form.set_values({"starts": "2026-12-03 19:30", "minutes": "40", "author": "Imogen Vale",
                             "author_zone": "America/New_York", "reading": "To the end",
                             "place": "https://meet.example/x"})  # fmt: skip
    session.submit()
    settle(opened)
    [row] = club_sessions.list_sessions(club_id=club)
    assert (row.author_hour, row.reading, row.state) == ("14:30", "To the end", "planned")
    opened.desk.ask("club_questions", club)
    dialog = dialog_of(opened, RecordsDialog)
    dialog.form.set_values({"text": "Was the ferryman always her father?"})
    dialog.submit()
    settle(opened)
    dialog.close_overlay()
    assert "1 question in" in words(opened)

    page._brief()
    page._export()
    settle(opened)
    told = " ".join(PdfReader(tmp_path / "The early shift 2026-12-03.pdf").pages[0].extract_text().split())
    assert "America/New_York" in told and "ferryman" in told
    [event] = read_calendar(tmp_path / "The early shift.ics", "UTC")
    assert (event["starts_at"], event["minutes"], event["sequence"]) == ("2026-12-03T19:30:00Z", 40, 0)

    opened.desk.ask("club_copies", club)
    dialog = dialog_of(opened, RecordsDialog)
    dialog.form.set_values({"kind": "bought", "copies": "31", "amount": "464.69 GBP"})
    dialog.submit()
    settle(opened)
    dialog.close_overlay()
    assert "31  copies bought of The Glass Heron, £464.69" in words(opened)
    for _ in range(3):
        opened.desk.runner.undo()
        settle(opened)
    assert not club_copies.copies_of(club) and not club_sessions.list_sessions(club_id=club)
    assert "47 members" in words(opened)
    del store


def test_a_session_is_put_right_and_cancelled(opened: Session, night: int, settle) -> None:
    coming = next(row for row in club_sessions.list_sessions(club_id=night) if row.state == "planned")
    opened.desk.ask("club_session", (night, coming.id))
    dialog = dialog_of(opened, EditDialog)
    next(each for each in dialog.findChildren(QPushButton) if each.text() == "Cancel this session").click()
    settle(opened)
    [gone] = club_sessions.list_sessions(session_id=coming.id)
    assert (gone.state, gone.sequence) == ("cancelled", coming.sequence + 1)
    opened.desk.runner.undo()
    settle(opened)
    assert club_sessions.list_sessions(session_id=coming.id)[0].state == "planned"


def test_an_authors_calendar_is_read_in_the_window(opened: Session, night: int, settle, tmp_path: Path) -> None:
    path = tmp_path / "free.ics"
    path.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20270105T180000Z\r\n"
        "DURATION:PT2H\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        encoding="utf-8",
    )
    before = len(author_hours.list_slots("Imogen Vale"))
    opened.desk.files.chosen = path
    opened.desk.ask("author_hours", night)
    dialog_of(opened, HoursDialog).read_calendar()
    settle(opened)
    settle(opened)
    assert len(author_hours.list_slots("Imogen Vale")) == before + 3


def test_today_says_what_works(opened: Session, settle) -> None:
    opened.window.go("today")
    settle(opened)
    assert any("ask to join Night Shift Readers" in each.text() for each in shown(opened.window.page, SignalRow))


def test_words_on_the_chart_keep_out_of_each_others_way(opened: Session, night: int) -> None:
    """Whatever moved the number how often, near the end as well: nothing is written over the line or over other words."""
    growth, choice = opened.window.page.sheet._growth, random.Random(7)
    shown_at_all = 0
    for wide in (420, 560, 760):
        for _ in range(40):
            xs = sorted(choice.sample(range(30, wide), choice.randint(2, 12)))
            points = [QPointF(x, choice.uniform(14, 168)) for x in xs]
            counts = [
                Count(n, "2026-11-01", 5, choice.choice(("", "Word of mouth", "Imogen says yes")), None) for n in xs
            ]
            growth._counts = counts
            placed = growth.placed(points, 30, wide)
            shown_at_all += len(placed)
            for number, (_, place) in enumerate(placed):
                assert not any(place.intersects(other) for _, other in placed[:number])
                for x in range(round(place.left()), round(place.right())):
                    assert not place.top() < _height_on(points, x) < place.bottom()
    assert shown_at_all > 200


def test_the_lists_beside_the_clubs_are_made_when_they_are_wanted(opened: Session, settle) -> None:
    opened.window.go("clubs")
    settle(opened)
    page = opened.window.page
    assert dict(page.lists) == {}
    page.tabs.choose("venues")
    assert list(page.lists) == ["venues"]
    assert page.lists["venues"].isVisible()
    assert len(page.lists["venues"].model.ids) == len(page._beside["venues"][0])
