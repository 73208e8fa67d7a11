"""The gallery: pictures of posts as a grid; those that may not be used, or no longer, are veiled."""

import array
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import (
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from outreach.services.pages.rights import PictureLine, picture_ids, picture_lines
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.post_rights import RightsPane, bind_block
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import pill
from outreach.ui.table.columns import Column
from outreach.ui.table.grid import GridView
from outreach.ui.table.model import ROW, RowModel
from outreach.ui.widgets.basics import Rule, column, line
from outreach.ui.widgets.lists import EmptyState, Footer, Segments
from outreach.ui.widgets.panes import Panes, Part
from outreach.ui.widgets.rights import RULING_TONES

_TABLES = ("snapshot", "permission", "permission_use", "post", "person", "item", "letter", "quote", "disclosure_check")
#: A card, its picture, and the room around it.
_CARD, _PICTURE, _GAP = 220, 176, 16
_KEPT = 300
_LARGEST_MB = 32
_VEIL = 0.28


class Thumbs(QObject):
    """Small pictures, read beside the window and kept; what is not there yet is painted a moment later.

    Signals:
        arrived: Another picture is ready.
    """

    arrived = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ready: dict[tuple[Path, int, int], QPixmap] = {}
        self._asked: set[tuple[Path, int, int]] = set()

    def picture(self, path: Path, width: int, height: int) -> QPixmap | None:
        """A picture that fills a size; None where it is still being read, or cannot be."""
        key = (path, width, height)
        found = self._ready.get(key)
        if found is None and key not in self._asked:
            self._asked.add(key)
            self._desk.runner.later(lambda: _read(path, QSize(width, height)), lambda image: self._keep(key, image))
        return None if found is None or found.isNull() else found

    def _keep(self, key: tuple[Path, int, int], image: QImage) -> None:
        if len(self._ready) >= _KEPT:
            self._ready.clear()
            self._asked.clear()
        self._ready[key] = QPixmap.fromImage(image)
        self.arrived.emit()


def _read(path: Path, size: QSize) -> QImage:
    """A picture of our own making, made smaller while it is decoded, and cut to a size on all sides alike."""
    reader = QImageReader(str(path))
    full = reader.size()
    if not full.isValid() or full.width() * full.height() * 4 > _LARGEST_MB * 2**20:
        return QImage()
    grown = full.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    reader.setScaledSize(grown)
    image = reader.read()
    left, top = (grown.width() - size.width()) // 2, (grown.height() - size.height()) // 2
    return image.copy(left, top, size.width(), size.height()) if not image.isNull() else image


class _CardDelegate(QStyledItemDelegate):
    """Paints a card: the picture, veiled where it may not be used; whose it is, about what, and how things stand."""

    def __init__(self, desk: Desk, thumbs: Thumbs, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._thumbs = thumbs

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, state = index.data(ROW), self._state(option)
        if row is None:
            return
        canvas, style = Canvas(painter, self._desk.theme), option
        rect: Any = style.rect
        box = QRectF(rect).adjusted(_GAP / 2, _GAP / 2, -_GAP / 2, -_GAP / 2)
        mirrored: Any = style.direction
        painter.save()
        if mirrored == Qt.LayoutDirection.RightToLeft:
            canvas.mirror(box)
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        canvas.rounded(box, 8, "selected" if is_selected else "sheet", "accent" if is_selected else "line", 1)
        self._paint_picture(canvas, box, row)
        x, below = box.left() + 12, box.top() + canvas.px(_PICTURE)
        room = box.width() - 24
        canvas.text(x, below + canvas.px(20), row.person or self._desk.say("Someone"), "medium", width=room)
        if row.title:
            canvas.text(x, below + canvas.px(42), row.title, "title" if row.is_book else "quote", "ink2", width=room)
        painter.restore()

    def _paint_picture(self, canvas: Canvas, box: QRectF, row: PictureLine) -> None:
        area = QRectF(box.left() + 1, box.top() + 1, box.width() - 2, canvas.px(_PICTURE))
        ratio = self._desk.theme.ratio
        found = self._thumbs.picture(row.preview, round(area.width() * ratio), round(area.height() * ratio))
        path = QPainterPath()
        path.addRoundedRect(area, 7, 7)
        canvas.painter.save()
        canvas.painter.setClipPath(path)
        canvas.fill(area, "inset")
        if found is not None:
            canvas.painter.setOpacity(1.0 if row.is_usable else _VEIL)
            with canvas.upright(area.left(), area.width()):
                canvas.painter.drawPixmap(area, found, QRectF(found.rect()))
        canvas.painter.restore()
        text, tone = picture_pill(self._desk, row)
        pill(canvas, area.left() + 10, area.bottom() - 18, text, tone)

    @staticmethod
    def _state(option: QStyleOptionViewItem) -> Any:
        return option.state


def picture_pill(desk: Desk, row: PictureLine) -> tuple[str, str]:
    """How things stand with a picture, and the tone of that."""
    words = desk.words
    if row.is_usable and row.until:
        return words.tr("Yes until {day}", day=desk.day(row.until)), "good"
    return words.term("ruling", row.why), RULING_TONES.get(row.why, "neutral")


class PostGallery(Page):
    """Pictures of posts; a page within the page of posts."""

    tables = _TABLES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self._thumbs = Thumbs(desk)
        shown = Column("picture", say("Pictures"), 0, lambda *_: None, lambda row: str(row.person))
        self.model = RowModel([shown], lambda ids: picture_lines(desk.store, ids), self._speak, self)
        self.grid = GridView(theme, self.model, (_CARD + _GAP, _PICTURE + 66 + _GAP))
        self.grid.setAccessibleName(say("Pictures"))
        self.grid.setItemDelegate(_CardDelegate(desk, self._thumbs, self.grid))
        self._which = Segments(theme, [("usable", say("May be used")), ("", say("All"))])
        self.pane = RightsPane(desk)
        self._stack, self._shown = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._thumbs.arrived.connect(self.grid.viewport().update)
        self._which.chosen.connect(lambda _: self.refresh())
        self.grid.current_changed.connect(lambda _: self._show_post())
        bind_block(self, self.pane.block)

    def _lay_out(self) -> None:
        theme, say, left = self.theme, self.desk.say, QWidget()
        self._footer = Footer(theme, [(key_of("ask_rights"), say("ask")), (key_of("record_yes"), say("record a yes")),
                                      (key_of("open_post"), say("open post"))])  # fmt: skip
        none_usable = EmptyState(
            theme, "search", say("None may be used today"),
            say("Ask first, and record the yes: then the picture is here without its veil."),
        )  # fmt: skip
        ground = QWidget()
        ground.setLayout(column(self.grid, margins=(16, 8, 8, 0)))
        for each in (ground, none_usable):
            self._shown.addWidget(each)
        tools = line(self._which, None, margins=(24, 12, 20, 12))
        left.setLayout(column(tools, Rule(theme), self._shown, self._footer))
        self.parts = Panes(theme, "posts.gallery", self.desk.home, [Part(left, least=520), Part(self.pane, 358, 1)])
        nothing = EmptyState(
            theme, "message-square-quote", say("A story is gone in a day"),
            say("Drop its screenshot onto the window, or keep a picture with a post. It is shown here, and veiled "
                "until its maker says that you may use it."),
        )  # fmt: skip
        for part in (self.parts, nothing):
            self._stack.addWidget(part)
        self.setLayout(column(self._stack))

    def panes(self) -> list[QWidget]:
        return [self.grid, self.pane]

    def focus_main(self) -> None:
        self.grid.setFocus()

    def refresh(self) -> None:
        usable = self._which.key == "usable"
        self.desk.runner.read(lambda store: (picture_ids(store, usable=usable), picture_ids(store)), then=self._show,
                              replaces="posts.gallery")  # fmt: skip

    def _show(self, found: "tuple[array.array[int], array.array[int]]") -> None:
        ids, everything = found
        words = self.desk.words
        self._stack.setCurrentIndex(0 if everything else 1)
        self._shown.setCurrentIndex(0 if ids else 1)
        self.grid.replace_ids(ids)
        self.tell_count(self._footer.fact, words.trn("{number} picture", "{number} pictures", len(ids)))

    def _show_post(self) -> None:
        place = self.model.place_of(self.grid.current_id())
        row: PictureLine | None = self.model.row(place) if place >= 0 else None
        if row is None:
            self.pane.show_post(-1, "", "", "")
        else:
            self.pane.show_post(row.post_id, row.person, row.title, "")

    def _speak(self, row: PictureLine) -> str:
        name, state = row.person or self.desk.say("Someone"), picture_pill(self.desk, row)[0]
        return ", ".join(filter(None, (name, row.title, state, self.desk.day(row.day))))
