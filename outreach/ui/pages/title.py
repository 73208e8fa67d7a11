"""A title's page: cover, facts, what can be done; how far its gifts came, its copies, what people said."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from outreach.fields.isbn import format_isbn
from outreach.fields.platforms import platform_name
from outreach.jobs import Job
from outreach.services.catalogue.covers import prepare_cover, set_cover
from outreach.services.catalogue.text import AUTHOR, role_word, series_text
from outreach.services.pages.title import Said, TitlePage
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas, Run
from outreach.ui.paint.covers import cover
from outreach.ui.paint.marks import avatar
from outreach.ui.widgets.basics import Button, Label, Painted, Rule, column, line
from outreach.ui.widgets.flow import Block, FactLine, Paragraph, TextLines
from outreach.ui.widgets.lists import clear_layout, scrolled
from outreach.ui.widgets.menus import Menu
from outreach.ui.widgets.strip import CopyBars, Strip, counted_apart
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
        self._facts = FactLine(theme)
        self._blurb = Paragraph(theme, "", "quote", "ink2", most=3)
        self._tags = Painted(theme, self._paint_tags, 24)
        self._match = Button(theme, say("Who should get this?"), "primary", "puzzle", key_of("match"))
        self._letter = Button(theme, say("Letter"), "default", "feather", key_of("pitch"))
        self._add = Button(theme, say("Add copies"), "default", "plus")
        self._more = Button(theme, "", "ghost", "ellipsis")
        self._more.setAccessibleName(say("More about this title"))
        self._more.setToolTip(say("Change it, its editions, its codes, its cover"))
        self._strip = Strip(theme, desk.words)
        self._apart = Label(theme, "", "small", "ink3")
        self._copies = CopyBars(theme, desk.words)
        self._editions = Facts(desk)
        self._said = QGridLayout()
        self._said_head = QWidget()
        self._posts = Button(theme, "", "link")
        self._about = About(desk)
        self._about_head = QWidget()
        self.body = QWidget()
        self._lay_out()
        self._match.clicked.connect(self.match)
        self._letter.clicked.connect(self.letter)
        self._add.clicked.connect(self._add_copies)
        self._posts.clicked.connect(self._go_to_posts)
        self._more.clicked.connect(lambda: self.menu().drop_from(self._more))

    def _lay_out(self) -> None:
        theme, say = self._desk.theme, self._desk.say
        name = line(self._name, self._more, spacing=12)
        name.setStretch(0, 1)
        buttons = Row(self._match, self._letter, self._add, None)
        facts = column(name, 2, self._facts, 6, self._blurb, 10, self._tags, 14, buttons, None)
        head = line(spacing=26)
        cover_place = column(self._cover, None)
        head.addLayout(cover_place)
        head.addLayout(facts, 1)
        copies, editions = QWidget(), QWidget()
        copies.setLayout(column(Label(theme, say("Copies"), "h3"), 4, self._copies, None))
        editions.setLayout(column(Label(theme, say("Editions"), "h3"), 4, self._editions, None))
        two = Beside(copies, editions, shares=(1, 1), spacing=44, least=lambda: theme.px(536))
        self._said.setContentsMargins(0, 0, 0, 0)
        self._said.setSpacing(14)
        self._said_head.setLayout(line(Label(theme, say("What people said"), "h3"), None, self._posts))
        self._about_head.setLayout(line(Label(theme, say("More about it"), "h3"), None))
        self.body.setLayout(
            column(head, 28, Rule(theme), 20, self._strip, self._apart, 14, Rule(theme), 22, two, 22,
                   self._said_head, 6, self._said, 22, self._about_head, 6, self._about, None, margins=(32, 30, 32, 24))
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
        self._facts.set_facts(self._parts(page))
        self._blurb.set_text(values["description"] or values["hook"] or "")
        self._tags.setVisible(bool(page.detail.genres or page.detail.keywords or page.detail.comps))
        self._strip.set_counts(page.strip)
        self._apart.setText(counted_apart(self._desk.words, page.apart))
        self._apart.setVisible(bool(page.apart))
        self._copies.set_copies(page.copies)
        self._editions.set_page(page)
        self._show_said(page.said)
        self._about_head.setVisible(self._about.set_page(page))
        self._cover.update()
        self._tags.update()

    def _show_said(self, said: tuple[Said, ...]) -> None:
        clear_layout(self._said)
        self._said_head.setVisible(bool(said))
        self._posts.setText(self._desk.words.trn("The one post", "All {number} posts", len(said)))
        self._posts.setVisible(len(said) > _SAID)
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

    def menu(self) -> Menu:
        """Everything that can be changed of the title."""
        menu, desk, page = Menu(self), self._desk, self._page
        if page is None:
            return menu
        say, item = desk.say, self.title_id

        def offer(words: str, wish: str, about: object) -> None:
            menu.addAction(words).triggered.connect(lambda: desk.ask(wish, about))

        menu.addAction(say("Change this title") + f"\t{desk.keys.shown('edit')}").triggered.connect(self.edit)
        offer(say("More about it"), "title_details", item)
        menu.addSeparator()
        for edition in page.detail.editions:
            name = desk.words.edition(edition.format, edition.kind, edition.variant)
            offer(say("Edition: {name}", name=name), "edition", (item, edition.id))
        offer(say("Add an edition"), "edition", (item, 0))
        offer(say("Add or count copies"), "copies", item)
        offer(say("Codes"), "codes", item)
        offer(say("What is signed"), "signing", item)
        offer(say("Inserts"), "inserts", item)
        menu.addSeparator()
        menu.addAction(say("Choose a cover picture")).triggered.connect(self.choose_cover)
        if page.detail.cover:
            drawn = menu.addAction(say("Back to the drawn cover"))
            drawn.triggered.connect(lambda: self._set_cover(item, ""))
        return menu

    def choose_cover(self) -> None:
        """Give the title a picture for its cover."""
        desk, item = self._desk, self.title_id
        path = desk.files.to_open(self, desk.say("Cover picture"), desk.say("Pictures") + " (*.png *.jpg *.jpeg)")
        if path is not None:
            folder = desk.store.folder
            desk.runner.run(
                Job("Reading the cover"), lambda _, job: prepare_cover(folder, path, job),
                then=lambda name: self._set_cover(item, name), failed=lambda error: desk.ask("trouble", error),
            )  # fmt: skip

    def _set_cover(self, item: int, name: str) -> None:
        self._desk.write(lambda store: set_cover(store, item, name), self._desk.say("Changed the cover"))

    def _go_to_posts(self) -> None:
        if self._page is not None and self._page.said:
            self._desk.go("posts", self._page.said[0].post_id)

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

    def _parts(self, page: TitlePage) -> list[Run]:
        """What is told below the title; what matters before it may be talked about stands out."""
        values, words = page.detail.values, self._desk.words
        embargo = values["review_embargo"] or ""
        embargo = embargo if embargo > self._desk.today.isoformat() else ""
        prices = [words.money(each.price_minor, each.currency) for each in page.detail.editions if each.price_minor]
        genres = ", ".join(
            filter(None, (*map(words.named, page.detail.genres[: self._named(page)]), values["reading_age"]))
        )
        runs: list[Run] = [
            (values["author"], "medium", "ink"),
            (genres, "body", "ink"),
            (values["imprint"] or values["publisher"], "body", "ink2"),
            (words.day(values["pub_date"]), "body", "ink2"),
            (prices[0] if prices else "", "body", "ink2"),
        ]
        if embargo:
            runs.append((self._desk.say("No reviews before {day}", day=words.day(embargo)), "body", "warn"))
        return [run for run in runs if run[0]]

    @staticmethod
    def _named(page: TitlePage) -> int:
        """How many genres stand among the facts; the others are tags."""
        return 1 if page.detail.values["reading_age"] else 2

    def _paint_tags(self, canvas: Canvas, width: float, height: float) -> None:
        page, x = self._page, 0.0
        if page is None:
            return
        genres = map(self._desk.words.named, page.detail.genres[self._named(page) :])
        for word in (*genres, *page.detail.keywords):
            wide = canvas.theme.width("smallm", word) + 18
            if x + wide > width * 0.7:
                break
            half = canvas.px(11)
            canvas.rounded(QRectF(x, height / 2 - half, wide, 2 * half), 5, "sheet", "line2")
            canvas.text(x + 9, height / 2, word, "smallm")
            x += wide + 8
        if page.detail.comps and x < width - 120:
            x += 18 if x else 0
            x += canvas.text(x, height / 2, self._desk.say("Reads like") + " ", "small", "ink3")
            canvas.text(x, height / 2, page.detail.comps[0], "title", "ink2", width=width - x)


class About(Block):
    """Everything else that is known of a title, a line each."""

    _STEP = 28

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._rows: list[tuple[str, str]] = []

    def set_page(self, page: TitlePage) -> bool:
        """Show what is known of a title; whether there is anything."""
        self._rows = [(name, text) for name, text in self._told(page) if text]
        self.setAccessibleName("; ".join(": ".join(row) for row in self._rows))
        self.setVisible(bool(self._rows))
        self.refresh()
        return bool(self._rows)

    def _told(self, page: TitlePage) -> list[tuple[str, str]]:
        say, words, detail = self._desk.say, self._desk.words, page.detail
        values = detail.values
        costs = [
            f"{words.edition(each.format, each.kind, each.variant)} {words.money(each.cost_minor, each.cost_currency)}"
            for each in detail.editions
            if each.cost_minor is not None
        ]
        others = [f"{role_word(role)}: {name}" for role, name, _ in detail.contributors if role != AUTHOR]
        known = [f"{name}: {biography}" for _, name, biography in detail.contributors if biography]
        return [
            (say("Client"), values["client"]),
            (say("Series"), series_text(values["series"], values["series_number"])),
            (say("In shops from"), words.day(values["on_sale_date"])),
            (say("No reviews before"), words.day(values["review_embargo"])),
            (say("No sales before"), words.day(values["sales_embargo"])),
            (say("A copy costs us"), ", ".join(costs)),
            (say("Made by"), ", ".join(others)),
            *((say("Who they are"), text) for text in known),
            (say("Content notes"), values["content_notes"].replace("\n", "; ")),
            (say("Subject codes"), ", ".join(f"{scheme} {code}" for scheme, code, _ in detail.subjects)),
        ]

    def height_at(self, width: float) -> float:
        return sum(max(self._STEP, lines.height + 10) for lines in self._lines(width))

    def _lines(self, width: float) -> list[TextLines]:
        return [self.laid(text, "body", width - self._indent(), 3) for _, text in self._rows]

    def _indent(self) -> float:
        return float(self.theme.px(150))

    def paint_on(self, canvas: Canvas, width: float) -> None:
        y = 0.0
        for (name, _), lines in zip(self._rows, self._lines(width), strict=True):
            canvas.text(0, y + lines.line / 2 + 4, name, "small", "ink3", width=self._indent() - 12)
            lines.paint(canvas, self._indent(), y + 4, "ink2")
            y += max(self._STEP, lines.height + 10)


#: As high is the head of a table.
_HEAD = 32
#: Between two of its columns.
_BETWEEN = 16


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
            (words.edition(each.format, each.kind, each.variant), format_isbn(each.isbn13) or each.gtin,
             words.money(each.price_minor, each.currency) if each.price_minor else "")
            for each in page.detail.editions
        ]  # fmt: skip
        self.setAccessibleName("; ".join(" ".join(row) for row in self._rows))
        self.refresh()

    def height_at(self, width: float) -> float:
        del width
        return self.theme.px(_HEAD) + len(self._rows) * self.theme.px(self._STEP)

    def _widths(self) -> tuple[float, float, float]:
        """How wide the forms, the numbers and the prices are."""
        width, say = self.theme.width, self._desk.say
        heads = (say("Form"), "ISBN", say("Price"))
        columns = zip(*self._rows, strict=True) if self._rows else ((), (), ())
        form, number, price = (
            max([width("smallm", head), *(width(role, each) for each in column)], default=0.0)
            for head, role, column in zip(heads, ("body", "mono", "num"), columns, strict=True)
        )
        return form, number, price

    def minimumSizeHint(self) -> QSize:
        return QSize(round(sum(self._widths())) + 2 * _BETWEEN, super().minimumSizeHint().height())

    def paint_on(self, canvas: Canvas, width: float) -> None:
        say, head, step = self._desk.say, canvas.px(_HEAD), canvas.px(self._STEP)
        form_wide, number_wide, price_wide = self._widths()
        # The forms have a third of the room, or as much as they need, and what the others leave.
        at = min(max(width * 0.36, form_wide + _BETWEEN), width - number_wide - price_wide - _BETWEEN)
        canvas.text(0, head / 2 - 2, say("Form"), "smallm", "ink3")
        canvas.text(at, head / 2 - 2, "ISBN", "smallm", "ink3")
        canvas.text(width, head / 2 - 2, say("Price"), "smallm", "ink3", align="right")
        canvas.hairline(0, head - 2, width)
        for number, (form, isbn, price) in enumerate(self._rows):
            middle = head + number * step + step / 2
            canvas.text(0, middle, form, "body", width=at - 8)
            canvas.text(at, middle, isbn or say("None yet"), "mono" if isbn else "small",
                        "ink" if isbn else "ink3", width=width - at - price_wide - 8)  # fmt: skip
            canvas.text(width, middle, price, "num", align="right")
            if number < len(self._rows) - 1:
                canvas.hairline(0, head + (number + 1) * step - 1, width)


class SaidCard(Block):
    """What someone said of a title."""

    def __init__(self, desk: Desk, said: Said) -> None:
        super().__init__(desk.theme, f"{said.person}: {said.text}")
        self._desk = desk
        self._said = said

    def _lines(self, width: float) -> TextLines:
        return self.laid(f"“{self._said.text}”", "quote", width - 28, 4)

    def height_at(self, width: float) -> float:
        return 12 + self._lines(width).height + 46

    def paint_on(self, canvas: Canvas, width: float) -> None:
        said, height = self._said, float(self.height())
        canvas.rounded(QRectF(0, 0, width, height), 8, "sheet", "line")
        self._lines(width).paint(canvas, 14, 12, "ink")
        middle = height - 24
        size = canvas.px(22)
        avatar(canvas, 14, middle - size / 2, size, said.person or "?")
        x = size + 24.0
        x += canvas.text(x, middle, said.person, "smallm", width=width * 0.5) + 10
        where = platform_name(said.platform) or self._desk.words.term("post_kind", said.kind)
        canvas.text(x, middle, f"{where}, {self._desk.day(said.day)}", "small", "ink3", width=width - x - 12)
