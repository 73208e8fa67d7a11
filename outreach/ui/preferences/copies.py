"""Backups: which there are, one more, and putting one back."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from outreach.jobs import Job
from outreach.services.workspaces.workspaces import Copy, copies
from outreach.store import workspace
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.paint.canvas import Canvas
from outreach.ui.preferences.section import Section
from outreach.ui.table.columns import Column, plain
from outreach.ui.table.model import RowModel
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Label, line

_ROW, _SEEN = 32, 8


class CopiesSection(Section):
    """The copies of this workspace."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        say, theme = desk.say, desk.theme
        self.model = RowModel(self._columns(), lambda _: {}, self._speak, self)
        self.table = TableView(theme, self.model, _ROW, inset=12)
        self.table.setAccessibleName(say("Backups"))
        self.table.opened.connect(lambda _: self._ask())
        none = say("There is none yet. One is made each day on which there is anything to lose.")
        self._none = Label(theme, none, "body", "ink3", wrap=True)
        self._none.hide()
        self.make = Button(theme, say("Back up now"), "default", "save")
        self.restore = Button(theme, say("Put it back…"), "default", "undo-2")
        self.show_folder = Button(theme, say("Show the folder"), "ghost", "external-link")
        self.make.clicked.connect(self._make)
        self.restore.clicked.connect(self._ask)
        self.show_folder.clicked.connect(lambda: desk.files.show(desk.store.folder / workspace.BACKUPS))
        lie = str(desk.store.folder / workspace.BACKUPS)
        text = say("One is made each day, and before the program changes its tables. All of two days are kept, then "
                   "one a day, a week, a month. They lie in {folder}", folder=lie)  # fmt: skip
        buttons = line(self.make, self.restore, None, self.show_folder)
        self.lay_out(say("Backups"), text, self.table, self._none, 12, buttons)
        self.refresh()

    def focus_first(self) -> None:
        (self.table if self.model.rowCount() else self.make).setFocus()

    def refresh(self) -> None:
        """Read anew which there are."""
        folder = self.desk.store.folder
        self.desk.runner.read(lambda _: copies(folder), then=self._show, replaces="copies")

    def _show(self, found: list[Copy]) -> None:
        if not isValid(self):
            return
        self.model.set_rows(found)
        self.table.select_first()
        self.table.setVisible(bool(found))
        self.table.setFixedHeight(self.desk.theme.px(_ROW * (1 + min(len(found), _SEEN))) + 2)
        self._none.setVisible(not found)
        self.restore.setEnabled(bool(found))
        self.sized.emit()

    def _make(self) -> None:
        desk, say = self.desk, self.say

        def work(store: Store, job: Job) -> object:
            return workspace.back_up(store, job)

        def done(_: object) -> None:
            desk.tell(say("Made a backup"))
            if isValid(self):
                self.make.setEnabled(True)
                self.refresh()

        def failed(error: Exception) -> None:
            if isValid(self):
                self.make.setEnabled(True)
            self.fail(error)

        self.make.setEnabled(False)
        desk.runner.run(Job("Making a backup"), work, writes=True, then=done, failed=failed)

    def _ask(self) -> None:
        """Before a backup is put back: it takes the place of everything that was done since."""
        row = self.model.row(self.model.place_of(self.table.current_id())) if self.model.rowCount() else None
        ground = self.window().findChild(QWidget, "ground")
        if row is None or not isinstance(ground, QWidget):
            return
        desk, say = self.desk, self.say
        keep = Button(desk.theme, say("Keep as it is"), "primary", key="Enter")
        act = Button(desk.theme, say("Put it back"), "danger")
        dialog = Dialog(
            desk.theme, ground, say("Put the backup of {moment} back?", moment=self._moment(row)),
            say("The window opens anew with what there was then. What there is now is kept among the backups, so that "
                "you can come back to it."), None, act, keep,
        )  # fmt: skip
        keep.setFocus()
        keep.clicked.connect(dialog.close_overlay)
        act.clicked.connect(lambda: desk.leave(desk.store.folder, restore=row.path, section="backups"))

    # What the list shows.

    def _moment(self, row: Copy) -> str:
        return self.desk.words.moment(row.taken_at.isoformat())

    def _size(self, row: Copy) -> str:
        return self.desk.words.size(row.bytes)

    def _kind(self, row: Copy) -> str:
        return self.say("Replaced by a backup") if row.is_replaced else self.say("Backup")

    def _speak(self, row: Copy) -> str:
        return ", ".join((self._moment(row), self._size(row), self._kind(row)))

    def _columns(self) -> tuple[Column, ...]:
        say = self.say

        def moment(canvas: Canvas, rect: QRectF, row: Copy) -> None:
            canvas.text(rect.left(), rect.center().y(), self._moment(row), "medium", width=rect.width() - 8)

        return (
            Column("when", say("When"), 0, moment, self._moment),
            Column("kind", say("What"), 190, plain(self._kind, "body", "ink2"), self._kind),
            Column("size", say("Size"), 96, plain(self._size, "num", "ink2", right=True), self._size, right=True),
        )
