"""Posts: the log of who spoke about what, and beside it the post that is read."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.changes import Changes
from outreach.services.pages.posts import count_posts
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.post_log import PostLog
from outreach.ui.sample import SampleLink
from outreach.ui.widgets.basics import Button, Label, Rule, column
from outreach.ui.widgets.cards import Step
from outreach.ui.widgets.lists import EmptyState
from outreach.ui.widgets.panes import opener


class PostsPage(Page):
    """The log of all posts."""

    tables = ("post",)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.log = PostLog(desk)
        self.table, self.model, self.filter = self.log.table, self.log.model, self.log.filter
        self.pane, self.views = self.log.pane, self.log.views
        self._fact = Label(desk.theme, "", "body", "ink3")
        self._add_one = Button(desk.theme, desk.say("Paste a link"), "primary", "link", key_of("new"))
        self._stack = QStackedWidget()
        self._lay_out()
        self._add_one.clicked.connect(self._add)
        bind(self, "new", self._add)
        bind(self, "log", self._add)
        bind(self, "story", lambda: desk.ask("story", None))
        bind(self, "count_list", lambda: desk.ask("count_list", None))

    def _lay_out(self) -> None:
        theme, say = self.theme, self.desk.say
        whole, about = QWidget(), opener(theme, say("Post"))
        whole.setLayout(column(self.header(say("Posts"), self._fact, about, self._add_one), Rule(theme), self.log))
        self.log.parts.opens(about, self.pane)
        first = Button(theme, say("Paste a link"), "primary", "link")
        first.clicked.connect(self._add)
        text = say("Nobody is asked to post. When someone does, keep the link here, or what was said on air.")
        bare = QWidget()
        bare.setLayout(
            column(self.header(say("Posts"), None), Rule(theme), EmptyState(
                theme, "message-square-quote", say("Some will speak of it, unprompted"), text, first,
                link=SampleLink(self.desk),
                steps=(
                    Step("gift", say("A gift arrives"), say("With nothing asked in return")),
                    Step("link", say("Keep the link"), say("Or what was said on air, in the shop")),
                    Step("heart", say("Thank them"), say("What they enjoyed is remembered")),
                ),
            ))
        )  # fmt: skip
        for page in (whole, bare):
            self._stack.addWidget(page)
        self.setLayout(column(self._stack))

    def panes(self) -> list[QWidget]:
        return self.log.panes()

    def focus_main(self) -> None:
        self.table.setFocus()

    def focus_filter(self) -> None:
        self.log.focus_filter()

    def show_row(self, row_id: int) -> None:
        self.log.show_row(row_id)

    def refresh(self) -> None:
        self.desk.runner.read(lambda _: count_posts(), then=self._show, replaces="posts counted")

    def on_changed(self, changes: Changes, initiator: object) -> None:
        super().on_changed(changes, initiator)
        self.log.on_changed(changes, initiator)

    def _show(self, counts: tuple[int, int]) -> None:
        everything, organic = counts
        number = self.desk.words.number
        self._stack.setCurrentIndex(0 if everything else 1)
        self._fact.setText(self.desk.words.tr("{all}, of them {organic} organic", all=number(everything),
                                              organic=number(organic)))  # fmt: skip

    def _add(self) -> None:
        self.desk.ask("post", None)
