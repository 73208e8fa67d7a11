"""The first page of an empty workspace: look around a sample, import a list, or start empty."""

from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.sample import look_around
from outreach.ui.widgets.basics import Button, column
from outreach.ui.widgets.cards import Step
from outreach.ui.widgets.lists import EmptyState


class WelcomePage(Page):
    """Shown until there is anything to show."""

    tables = ()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, say = desk.theme, desk.say
        self.sample = Button(theme, say("Look around a sample"), "primary", "sun")
        self.import_ = Button(theme, say("Import a list"), "default", "download")
        self.empty = Button(theme, say("Start empty"), "link", height=28)
        first = EmptyState(
            theme, "armchair", say("The right book, in the right hands"),
            say("Gifts with nothing asked in return, and what comes of them. Your data stays on this computer."),
            self.sample, self.import_, link=self.empty,
            steps=(
                Step("users", say("Bring your people"), say("Any spreadsheet or contacts")),
                Step("puzzle", say("Match a title"), say("See who would enjoy it, and why")),
                Step("feather", say("Write, send, notice"), say("You approve each letter yourself")),
            ),
        )  # fmt: skip
        self.setLayout(column(first))
        self.sample.clicked.connect(self._make_sample)
        self.import_.clicked.connect(lambda: desk.ask("import", "people"))
        self.empty.clicked.connect(lambda: desk.go("today"))

    def refresh(self) -> None:
        """There is nothing to read."""

    def focus_main(self) -> None:
        self.sample.setFocus()

    def _make_sample(self) -> None:
        self.sample.setEnabled(not look_around(self.desk, self._failed))

    def _failed(self, error: Exception) -> None:
        self.sample.setEnabled(True)
        self.desk.ask("trouble", error)
