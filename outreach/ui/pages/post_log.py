"""The log of posts: who spoke about what, as a table, and beside it the post that is read."""

import array
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.changes import Changes
from outreach.fields.platforms import platform_name
from outreach.services.pages.posts import (
    PostLine,
    PostMore,
    PostOrder,
    PostQuery,
    post_ids,
    post_lines,
    post_more,
    posts_within,
)
from outreach.services.posts import Nature, remove_post
from outreach.services.workspaces.views import View
from outreach.store.database import Store
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.post_pane import PostPane
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import paint_person, paint_title
from outreach.ui.paint.marks import pill
from outreach.ui.table.columns import Column, plain
from outreach.ui.table.menu import arrange, arrangement
from outreach.ui.table.model import PAGE, RowModel
from outreach.ui.table.taking import take_from
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Rule, column, line
from outreach.ui.widgets.lists import EmptyState, FilterField, Footer, Segments
from outreach.ui.widgets.panes import Panes, Part
from outreach.ui.widgets.postparts import read_picture
from outreach.ui.widgets.views import view_tools

_TONE = {"organic": "good", "before_contact": "info", "in_kind": "neutral", "paid": "neutral"}


#: The ids in order and the lines of the first page; a post, what is kept beside it, and its newest picture.
Found = tuple["array.array[int]", dict[int, PostLine]]
Read = tuple[PostLine, PostMore, QImage | None]


def _read_post(store: Store, post_id: int) -> Read | None:
    """All that the pane shows of a post; None where it has gone."""
    line = post_lines([post_id]).get(post_id)
    if line is None:
        return None
    more = post_more(store, post_id)
    return line, more, read_picture(more.pictures[0].preview) if more.pictures else None


class PostLog(Page):
    """All posts, with a filter, saved views, and the post that is read; a page within the page of posts."""

    tables = ("post", "person", "item", "outcome", "gift", "post_reading", "snapshot")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self._wanted = -1
        self._query = PostQuery()
        # Everything in an order, until something is written: a key in the filter need not read it again.
        self._kept: dict[tuple[PostOrder, bool], array.array[int]] = {}
        self.model = RowModel(self._columns(), post_lines, self._speak, self)
        self.table = TableView(theme, self.model, 52)
        self.table.setAccessibleName(say("Posts"))
        self.filter = FilterField(theme, say("Filter posts"))
        self.which = Segments(theme, [("", say("All")), (Nature.ORGANIC.value, say("Organic"))])
        self.views, self._columns_button = view_tools(desk, self.table, "posts", self._view, self._show_view)
        self.pane = PostPane(desk)
        self._shown = QStackedWidget()
        self._lay_out()
        self.filter.filtered.connect(lambda _: self._filter())
        self.filter.left_down.connect(self.table.setFocus)
        self.which.chosen.connect(lambda _: self._filter())
        self.table.current_changed.connect(self._show_post)
        self.table.order_asked.connect(self._order)
        self.table.opened.connect(lambda _: self._open_post())
        self.table.show_order(PostOrder.DAY, descending=True)
        take_from(self, self.table, say("Posts"), self.filter.text)
        bind(self, "save_view", self.views.save_as)
        bind(self, "slash", self.focus_filter)
        bind(self, "open_post", self._open_post)
        bind(self, "edit", lambda: self._ask("edit_post"))
        bind(self, "count_post", lambda: self._ask("counts"))
        bind(self, "agreed", self._ask_deal)
        bind(self, "take_off", self._take_off)

    def _lay_out(self) -> None:
        theme, say, left = self.theme, self.desk.say, QWidget()
        nothing = EmptyState(theme, "search", say("No post matches"), "")
        for each in (self.table, nothing):
            self._shown.addWidget(each)
        self._footer = Footer(theme, [("↑↓", say("move")), (key_of("new"), say("log")),
                                      (key_of("open_post"), say("open post"))])  # fmt: skip
        tools = line(self.filter, self.which, None, self.views, self._columns_button, margins=(24, 12, 20, 12))
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
        query, kept = self._query, self._kept
        order = query.order, query.descending

        def reading(store: Store) -> Found:
            everything = kept.get(order)
            if everything is None:
                everything = kept[order] = post_ids(store, PostQuery(order=query.order, descending=query.descending))
            ids = posts_within(store, query, everything)
            return ids, post_lines(ids[:PAGE])

        self.desk.runner.read(reading, then=self._show, replaces="posts")

    def on_changed(self, changes: Changes, initiator: object) -> None:
        if changes.touches(*self.tables):
            self._kept = {}
        super().on_changed(changes, initiator)

    def _show(self, found: Found) -> None:
        ids, first = found
        self._shown.setCurrentIndex(0 if ids else 1)
        self.tell_count(self._footer.fact, self.desk.words.trn("{number} post", "{number} posts", len(ids)))
        self.table.replace_ids(ids, first)
        if self._wanted > 0 and self.model.place_of(self._wanted) >= 0:
            self.table.select_ids([self._wanted], self._wanted)
            self.table.scrollTo(self.table.currentIndex())
            self._wanted = -1

    def _show_post(self, row_id: int) -> None:
        if row_id > 0:
            # After the list, so that a key is answered there first.
            self.desk.runner.read(lambda store: _read_post(store, row_id), then=self._show_read,
                                  replaces="post that is read")  # fmt: skip
        else:
            self.pane.show_post(None)

    def _show_read(self, found: Read | None) -> None:
        if found is None:
            self.pane.show_post(None)
        else:
            self.pane.show_post(found[0])
            self.pane.show_more(found[1], found[2])

    def _current(self) -> PostLine | None:
        """The post that is chosen, which the pane may still be reading."""
        place = self.model.place_of(self.table.current_id())
        return self.model.row(place) if place >= 0 else None

    def _open_post(self) -> None:
        post = self._current()
        if post is not None and post.url:
            self.desk.files.browse(post.url)

    def _ask_deal(self) -> None:
        post = self._current()
        if post is not None and post.gift_id:
            self.desk.ask("deal", [post.gift_id])

    def _ask(self, dialog: str) -> None:
        """Ask for a dialog about the post that is read."""
        if self.table.current_id() > 0:
            self.desk.ask(dialog, self.table.current_id())

    def _take_off(self) -> None:
        post = self.table.current_id()
        if post > 0:
            self.desk.write(lambda store: remove_post(store, post), self.desk.say("Took the post off the log"))

    def _order(self, order: str, descending: bool) -> None:
        self._query = replace(self._query, order=PostOrder(order), descending=descending)
        self.table.show_order(order, descending=descending)
        self.views.note()
        self.refresh()

    def _filter(self) -> None:
        self._query = replace(self._query, words=self.filter.text(), nature=self.which.key)
        self.views.note()
        self.refresh()

    def _view(self) -> View:
        """How the list is looked at."""
        query = self._query
        # The order that the log has of itself is none that a view has to say, as views kept before do not.
        is_usual = (query.order, query.descending) == (PostOrder.DAY, True)
        sort, descending = ("", False) if is_usual else (query.order.value, query.descending)
        return View("posts", self.filter.text(), self.which.key, sort, descending, arrangement(self.table))

    def _show_view(self, view: View) -> None:
        """Look at the list in another way."""
        arrange(self.table, view.columns)
        is_known = view.sort in set(PostOrder)
        order = PostOrder(view.sort) if is_known else PostOrder.DAY
        self._query = replace(self._query, order=order, descending=view.descending if is_known else True)
        self.table.show_order(order, descending=self._query.descending)
        self.filter.setText(view.query)
        self.which.choose(Nature.ORGANIC.value if view.which == Nature.ORGANIC else "")
        self._filter()

    # What the table shows.

    def _where(self, row: PostLine) -> str:
        if row.platform:
            return platform_name(row.platform)
        return row.outlet or self.desk.words.term("post_kind", row.kind)

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
            Column("who", say("Who"), 214, self._paint_who, lambda row: row.person.name if row.person else "",
                   order="who"),
            Column("about", say("About"), 186,
                   lambda canvas, rect, row: paint_title(canvas, rect, row.item_id, row.title, self._where(row),
                                                         is_book=row.is_book) if row.title else None,
                   lambda row: str(row.title), order="about"),
            Column("words", say("Their words"), 0, plain(lambda row: f"“{row.text}”" if row.text else "", "quote",
                                                         "ink2"), lambda row: str(row.text)),
            Column("nature", say("Nature"), 122,
                   self._paint_nature,
                   lambda row: desk.words.term("nature", row.nature), order="nature"),
            Column("day", say("Day"), 84, plain(lambda row: desk.day(row.day), "small", "ink3"),
                   lambda row: str(row.day), order="day"),
        )  # fmt: skip
