"""A title's page: cover, facts, what can be done; how far its gifts came, its copies, what people said."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from outreach.fields.platforms import platform_name
from outreach.services.pages.title import Said, TitlePage
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.covers import cover
from outreach.ui.paint.marks import avatar, pill_width
from outreach.ui.widgets.basics import Button, Label, Painted, Rule, column, line
from outreach.ui.widgets.flow import Block, Paragraph, TextLines
from outreach.ui.widgets.lists import clear_layout, scrolled
from outreach.ui.widgets.strip import CopyBars, Strip
from outreach.ui.widgets.tightening import Beside, Row

_COVER = 138
_SAID = 4


class TitleSheet(QWidget):
    """One title, rebuilt from one value."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._page: TitlePage | None = None
        theme, say = desk.theme, desk.say
        self._cover = Painted(theme, self._paint_cover, 208, _COVER)
        self._name = Label(theme, "", "display", wrap=True)
        self._facts = Painted(theme, self._paint_facts, 22)
        self._blurb = Paragraph(theme, "", "quote", "ink2", most=3)
        self._tags = Painted(theme, self._paint_tags, 24)
        self._match = Button(theme, say("Who should get this?"), "primary", "puzzle", key_of("match"))
        self._letter = Button(theme, say("Letter"), "default", "feather", key_of("pitch"))
        self._add = Button(theme, say("Add copies"), "default", "plus")
        self._edit = Button(theme, "", "ghost", "pencil")
        self._edit.setAccessibleName(say("Change this title"))
        self._edit.setToolTip(say("Change this title") + " (F2)")
        self._strip = Strip(theme, desk.words)
        self._copies = CopyBars(theme, desk.words)
        self._editions = Facts(desk)
        self._said = QGridLayout()
        self._said_head = QWidget()
        self.body = QWidget()
        self._lay_out()
        self._match.clicked.connect(self.match)
        self._letter.clicked.connect(self.letter)
        self._add.clicked.connect(self._add_copies)
        self._edit.clicked.connect(self.edit)

    def _lay_out(self) -> None:
        theme, say = self._desk.theme, self._desk.say
        name = line(self._name, self._edit, spacing=12)
        name.setStretch(0, 1)
        buttons = Row(self._match, self._letter, self._add, None)
        facts = column(name, 2, self._facts, 6, self._blurb, 10, self._tags, None, buttons)
        head = line(spacing=26)
        cover_place = column(self._cover, None)
        head.addLayout(cover_place)
        head.addLayout(facts, 1)
        copies, editions = QWidget(), QWidget()
        copies.setLayout(column(Label(theme, say("Copies"), "h3"), 4, self._copies, None))
        editions.setLayout(column(Label(theme, say("Editions"), "h3"), 4, self._editions, None))
        two = Beside(copies, editions, shares=(1, 1), spacing=44, least=theme.px(536))
        self._said.setContentsMargins(0, 0, 0, 0)
        self._said.setSpacing(14)
        self._said_head.setLayout(line(Label(theme, say("What people said"), "h3"), None))
        self.body.setLayout(
            column(head, 28, Rule(theme), 20, self._strip, 14, Rule(theme), 22, two, 22, self._said_head, 6, self._said,
                   None, margins=(32, 30, 32, 24))
        )  # fmt: skip
        self.setLayout(column(scrolled(self.body)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The cover makes way for the words.
        self._cover.setVisible(self.width() >= self._desk.theme.px(460))

    @property
    def title_id(self) -> int:
        """Which title is shown, -1 for none."""
        return self._page.detail.id if self._page else -1

    def show_title(self, page: TitlePage | None) -> None:
        """Show a title, or nothing."""
        self._page = page
        self.body.setVisible(page is not None)
        if page is None:
            return
        values = page.detail.values
        self._name.setText(values["title"])
        self._facts.set_paint(self._paint_facts, self._spoken(page))
        self._blurb.set_text(values["description"] or values["hook"] or "")
        self._tags.setVisible(bool(page.detail.genres or page.detail.keywords or page.detail.comps))
        self._strip.set_counts(page.strip)
        self._copies.set_copies(page.copies)
        self._editions.set_page(page)
        self._show_said(page.said)
        self._cover.update()
        self._tags.update()

    def _show_said(self, said: tuple[Said, ...]) -> None:
        clear_layout(self._said)
        self._said_head.setVisible(bool(said))
        for number, each in enumerate(said[:_SAID]):
            self._said.addWidget(SaidCard(self._desk, each), number // 2, number % 2)
        for number in (0, 1):
            self._said.setColumnStretch(number, 1)

    # What can be done from here.

    def match(self) -> None:
        """See who should get it."""
        if self._page is not None:
            self._desk.go("match", self.title_id)

    def letter(self) -> None:
        """Write to those it is planned for."""
        if self._page is not None:
            self._desk.go("letters", self.title_id)

    def edit(self) -> None:
        """Change what is known of it."""
        if self._page is not None:
            self._desk.ask("title", self.title_id)

    def _add_copies(self) -> None:
        if self._page is not None:
            self._desk.ask("copies", self.title_id)

    # What is painted.

    def _paint_cover(self, canvas: Canvas, width: float, _height: float) -> None:
        page = self._page
        if page is not None:
            values = page.detail.values
            cover(canvas, 0, 0, width, page.detail.id, values["title"], values["author"],
                  is_book=page.detail.kind == "book")  # fmt: skip

    def _parts(self, page: TitlePage) -> list[tuple[str, str]]:
        values, words = page.detail.values, self._desk.words
        prices = [words.money(each.price_minor, each.currency) for each in page.detail.editions if each.price_minor]
        return [
            (values["author"], "medium"),
            (", ".join(page.detail.genres[:2]), "body"),
            (values["imprint"] or values["publisher"], "body"),
            (words.day(values["pub_date"]), "body"),
            (prices[0] if prices else "", "body"),
        ]

    def _spoken(self, page: TitlePage) -> str:
        return ", ".join(text for text, _ in self._parts(page) if text)

    def _paint_facts(self, canvas: Canvas, width: float, height: float) -> None:
        if self._page is None:
            return
        x = 0.0
        for number, (text, role) in enumerate(self._parts(self._page)):
            if text and x < width:
                color = "ink" if number < 2 else "ink2"
                x += canvas.text(x, height / 2, text, role, color, width=width - x) + 18

    def _paint_tags(self, canvas: Canvas, width: float, height: float) -> None:
        page, x = self._page, 0.0
        if page is None:
            return
        for word in (*page.detail.genres[2:], *page.detail.keywords):
            wide = pill_width(canvas.theme, word) + 6
            if x + wide > width * 0.7:
                break
            canvas.rounded(QRectF(x, height / 2 - 11, wide, 22), 5, "sheet", "line2")
            canvas.text(x + wide / 2, height / 2, word, "smallm", align="centre", width=wide)
            x += wide + 8
        if page.detail.comps and x < width - 120:
            x += 18 if x else 0
            x += canvas.text(x, height / 2, self._desk.say("Reads like") + " ", "small", "ink3")
            canvas.text(x, height / 2, page.detail.comps[0], "title", "ink2", width=width - x)


class Facts(Block):
    """The editions of a title: form, number, price, copies."""

    _STEP = 34

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._rows: list[tuple[str, str, str]] = []

    def set_page(self, page: TitlePage) -> None:
        """Show a title's editions."""
        words = self._desk.words
        self._rows = [
            (words.term("format", each.format), each.isbn13 or "",
             words.money(each.price_minor, each.currency) if each.price_minor else "")
            for each in page.detail.editions
        ]  # fmt: skip
        self.setAccessibleName("; ".join(" ".join(row) for row in self._rows))
        self.refresh()

    def height_at(self, width: float) -> float:
        del width
        return 32 + len(self._rows) * self._STEP

    def paint_on(self, canvas: Canvas, width: float) -> None:
        say = self._desk.say
        canvas.text(0, 14, say("Form"), "smallm", "ink3")
        canvas.text(width * 0.36, 14, "ISBN", "smallm", "ink3")
        canvas.text(width, 14, say("Price"), "smallm", "ink3", align="right")
        canvas.hairline(0, 30, width)
        for number, (form, isbn, price) in enumerate(self._rows):
            middle = 32 + number * self._STEP + self._STEP / 2
            canvas.text(0, middle, form, "body", width=width * 0.34)
            canvas.text(width * 0.36, middle, isbn or say("None yet"), "mono" if isbn else "small",
                        "ink" if isbn else "ink3")  # fmt: skip
            canvas.text(width, middle, price, "num", align="right")
            if number < len(self._rows) - 1:
                canvas.hairline(0, 32 + (number + 1) * self._STEP - 1, width)


class SaidCard(Block):
    """What someone said of a title."""

    def __init__(self, desk: Desk, said: Said) -> None:
        super().__init__(desk.theme, f"{said.person}: {said.text}")
        self._desk = desk
        self._said = said

    def _lines(self, width: float) -> TextLines:
        return TextLines(self.theme, f"“{self._said.text}”", "quote", width - 28, 4)

    def height_at(self, width: float) -> float:
        return 12 + self._lines(width).height + 46

    def paint_on(self, canvas: Canvas, width: float) -> None:
        said, height = self._said, float(self.height())
        canvas.rounded(QRectF(0, 0, width, height), 8, "sheet", "line")
        self._lines(width).paint(canvas, 14, 12, "ink")
        middle = height - 24
        avatar(canvas, 14, middle - 11, 22, said.person or "?")
        x = 46 + canvas.text(46, middle, said.person, "smallm", width=width * 0.5) + 10
        where = platform_name(said.platform) or self._desk.words.term("post_kind", said.kind)
        canvas.text(x, middle, f"{where}, {self._desk.day(said.day)}", "small", "ink3", width=width - x - 12)
