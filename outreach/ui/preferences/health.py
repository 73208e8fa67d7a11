"""Check and repair: looking the workspace through, and what to do about what is found."""

from shiboken6 import isValid

from outreach.jobs import Job
from outreach.services.workspaces.workspaces import check
from outreach.store.checking import Finding
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.preferences.section import Section
from outreach.ui.widgets.basics import Button, column, line
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.notices import Note


class HealthSection(Section):
    """Whether anything is wrong with this workspace."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        say, theme = desk.say, desk.theme
        self.check = Button(theme, say("Check now"), "primary", "shield-check")
        self.mend = Button(theme, say("Put a backup back…"), "default", "undo-2")
        self.mend.hide()
        self.check.clicked.connect(self._check)
        self.mend.clicked.connect(lambda: self.wished.emit("backups"))
        self.found = column(spacing=8)
        self.sound = Paragraph(theme, "", "body", "ink")
        self.sound.hide()
        self._advice = Paragraph(theme, say("A backup from before it went wrong mends it: what is there now is kept "
                                            "beside it."), "body", "ink2")  # fmt: skip
        self._advice.hide()
        text = say("Looks through every row: whether the file is whole, whether everything that belongs together is "
                   "there, and whether copies and gifts add up. Nothing is changed by it.")  # fmt: skip
        buttons = line(self.check, self.mend, None)
        self.lay_out(say("Check and repair"), text, buttons, 14, self.sound, self.found, 8, self._advice)

    def focus_first(self) -> None:
        self.check.setFocus()

    def _check(self) -> None:
        desk = self.desk

        def work(store: Store, job: Job) -> list[Finding]:
            return check(store, job)

        def failed(error: Exception) -> None:
            if isValid(self):
                self._end()
                self.mend.show()
            self.fail(error)

        self.check.setEnabled(False)
        self.show_trouble("")
        job = Job("Checking the workspace")
        desk.runner.run(job, work, then=self._tell, failed=failed)
        desk.runner.jobs_changed.connect(self._end_of_job)

    def _end_of_job(self) -> None:
        if isValid(self) and not any(job.label == "Checking the workspace" for job in self.desk.runner.jobs):
            self._end()

    def _end(self) -> None:
        self.check.setEnabled(True)

    def _tell(self, findings: list[Finding]) -> None:
        desk, words = self.desk, self.desk.words
        told = words.trn("{number} thing is not as it should be", "{number} things are not as they should be",
                         len(findings)) if findings else self.say("Nothing is wrong")  # fmt: skip
        if not (isValid(self) and self.isVisible()):
            desk.tell(told)
            return
        desk.announce(told)
        self._end()
        while self.found.count():
            item = self.found.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for each in findings:
            self.found.addWidget(Note(desk.theme, words.count(each.code, each.count, detail=each.detail), "bad"))
        self.sound.set_text(f"{told}.")
        self.sound.show()
        self._advice.setVisible(bool(findings))
        self.mend.setVisible(bool(findings))
        self.sized.emit()
