"""A found post as it is read: who, where, her words with the passage that made it, and why it was found."""

import re
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QGuiApplication, QResizeEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach.fields.platforms import platform_name, shown_handle
from outreach.services.pages.inbox import InboxLine
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import badge
from outreach.ui.paint.covers import cover
from outreach.ui.paint.marks import avatar
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Button, Painted, line
from outreach.ui.widgets.flow import Block, Paragraph
from outreach.ui.widgets.lists import scrolled
from outreach.ui.widgets.panes import Pane
from outreach.wording.feeds import why_found

_MARGIN = 28
_COVER = 46


class FoundWords(Block):
    """Her words: titles in italics, the passage that made it on a tint."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._text = self._title = self._passage = ""

    def show_words(self, text: str, title: str, passage: str) -> None:
        """Show other words."""
        self._text, self._title, self._passage = text, title, passage
        self.setAccessibleName(text)
        self.refresh()

    def height_at(self, width: float) -> float:
        return self._laid_out(width)[1] if self._text else 0

    def paint_on(self, canvas: Canvas, width: float) -> None:
        if not self._text:
            return
        layout, _ = self._laid_out(width)
        canvas.painter.setPen(canvas.theme.color("ink"))
        with canvas.upright(0, width):
            layout.draw(canvas.painter, QPointF(0, 0))

    def _laid_out(self, width: float) -> tuple[QTextLayout, float]:
        text = self._text.replace("\n", "\u2028")
        layout, height = QTextLayout(text, self.theme.font("letter")), self.theme.line_height("letter")
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        layout.setTextOption(option)
        layout.setFormats(self._formats(text))
        layout.beginLayout()
        count = 0
        while (made := layout.createLine()).isValid():
            made.setLineWidth(width)
            made.setPosition(QPointF(0, count * height + (height - made.height()) / 2))
            count += 1
        layout.endLayout()
        return layout, count * height

    def _formats(self, text: str) -> list[QTextLayout.FormatRange]:
        ranges = []
        passage = self._passage.replace("\n", "\u2028")
        if passage and len(passage) < len(text) and passage in text:
            tint = QTextCharFormat()
            tint.setBackground(QBrush(self.theme.color("accent_tint")))
            ranges.append(_range(text.index(passage), len(passage), tint))
        slanted = QTextCharFormat()
        slanted.setFontItalic(True)
        if self._title:
            found = re.finditer(re.escape(self._title), text, re.IGNORECASE)
            ranges += [_range(each.start(), each.end() - each.start(), slanted) for each in found]
        return ranges


def _range(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, look
    return made


class FoundReader(Pane):
    """The found post that is read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, "sheet")
        self._desk = desk
        self._line: InboxLine | None = None
        theme, say = desk.theme, desk.say
        self._head = Painted(theme, self._paint_head, 46)
        self.open = Button(theme, say("Open post"), "ghost", "external-link", key_of("open_post"))
        self._about = Painted(theme, self._paint_about, 78)
        self._words = FoundWords(theme)
        self._why = Paragraph(theme, "", "small", "ink2")
        self._note = Paragraph(theme, "", "small", "ink3")
        self.body = QWidget()
        content = QVBoxLayout(self.body)
        content.setContentsMargins(_MARGIN, 0, _MARGIN - 4, 20)
        content.setSpacing(0)
        for part in (self._about, 16, self._words, 18, self._why, 8, self._note):
            if isinstance(part, int):
                content.addSpacing(part)
            else:
                content.addWidget(part)
        content.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = QWidget()
        head.setLayout(line(self._head, self.open, margins=(_MARGIN, 16, _MARGIN - 4, 10)))
        self._top = head
        layout.addWidget(head)
        layout.addWidget(scrolled(self.body))
        self.open.clicked.connect(self.open_post)

    def show_line(self, line: InboxLine | None) -> None:
        """Show a found post, or nothing."""
        self._line = line
        for part in (self._top, self.body):
            part.setVisible(line is not None)
        if line is None:
            return
        words = self._desk.words
        self._head.set_paint(self._paint_head, f"{self._name(line)}, {self._where(line)}")
        self._about.set_paint(self._paint_about, line.title)
        self._about.setVisible(bool(line.title))
        self._words.show_words(line.text or line.passage, line.title, line.passage)
        proofs = why_found(words, line.proofs)
        sure = words.term("mention_confidence", line.confidence)
        self._why.set_text(words.tr("{sure}, found by {proofs}, in {feed}.", sure=sure, proofs=proofs, feed=line.feed))
        self._note.set_text(words.tr("Nothing is fetched to show this. Open the post for its pictures.") if line.url
                            else "")  # fmt: skip
        self.open.setVisible(bool(line.url))
        self._fit_head()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        """Where there is little room, whose post it is and when it came are told rather than what a button says."""
        if self._line is None:
            return
        theme = self._desk.theme
        told = max(theme.width("strong", self._name(self._line)), theme.width("small", self._where(self._line)))
        left = self.width() - 2 * _MARGIN - (theme.px(40) + 16 + told)
        for keys, words in ((False, False), (True, False), (True, True)):
            self.open.leave_out(keys=keys, words=words)
            if self.open.width_without(keys=keys, words=words) <= left:
                return

    def open_post(self) -> None:
        """Show it where it was posted."""
        if self._line is not None and self._line.url:
            self._desk.files.browse(self._line.url)

    def _name(self, line: InboxLine) -> str:
        return line.person.name if line.person else line.stranger or self._desk.say("Someone new")

    def _where(self, line: InboxLine) -> str:
        words = self._desk.words
        handle = shown_handle(line.platform, line.handle)
        is_named = line.platform not in ("", "blog")
        where = platform_name(line.platform) if is_named else line.feed
        if is_named and handle:
            where = words.tr("{handle} on {place}", handle=handle, place=where)
        at = f", {words.clock(datetime.fromisoformat(line.at))}" if "T" in line.at else ""
        return f"{where}, {self._desk.day(line.at[:10])}{at}"

    def _paint_head(self, canvas: Canvas, width: float, height: float) -> None:
        line = self._line
        if line is None:
            return
        name = self._name(line)
        mark = badge(line.person.platform, line.person.role) if line.person else ""
        size = canvas.px(40)
        avatar(canvas, 0, (height - size) / 2, size, name if line.person or line.stranger else "?", mark)
        canvas.text(size + 12, height / 2 - canvas.px(10), name, "strong", width=width - size - 16)
        canvas.text(size + 12, height / 2 + canvas.px(10), self._where(line), "small", "ink2", width=width - size - 16)

    def _paint_about(self, canvas: Canvas, width: float, height: float) -> None:
        line = self._line
        if line is None or not line.title:
            return
        canvas.rounded(QRectF(0, 0, width, height), 8, "inset")
        tall = _COVER * 1.5 if line.is_book else _COVER
        shown = min(height - 12, tall)
        wide = shown / 1.5 if line.is_book else shown
        cover(canvas, 16, (height - shown) / 2, wide, line.item_id, "", is_book=line.is_book)
        x = 16 + wide + 16
        role = "titleb" if line.is_book else "quote"
        canvas.text(x, height / 2 - canvas.px(10), line.title, role, width=width - x - 12)
        kind = self._desk.words.term("post_kind", line.kind)
        shown_kind = self._desk.words.tr("{kind}, {feed}", kind=kind, feed=line.feed)
        canvas.text(x, height / 2 + canvas.px(11), shown_kind, "small", "ink2", width=width - x - 12)
