"""The inbox of posts: what was found and waits for somebody, read and confirmed with one key, the next one at once."""

import array

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.changes import Changes
from outreach.services.feeds.found import not_about_us
from outreach.services.pages.inbox import Check, InboxLine, inbox_ids, inbox_lines, read_found
from outreach.services.posts import PostKind
from outreach.services.posts.confirming import Told, confirm_found
from outreach.store.database import Store
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.post_check import KIND_ICONS, CheckPane
from outreach.ui.pages.post_found import FoundReader
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import badge, voice_icon
from outreach.ui.paint.covers import cover
from outreach.ui.paint.marks import avatar, pill, pill_width
from outreach.ui.post_acts import PostActs
from outreach.ui.table.columns import Column
from outreach.ui.table.model import RowModel
from outreach.ui.table.taking import Copying
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import Button, column
from outreach.ui.widgets.lists import EmptyState, Footer
from outreach.ui.widgets.panes import Panes, Part

_ROW = 96
_SURE = "sure"


class PostInbox(Page):
    """Found posts, the one that is read, and what confirming it means; a page within the page of posts."""

    tables = ("found_post", "feed", "post", "person", "item", "gift", "account")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self._acts = PostActs(desk)
        self._leaving: set[int] = set()
        self._to_ask: set[int] = set()
        shown = Column("found", say("Found posts"), 0, self._paint_found, lambda row: str(row.said))
        self.model = RowModel([shown], lambda ids: inbox_lines(desk.store, ids), self._speak, self)
        self.table = TableView(theme, self.model, _ROW, headings=False, inset=20, folds=False)
        self.table.setAccessibleName(say("Found posts"))
        Copying(self.table, desk)
        self.reader, self.check = FoundReader(desk), CheckPane(desk)
        self._stack = QStackedWidget()
        self.find_button = Button(theme, say("Find now"), "primary", "refresh-cw")
        self._lay_out()
        self.table.current_changed.connect(lambda _: self._show_found())
        self.check.confirmed.connect(self.confirm)
        self.check.refused.connect(self.refuse)
        self.check.asked.connect(self.ask_rights)
        self.check.said_yes.connect(self.record_yes)
        bind(self, "confirm_post", self.confirm, within=self.table)
        bind(self, "not_about_us", self.refuse, within=self.table)

    def _lay_out(self) -> None:
        theme, say = self.theme, self.desk.say
        caps = " ".join(filter(None, (theme.keys.cap(key_of(each)) for each in ("down", "up"))))
        self._footer = Footer(theme, [(caps, say("move"))])
        left = QWidget()
        left.setLayout(column(self.table, self._footer))
        self.parts = Panes(theme, "posts.inbox", self.desk.home, [
            Part(left, 344, least=260), Part(self.reader, least=320), Part(self.check, 358, 1),
        ])  # fmt: skip
        nothing = EmptyState(
            theme, "message-square-quote", say("Every found post is looked at"),
            say("What blogs, newsletters and feeds say of your titles waits here, until you say whether it is about "
                "you. Quiet is fine."), self.find_button,
        )  # fmt: skip
        for each in (self.parts, nothing):
            self._stack.addWidget(each)
        self.setLayout(column(self._stack))

    def panes(self) -> list[QWidget]:
        return [self.table, self.reader, self.check]

    def focus_main(self) -> None:
        (self.table if self._stack.currentIndex() == 0 else self.find_button).setFocus()

    def refresh(self) -> None:
        self.desk.runner.read(inbox_ids, then=self._show, replaces="posts.inbox")

    def _show(self, ids: "array.array[int]") -> None:
        if self._leaving:
            ids = array.array("q", (each for each in ids if each not in self._leaving))
        had_focus = self.table.hasFocus() or self.find_button.hasFocus()
        self._stack.setCurrentIndex(0 if ids else 1)
        self.table.replace_ids(ids)
        self._tell(len(ids))
        if had_focus:
            self.focus_main()

    def _tell(self, count: int) -> None:
        words = self.desk.words
        self.tell_count(self._footer.fact, words.trn("{number} to look at", "{number} to look at", count))

    def current(self) -> InboxLine | None:
        """The found post that is read."""
        place = self.model.place_of(self.table.current_id())
        found: InboxLine | None = self.model.row(place) if place >= 0 else None
        return found

    def _show_found(self) -> None:
        """Read what the row means beside the window, so that going down the list waits for nothing."""
        found = self.table.current_id()
        if found < 0:
            self._show_read((None, None))
        else:
            self.desk.runner.read(lambda store: read_found(store, found), then=self._show_read, replaces="inbox check")

    def _show_read(self, read: tuple[InboxLine | None, Check | None]) -> None:
        shown, check = read
        if shown is not None and shown.id != self.table.current_id():
            return  # another one is read by now
        self.reader.show_line(shown)
        self.check.show_line(shown, check, asks=shown is not None and shown.id in self._to_ask)

    # What can be done.

    def confirm(self) -> None:
        """It is right: it is logged, and the next one is shown."""
        self._confirm(asks=False, says_yes=False)

    def record_yes(self) -> None:
        """It is right, and she said yes already."""
        self._confirm(asks=False, says_yes=True)

    def ask_rights(self) -> None:
        """Let the letter that asks for rights be drafted when it is confirmed, or not."""
        shown = self.current()
        if shown is not None:
            self._to_ask ^= {shown.id}
            asks = shown.id in self._to_ask
            self.check.show_asks(asks=asks)
            say = self.desk.say
            self.desk.announce(say("Will be asked when you confirm") if asks else say("Will not be asked"))

    def refuse(self) -> None:
        """It is not about us; its feed is read with that in mind from now on."""
        shown = self.current()
        if shown is None:
            return
        self._leave(shown.id)
        told = self.desk.say("Not about us: {feed} is read with that in mind", feed=shown.feed)
        self.desk.write(lambda store: not_about_us(store, [shown.id]), told, initiator=self,
                        then=lambda _: self._leaving.discard(shown.id),
                        failed=lambda error: self._stay(shown.id, error))  # fmt: skip

    def open_post(self) -> None:
        """Show it where it was posted."""
        self.reader.open_post()

    def thank(self) -> None:
        """A thank-you is for a post that is logged."""
        self.desk.tell(self.desk.say("Confirm the post first, then thank from the log"))

    def _confirm(self, *, asks: bool, says_yes: bool) -> None:
        shown = self.current()
        if shown is None:
            return
        is_read = self.check.shows(shown.id)
        lacks = self.check.lacks() if is_read else self.check.lacking(shown)
        if lacks is not None:
            lacks.setFocus()
            self.desk.tell(self.desk.say("Say who posted it first") if lacks is self.check.person
                           else self.desk.say("Say which title it is about first"))  # fmt: skip
            return
        told = self.check.told() if is_read else Told(new_name=shown.stranger)
        name = self.check.name() if is_read else shown.person.name if shown.person else shown.stranger
        title = self.check.title.held if is_read else shown.title
        asks = asks or shown.id in self._to_ask

        def work(store: Store) -> tuple[int, Changes]:
            return confirm_found(store, shown.id, told)

        def done(made: tuple[int, Changes]) -> None:
            self._leaving.discard(shown.id)
            self._to_ask.discard(shown.id)
            if says_yes:
                self.desk.ask("yes", made[0])
            elif asks:
                self._acts.ask_rights(made[0], name)

        self._leave(shown.id)
        self.desk.write(work, self.desk.say("Confirmed {name} on {title}", name=name, title=title), then=done,
                        failed=lambda error: self._stay(shown.id, error), initiator=self)  # fmt: skip

    def _leave(self, found_id: int) -> None:
        """The next one is shown at once, before this one is written."""
        self._leaving.add(found_id)
        place, had_focus = self.model.place_of(found_id), self.table.hasFocus()
        if place >= 0:
            self.model.take_out(place)
        left = len(self.model.ids)
        if left:
            self.table.setCurrentIndex(self.model.index(min(max(0, place), left - 1), 0))
        else:
            self._stack.setCurrentIndex(1)
            self._show_found()
        self._tell(left)
        if had_focus:
            self.focus_main()

    def _stay(self, found_id: int, error: Exception) -> None:
        """It could not be written: it is back where it was, with the reason why."""
        self._leaving.discard(found_id)
        self.refresh()
        self.desk.tell(self.desk.sentence(error))

    # What the list shows.

    def _who(self, row: InboxLine) -> str:
        return row.person.name if row.person else self.desk.say("Someone new")

    def _speak(self, row: InboxLine) -> str:
        doubt = ", ".join(text for text, _ in self._pills(row))
        said = f"“{row.said[:200]}”"
        return ", ".join(filter(None, (self._who(row), row.title, said, doubt, self.desk.day(row.at[:10]))))

    def _pills(self, row: InboxLine) -> list[tuple[str, str]]:
        """What is not sure of it, the strangest first; at most one is shown."""
        words = self.desk.words
        if row.person is None:
            return [(words.tr("New person?"), "info")]
        if not row.item_id:
            return [(words.tr("Which title?"), "info")]
        if row.confidence == _SURE:
            return []
        heard = row.kind == PostKind.PODCAST.value
        return [(words.tr("From a podcast") if heard else words.term("mention_confidence", row.confidence), "info")]

    def _paint_found(self, canvas: Canvas, rect: QRectF, row: InboxLine) -> None:
        top, x, end = rect.top(), rect.left() + canvas.px(32) + 12, rect.right() - 18
        mark = badge(row.person.platform, row.person.role) if row.person else ""
        avatar(canvas, rect.left(), top + canvas.px(15), canvas.px(32), row.person.name if row.person else "?", mark)
        day = canvas.text(end, top + canvas.px(22), self.desk.day(row.at[:10]), "small", "ink2", align="right")
        canvas.text(x, top + canvas.px(22), self._who(row), "medium", width=end - x - day - 10)
        said = f"“{' '.join(row.said.split())}”"
        canvas.text(x, top + canvas.px(46), said, "quote", "ink2", width=end - x)
        middle, room = top + canvas.px(72), end - x
        pills = self._pills(row)
        if pills:
            wide = pill_width(canvas.theme, pills[0][0])
            pill(canvas, end - wide, middle, *pills[0])
            room -= wide + 8
        else:
            icon = KIND_ICONS[row.kind] if row.platform in ("", "blog") else voice_icon(row.platform, "")
            canvas.icon(icon, end - 15, middle, 14, "ink3")
            room -= 24
        if row.title:
            cover(canvas, x, middle - canvas.px(10), canvas.px(13.5), row.item_id, "", is_book=row.is_book)
            canvas.text(x + 23, middle, row.title, "title" if row.is_book else "quote", width=room - 23)
