"""Qt's own controls, as the style sheet dresses them."""

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QSlider,
    QSpinBox,
    QTabBar,
    QWidget,
)

from outreach.ui.desk import Desk
from outreach.ui.gallery.frame import columns, named
from outreach.ui.widgets.basics import Button, Label, column, line
from outreach.ui.widgets.dayfield import Calendar, DateField
from outreach.ui.widgets.fields import Choice, Field
from outreach.ui.widgets.menus import Menu

_DAY = QDate(2026, 11, 24)


def controls(desk: Desk) -> QWidget:
    """The sheet of controls."""
    theme = desk.theme
    return columns(
        theme,
        [_fields(desk), _numbers(desk), _ticks(desk), _tabs(desk), _note(desk)],
        [named(theme, "Menu", Specimen(_menu(desk))), named(theme, "Choices", Specimen(_choices(desk))),
         named(theme, "Calendar", Specimen(Calendar(theme))), _tooltip(desk)],
        widths=(720, 300),
    )  # fmt: skip


class Specimen(QWidget):
    """What else opens for a moment, shown as a part of the sheet."""

    def __init__(self, popup: QWidget) -> None:
        super().__init__()
        self.popup = popup
        popup.setParent(self)
        popup.setWindowFlags(Qt.WindowType.Widget)
        popup.move(0, 0)
        popup.show()
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()  # under the window's style sheet it may need more room

    def _fit(self) -> None:
        self.popup.ensurePolished()
        self.popup.adjustSize()
        self.setFixedSize(self.popup.size())


def _labelled(desk: Desk, name: str, field: QWidget) -> QWidget:
    field.setAccessibleName(name)
    cell = QWidget()
    cell.setLayout(column(Label(desk.theme, name, "smallm", "ink2"), field, spacing=4))
    return cell


def _field(desk: Desk, text: str, hint: str = "", icon: str = "") -> Field:
    field = Field(desk.theme, hint, icon)
    field.setText(text)
    return field


def _fields(desk: Desk) -> QWidget:
    wrong, locked = QLineEdit("TR11"), QLineEdit("Locked")
    wrong.setProperty("state", "error")
    locked.setEnabled(False)
    doubtful = QLineEdit("@junipershelves")
    doubtful.setProperty("state", "warn")
    first = line(_labelled(desk, "Person", _field(desk, "Juniper Hale", icon="users")),
                 _labelled(desk, "Filter", _field(desk, "", "Filter people", "search")), spacing=12)  # fmt: skip
    second = line(_labelled(desk, "Postcode", wrong), _labelled(desk, "Handle", doubtful),
                  _labelled(desk, "Locked", locked), spacing=12)  # fmt: skip
    return named(desk.theme, "Fields", column(first, second, spacing=12))


def _numbers(desk: Desk) -> QWidget:
    copy, count = Choice("Copy"), QSpinBox()
    copy.addItems(["Hardback", "Proof", "E-book code"])
    count.setRange(0, 99)
    count.setValue(3)
    # A style sheet cannot move the text of a field within a field.
    count.lineEdit().setTextMargins(8, 0, 0, 0)
    row = line(_labelled(desk, "Copy", copy), _labelled(desk, "How many", count),
               _labelled(desk, "Date", DateField(desk.theme, "Date", _DAY)), spacing=12)  # fmt: skip
    for number in range(3):
        row.setStretch(number, 1)
    off = Button(desk.theme, "Off", "primary")
    off.setEnabled(False)
    buttons = line(
        Button(desk.theme, "Confirm post", "primary", "check"), Button(desk.theme, "Ask Juniper", "default", "mail"),
        Button(desk.theme, "Not about us", "ghost"), Button(desk.theme, "Forget", "danger"), off, None,
    )  # fmt: skip
    return named(desk.theme, "Choices, numbers, days", row, 16, buttons)


def _ticks(desk: Desk) -> QWidget:
    texts = ("Off-social voices", "Asked in the last 60 days", "Some", "Locked")
    on, off, some, away = (QCheckBox(text) for text in texts)
    on.setChecked(True)
    some.setTristate(True)
    some.setCheckState(Qt.CheckState.PartiallyChecked)
    away.setEnabled(False)
    post, code = QRadioButton("Post"), QRadioButton("E-book code")
    post.setChecked(True)
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setAccessibleName("How much")
    slider.setValue(40)
    progress = QProgressBar()
    progress.setAccessibleName("Progress")
    progress.setTextVisible(False)
    progress.setValue(43)
    row = line(on, off, some, away, post, code, None, spacing=18)
    return named(desk.theme, "Ticks, dials, progress", row, 12, slider, 12, progress)


def _tabs(desk: Desk) -> QWidget:
    tabs = QTabBar()
    tabs.setAccessibleName("Parts of Posts")
    tabs.setExpanding(False)
    for name in ("Inbox", "Log", "Gallery", "Rights"):
        tabs.addTab(name)
    return named(desk.theme, "Tabs", line(tabs, None))


def _note(desk: Desk) -> QWidget:
    note = QPlainTextEdit("\n".join(f"Note line {number}" for number in range(20)))
    note.setAccessibleName("Note")
    note.setFixedHeight(desk.theme.px(110))
    return named(desk.theme, "Many lines, and a scroll bar", note)


def _menu(desk: Desk) -> Menu:
    menu = Menu()
    menu.addAction(desk.theme.icon("feather"), "Pitch\tP")
    menu.addAction(desk.theme.icon("plus"), "Log\tL")
    ticked = menu.addAction("Shown as a column")
    ticked.setCheckable(True)
    ticked.setChecked(True)
    menu.addSeparator()
    menu.addAction("Forget this person")
    menu.addAction("Nothing to undo").setEnabled(False)
    menu.setActiveAction(menu.actions()[1])
    return menu


def _choices(desk: Desk) -> QWidget:
    choice = Choice("Copy")
    choice.addItems(["Hardback", "Proof", "E-book code"])
    box = QWidget()
    box.setLayout(column(choice))
    box.setFixedWidth(desk.theme.px(200))
    return box


def _tooltip(desk: Desk) -> QWidget:
    tip = Label(desk.theme, "Pitch (P)")
    tip.setObjectName("tip")
    tip.setStyleSheet(
        f"#tip {{ background: {desk.theme.color('toast').name()}; color: {desk.theme.color('on_toast').name()};"
        " padding: 5px 8px; }"
    )
    return named(desk.theme, "Tooltip", line(tip, None))
