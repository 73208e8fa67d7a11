"""The user guide within the window: the chapter about the page that one is on, and all others beside it."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QUrl
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from outreach.fields.text import fold
from outreach.services.manual import Chapter, chapter_about, chapters
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Overlay
from outreach.ui.paint.canvas import Canvas
from outreach.ui.table.columns import Column
from outreach.ui.table.model import RowModel
from outreach.ui.table.view import TableView
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Button, Label, Rule, column, line
from outreach.ui.widgets.lists import FilterField
from outreach.ui.widgets.panes import Pane

_WIDE, _HIGH, _LIST = 980, 680, 250


class Text(QTextBrowser):
    """A chapter, in the window's own fonts; it loads nothing from anywhere."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._html = ""
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        theme.changed.connect(self._restyle)

    def show_html(self, html: str) -> None:
        """Show other words."""
        self._html = html
        self._restyle()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        del kind, name

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the guide is closed by it
        else:
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        theme = self._theme

        def font(role: str) -> str:
            made = theme.font(role)
            return f"font-family: '{made.family()}'; font-size: {made.pixelSize()}px; font-weight: {made.weight()};"

        ink, ink2, accent, ground = (theme.color(name).name() for name in ("ink", "ink2", "accent", "press"))
        self.document().setDocumentMargin(0)
        self.document().setDefaultStyleSheet(
            f"body, p, li {{ {font('body')} color: {ink}; line-height: 150%; }}"
            f"h1, h2 {{ {font('h1')} color: {ink}; }} h3 {{ {font('h3')} color: {ink}; }}"
            f"code, pre {{ {font('mono')} color: {ink}; background-color: {ground}; }}"
            f"a {{ color: {accent}; }} em {{ color: {ink2}; }}"
        )
        self.setHtml(self._html)


class GuideDialog(Overlay):
    """The chapters at the left, which a field filters, and the one that is read beside them."""

    def __init__(self, desk: Desk, parent: QWidget, place: str) -> None:
        theme, say = desk.theme, desk.say
        self._desk = desk
        self._all = chapters(desk.words.language)
        self.filter = FilterField(theme, say("Find in the guide"), fills=True)
        shown = Column("title", say("Chapter"), 0, self._paint, lambda row: str(row.title))
        self.model = RowModel([shown], lambda _: {}, lambda row: row.title)
        self.list = TableView(theme, self.model, 32, headings=False, inset=16, lined=False)
        self.list.setAccessibleName(say("Chapters"))
        self.list.viewport().setAutoFillBackground(False)
        self.title = Label(theme, "", "h1")
        self.text = Text(theme)
        left = Pane(theme, "inset", corners=(11, 0, 0, 11))
        left.setFixedWidth(theme.px(_LIST))
        head = QWidget()
        head.setLayout(column(Label(theme, say("User guide"), "h2"), 10, self.filter, margins=(16, 20, 14, 8)))
        left.setLayout(column(head, self.list, margins=(0, 0, 0, 12)))
        close = Button(theme, say("Close"), "primary", key="Esc")
        foot = QWidget()
        foot.setLayout(line(None, close, margins=(20, 10, 20, 12)))
        words = QWidget()
        words.setLayout(column(self.title, 10, self.text, margins=(28, 20, 14, 12)))
        right = column(words, Rule(theme), foot)
        right.setStretch(0, 1)
        panel = QWidget()
        body = line(left, spacing=0)
        body.addLayout(right, 1)
        panel.setLayout(body)
        super().__init__(theme, parent, panel, _WIDE, _HIGH)
        self.model.setParent(self)
        self.filter.filtered.connect(self._filter)
        self.filter.left_down.connect(self.list.setFocus)
        self.list.installEventFilter(self)
        self.list.current_changed.connect(self._show)
        self.list.opened.connect(lambda _: self.text.setFocus(Qt.FocusReason.TabFocusReason))
        self.text.anchorClicked.connect(self._follow)
        close.clicked.connect(self.close_overlay)
        self.model.set_rows(self._all)
        about = chapter_about(place, self._all).id
        self.list.select_ids([about], about)
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_key = watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and self._desk.keys.matches("slash", event):
            self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _show(self, row_id: int) -> None:
        found = next((each for each in self._all if each.id == row_id), None)
        if found is not None:
            self.title.setText(found.title)
            self.text.setAccessibleName(found.title)
            self.text.show_html(found.html)

    def _filter(self, text: str) -> None:
        """Only the chapters in which every word stands."""
        words = fold(text).split()
        found = [each for each in self._all if all(word in each.words for word in words)]
        current = self.list.current_id()
        self.model.set_rows(found)
        self.list.stay_at(current)
        self._desk.announce(self._desk.words.trn("{number} chapter", "{number} chapters", len(found)))

    def _follow(self, link: QUrl) -> None:
        """A link of the web opens in the browser; there is no other in the guide."""
        if link.scheme() in ("http", "https"):
            self._desk.files.browse(link.toString())

    @staticmethod
    def _paint(canvas: Canvas, rect: QRectF, row: Chapter) -> None:
        x = rect.left() + (0 if row.level == 1 else 14)
        role, color = ("strong", "ink") if row.level == 1 else ("body", "ink2")
        canvas.text(x, rect.center().y(), row.title, role, color, width=rect.right() - x - 14)


def guide_dialog(desk: Desk, parent: QWidget, place: object = None) -> None:
    """Open the guide at the chapter about a page."""
    GuideDialog(desk, parent, place if isinstance(place, str) else "")
