"""The banner that says how many pairs may be the same person; they are looked for beside, when nobody waits."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.services.people.duplicates import Pair, pairs
from outreach.ui.desk import Desk
from outreach.ui.widgets.basics import column
from outreach.ui.widgets.notices import Banner

_TABLES = ("person", "email_address", "account", "account_alias", "address", "not_same")
#: So long after the last change they are looked for anew.
_AFTER_MS = 4000


class Doubles(QWidget):
    """One line under a page's head, seen while there are pairs."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self.pairs: tuple[Pair, ...] = ()
        self.banner = Banner(desk.theme, "", desk.say("Compare them"), "info")
        self.setLayout(column(self.banner, margins=(24, 0, 20, 12)))
        self.hide()
        self.banner.button.clicked.connect(self.open)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self._look_if_seen)
        self._is_stale = True
        desk.runner.changed.connect(self._on_changed)
        page.installEventFilter(self)

    def look(self) -> None:
        """Look for pairs, on the thread of what takes longer."""
        self._is_stale = False
        self._desk.runner.later(lambda: pairs(self._desk.store), self._show)

    def open(self) -> None:
        """Go through them one by one."""
        if self.pairs:
            self._desk.ask("doubles", self.pairs)
        else:
            self._desk.tell(self._desk.say("Nobody looks like anybody else"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._is_stale:
            self._timer.start()
        return super().eventFilter(watched, event)

    def _look_if_seen(self) -> None:
        page = self.parentWidget()
        if page is not None and page.isVisible():
            self.look()

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.touches(*_TABLES):
            self._is_stale = True
            self._timer.start()

    def _show(self, found: tuple[Pair, ...]) -> None:
        self.pairs = found
        self.banner.set_text(
            self._desk.words.trn("{number} pair may be the same person", "{number} pairs may be the same person",
                                 len(found))
        )  # fmt: skip
        self.setVisible(bool(found))
