"""For those who do not see the window, or see little of it, or have no mouse: names, sentences, order, rings, sizes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QToolTip, QWidget

from outreach.app import Session
from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.photos import PLACES
from outreach.services.exporting.tables import export_people
from outreach.services.mail.transport import Server
from outreach.services.people.duplicates import Pair
from outreach.services.people.people import NewPerson, add_person
from outreach.services.review.behind import Wish
from outreach.services.review.value import Scope
from outreach.services.review.wanted import Wanted
from outreach.services.tastes.ledger import ledger_of
from outreach.services.workspaces.views import View
from outreach.store.models import SalesCode
from outreach.ui.dialogs.opening import _DIALOGS
from outreach.ui.dialogs.overlay import Overlay
from outreach.ui.focus import stops
from outreach.ui.paperwork import CarrierOrder, PaperOrder
from outreach.ui.table.taking import ExportOf
from outreach.ui.table.view import TableView
from outreach.ui.theme import Theme
from outreach.ui.widgets.flow import Block
from outreach.ui.widgets.lists import Segment
from outreach.ui.widgets.shell import PlaceButton
from tests.services.catalogue.test_covers import png
from tests.ui.looks import pixels, shown

TAB = Qt.FocusReason.TabFocusReason
#: The ring of a field may be painted by what is around it.
_AROUND = 48
#: Each dialog, and what it is about.
DIALOGS: dict[str, Callable[[Session], object]] = {
    "person": lambda _: None, "address": lambda opened: first(opened, "people"),
    "suppress": lambda opened: first(opened, "people"), "forget": lambda opened: first(opened, "people"),
    "sender": lambda _: None, "title": lambda _: None, "copies": lambda opened: first(opened, "catalogue"),
    "gift": lambda opened: ([first(opened, "people")], None), "post": lambda _: None, "club": lambda _: None,
    "campaign": lambda _: None, "sale": lambda _: None, "sales_codes": lambda _: None, "worth": lambda _: None,
    "sales_list": lambda opened: a_sales_list(opened), "compare": lambda _: 1,
    "behind": lambda _: Wish(Scope(), "quiet", "Quiet"), "review_scope": lambda _: (Wanted(), print),
    **dict.fromkeys(("campaign_edit", "campaign_copy", "campaign_titles", "campaign_goals", "campaign_budget",
                     "campaign_steps", "campaign_step", "campaign_week", "influence", "coverage"), lambda _: 1),
    **dict.fromkeys(("club_edit", "club_counts", "club_members", "club_requests", "club_copies", "club_questions",
                     "club_schedule", "club_offer", "author_hours", "club_invite", "club_posts"), lambda _: 1),
    "club_remind": lambda _: 1, "introduction_thanks": lambda opened: first(opened, "people"),
    "programme": lambda _: None,
    **dict.fromkeys(("programme_open", "programme_edit", "programme_criteria", "programme_seasons", "programme_join",
                     "programme_promote", "programme_reward", "programme_members", "programme_cohort",
                     "programme_rewards"), lambda _: 1),
    "club_session": lambda _: (1, 0), "event": lambda _: None, "event_edit": lambda _: 1, "event_sales": lambda _: 1,
    "venue": lambda _: 1, "readers": lambda _: None, "approach": lambda _: (1, "Poultry hour"),
    "referral": lambda _: None, "introduced": lambda opened: first(opened, "people"),
    "edit_post": lambda opened: first(opened, "posts"), "counts": lambda opened: first(opened, "posts"),
    "deal": lambda _: [1], "story": lambda opened: a_picture(opened), "count_list": lambda opened: a_count_list(opened),
    "mail": lambda _: None,
    "mail_password": lambda _: ("Letters are waiting", Server("smtp.house.example", 587, "hanna", "tls"), print),
    "import": lambda _: "people", "settings": lambda _: None, "keyboard": lambda _: None,
    "export": lambda opened: export_of(opened),
    "palette": lambda opened: opened.window.page, "shortcuts": lambda opened: opened.window.page,
    "trouble": lambda _: KnownError("people.no_name"), "guide": lambda _: "people",
    "consent": lambda opened: first(opened, "people"), "note": lambda opened: first(opened, "people"),
    "addresses": lambda opened: first(opened, "people"), "reach": lambda opened: first(opened, "people"),
    "documents": lambda opened: first(opened, "people"), "make_up": lambda opened: first(opened, "people"),
    "twin": lambda opened: first(opened, "people"), "let_go": lambda _: None,
    "change_many": lambda opened: [first(opened, "people")],
    "doubles": lambda opened: [Pair(1, 2, "name"), Pair(3, 4, "handle")],
    "title_details": lambda opened: first(opened, "catalogue"), "codes": lambda opened: first(opened, "catalogue"),
    "signing": lambda opened: first(opened, "catalogue"), "inserts": lambda opened: first(opened, "catalogue"),
    "feeds": lambda _: None,
    "edition": lambda opened: (first(opened, "catalogue"), 0), "later": lambda opened: first(opened, "people"),
    "tastes": lambda opened: first(opened, "people"), "policy": lambda opened: first(opened, "people"),
    "ask_address": lambda opened: [(first(opened, "people"), 1)],
    "paper": lambda _: PaperOrder("labels", (1, 2, 3), "L7163"),
    "carrier_file": lambda _: CarrierOrder("royal-mail-click-and-drop", (1, 2, 3)),
    "yes": lambda opened: first(opened, "posts"), "use": lambda _: 1, "quote": lambda opened: first(opened, "posts"),
    "disclosure": lambda opened: first(opened, "posts"),
    "taste": lambda opened: a_taste(opened), "view": lambda _: (View("people"), lambda _: None),
    "roster": lambda opened: ([first(opened, "people")], "Spring"),
    "beside": lambda opened: first(opened, "catalogue"), "suiting": lambda opened: first(opened, "people"),
}  # fmt: skip


def first(opened: Session, place: str) -> int:
    return int(opened.window._pages[place].table.model().ids[0])


def a_picture(opened: Session) -> Path:
    path = opened.desk.store.folder.with_name("story.png")
    path.write_bytes(png(60, 80))
    return path


def a_count_list(opened: Session) -> Path:
    path = opened.desk.store.folder.with_name("counts.csv")
    path.write_text(f"url,date,likes\no{first(opened, 'posts')},2026-11-24,12\n", encoding="utf-8")
    return path


def a_sales_list(opened: Session) -> Path:
    path = opened.desk.store.folder.with_name("sales.csv")
    code = SalesCode.select(SalesCode.code).scalar()
    path.write_text(f"date,code,copies,amount\n2026-11-20,{code},2,29.98 GBP\n", encoding="utf-8")
    return path


def a_taste(opened: Session) -> tuple[int, int]:
    """Somebody with a taste, and the taste."""
    ledgers = ((each, ledger_of(opened.desk.store, each).own) for each in range(1, 150))
    return next((person, own[0].id) for person, own in ledgers if own)


def export_of(opened: Session) -> ExportOf:
    table = opened.window._pages["people"].table
    return ExportOf("People", "people", table.listing(), table.listing().ids, export_people, cards=True)


def name_of(each: QWidget) -> str:
    """What a screen reader says of a widget."""
    spoken = QAccessible.queryAccessibleInterface(each)
    return spoken.text(QAccessible.Text.Name) if spoken is not None else ""


def acts(each: QWidget) -> bool:
    takes_focus = bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus) and each.focusProxy() is None
    return takes_focus or isinstance(each, QAbstractButton | QAbstractItemView)


def nameless(root: QWidget) -> Iterator[str]:
    for each in shown(root, QWidget):
        is_painted = isinstance(each, Block) and each.height_at(each.width()) > 0
        if (acts(each) or is_painted) and not name_of(each) and not each.objectName().startswith("qt_"):
            yield f"{each.metaObject().className()} in {each.parent()}"


def too_small(root: QWidget) -> Iterator[str]:
    for each in shown(root, QWidget):
        if acts(each) and not isinstance(each.parent(), QAbstractItemView) and min(each.width(), each.height()) < 24:
            yield f"{each.metaObject().className()} “{name_of(each)}” is {each.width()} x {each.height()}"


def overlays(opened: Session) -> list[Overlay]:
    return [each for each in opened.window.findChildren(Overlay) if each.isVisible()]


def test_everything_that_acts_and_every_chart_has_a_name_and_a_size(shared: Session, settle) -> None:
    for place in PLACES:
        shared.window.go(place)
        settle(shared)
        assert list(nameless(shared.window)) == [], place
        assert list(too_small(shared.window)) == [], place


def test_each_dialog_is_held_to_this() -> None:
    assert {*DIALOGS} == {*_DIALOGS} - {"reading"}, "which asks the system for a file and shows nothing of its own"


class Strays(QObject):
    """Sees what is shown as a window of its own: what was shown before it had a place flashes up, and takes the keys."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        QApplication.instance().installEventFilter(self)

    def stop(self) -> None:
        QApplication.instance().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{watched.metaObject().className()} {name_of(watched)}")
        return False


@pytest.mark.parametrize("name", DIALOGS)
def test_dialogs_have_names_and_give_the_focus_back(shared: Session, settle, qtbot, name: str) -> None:
    window = shared.window
    for place in ("catalogue", "posts", "people"):
        window.go(place)
        settle(shared)
    before = window.page.filter
    before.setFocus()
    strays = Strays()
    shared.desk.ask(name, DIALOGS[name](shared))
    settle(shared)
    strays.stop()
    assert strays.seen == []
    (dialog,) = overlays(shared)
    assert dialog.isAncestorOf(window.focusWidget()) or dialog is window.focusWidget()
    assert list(nameless(dialog)) == []
    assert list(too_small(dialog)) == []
    reached = stops(dialog._panel)
    assert _reached_by_tab(shared, qtbot, len(reached) + 1) <= {*reached}, "Tab stays within what floats"
    dialog.close_overlay()
    assert window.focusWidget() is before


def _reached_by_tab(opened: Session, qtbot, times: int) -> set[QWidget]:
    found = set()
    for _ in range(times):
        opened.window.focusWidget().focusNextPrevChild(True)
        found.add(opened.window.focusWidget())
    return found


def region(opened: Session, each: QWidget) -> tuple[int, int]:
    """Where a part stands as the window is read: rail, page from left to right by panes, foot, status bar."""
    window = opened.window
    if window.rail.isAncestorOf(each):
        return 0, 0
    if window.status.isAncestorOf(each):
        return 3, 0
    above = each
    while above is not window.page and above.objectName() != "foot":
        above = above.parentWidget()
    return (2, 0) if above.objectName() == "foot" else (1, 0)


def follows(opened: Session, one: QWidget, other: QWidget) -> bool:
    """Whether a part of a page is read after another: it is not both above it and left of it."""
    window = opened.window
    if any(not window.page.isAncestorOf(each) or region(opened, each) != (1, 0) for each in (one, other)):
        return True
    here, there = (each.mapTo(window, QPoint(0, 0)) for each in (one, other))
    return there.y() + other.height() / 2 > here.y() or there.x() > here.x()


def test_tab_goes_as_the_page_is_read_and_round(shared: Session, settle) -> None:
    for place in PLACES:
        window = shared.window
        window.go(place)
        settle(shared)
        window.rail.finder.setFocus(TAB)
        order = [window.rail.finder]
        while True:
            window.focusWidget().focusNextPrevChild(True)
            if window.focusWidget() is order[0]:
                break
            order.append(window.focusWidget())
            assert len(order) < 60, place
            # What scrolls has gone where the focus is, so that both stand where they are seen one after the other.
            assert follows(shared, *order[-2:]), f"{place}: after “{name_of(order[-2])}” comes “{name_of(order[-1])}”"
        assert [region(shared, each) for each in order] == sorted(region(shared, each) for each in order), place
        assert {*order} == {*stops(window.rail, window.page, window.status)}, place
        backwards = []
        for _ in order:
            window.focusWidget().focusNextPrevChild(False)
            backwards.append(window.focusWidget())
        assert backwards == [*order[:0:-1], order[0]], place


def test_a_list_is_one_stop(shared: Session, settle) -> None:
    for place in PLACES:
        window = shared.window
        window.go(place)
        settle(shared)
        order = stops(window.rail, window.page, window.status)
        assert [each.text() for each in order if isinstance(each, PlaceButton)] == [window.rail.buttons[place].text()]
        groups = [each.parentWidget() for each in order if isinstance(each, Segment)]
        assert len(groups) == len({*groups})
        for table in shown(window.page, TableView):
            assert table in order, place
            assert not [each for each in order if each is not table and table.isAncestorOf(each)]


def test_the_arrows_go_through_the_places_and_enter_goes_there(shared: Session, settle, qtbot) -> None:
    window = shared.window
    window.go("people")
    settle(shared)
    window.rail.buttons["people"].setFocus(TAB)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    assert (window.focusWidget(), window.place) == (window.rail.buttons["catalogue"], "people")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    settle(shared)
    assert window.place == "catalogue"


def ringed(opened: Session, each: QWidget, theme: Theme) -> int:
    """How many pixels take a ring's colours when the focus comes by key."""
    colors = [theme.color("focus").rgb(), theme.color("ink").rgb()]

    def picture() -> np.ndarray:
        top_left = each.mapTo(opened.window, QPoint(-_AROUND, -_AROUND))
        size = each.size().grownBy(QMargins(_AROUND, _AROUND, _AROUND, _AROUND)).boundedTo(QSize(700, 300))
        return pixels(opened.window.grab(QRect(top_left, size)).toImage())

    opened.window.setFocus()
    opened.window.rail.finder.setFocus()
    before = picture()
    each.setFocus(TAB)
    after = picture()
    return int(np.count_nonzero(np.isin(after, colors) & (after != before)))


@pytest.mark.parametrize("place", PLACES)
def test_the_focus_can_be_seen(shared: Session, settle, theme: Theme, place: str) -> None:
    window = shared.window
    window.go(place)
    settle(shared)
    kinds = {}
    for each in stops(window.page):
        kinds.setdefault((type(each), getattr(each, "kind", "")), each)
    faint = {name_of(each): ringed(shared, each, theme) for each in kinds.values()}
    assert {name: count for name, count in faint.items() if count < 40} == {}


def test_rows_speak_in_sentences(shared: Session, settle) -> None:
    window = shared.window
    for place, table in (("people", "person"), ("catalogue", "title"), ("posts", "who"), ("shipments", "to")):
        window.go(place)
        settle(shared)
        model = window.page.model
        spoken = [model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole) for row in range(12)]
        assert all(len(each.split(", ")) >= 2 for each in spoken if each), (place, spoken)
        assert not any("None" in each or ", ," in each for each in spoken if each)
        assert model.columns[0].key == table
    window.go("people")
    page = window.page
    rows = [page.model.row(number) for number in range(100)]
    known = next(row for row in rows if row is not None and row.arrived and row.handle and row.tastes and row.last)
    spoken = page.model._speak(known)
    assert spoken.startswith(f"{known.name}, ")
    for part in ("enjoys ", f"posted about {known.posted} of {known.arrived} gifts", known.last.title, known.handle):
        assert part in spoken
    second = page.model.data(page.model.index(0, 2), Qt.ItemDataRole.AccessibleTextRole)
    assert second.startswith("Posted: ")


@pytest.fixture
def heard(opened: Session) -> list[tuple[str, bool]]:
    """What was announced, and whether urgently."""
    found: list[tuple[str, bool]] = []
    opened.desk.announced.connect(lambda text, is_urgent: found.append((text, is_urgent)))
    return found


def test_what_was_done_and_how_many_match_is_announced(opened: Session, settle, heard) -> None:
    window = opened.window
    window.go("people")
    settle(opened)
    heard.clear()
    opened.desk.write(lambda store: add_person(store, NewPerson("Ada Newcomer")), "Added Ada")
    settle(opened)
    assert ("Added Ada", False) in heard
    window.page.filter.setText("Newcomer")
    settle(opened)
    assert heard[-1] == ("1 matches", False)
    heard.clear()
    window.page.refresh()
    settle(opened)
    assert heard == [], "the same number is no news"


def test_the_end_of_a_job_is_announced(opened: Session, settle, heard) -> None:
    opened.desk.runner.run(Job("Writing the review"), lambda *_: None)
    settle(opened)
    assert heard == [("Writing the review, ended", False)]


def test_what_is_in_the_way_is_urgent(opened: Session, settle, heard) -> None:
    opened.window.trouble(KnownError("people.no_name"))
    settle(opened)
    ((text, is_urgent),) = heard
    assert is_urgent
    assert text == opened.desk.sentence(KnownError("people.no_name"))


def test_charts_are_a_sentence_and_a_table_one_key_away(shared: Session, settle, qtbot) -> None:
    window = shared.window
    window.go("review")
    settle(shared)
    page = window.page
    view = page._charts[0]
    spoken = name_of(view.chart)
    assert "groups" in spoken and "likely between" in spoken
    assert view.chart.isVisible() and not view.table.isVisible()
    page.setFocus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_T)
    settle(shared)
    assert view.table.isVisible() and not view.chart.isVisible()
    assert view.table in stops(page)
    row = view.model.row(0)
    texts = [column.text(row) for column in view.model.columns]
    assert texts[0] == row.name
    assert texts[1] == f"{row.rate.part} of {row.rate.whole}"
    assert view.table.height() >= 32 + view.model.rowCount() * 32, "every row is seen"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_T)
    assert view.chart.isVisible() and not view.table.isVisible()


def where_differ(one: QImage, other: QImage) -> QRect:
    """The rectangle in which two pictures differ, empty where they are the same."""
    if one == other:
        return QRect()
    if one.size() != other.size():
        return one.rect() | other.rect()
    places = [
        (column, row)
        for row in range(one.height()) for column in range(one.width())
        if one.pixel(column, row) != other.pixel(column, row)
    ]  # fmt: skip
    columns, rows = zip(*places, strict=True)
    return QRect(QPoint(min(columns), min(rows)), QPoint(max(columns), max(rows)))


def test_a_change_of_the_look_repaints_everything(opened: Session, open_window, settle, tmp_path, theme: Theme) -> None:
    import shutil

    def picture(session: Session, place: str) -> QImage:
        session.window.go(place)
        settle(session)
        session.window.setFocus()
        for each in [session.window.focusWidget()]:
            if each is not None:
                each.clearFocus()
        return session.window.grab().toImage()

    for place in PLACES:
        picture(opened, place)
    theme.use(dark=True)
    turned = {place: picture(opened, place) for place in PLACES}
    shutil.copytree(
        opened.desk.store.folder, tmp_path / "second" / "workspace", ignore=shutil.ignore_patterns("*lock*")
    )
    second = open_window(tmp_path / "second" / "workspace")
    second.window.resize(opened.window.size())
    differing = {place: where_differ(picture(second, place), turned[place]) for place in PLACES}
    assert {place: where for place, where in differing.items() if not where.isEmpty()} == {}


def test_labels_name_choices(shared: Session, settle) -> None:
    shared.desk.ask("settings")
    settle(shared)
    (dialog,) = overlays(shared)
    buddies = {each.buddy(): each.text() for each in dialog.findChildren(QLabel) if each.buddy() is not None}
    for field in shown(dialog, QWidget):
        if field.inherits("QComboBox"):
            assert buddies[field] == field.accessibleName()
    dialog.close_overlay()


SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.mark.no_qt_log  # a tooltip is raised, which a screen that nobody sees cannot do
def test_shift_f1_says_what_the_pointer_would_be_told(opened: Session, settle, qtbot, heard) -> None:
    window = opened.window
    window.go("people")
    settle(opened)
    window.page.table.setFocus(TAB)
    row = window.page.model.row(0)
    for focused, said in ((window.page.table, f"{row.name}, "), (window.rail.settings, "Settings"),
                          (window.rail.buttons["people"], "People (Ctrl 2)")):  # fmt: skip
        heard.clear()
        focused.setFocus(TAB)
        qtbot.keyClick(focused, Qt.Key.Key_F1, SHIFT)
        assert QToolTip.text().startswith(said)
        assert heard and heard[-1] == (QToolTip.text(), False)
    opened.desk.ask("settings")
    settle(opened)
    overlays(opened)[0].done.setFocus(TAB)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F1, SHIFT)
    assert QToolTip.text() == "Done (Esc)", "within a dialog too"


def test_whatever_has_a_tooltip_can_have_the_focus_or_says_it_in_its_name(shared: Session, settle) -> None:
    window = shared.window
    for place in PLACES:
        window.go(place)
        settle(shared)
        reached = {*stops(window.rail, window.page, window.status), *window.rail.buttons.values()}
        for each in shown(window, QWidget):
            if each.toolTip() and each not in reached:
                assert name_of(each) or each.accessibleDescription(), (place, each.toolTip())


@pytest.mark.full
@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_cut_at_twice_the_scale(sample, place: str) -> None:
    """As on a screen of twice as many dots; Qt reads the factor when it starts, so this is a program of its own."""
    import os
    import subprocess
    import sys

    from tests.conftest import ROOT

    code = (
        "import sys\nfrom pathlib import Path\nfrom outreach.app import make_application, session\n"
        "from outreach.photos import settle\nfrom outreach.settings import Settings\n"
        "from outreach.store.workspace import Opening\nfrom tests.ui.looks import cut_off\n"
        "app = make_application()\n"
        "with session(app, Path(sys.argv[1]), Path(sys.argv[1] + '-home'), Settings(), opening=Opening()) as opened:\n"
        "    opened.window.resize(1280, 800)\n    opened.window.show()\n    settle(opened)\n"
        "    assert app.devicePixelRatio() == 2\n    opened.window.go(sys.argv[2])\n    settle(opened)\n"
        "    print(list(cut_off(opened.window)))\n    opened.window.close()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(sample), place], capture_output=True, text=True, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "2", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (ran.returncode, ran.stdout.strip()) == (0, "[]"), ran.stderr
