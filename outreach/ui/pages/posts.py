"""Posts: found ones to look at, the log, the gallery of pictures, and what they may be used for, as tabs."""

from collections.abc import Callable
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.changes import Changes
from outreach.jobs import Job
from outreach.services.feeds.keeping import keep_result
from outreach.services.feeds.round import FeedResult, RoundDone, plan_round, run_round
from outreach.services.mail.transport import trusted
from outreach.services.pages.rights import PostCounts, count_tabs
from outreach.store.database import Store
from outreach.ui.actions import bind, key_of
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.post_gallery import PostGallery
from outreach.ui.pages.post_inbox import PostInbox
from outreach.ui.pages.post_log import PostLog
from outreach.ui.pages.post_rights import PostRights, bind_block
from outreach.ui.sample import SampleLink
from outreach.ui.widgets.basics import Button, KeyTip, Rule, column, line
from outreach.ui.widgets.cards import Step
from outreach.ui.widgets.lists import EmptyState
from outreach.ui.widgets.panes import opener
from outreach.ui.widgets.tabs import Tabs
from outreach.wording.feeds import told_of_round

_INBOX, _LOG, _GALLERY, _RIGHTS = "inbox", "log", "gallery", "rights"
#: What a tab shows.
PostPart = PostInbox | PostLog | PostGallery | PostRights
_Part = TypeVar("_Part", PostInbox, PostLog, PostGallery, PostRights)


def _of_log(name: str) -> Any:
    return property(attrgetter(f"log.{name}"))


class PostsPage(Page):
    """What was said of our titles: found, logged, shown, and allowed to be used."""

    tables = ("post", "found_post", "snapshot", "permission")
    #: What one filters, chooses in and sees beside it is that of the log.
    table, model, filter = _of_log("table"), _of_log("model"), _of_log("filter")
    pane, views = _of_log("pane"), _of_log("views")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self.inbox = PostInbox(desk)
        self._made: list[PostPart] = []
        self.tabs = Tabs(theme, [(_INBOX, say("Inbox")), (_LOG, say("Log")), (_GALLERY, say("Gallery")),
                                 (_RIGHTS, say("Rights"))])  # fmt: skip
        self._paste = Button(theme, say("Paste a link"), "default", "link", key_of("new"))
        self._find = Button(theme, say("Find now"), "default", "refresh-cw")
        KeyTip(self._find, theme, say("Find now"), key_of("find_posts"))
        self._stack, self._shown = QStackedWidget(), QStackedWidget()
        self._is_chosen = False
        self._lay_out()
        self.tabs.chosen.connect(self._turn)
        # A saved view, or a filter that another page asks for, is one of the log.
        desk.viewed.connect(lambda place, view_id: self._show_in_log(place, lambda log: log.views.choose(view_id)))
        desk.filtered.connect(lambda place, query: self._show_in_log(place, lambda log: log.views.filter(query)))
        self._paste.clicked.connect(self._add)
        self._find.clicked.connect(self._find_now)
        self.inbox.find_button.clicked.connect(self._find_now)
        bind(self, "new", self._add)
        bind(self, "log", self._add)
        bind(self, "find_posts", self._find_now)
        bind(self.inbox, "ask_rights", self.inbox.ask_rights)
        bind(self.inbox, "record_yes", self.inbox.record_yes)
        bind(self.inbox, "thank", self.inbox.thank)
        bind(self.inbox, "open_post", self.inbox.open_post)
        bind(self, "story", lambda: desk.ask("story", None))
        bind(self, "feeds", lambda: desk.ask("feeds", None))
        bind(self, "count_list", lambda: desk.ask("count_list", None))

    def _lay_out(self) -> None:
        theme, say = self.theme, self.desk.say
        whole = QWidget()
        self._about = opener(theme, say("What is beside the list"))
        self._about.hide()
        self._about.clicked.connect(lambda: self.shown.parts.bring(self._side()))
        self._take(self.inbox)
        whole.setLayout(
            column(
                self.header(say("Posts"), None, self._about, self._paste, self._find),
                line(self.tabs, margins=(24, 2, 20, 0)), Rule(theme), self._shown,
            )
        )  # fmt: skip
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

    @cached_property
    def log(self) -> PostLog:
        """What was posted."""
        made = PostLog(self.desk)
        bind_block(made, made.pane.block, opens=False)
        return self._take(made)

    @cached_property
    def gallery(self) -> PostGallery:
        """The pictures."""
        return self._take(PostGallery(self.desk))

    @cached_property
    def rights(self) -> PostRights:
        """What may be used, until when."""
        return self._take(PostRights(self.desk))

    def _take(self, part: _Part) -> _Part:
        """Put a part beside the others."""
        self._made.append(part)
        self._shown.addWidget(part)
        part.parts.folded.connect(self._show_opener)
        return part

    def _side(self) -> QWidget:
        """The pane beside the list that is shown."""
        shown = self.shown
        return shown.check if isinstance(shown, PostInbox) else shown.pane

    def _show_opener(self) -> None:
        self._about.setVisible(self.shown.parts.has_folded(self._side()))

    @property
    def shown(self) -> PostPart:
        """The part that is looked at."""
        match self.tabs.key:
            case "inbox":
                return self.inbox
            case "gallery":
                return self.gallery
            case "rights":
                return self.rights
        return self.log

    def panes(self) -> list[QWidget]:
        return [self.tabs, *self.shown.panes()]

    def focus_main(self) -> None:
        self.shown.focus_main()

    def focus_filter(self) -> None:
        self.tabs.choose(_LOG)
        self.log.focus_filter()

    def show_log(self) -> None:
        """Turn to the log."""
        self.tabs.choose(_LOG)

    def show_row(self, row_id: int) -> None:
        if row_id > 0:
            self._is_chosen = True
            self.tabs.choose(_LOG)
            self.log.show_row(row_id)

    def refresh(self) -> None:
        self.desk.runner.read(lambda _: count_tabs(), then=self._show, replaces="posts counted")

    def on_changed(self, changes: Changes, initiator: object) -> None:
        super().on_changed(changes, initiator)
        for part in self._made:
            part.on_changed(changes, initiator)
        if changes.touches("permission", "permission_use", "quote", "disclosure_check", "letter"):
            for part in self._made:
                if isinstance(part, PostLog):
                    part.pane.block.show_again()

    def _show(self, counts: PostCounts) -> None:
        self._stack.setCurrentIndex(0 if counts.log or counts.inbox else 1)
        for key, count in ((_INBOX, counts.inbox), (_LOG, counts.log), (_GALLERY, counts.gallery),
                           (_RIGHTS, counts.rights)):  # fmt: skip
            self.tabs.set_count(key, count)
        if not self._is_chosen:
            # What waits comes first; where nothing does, the log is what one comes for.
            self.tabs.choose(_INBOX if counts.inbox else _LOG)
            self._is_chosen = True
            self.make_later("_log_ahead", "gallery", "rights")

    @cached_property
    def _log_ahead(self) -> PostLog:
        """The log, read before anybody turns to it."""
        self.log.read_ahead()
        return self.log

    def _show_in_log(self, place: str, show: Callable[[PostLog], None]) -> None:
        """Show something in the log, which is made for it where it is not there yet to hear of it by itself."""
        if place == "posts":
            was_there = any(isinstance(part, PostLog) for part in self._made)
            self.tabs.choose(_LOG)
            if not was_there:
                show(self.log)

    def _turn(self, _key: str) -> None:
        self._is_chosen = True
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._shown.setCurrentWidget(self.shown)
        self._show_opener()
        if had_focus:
            self.focus_main()

    def _add(self) -> None:
        self.desk.ask("post", None)

    def _find_now(self) -> None:
        """Look through all feeds that are due; what they say waits in the inbox."""
        desk = self.desk

        def work(store: Store, job: Job) -> RoundDone:
            def keep(result: FeedResult) -> int:
                found: int = desk.runner.write_within(lambda writer: keep_result(writer, result))[0]
                return found

            return run_round(plan_round(store), keep, job, trusted())

        desk.runner.run(Job("Finding posts"), work, calls=True,
                        then=lambda done: desk.tell(told_of_round(desk.words, done)))  # fmt: skip
