"""The files that go with a letter: what they are, and what a menu offers to attach one or take one off."""

from PySide6.QtWidgets import QWidget

from outreach.services.drafting.attachments import LetterFile, attach, chosen_for, detach, files_of
from outreach.services.letters.templates import LetterKind
from outreach.services.pages.letters import Recipient
from outreach.ui.desk import Desk
from outreach.ui.widgets.basics import Painted, column, line
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.menus import Menu

_KB = 1024


class LetterFiles(QWidget):
    """What goes with the letter that is read; nothing is seen where nothing does.

    Attributes:
        kind: Which letters about a title are read.
        files: What goes with this one.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        theme = desk.theme
        self._item_id = self._person_id = -1
        self.kind = LetterKind.PITCH
        self._name = ""
        self._is_fixed = False
        self.files: list[LetterFile] = []
        sign = Painted(theme, lambda canvas, _, high: canvas.icon("paperclip", 0, high / 2, 14, "ink3"), 18, 20)
        self._names = Paragraph(theme, "", "small", "ink2")
        row = line(column(sign, None), self._names, spacing=2)
        row.setStretch(1, 1)
        self.setLayout(row)
        self.hide()

    def show_for(self, item_id: int, row: Recipient | None) -> None:
        """Show what goes with someone's letter: what it took when it was approved, or what is chosen for it."""
        self._item_id, self._person_id = item_id, row.id if row is not None else -1
        self._name = row.person.name if row is not None else ""
        self._is_fixed = row is not None and row.approved is not None
        if row is None or item_id < 0:
            self.files = []
        elif self._is_fixed and row.letter_id is not None:
            self.files = files_of(row.letter_id)
        else:
            self.files = [each for each in chosen_for(item_id, self.kind.value) if each.person_id in (None, row.id)]
        self._names.set_text(", ".join(map(self._say, self.files)))
        self.setVisible(bool(self.files))

    def _say(self, file: LetterFile) -> str:
        return self._desk.say("{file} ({size} kB)", file=file.name, size=self._desk.words.number(-(-file.size // _KB)))

    def offer(self, menu: Menu) -> None:
        """Put into a menu what can be done about files."""
        say = self._desk.say
        one = menu.addAction(say("Attach a file to the letter to {name}", name=self._name.replace("&", "&&")))
        one.setEnabled(not self._is_fixed)
        one.triggered.connect(lambda: self.attach(self._person_id))
        every = menu.addAction(say("Attach a file to all letters about this title"))
        every.triggered.connect(lambda: self.attach(None))
        for each in () if self._is_fixed else self.files:
            act = menu.addAction(say("Take off {file}", file=each.name.replace("&", "&&")))
            act.triggered.connect(lambda _=False, file=each: self._detach(file))

    def attach(self, person_id: int | None) -> None:
        """Ask for a file, and attach it to someone's letter or to all that are not approved yet."""
        desk, item, kind = self._desk, self._item_id, self.kind.value
        path = desk.files.to_open(self, desk.say("File to attach"), desk.say("All files (*)"))
        if path is not None:
            told = desk.say("Attached {file}", file=path.name)
            desk.write(lambda store: attach(store, item, path, kind=kind, person_id=person_id), told)

    def _detach(self, file: LetterFile) -> None:
        desk = self._desk
        desk.write(lambda store: detach(store, file.id), desk.say("Took off {file}", file=file.name))
