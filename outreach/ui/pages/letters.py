"""Letters: the merge, the templates, the outbox, and the answers."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach.changes import Changes
from outreach.ui.actions import bind
from outreach.ui.courier import Courier
from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.letter_history import HistoryView
from outreach.ui.pages.letter_merging import MergeView
from outreach.ui.pages.letter_outbox import OutboxView
from outreach.ui.pages.letter_replies import RepliesView
from outreach.ui.pages.letter_templates import TemplatesView
from outreach.ui.widgets.basics import Rule, column, line
from outreach.ui.widgets.tabs import Tabs

#: What letters are made from; another write changes how far they are, and not what they say.
_FACTS = ("gift", "person", "email_address", "letter_template", "workspace_setting", "item", "address", "suppression",
          "post", "kept_fact", "edition", "taste_evidence", "account", "review_policy", "policy_rule")  # fmt: skip


class _View(Protocol):
    def panes(self) -> list[QWidget]: ...
    def focus_main(self) -> None: ...


class LettersPage(Page):
    """Letters, from whom they are for to what came back."""

    tables = (*_FACTS, "letter", "campaign", "attachment", "outbox", "reply", "bounce")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self._anew = True
        self.courier = Courier(desk, self)
        self.merging = MergeView(desk, self.courier)
        self.templates = TemplatesView(desk)
        self.outbox = OutboxView(desk, self.courier)
        self.replies = RepliesView(desk, self.courier)
        self.history = HistoryView(desk)
        views: dict[str, QWidget] = {"merge": self.merging, "templates": self.templates, "outbox": self.outbox,
                                     "replies": self.replies, "history": self.history}  # fmt: skip
        self._places = views
        self.tabs = Tabs(theme, [("merge", say("Merge")), ("templates", say("Templates")), ("outbox", say("Outbox")),
                                 ("replies", say("Answers")), ("history", say("History"))])  # fmt: skip
        self._stack = QStackedWidget()
        for view in views.values():
            self._stack.addWidget(view)
        head = self.header(say("Letters"), None, *self.merging.openers, *self.merging.acts)
        head.setMinimumHeight(head.sizeHint().height())  # it stays when they go
        body = column(head, line(self.tabs, margins=(24, 0, 20, 0)), Rule(theme), self._stack)
        body.setStretch(3, 1)
        self.setLayout(body)
        self._connect()

    def _connect(self) -> None:
        merging, replies = self.merging, self.replies
        self.tabs.chosen.connect(lambda _: self._turn())
        merging.write_template.clicked.connect(self._write_template)
        merging.emptied.connect(self._show_acts)
        merging.pane.openings_wanted.connect(merging.choose_opening)
        self.outbox.counted.connect(lambda number: self.tabs.set_count("outbox", number))
        replies.counted.connect(lambda number: self.tabs.set_count("replies", number))
        self.templates.counted.connect(lambda number: self.tabs.set_count("templates", number))
        merging.counted.connect(lambda number: self.tabs.set_count("merge", number))
        acts: dict[str, dict[str, Callable[[], object]]] = {
            "merge": {"approve": merging.approve, "line": merging.pane.focus_first, "edit": merging.edit_person,
                      "export": merging.save_drafts, "primary": merging.send, "paste": merging.paste,
                      "openings": merging.choose_opening},
            "templates": {"primary": self.templates.save, "insert_fact": self.templates.insert_fact},
            "outbox": {"primary": self.outbox.send_waiting},
            "replies": {**replies.acts, "fetch_mail": self.courier.fetch},
            "history": {},
        }  # fmt: skip
        for name in dict.fromkeys(name for tab in acts.values() for name in tab):
            bind(self, name, lambda name=name: acts[self.tabs.key].get(name, lambda: None)())  # type: ignore[misc]

    @property
    def _view(self) -> _View:
        """The part that is shown."""
        views: dict[str, _View] = {"merge": self.merging, "templates": self.templates, "outbox": self.outbox,
                                   "replies": self.replies, "history": self.history}  # fmt: skip
        return views[self.tabs.key]

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
        self.outbox.refresh()
        self.replies.refresh()
        self.templates.refresh()
        self.history.refresh()

    def _turn(self) -> None:
        self._stack.setCurrentWidget(self._places[self.tabs.key])
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
