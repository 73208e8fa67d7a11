"""The components of the house style: what lists, panes and pages are made of."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach.jobs import Job
from outreach.services.pages.filtering import Term
from outreach.services.pages.people import LastStep, PersonLine, TasteMark
from outreach.ui.desk import Desk
from outreach.ui.gallery.frame import Ground, columns, named, painted
from outreach.ui.gallery.pieces import asked, toasted
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import paint_person, paint_posted, paint_tastes
from outreach.ui.paint.covers import cover
from outreach.ui.paint.marks import (
    avatar,
    checkbox,
    keycap,
    keycap_width,
    pill,
    stage,
    taste,
)
from outreach.ui.runner import Task
from outreach.ui.table.columns import Column
from outreach.ui.table.delegate import RowDelegate
from outreach.ui.table.model import RowModel
from outreach.ui.table.view import TableView
from outreach.ui.tray import Ended, Outcome, Tray
from outreach.ui.widgets.basics import Button, Label, column, line
from outreach.ui.widgets.chips import Chip
from outreach.ui.widgets.flow import TasteFlow
from outreach.ui.widgets.forms import FieldSpec, Form
from outreach.ui.widgets.lists import Segments
from outreach.ui.widgets.notices import Banner, Note
from outreach.ui.widgets.tray import TRAY_GAP, EndedRow, RunningRow

_STAGES = ("chosen", "asked", "accepted", "sent", "delivered", "reading", "posted", "quiet", "declined")
_PILLS = (
    ("Address missing", "warn", "map-pin"), ("Confirmed", "good", ""), ("New person?", "info", ""),
    ("Rights ended", "bad", ""), ("Draft", "neutral", ""),
)  # fmt: skip
_VOICES = (("Maya Okonjo", ""), ("Gwen Abara", "radio"), ("Ottoline Brandt", "store"), ("Marcus Leong",
                                                                                        "graduation-cap"))  # fmt: skip
_TYPE = (
    ("Title of a page, Serif 30", "display"), ("Page heading, Serif 22 semibold", "h1"),
    ("Heading of a pane, Serif 17", "h2"), ("Section heading, Sans 13 semibold", "h3"),
    ("Body, Sans 13. Small, Sans 12 for second lines.", "body"), ("Title of a book in Serif italic 14", "title"),
    ("“What people wrote, Serif 14.”", "quote"), ("Code and tracking, Mono 12", "mono"),
)  # fmt: skip


def components(desk: Desk) -> QWidget:
    """The sheet of components."""
    theme = desk.theme
    return columns(
        theme,
        [_buttons(desk), _filters(desk), _tastes(desk), _stages(desk), _pills(desk), _voices(desk), _type(desk)],
        [_rows(desk), _form(desk), toasted(desk), _keys(desk), _banners(desk)],
        [_tray(desk), asked(desk)],
        widths=(464, 620, 412),
    )


class _Focused(Button):
    def hasFocus(self) -> bool:
        return True


class _Hovered(Button):
    def underMouse(self) -> bool:
        return True


def _buttons(desk: Desk) -> QWidget:
    theme = desk.theme
    more, gone, off, away = (
        Button(theme, "", "ghost", "ellipsis"), Button(theme, "Remove", "danger"), Button(theme, "Off", "primary"),
        Button(theme, "Off"),
    )  # fmt: skip
    more.setAccessibleName("More")
    for each in (off, away):
        each.setEnabled(False)
    first = line(Button(theme, "Primary", "primary", "check", "A"), Button(theme, "Default", "default", "mail"),
                 Button(theme, "Quiet", "ghost"), more, gone, None)  # fmt: skip
    small, link = Button(theme, "Small", height=28), Button(theme, "Link", "link", "undo-2", height=24)
    second = line(_Focused(theme, "Focus"), _Hovered(theme, "Hover"), off, away, small, link, None)
    return named(theme, "Buttons", column(first, second, spacing=8))


def _filters(desk: Desk) -> QWidget:
    theme = desk.theme
    stages = Button(theme, "Stage", "chip", height=28)
    stages.set_value("any")
    chips = line(
        Chip(desk, Term("taste", "YA fantasy")),
        stages,
        Button(theme, "Filter", "chip", "plus", height=28),
        None,
    )
    segments = Segments(theme, [("all", "All"), ("ready", "Ready"), ("missing", "Missing")])
    segments.choose("ready")
    segments.set_label("missing", "Missing", 3)
    return named(theme, "Filter chips and segments", column(chips, line(segments, None), spacing=8))


def _tastes(desk: Desk) -> QWidget:
    theme = desk.theme

    def paint(canvas: Canvas, _width: float, height: float) -> None:
        x = 0.0
        for name, share, avoid, count in (("YA fantasy", 9 / 11, False, "9/11"), ("Romance", 2 / 6, False, "2/6"),
                                          ("Folklore", None, False, ""), ("Horror", None, True, "")):  # fmt: skip
            x += taste(canvas, x, height / 2, name, share, avoid=avoid, count=count) + 7

    note = Label(theme, "Filled from the left: liked of read. Outline: tag. Dashed: avoid.", "small", "ink3")
    many = TasteFlow(theme)
    many.set_chips([(name, 0.2 * number, False) for number, name in enumerate(
        ("Cosy crime", "Memoir", "Smallholding", "Translated fiction", "Cookery", "Found family"))])  # fmt: skip
    words = "YA fantasy, liked 9 of 11, Romance, liked 2 of 6, Folklore, not Horror"
    return named(theme, "Taste chips", painted(theme, paint, 24, words), 4, note, 8, many)


def _stages(desk: Desk) -> QWidget:
    theme, words = desk.theme, desk.words

    def paint(names: tuple[str, ...]) -> QWidget:
        def row(canvas: Canvas, _width: float, height: float) -> None:
            x = 0.0
            for name in names:
                stage(canvas, x, height / 2, name)
                x += 23 + canvas.text(x + 23, height / 2, words.term("stage", name), "small") + 18

        return painted(theme, row, 28, ", ".join(words.term("stage", name) for name in names))

    return named(theme, "Stages", paint(_STAGES[:5]), paint(_STAGES[5:]))


def _pills(desk: Desk) -> QWidget:
    def paint(canvas: Canvas, _width: float, height: float) -> None:
        x = 0.0
        for text, tone, icon in _PILLS:
            x += pill(canvas, x, height / 2, text, tone, icon) + 7

    words = ", ".join(text for text, _, _ in _PILLS)
    return named(desk.theme, "Pills, only for exceptions", painted(desk.theme, paint, 24, words))


def _voices(desk: Desk) -> QWidget:
    def paint(canvas: Canvas, _width: float, height: float) -> None:
        for number, (name, badge) in enumerate(_VOICES):
            avatar(canvas, number * 42, height / 2 - 16, 32, name, badge)
        for number in range(9):
            cover(canvas, 182 + number * 28, height / 2 - 17, 22, number, "")
        cover(canvas, 182 + 9 * 28, height / 2 - 13, 26, 0, "", is_book=False)

    words = "Four voices, nine books, a product"
    return named(desk.theme, "Voices and titles", painted(desk.theme, paint, 44, words))


def _type(desk: Desk) -> QWidget:
    return named(desk.theme, "Type", *(Label(desk.theme, text, role) for text, role in _TYPE))


class _Standing(RowDelegate):
    """Shows each state in a row of its own, whatever the window's is."""

    _GROUNDS = ("", "selected", "hover", "selected_off")

    def ground(self, state: Any, row: int) -> str:
        del state
        return self._GROUNDS[row]


def _rows(desk: Desk) -> QWidget:
    theme, words, px = desk.theme, desk.words, desk.theme.px
    people = [
        _person(1, "Juniper Hale", "instagram", "junipershelves", "", ("YA fantasy", "Folklore"), 5, 4, "posted"),
        _person(2, "Gwen Abara", "off_social", "", "radio_host", ("Smallholding", "Cookery"), 4, 3, "asked"),
        _person(3, "Tomasz Wieland", "substack", "Tom Reads in Translation", "", ("Translated fiction",), 2, 1,
                "reading"),
        _person(4, "Ottoline Brandt", "off_social", "", "bookseller", ("Cosy crime", "Memoir"), 8, 5, "quiet"),
    ]  # fmt: skip
    model = RowModel(
        [
            Column("who", "Person", px(200), lambda c, r, row: paint_person(c, r, row, words), lambda row: row.name),
            Column("taste", "Liked / read", 0, lambda c, r, row: paint_tastes(c, r, row.tastes, words), lambda _: "",
                   "taste"),
            Column("posted", "Posted", px(104), lambda c, r, row: paint_posted(c, r, row, words), lambda _: ""),
        ],
        lambda _: {}, lambda row: str(row.name),
    )  # fmt: skip
    table = TableView(theme, model, 49, inset=16)
    model.setParent(table)
    table.setAccessibleName("People")
    model.set_rows(people)
    table.select_ids([2], 2)
    table.show_order("taste", descending=True)
    table.setFixedHeight(px(32) + 4 * px(49))
    frame = Ground(theme, edge="line", radius=0)
    frame.setLayout(column(table, margins=(1, 1, 1, 1)))
    delegate = _Standing(theme, model.columns, inset=16, parent=table)
    delegate.current = 1
    table.setItemDelegate(delegate)
    return named(theme, "Rows: rest, current, hover, current in a window behind others", frame)


def _person(
    row_id: int, name: str, platform: str, handle: str, role: str, tastes: tuple[str, ...], had: int, posted: int,
    state: str,
) -> PersonLine:  # fmt: skip
    marks = tuple(TasteMark(subject, "likes", 0.5, 6 - number, 7) for number, subject in enumerate(tastes))
    last = LastStep(state, "Keeping Hens, Kindly", True, "2026-11-21")
    return PersonLine(row_id, name, role, "", platform, handle, "GB", marks, had, posted, last, False)


def _form(desk: Desk) -> QWidget:
    theme = desk.theme
    form = Form(
        theme,
        [
            FieldSpec("name", "Name"), FieldSpec("email", "E-mail", "name@example.org"),
            FieldSpec("postcode", "Postcode", check=lambda _: "Add the second half, like 3AB"),
            FieldSpec("handle", "Handle"),
        ],
        {"name": "Juniper Hale", "email": "juniper@", "postcode": "TR11", "handle": "@junipershelves"},
    )  # fmt: skip
    form.check()
    form.field("handle").setProperty("state", "warn")
    form.field("email").setStyleSheet(
        f"border: 2px solid {theme.color('focus').name()}; padding: 0 8px; min-height: {theme.px(28)}px;"
    )
    cell = form.field("handle").parentWidget()
    below = cell.layout() if cell is not None else None
    assert isinstance(below, QVBoxLayout)
    below.insertWidget(2, Note(theme, "Already used by Juniper H.", "warn"))
    return named(theme, "Form fields, checked when they are left", form)


def _banners(desk: Desk) -> QWidget:
    theme = desk.theme
    warn = Banner(theme, "Gmail needs a new sign-in. 3 letters are waiting.", "Sign in")
    return named(theme, "Banners, for what lasts", warn)


def _keys(desk: Desk) -> QWidget:
    def paint(canvas: Canvas, _width: float, height: float) -> None:
        x = 0.0
        for key in ("Ctrl K", "Enter", "J", "↑↓"):
            keycap(canvas, x, height / 2, key)
            x += keycap_width(canvas.theme, key) + 10
        for on in (True, False):
            checkbox(canvas, x + 12, height / 2, on=on)
            x += 28

    return named(desk.theme, "Keys and ticks", painted(desk.theme, paint, 24, "Ctrl K, Enter, J, up and down"))


def _tray(desk: Desk) -> QWidget:
    theme, tray = desk.theme, Tray(desk)
    running = []
    for label, done, total in (("Sending letters", 2, 3), ("Finding posts", 41, 96)):
        job = Job(label, total)
        job.done = done
        running.append(RunningRow(desk, tray, job))
    ended = [
        EndedRow(desk, tray, Ended(Task(Job(label), lambda *_: None, False, None, None), outcome, text, detail))
        for label, outcome, text, detail in (
            ("Writing the review", Outcome.FAILED, "Report not saved: disk is full", ""),
            ("Importing a list", Outcome.IMPORTED, "Imported 304 people", "10:12"),
        )
    ]
    frame = Ground(theme, edge="line2")
    head = line(Label(theme, "In the background", "h3"), None, Button(theme, "Hide", "link", height=24))
    frame.setLayout(column(head, *running, *ended, spacing=TRAY_GAP, margins=(16, 10, 12, 14)))
    return named(theme, "Job tray", frame)
