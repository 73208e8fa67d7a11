"""Lists that are dropped on the window or pasted into it, and the hint that shows while one is dragged."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from outreach.ui.actions import is_covered
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas

# The window begins without what reads lists; that is loaded when there is one.
if TYPE_CHECKING:
    from outreach.services.importing.run import ImportKind


_PICTURES = (".png", ".jpg", ".jpeg")


def likely_at(place: str) -> "ImportKind":
    """What a list brings that is handed over at a place, when its headings leave that open."""
    from outreach.services.importing.run import ImportKind

    return ImportKind.CATALOGUE if place == "catalogue" else ImportKind.PEOPLE


def files_of(data: QMimeData) -> list[Path]:
    """The files of this computer that are dragged or were copied."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def is_picture(path: Path) -> bool:
    """Whether a file calls itself a picture; whether it is one is told when it is looked at."""
    return path.suffix.lower() in _PICTURES


def paste_list(desk: Desk, data: QMimeData, place: str) -> None:
    """Import the cells or the file that lie on the clipboard; nothing is kept before the user has seen it."""
    from outreach.services.importing.handed import Handed, Pasted

    files, text = files_of(data), data.text()
    if len(files) == 1:
        desk.ask("import", Handed(files[0], likely_at(place)))
    elif text.strip() and not files:
        desk.ask("import", Handed(Pasted(text, desk.say("Pasted list")), likely_at(place)))
    else:
        desk.tell(desk.say("Copy some rows of a spreadsheet first, with their headings, then paste them here"))


class DropHint(QWidget):
    """A scrim over the sheet with a sentence: what happens when the file is let go."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._words = ("", "")
        # What is dragged goes on to the window below.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def tell(self, files: list[Path], place: str) -> None:
        """Say what would happen with some files at a place."""
        say = self._desk.say
        if len(files) == 1 and place == "posts" and is_picture(files[0]):
            self._words = (say("Let go to keep {file} as a story", file=files[0].name),
                           say("You say whose it is first. Nothing is sent to anyone."))  # fmt: skip
        elif len(files) == 1:
            self._words = (say("Let go to import {file}", file=files[0].name),
                           say("You see what would happen first. Nothing is sent to anyone."))  # fmt: skip
        else:
            self._words = (say("One list at a time"), say("Drop a single file, and the next one after it."))
        self.setAccessibleName(self._words[0])
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas, theme = Canvas.on(self, self._desk.theme), self._desk.theme
        sheet = QRectF(self.rect())
        canvas.rounded(sheet, 10, "scrim")
        first, second = self._words
        inner = max(theme.width("h2", first), theme.width("body", second))
        wide = min(sheet.width() - 48, inner + theme.px(112))
        plate = QRectF(0, 0, wide, theme.px(150))
        plate.moveCenter(sheet.center())
        canvas.rounded(plate, 12, "sheet")
        canvas.rounded(plate.adjusted(8, 8, -8, -8), 8, None, "accent", 1.5)
        middle, top = plate.center().x(), plate.top()
        canvas.icon("download", middle - 13, top + theme.px(44), 26, "accent")
        canvas.text(middle, top + theme.px(84), first, "h2", width=wide - 48, align="centre")
        canvas.text(middle, top + theme.px(112), second, "body", "ink2", width=wide - 48, align="centre")
        canvas.painter.end()


class Dropping(QObject):
    """Lets a window take files that are dragged onto it, wherever on it."""

    def __init__(self, desk: Desk, window: QWidget, sheet: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self.hint = DropHint(desk, sheet)
        self.place = ""
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            return self._enter(event)
        if event.type() == QEvent.Type.DragMove and isinstance(event, QDropEvent) and self.hint.isVisible():
            event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.DragLeave:
            self.hint.hide()
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self._drop(event)
        return super().eventFilter(watched, event)

    def _enter(self, event: QDragEnterEvent) -> bool:
        files = files_of(event.mimeData())
        # Under a dialog nothing changes unseen.
        if not files or is_covered(self._window):
            event.ignore()
            return True
        self.hint.tell(files, self.place)
        event.acceptProposedAction()
        return True

    def _drop(self, event: QDropEvent) -> bool:
        from outreach.services.importing.handed import Handed

        self.hint.hide()
        files = files_of(event.mimeData())
        if len(files) == 1 and not is_covered(self._window):
            event.acceptProposedAction()
            if self.place == "posts" and is_picture(files[0]):
                self._desk.ask("story", files[0])
            else:
                self._desk.ask("import", Handed(files[0], likely_at(self.place)))
        return True
