"""Rights: what posts may be used for, by the day on which that ends, and beside it the post with all that is known."""

import array
from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.services.pages.rights import RightsLine, rights_ids, rights_lines
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.post_block import PostBlock, rights_pill
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import paint_title, two_lines
from outreach.ui.paint.marks import avatar, pill, pill_width
from outreach.ui.table.columns import Column, plain
from outreach.ui.table.model import RowModel
from outreach.ui.table.taking import Copying
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Painted, column
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import EmptyState, Footer, SidePane
from outreach.ui.widgets.panes import Panes, Part

_TABLES = ("permission", "permission_use", "post", "letter", "person", "item", "quote", "disclosure_check", "snapshot")


class RightsPane(SidePane):
    """The post of a permission or a picture: whose, her words, and the cards of what is known of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, 358)
        self._desk = desk
        self._person = self._title = ""
        self._head = Painted(desk.theme, self._paint_head, 46)
        self._words = Paragraph(desk.theme, "", "quote", "ink", 8)
        self.block = PostBlock(desk)
        for part in (self._head, 12, self._words, 14, self.block):
            if isinstance(part, int):
                self.content.addSpacing(part)
            else:
                self.content.addWidget(part)
        self.content.addStretch(1)

    def show_post(self, post_id: int, person: str, about: str, words: str) -> None:
        """Show a post; -1 for none."""
        self.body.setVisible(post_id >= 0)
        self._person, self._title = person or self._desk.say("Someone"), about
        self._head.set_paint(self._paint_head, f"{self._person}, {about}")
        self._words.set_text(f"“{words}”" if words else "")
        self.block.show_post(post_id)

    def _paint_head(self, canvas: Canvas, width: float, height: float) -> None:
        size = canvas.px(40)
        avatar(canvas, 0, (height - size) / 2, size, self._person)
        canvas.text(size + 12, height / 2 - canvas.px(10), self._person, "strong", width=width - size - 12)
        canvas.text(size + 12, height / 2 + canvas.px(10), self._title, "title", "ink2", width=width - size - 12)


def bind_block(page: Page, block: PostBlock, *, opens: bool = True) -> None:
    """Let the keys of a page do what the cards of a post offer, and open the post where nothing else does."""
    for action, act in (
        ("ask_rights", block.ask_rights), ("record_yes", block.record_yes), ("thank", block.thank),
        ("open_post", block.open_post), ("quote_post", block.quote), ("look_disclosure", block.look),
        ("note_use", block.note_use),
    ):  # fmt: skip
        if opens or action != "open_post":
            bind(page, action, act)


class PostRights(Page):
    """The table of permissions; a page within the page of posts."""

    tables = _TABLES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self.model = RowModel(self._columns(), lambda ids: rights_lines(desk.store, ids), self._speak, self)
        self.table = TableView(theme, self.model, 52)
        self.table.setAccessibleName(say("Reuse rights"))
        Copying(self.table, desk)
        self.pane = RightsPane(desk)
        self._footer = Footer(theme, [(key_of("ask_rights"), say("ask")), (key_of("record_yes"), say("record a yes")),
                                      (key_of("open_post"), say("open post"))])  # fmt: skip
        left, self._stack = QWidget(), QStackedWidget()
        left.setLayout(column(self.table, self._footer))
        self.parts = Panes(theme, "posts.rights", desk.home, [Part(left, least=620), Part(self.pane, 358, 1)])
        nothing = EmptyState(
            theme, "message-square-quote", say("Posting is not licensing"),
            say("Linking to a post needs no leave. Before you show its picture or its words elsewhere, ask: the "
                "answer, what it is for and until when are kept here."),
        )  # fmt: skip
        for each in (self.parts, nothing):
            self._stack.addWidget(each)
        self.setLayout(column(self._stack))
        self.table.current_changed.connect(lambda _: self._show_post())
        bind_block(self, self.pane.block)

    def panes(self) -> list[QWidget]:
        return [self.table, self.pane]

    def focus_main(self) -> None:
        self.table.setFocus()

    def refresh(self) -> None:
        self.desk.runner.read(rights_ids, then=self._show, replaces="posts.rights")

    def _show(self, ids: "array.array[int]") -> None:
        self._stack.setCurrentIndex(0 if ids else 1)
        self.tell_count(self._footer.fact, self.desk.words.trn("{number} permission", "{number} permissions", len(ids)))
        self.table.replace_ids(ids)
        self._show_post()

    def _show_post(self) -> None:
        place = self.model.place_of(self.table.current_id())
        row: RightsLine | None = self.model.row(place) if place >= 0 else None
        if row is None:
            self.pane.show_post(-1, "", "", "")
        else:
            self.pane.show_post(row.post_id, row.person, row.title, row.words)

    # What the table shows.

    def _speak(self, row: RightsLine) -> str:
        words = self.desk.words
        return ", ".join(filter(None, (
            row.person or words.tr("Someone"), row.title, words.term("scope", row.scope),
            rights_pill(self.desk, row)[0], ", ".join(row.places),
        )))  # fmt: skip

    def _paint_who(self, canvas: Canvas, rect: QRectF, row: RightsLine) -> None:
        name = row.person or self.desk.say("Someone")
        size = canvas.px(28)
        avatar(canvas, rect.left(), rect.center().y() - size / 2, size, name)
        x = rect.left() + size + 12
        two_lines(canvas, rect, x, rect.right() - x - 10, [(name, "medium", "ink")], (row.credit, "small", "ink3"))

    def _paint_state(self, canvas: Canvas, rect: QRectF, row: RightsLine) -> None:
        text, tone = rights_pill(self.desk, row)
        beside = pill_width(canvas.theme, text) - canvas.theme.width("micro", text)
        shown = canvas.theme.elided("micro", text, rect.width() - beside - 10)
        pill(canvas, rect.left(), rect.center().y(), shown, tone)

    def _left(self, row: RightsLine) -> str:
        words = self.desk.words
        if row.days_left is None:
            return words.tr("No end") if row.why == "granted" else ""
        return words.trn("{number} day left", "{number} days left", row.days_left)

    def _columns(self) -> Sequence[Column]:
        desk, say = self.desk, self.desk.say
        return (
            Column("who", say("Who"), 168, self._paint_who, lambda row: str(row.person)),
            Column("about", say("About"), 168,
                   lambda canvas, rect, row: paint_title(canvas, rect, row.item_id, row.title, "", is_book=row.is_book)
                   if row.title else None, lambda row: str(row.title)),
            Column("scope", say("For"), 134, plain(lambda row: desk.words.term("scope", row.scope), "body", "ink2"),
                   lambda row: desk.words.term("scope", row.scope)),
            Column("state", say("State"), 152, self._paint_state, lambda row: rights_pill(desk, row)[0]),
            Column("used", say("Used in"), 0, plain(lambda row: ", ".join(row.places), "small", "ink2"),
                   lambda row: ", ".join(row.places)),
            Column("left", say("Left"), 100, plain(self._left, "small", "ink3"), self._left),
        )  # fmt: skip
