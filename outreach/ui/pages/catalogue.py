"""Catalogue: the titles, and beside them the one that is looked at."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.fields.isbn import format_isbn
from outreach.services.catalogue.genres import load_genres
from outreach.services.exporting.tables import export_catalogue
from outreach.services.pages.title import TitleLine, title_lines, title_page
from outreach.services.people.people import search_words
from outreach.services.workspaces.views import View
from outreach.store.database import Store
from outreach.ui.actions import bind
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.title import TitleSheet
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import is_low
from outreach.ui.paint.covers import cover
from outreach.ui.paint.marks import pill, pill_width
from outreach.ui.sample import SampleLink
from outreach.ui.table.columns import Column
from outreach.ui.table.model import RowModel
from outreach.ui.table.taking import export_table, take_from
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, Label, Rule, column, line
from outreach.ui.widgets.cards import Step
from outreach.ui.widgets.lists import EmptyState, FilterField, Segments
from outreach.ui.widgets.panes import Panes, Part
from outreach.ui.widgets.tightening import Row
from outreach.ui.widgets.views import ViewsButton

#: So many copies or fewer are worth a look.
_FEW = 10
_ANY_ISBN = "9780140328721"


class CataloguePage(Page):
    """The books and products that can be given."""

    tables = ("item", "edition", "stock_movement", "gift", "outcome", "post", "item_genre", "keyword", "comp_title",
              "contributor", "subject_code", "edition_code", "client")  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self._wanted = -1
        self._kind = "book"
        self._lines: list[TitleLine] = []
        shown = Column("title", say("Title"), 0, self._paint_line, lambda row: str(row.title))
        self.model = RowModel([shown], lambda _: {}, self._speak, self)
        self.table = TableView(theme, self.model, 64, headings=False, lined=False)
        self.table.setAccessibleName(say("Catalogue"))
        self.filter = FilterField(theme, say("Filter titles"), fills=True)
        self._kinds = Segments(theme, [("book", say("Books")), ("product", say("Products"))])
        self.views = ViewsButton(desk, "catalogue", self._view, self._show_view)
        self.sheet = TitleSheet(desk)
        self._stack = QStackedWidget()
        self._lay_out()
        self.filter.filtered.connect(lambda _: self._filter())
        self.filter.left_down.connect(self.table.setFocus)
        self._kinds.chosen.connect(lambda _: self._filter())
        self.table.current_changed.connect(self._show_title)
        # A line shows more than its title; on paper and in cells that stands apart.
        self.table.told = (
            shown,
            Column("author", say("Author"), 200, self._paint_line, lambda row: str(row.author)),
            Column("left", say("Copies"), 160, self._paint_line, self._left),
        )
        take_from(self, self.table, say("Catalogue"), self.filter.text, export=self._export)
        bind(self, "save_view", self.views.save_as)
        bind(self, "slash", self.focus_filter)
        bind(self, "new", lambda: desk.ask("title", None))
        bind(self, "match", self.sheet.match)
        bind(self, "pitch", self.sheet.letter)
        bind(self, "edit", self.sheet.edit)

    def _lay_out(self) -> None:
        desk, theme, say = self.desk, self.theme, self.desk.say
        add = Button(theme, "", "default", "plus")
        add.setAccessibleName(say("Add title"))
        add.setToolTip(say("Add title") + " (N)")
        add.clicked.connect(lambda: desk.ask("title", None))
        left = QWidget()
        head = QWidget()
        head.setLayout(line(Label(theme, say("Catalogue"), "h1"), None, add, margins=(24, 15, 20, 11)))
        narrow = QWidget()
        narrow.setLayout(column(self.filter, Row(self._kinds, None, self.views), spacing=10, margins=(24, 0, 20, 10)))
        left.setLayout(column(head, narrow, self.table, margins=(0, 0, 0, 8)))
        left.setMinimumWidth(theme.px(280))
        self._parts = Panes(theme, "catalogue", desk.home, [Part(left, 324), Part(self.sheet)])
        begin = Button(theme, say("Import a catalogue"), "primary", "download")
        begin.clicked.connect(lambda: desk.ask("import", "catalogue"))
        by_hand = Button(theme, say("Add title"), "default", "plus")
        by_hand.clicked.connect(lambda: desk.ask("title", None))
        empty = EmptyState(
            theme, "library", say("What would you like people to read?"),
            say("Bring your list as a spreadsheet or ONIX, or add the first title by hand."), begin, by_hand,
            steps=(
                Step("library", say("Bring your titles"), say("Books, and products too")),
                Step("gift", say("Say how many copies"), say("Hardbacks, proofs, codes")),
                Step("puzzle", say("Find their readers"), say("See who would enjoy it, and why")),
            ),
            link=SampleLink(desk),
        )  # fmt: skip
        bare = QWidget()
        bare.setLayout(column(self.header(say("Catalogue"), None), Rule(theme), empty))
        for each in (self._parts, bare):
            self._stack.addWidget(each)
        self.setLayout(column(self._stack))

    def _view(self) -> View:
        """How the list is looked at."""
        return View("catalogue", self.filter.text(), self._kinds.key)

    def _show_view(self, view: View) -> None:
        """Look at the list in another way."""
        self.filter.setText(view.query)
        self._kinds.choose("product" if view.which == "product" else "book")
        self._filter()

    def _filter(self) -> None:
        self.views.note()
        self.refresh()

    def refresh(self) -> None:
        words = search_words(self.filter.text())
        today = self.desk.today.isoformat()

        def reading(_: Store) -> tuple[list[TitleLine], list[TitleLine]]:
            load_genres()  # the names of genres and the ranges of ISBN are read once, and not by the window's thread
            format_isbn(_ANY_ISBN)
            return title_lines(words, today=today), title_lines(today=today)

        self.desk.runner.read(reading, then=self._show, replaces="catalogue")

    def show_row(self, row_id: int) -> None:
        if row_id > 0:
            self._wanted = row_id
            self.filter.clear()
            self.refresh()

    def _export(self) -> None:
        """Write the titles that are listed into a file, with all their editions where that is wanted."""
        export_table(self, self.table, self.desk.say("Catalogue"), "catalogue", export_catalogue)

    def focus_main(self) -> None:
        self.table.setFocus()

    def focus_filter(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    def panes(self) -> list[QWidget]:
        return [self.table, self.sheet]

    def _show(self, found: tuple[list[TitleLine], list[TitleLine]]) -> None:
        matching, everything = found
        wanted = next((each for each in everything if each.id == self._wanted), None)
        if wanted is not None:
            self._kinds.choose(wanted.kind)
        for kind, label in (("book", "Books"), ("product", "Products")):
            count = sum(each.kind == kind for each in everything)
            self._kinds.set_label(kind, self.desk.say(label), count)
        self._lines = [each for each in matching if each.kind == self._kinds.key]
        if self.filter.text() and self.isVisible():
            self.desk.announce(self.desk.words.trn("{number} title", "{number} titles", len(self._lines)))
        current = self._wanted if wanted else self.table.current_id()
        self.model.set_rows(self._lines)
        self.table.stay_at(current)
        if wanted is not None:
            self.table.scrollTo(self.table.currentIndex())
        self._wanted = -1
        self._stack.setCurrentIndex(0 if everything else 1)
        if self.table.current_id() < 0:
            self._show_title(-1)  # any other has been shown when it became the current one

    def _show_title(self, row_id: int) -> None:
        self.sheet.show_title(title_page(self.desk.store, row_id) if row_id > 0 else None)

    def _left(self, row: TitleLine) -> str:
        say = self.desk.say
        if not row.stocked:
            return say("No copies yet")
        left = say("{left} left", left=row.left) if row.left else say("None left")
        return left + (", " + say("{number} promised", number=row.promised) if row.promised else "")

    def _left_within(self, canvas: Canvas, row: TitleLine, room: float) -> str:
        """How many copies are left, and how many are promised where that leaves room for who wrote it."""
        whole = self._left(row)
        if not row.promised or not row.left:
            return whole
        fits = canvas.theme.width("small", whole) + 10 + canvas.theme.width("small", row.author) <= room
        return whole if fits else self.desk.say("{left} left", left=row.left)

    def _speak(self, row: TitleLine) -> str:
        return ", ".join(filter(None, (row.title, row.author, self._left(row))))

    def _paint_line(self, canvas: Canvas, rect: QRectF, row: TitleLine) -> None:
        middle, is_book, low = rect.center().y(), row.kind == "book", is_low(canvas, rect)
        mark = canvas.px(15 if low else 28)
        cover(canvas, rect.left(), middle - mark * (0.75 if is_book else 0.5), mark, row.id, "", is_book=is_book)
        x, end = rect.left() + canvas.px(30 if low else 42), rect.right() - 20
        left, is_few = self._left_within(canvas, row, end - x), row.stocked and row.left <= _FEW and row.left > 0
        wide = pill_width(canvas.theme, left) if is_few else canvas.theme.width("small", left)
        below = middle if low else middle + canvas.px(11)
        if is_few:
            pill(canvas, end - wide, below, left, "warn")
        else:
            canvas.text(end, below, left, "small", "ink3", align="right")
        role, room = "title" if is_book else "quote", end - x - wide - 10
        canvas.text(x, middle if low else middle - canvas.px(11), row.title, role, width=room if low else end - x)
        if not low:
            canvas.text(x, below, row.author, "small", "ink2", width=room)
