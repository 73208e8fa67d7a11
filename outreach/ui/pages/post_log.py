"""The log of posts: who spoke about what, as a table, and beside it the post that is read."""

import array
from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.fields.platforms import platform_name
from outreach.services.pages.posts import PostLine, post_ids, post_lines
from outreach.services.posts import Nature
from outreach.services.views import View
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.post_pane import PostPane
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import paint_person, paint_title
from outreach.ui.paint.marks import pill
from outreach.ui.table.columns import Column, plain
from outreach.ui.table.menu import arrange, arrangement
from outreach.ui.table.model import RowModel
from outreach.ui.table.taking import take_from
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Rule, column, line
from outreach.ui.widgets.lists import EmptyState, FilterField, Footer, Segments
from outreach.ui.widgets.panes import Panes, Part
from outreach.ui.widgets.views import view_tools

_TONE = {"organic": "good", "before_contact": "info", "in_kind": "neutral", "paid": "neutral"}


class PostLog(Page):
    """All posts, with a filter, saved views, and the post that is read; a page within the page of posts."""

    tables = ("post", "person", "item", "outcome", "gift")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self._wanted = -1
        self.model = RowModel(self._columns(), lambda ids: post_lines(desk.store, ids), self._speak, self)
        self.table = TableView(theme, self.model, 52)
        self.table.setAccessibleName(say("Posts"))
        self.filter = FilterField(theme, say("Filter posts"))
        self._which = Segments(theme, [("", say("All")), (Nature.ORGANIC.value, say("Organic"))])
        self.views, self._columns_button = view_tools(desk, self.table, "posts", self._view, self._show_view)
        self.pane = PostPane(desk)
        self._shown = QStackedWidget()
        self._lay_out()
        self.filter.filtered.connect(lambda _: self._filter())
        self.filter.left_down.connect(self.table.setFocus)
        self._which.chosen.connect(lambda _: self._filter())
        self.table.current_changed.connect(self._show_post)
        take_from(self, self.table, say("Posts"), self.filter.text)
        bind(self, "save_view", self.views.save_as)
        bind(self, "slash", self.focus_filter)
        bind(self, "open_post", self.pane.open_post)

    def _lay_out(self) -> None:
        theme, say, left = self.theme, self.desk.say, QWidget()
        nothing = EmptyState(theme, "search", say("No post matches"), "")
        for each in (self.table, nothing):
            self._shown.addWidget(each)
        self._footer = Footer(theme, [("↑↓", say("move")), (key_of("new"), say("log")),
                                      (key_of("open_post"), say("open post"))])  # fmt: skip
        tools = line(self.filter, self._which, None, self.views, self._columns_button, margins=(24, 12, 20, 12))
        left.setLayout(column(tools, Rule(theme), self._shown, self._footer))
        self.parts = Panes(theme, "posts", self.desk.home, [Part(left, least=760), Part(self.pane, 358, 1)])
        self.setLayout(column(self.parts))

    def panes(self) -> list[QWidget]:
        return [self.table, self.pane]

    def focus_main(self) -> None:
        self.table.setFocus()

    def focus_filter(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    def show_row(self, row_id: int) -> None:
        if row_id > 0:
            self._wanted = row_id
            self.filter.clear()
            self.refresh()

    def refresh(self) -> None:
        words, nature = self.filter.text(), self._which.key
        self.desk.runner.read(lambda store: post_ids(store, words, nature), then=self._show, replaces="posts")

    def _show(self, ids: "array.array[int]") -> None:
        self._shown.setCurrentIndex(0 if ids else 1)
        self.tell_count(self._footer.fact, self.desk.words.trn("{number} post", "{number} posts", len(ids)))
        self.table.replace_ids(ids)
        if self._wanted > 0 and self.model.place_of(self._wanted) >= 0:
            self.table.select_ids([self._wanted], self._wanted)
            self.table.scrollTo(self.table.currentIndex())
            self._wanted = -1

    def _show_post(self, row_id: int) -> None:
        place = self.model.place_of(row_id)
        self.pane.show_post(self.model.row(place) if place >= 0 else None)

    def _filter(self) -> None:
        self.views.note()
        self.refresh()

    def _view(self) -> View:
        """How the list is looked at."""
        return View("posts", self.filter.text(), self._which.key, columns=arrangement(self.table))

    def _show_view(self, view: View) -> None:
        """Look at the list in another way."""
        arrange(self.table, view.columns)
        self.filter.setText(view.query)
        self._which.choose(Nature.ORGANIC.value if view.which == Nature.ORGANIC else "")
        self._filter()

    # What the table shows.

    def _where(self, row: PostLine) -> str:
        return platform_name(row.platform) if row.platform else self.desk.words.term("post_kind", row.kind)

    def _speak(self, row: PostLine) -> str:
        who = row.person.name if row.person else self.desk.say("Someone")
        nature = self.desk.words.term("nature", row.nature)
        return ", ".join(filter(None, (who, row.title, self._where(row), row.text, nature, self.desk.day(row.day))))

    def _paint_who(self, canvas: Canvas, rect: QRectF, row: PostLine) -> None:
        if row.person is None:
            canvas.text(rect.left(), rect.center().y(), self.desk.say("Someone"), "body", "ink3")
        else:
            paint_person(canvas, rect, row.person, self.desk.words)

    def _paint_nature(self, canvas: Canvas, rect: QRectF, row: PostLine) -> None:
        shown = self.desk.words.term("nature", row.nature)
        pill(canvas, rect.left() - 4, rect.center().y(), shown, _TONE[row.nature])

    def _columns(self) -> Sequence[Column]:
        desk, say = self.desk, self.desk.say
        return (
            Column("who", say("Who"), 214, self._paint_who, lambda row: row.person.name if row.person else ""),
            Column("about", say("About"), 186,
                   lambda canvas, rect, row: paint_title(canvas, rect, row.item_id, row.title, self._where(row),
                                                         is_book=row.is_book) if row.title else None,
                   lambda row: str(row.title)),
            Column("words", say("Their words"), 0, plain(lambda row: f"“{row.text}”" if row.text else "", "quote",
                                                         "ink2"), lambda row: str(row.text)),
            Column("nature", say("Nature"), 122,
                   self._paint_nature,
                   lambda row: desk.words.term("nature", row.nature)),
            Column("day", say("Day"), 84, plain(lambda row: desk.day(row.day), "small", "ink3"),
                   lambda row: str(row.day)),
        )  # fmt: skip
