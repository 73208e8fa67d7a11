"""Letters: the merge, the templates, the outbox, and the answers."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.changes import Changes
from outreach.ui.actions import bind
from outreach.ui.courier import Courier
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.letter_history import HistoryView
from outreach.ui.pages.letter_merging import MergeView
from outreach.ui.pages.letter_outbox import OutboxView
from outreach.ui.pages.letter_replies import REPLY_ACTS, RepliesView
from outreach.ui.pages.letter_templates import TemplatesView
from outreach.ui.widgets.basics import Rule, column, line
from outreach.ui.widgets.tabs import Tabs

#: What letters are made from; another write changes how far they are, and not what they say.
_FACTS = ("gift", "person", "email_address", "letter_template", "workspace_setting", "item", "address", "suppression",
          "post", "kept_fact", "edition", "taste_evidence", "account", "review_policy", "policy_rule")  # fmt: skip


_Made = TypeVar("_Made", TemplatesView, OutboxView, RepliesView, HistoryView)


class LettersPage(Page):
    """Letters, from whom they are for to what came back."""

    tables = (*_FACTS, "letter", "campaign", "attachment", "outbox", "reply", "bounce")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self._anew = True
        self.courier = Courier(desk, self)
        self.merging = MergeView(desk, self.courier)
        self._made: list[TemplatesView | OutboxView | RepliesView | HistoryView] = []
        self.tabs = Tabs(theme, [("merge", say("Merge")), ("templates", say("Templates")), ("outbox", say("Outbox")),
                                 ("replies", say("Answers")), ("history", say("History"))])  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(self.merging)
        head = self.header(say("Letters"), None, *self.merging.openers, *self.merging.acts)
        head.setMinimumHeight(head.sizeHint().height())  # it stays when they go
        body = column(head, line(self.tabs, margins=(24, 0, 20, 0)), Rule(theme), self._stack)
        body.setStretch(3, 1)
        self.setLayout(body)
        self._connect()

    def _connect(self) -> None:
        merging = self.merging
        self.tabs.chosen.connect(lambda _: self._turn())
        merging.write_template.clicked.connect(self._write_template)
        merging.emptied.connect(self._show_acts)
        merging.pane.openings_wanted.connect(merging.choose_opening)
        merging.counted.connect(lambda number: self.tabs.set_count("merge", number))
        # What is made later is asked for when its key is pressed.
        acts: dict[str, dict[str, Callable[[], object]]] = {
            "merge": {"approve": merging.approve, "line": merging.pane.focus_first, "edit": merging.edit_person,
                      "export": merging.save_drafts, "primary": merging.send, "paste": merging.paste,
                      "openings": merging.choose_opening},
            "templates": {"primary": lambda: self.templates.save(),
                          "insert_fact": lambda: self.templates.insert_fact()},
            "outbox": {"primary": lambda: self.outbox.send_waiting()},
            "replies": {**{name: partial(self._answer, name) for name in REPLY_ACTS}, "fetch_mail": self.courier.fetch},
            "history": {},
        }  # fmt: skip
        for name in dict.fromkeys(name for tab in acts.values() for name in tab):
            bind(self, name, lambda name=name: acts[self.tabs.key].get(name, lambda: None)())  # type: ignore[misc]

    @cached_property
    def templates(self) -> TemplatesView:
        """What letters are made from."""
        made = TemplatesView(self.desk)
        made.counted.connect(lambda number: self.tabs.set_count("templates", number))
        return self._take(made)

    @cached_property
    def outbox(self) -> OutboxView:
        """What waits to be sent, and what was."""
        made = OutboxView(self.desk, self.courier)
        made.counted.connect(lambda number: self.tabs.set_count("outbox", number))
        return self._take(made)

    @cached_property
    def replies(self) -> RepliesView:
        """What came back."""
        made = RepliesView(self.desk, self.courier)
        made.counted.connect(lambda number: self.tabs.set_count("replies", number))
        return self._take(made)

    @cached_property
    def history(self) -> HistoryView:
        """All letters there were."""
        return self._take(HistoryView(self.desk))

    def _take(self, made: _Made) -> _Made:
        """Put a part beside the others, and have it read what it shows."""
        self._stack.addWidget(made)
        self._made.append(made)
        made.refresh()
        return made

    def _answer(self, name: str) -> object:
        return self.replies.acts[name]()

    @property
    def _view(self) -> MergeView | TemplatesView | OutboxView | RepliesView | HistoryView:
        """The part that is shown."""
        match self.tabs.key:
            case "templates":
                return self.templates
            case "outbox":
                return self.outbox
            case "replies":
                return self.replies
            case "history":
                return self.history
        return self.merging

    def panes(self) -> list[QWidget]:
        return [self.tabs, *self._view.panes()]

    def focus_main(self) -> None:
        self._view.focus_main()

    def show_row(self, row_id: int) -> None:
        if row_id > 0:
            self.tabs.choose("merge")
            self.merging.show_title(row_id)

    def on_changed(self, changes: Changes, initiator: object) -> None:
        self._anew = self._anew or changes.touches(*_FACTS)
        super().on_changed(changes, initiator)

    def refresh(self) -> None:
        self.merging.refresh(anew=self._anew)
        self._anew = False
        for each in self._made:
            each.refresh()
        if not self._made:
            self.make_later("outbox", "replies", "templates", "history")

    def _turn(self) -> None:
        self._stack.setCurrentWidget(self._view)
        self._show_acts()
        self.focus_main()

    def _show_acts(self) -> None:
        is_merge = self.tabs.key == "merge"
        for each in self.merging.acts:
            each.setVisible(is_merge and not self.merging.is_empty and self.merging.offers(each))
        for each, part in zip(self.merging.openers, self.merging.parts(), strict=True):
            each.setVisible(is_merge and part)

    def _write_template(self) -> None:
        self.templates.open_named(self.merging.merge.template)
        self.tabs.choose("templates")
