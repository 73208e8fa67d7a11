"""Whole pieces of the window: rail, header, side pane, status bar, toast, dialog, empty state."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.gallery.frame import Ground, columns, named, painted
from outreach.ui.page import Page
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import fit_bars, meter
from outreach.ui.tray import Tray
from outreach.ui.widgets.basics import Button, Label, Rule, column, line
from outreach.ui.widgets.chips import FilterBar
from outreach.ui.widgets.flow import Paragraph, QuoteCard
from outreach.ui.widgets.forms import FieldSpec, Form
from outreach.ui.widgets.lists import EmptyState, Footer, SidePane
from outreach.ui.widgets.notices import Banner, Note
from outreach.ui.widgets.shell import Rail
from outreach.ui.widgets.status import StatusBar
from outreach.ui.widgets.steps import Steps
from outreach.ui.widgets.timeline import Timeline
from outreach.ui.widgets.toast import Toast


def pieces(desk: Desk) -> QWidget:
    """The sheet of pieces."""
    return columns(
        desk.theme,
        [named(desk.theme, "Rail", _rails(desk))],
        [named(desk.theme, "Header, toolbar, footer", _page(desk)), named(desk.theme, "Status bar", _status(desk)),
         named(desk.theme, "Empty state", _empty(desk)), _form(desk), _steps(desk), _meters(desk)],
        [named(desk.theme, "Side pane", _pane(desk)), _quotes(desk), _timeline(desk)],
        widths=(290, 690, 430),
    )  # fmt: skip


def _rails(desk: Desk) -> QWidget:
    ground = Ground(desk.theme, "desk")
    wide, narrow = (Rail(desk, "Hanna Okafor", "Finch & Marlow") for _ in range(2))
    narrow.set_narrow(narrow=True)
    for rail in (wide, narrow):
        rail.show_place("people")
        for place, count in (("today", 5), ("letters", 8), ("posts", 6)):
            rail.buttons[place].set_count(count)
    ground.setLayout(line(wide, narrow, spacing=24))
    ground.setFixedHeight(desk.theme.px(640))
    return ground


class _Head(Page):
    """A page with nothing but its head, its tools and its foot."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        fact = Label(theme, "1,284, of them 212 off social", "body", "ink3")
        head = self.header(
            "People", fact, Button(theme, "Import", "default", "download"),
            Button(theme, "Add person", "primary", "plus", "N"),
        )  # fmt: skip
        bar = FilterBar(desk, "Filter people")
        bar.field.setText("taste:ya ")
        tools = Button(theme, "", "ghost", "columns-3")
        tools.setAccessibleName("Columns")
        footer = Footer(theme, [("↑↓", "move"), ("X", "select"), ("P", "pitch")])
        footer.fact.setText("218 people")
        self.setLayout(column(head, line(bar, None, tools, margins=(24, 0, 20, 12)), Rule(theme), 40, footer))

    def refresh(self) -> None:
        """There is nothing to read."""


def _page(desk: Desk) -> QWidget:
    frame = Ground(desk.theme, edge="line")
    frame.setLayout(column(_Head(desk)))
    return frame


def _status(desk: Desk) -> QWidget:
    ground, bar = Ground(desk.theme, "desk"), StatusBar(desk, Tray(desk))
    bar.show_last("Logged 3 replies")
    ground.setLayout(column(bar))
    return ground


def _empty(desk: Desk) -> QWidget:
    theme = desk.theme
    empty = EmptyState(
        theme, "armchair", "Clubs begin with a reader who loved the book",
        "Someone you sent a book to reads it with followers, and the author joins a session.",
        Button(theme, "Start a club", "primary", "plus", "N"), Button(theme, "See who might", "default", "users"),
    )  # fmt: skip
    empty.put_together()
    return empty


def _pane(desk: Desk) -> QWidget:
    pane = SidePane(desk.theme, 360)
    theme = desk.theme
    for part in (
        Label(theme, "Maya Okonjo-Reyes", "h2"),
        Paragraph(theme, "Posted about 2 of 3 gifts, usually within three weeks. Loves found-family YA fantasy with a "
                         "map in the front."),
        Label(theme, "Tastes", "h3"),
    ):  # fmt: skip
        pane.content.addWidget(part)
        pane.content.addSpacing(8)
    pane.content.addStretch(1)
    pane.setFixedHeight(theme.px(220))
    return pane


def _form(desk: Desk) -> QWidget:
    theme = desk.theme
    form = Form(theme, [
        FieldSpec("copy", "Copy", choices=[("hardback", "Hardback"), ("proof", "Proof")]),
        FieldSpec("hint", "Where", "Leave empty for none"),
        FieldSpec("note", "Note", "What you know of them", lines=3, wide=True),
    ])  # fmt: skip
    info = Banner(theme, "3 pairs may be the same person.", "Look at them", "info")
    return named(theme, "Form, help below it, what the app asks", form, 4,
                 Note(theme, "Shown on labels only.", "help"), 12, info)  # fmt: skip


def _steps(desk: Desk) -> QWidget:
    steps = Steps(desk.theme, ["Addresses", "Labels", "Tracking"])
    steps.set_states(["done", "now", "warn"], ["8", "", "2 open"])
    return named(desk.theme, "Steps", line(steps, None))


def _quotes(desk: Desk) -> QWidget:
    theme = desk.theme
    first = QuoteCard(theme, [("On ", "small", "ink2"), ("The Glass Heron", "titles", "ink2")],
                      "I finished it at 3am and had to text my sister about the ferryman.", "2 Sep",
                      "video")  # fmt: skip
    second = QuoteCard(theme, [("On air", "small", "ink2")], "Give me a stubborn heroine and a cursed orchard. "
                       "That’s it, that’s the list.", "11 Aug", "radio")  # fmt: skip
    return named(theme, "Quote cards", first, 8, second)


def _timeline(desk: Desk) -> QWidget:
    timeline = Timeline(desk.theme)
    title = ("The Salt Orchard", "title", "ink")
    timeline.set_entries([
        ("accepted", [("Accepted ", "body", "ink"), title], "Yesterday"),
        ("icon:mail-check", [("Replied “yes please, hardback”", "body", "ink")], "Yesterday"),
        ("asked", [("Pitched ", "body", "ink"), title], "20 Nov"),
        ("icon:armchair", [("Started a club: Night Shift Readers", "body", "ink")], "3 Oct"),
        ("posted", [("Posted ", "body", "ink"), ("The Glass Heron", "title", "ink")], "2 Sep"),
        ("quiet", [("Quiet on ", "body", "ink"), ("Murder at Low Tide", "title", "ink")], "14 Jul"),
    ])  # fmt: skip
    return named(desk.theme, "Timeline", timeline)


def _meters(desk: Desk) -> QWidget:
    def paint(canvas: Canvas, width: float, _height: float) -> None:
        for number, (color, share) in enumerate((("accent", 0.66), ("good", 0.4), ("ribbon", 0.9), ("accent", 0.0))):
            meter(canvas, 0, 8 + number * 18, width - 60, share, color)
        for number in range(3):
            fit_bars(canvas, width - 34, 26 + number * 24, 5 - 2 * number)
        canvas.rounded(QRectF(width - 34, 74, 30, 1), 0, "line")

    return named(desk.theme, "Meters and fit", painted(desk.theme, paint, 82, "Two thirds, two fifths, nine tenths"))


class _Toasted(Ground):
    """A ground with a toast that stays."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, "inset")
        self.setFixedHeight(90)
        self.toast = Toast(desk, self)
        self.toast.tell("Marked 3 delivered", undoable=True)
        self.toast.move(0, 0)


class _Asked(Ground):
    """A ground that a dialog floats over."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self.setFixedHeight(desk.theme.px(212))
        self.setFixedWidth(desk.theme.px(412))
        theme = desk.theme
        self.dialog = Dialog(
            theme, self, "Forget Idris Farrow?",
            "Removes the name, address, notes and 1 letter. Counts in Review stay. This cannot be undone.", None,
            Button(theme, "Keep", key="Esc"), Button(theme, "Forget", "danger"), width=380,
        )  # fmt: skip


def toasted(desk: Desk) -> QWidget:
    """A toast."""
    return named(desk.theme, "Toast", _Toasted(desk))


def asked(desk: Desk) -> QWidget:
    """A question whose answer cannot be taken back."""
    return named(desk.theme, "Dialog, only when undo is impossible", _Asked(desk))
