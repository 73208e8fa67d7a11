"""The letter of a campaign's week: read it, then draft it to the client, or write it to oneself."""

from PySide6.QtWidgets import QWidget

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.campaigns import week as service
from outreach.services.campaigns.week import Week
from outreach.services.drafting.drafts import Drafted, draft_letters
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.dialogs.picks import labelled, person_pick
from outreach.ui.widgets.basics import Button, column
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.lists import scrolled
from outreach.wording.week import week_text

_HIGH, _WIDE = 300, 640


class WeekDialog(Dialog):
    """What happened within a week, as it will stand in the letter, and to whom."""

    def __init__(self, desk: Desk, parent: QWidget, campaign_id: int) -> None:
        theme, say = desk.theme, desk.say
        self._desk, self._campaign = desk, campaign_id
        self.week: Week = service.week_of(desk.store, campaign_id)
        self.text = week_text(desk.words, self.week)
        self.to = person_pick(desk, None)
        shown = Paragraph(theme, self.text, "letter", "ink")
        area = scrolled(shown)
        area.setFixedHeight(min(theme.px(_HIGH), round(shown.height_at(theme.px(_WIDE - 60))) + 8))
        body = QWidget()
        body.setLayout(column(area, 14, labelled(desk, (say("To, such as the client"), self.to))))
        cancel = Button(theme, say("Cancel"))
        own = Button(theme, say("To yourself, as a file"), "default", "download")
        self.go = Button(theme, say("Draft it"), "primary", "feather", "Enter")
        text = say("Gifts, what was agreed in kind and what was paid stand apart. A draft waits in Letters until you "
                   "approve it.")  # fmt: skip
        super().__init__(theme, parent, say("The week of {name}", name=self.week.facts.name), text, body, cancel, own,
                         self.go, width=_WIDE)  # fmt: skip
        cancel.clicked.connect(self.close_overlay)
        own.clicked.connect(self.to_oneself)
        self.go.clicked.connect(self.draft)

    def draft(self) -> None:
        """Keep it as a draft to the person who was chosen."""
        desk, person = self._desk, self.to.row_id
        if person <= 0:
            self.show_trouble(desk.say("Choose to whom it goes, or write it to yourself"))
            return
        week, text = self.week, self.text

        def work(store: Store, job: Job) -> Drafted:
            service.prepare(store)
            return draft_letters(store, service.week_order(week, person, text), job=job)

        def done(drafted: Drafted) -> None:
            for problem in drafted.problems:
                self.show_trouble(desk.words.say(problem.code, **problem.facts))
                return
            self.close_overlay()
            desk.tell(desk.say("Drafted the letter. It waits in Letters for your approval"), undoable=True)

        desk.runner.run(Job("Drafting the letter"), work, writes=True, then=self.still(done), failed=self._failed)

    def to_oneself(self) -> None:
        """Write it to oneself, as a file that the mail program opens."""
        desk = self._desk
        path = desk.files.to_save(self, desk.say("The letter to yourself"), f"{self.week.facts.name}.eml")
        if path is None:
            return
        week, text = self.week, self.text

        def work(store: Store, job: Job) -> str:
            service.prepare(store)
            service.write_message(store, service.own_letter(week, text, job), path)
            return path.name

        def done(file: str) -> None:
            self.close_overlay()
            desk.tell(desk.say("Wrote {file}", file=file))

        desk.runner.run(Job("Writing the letter"), work, writes=True, then=self.still(done), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self.still(lambda: self.show_trouble(self._desk.sentence(error)))()
