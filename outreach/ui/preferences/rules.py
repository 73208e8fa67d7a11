"""Data rules: where tiers begin, when an address is asked for again, what is enough, how long is long ago."""

from collections.abc import Callable

from outreach.errors import KnownError
from outreach.services.workspaces.data_rules import LIMITS, change_rule, count_of_long_ago, data_rules, first_rules
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.preferences.section import Section, Title
from outreach.ui.widgets.basics import Button, Label, line
from outreach.ui.widgets.forms import FieldSpec, Form


class RulesSection(Section):
    """What this workspace goes by."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        say, theme, first = desk.say, desk.theme, first_rules()
        labels = {
            "confirm_months": say("Months until an address is asked for again"),
            "enough_gifts": say("Gifts in {days} days that are enough for now", days=first.enough_days),
            "keep_months": say("Months without a word until you are reminded"),
            "micro": say("Followers from which micro begins"),
            "mid": say("Followers from which mid begins"),
            "macro": say("Followers from which macro begins"),
        }
        self.form = Form(
            theme,
            [FieldSpec(name, label, desk.words.number(getattr(first, name)), check=self._number(name))
             for name, label in labels.items()],
            self._values(),
        )  # fmt: skip
        self.form.left.connect(self._save)
        self.form.resized.connect(self.sized)
        self.long_ago = Label(theme, "", "body", "ink2", wrap=True)
        self.show_them = Button(theme, say("Show them"))
        self.show_them.clicked.connect(self._show_them)
        self.show_them.hide()
        row = line(self.long_ago, self.show_them, spacing=12)
        row.setStretch(0, 1)
        text = say("These belong to the workspace. Followers are context: nobody is ranked by them. Nothing is ever "
                   "deleted by itself.")  # fmt: skip
        self.lay_out(say("Data rules"), text, self.form, 14, Title(desk, say("Kept for long")), 4, row)
        self._count()

    def focus_first(self) -> None:
        self.form.focus_first()

    def leave(self) -> None:
        self.form.leave()

    def _values(self) -> dict[str, str]:
        now = data_rules()
        return {name: self.desk.words.number(getattr(now, name)) for name in LIMITS}

    def _number(self, name: str) -> Callable[[str], str]:
        low, high = LIMITS[name]

        def check(text: str) -> str:
            plain = "".join(each for each in text if each.isalnum() or each in "-.")
            is_right = not text or (plain.isdecimal() and low <= int(plain) <= high)
            return "" if is_right else self.say("Write a number from {low} to {high}", low=low, high=high)

        return check

    def _save(self, key: str, value: str) -> None:
        kept = "".join(each for each in value if each.isdecimal())

        def work(store: Store) -> object:
            return change_rule(store, key, kept)

        def failed(error: Exception) -> None:
            self.form.set_values(self._values())
            self.fail(error)

        def done(_: object) -> None:
            self.show_trouble("")
            self.form.set_values(self._values())
            self._count()

        self.desk.write(work, then=self.alive(done), failed=self.alive(failed, else_tell=True))

    def alive(self, act: Callable[..., None], *, else_tell: bool = False) -> Callable[..., None]:
        """Something to do with a result if this is still there; what went wrong is told anyway."""
        from shiboken6 import isValid

        def do(result: object) -> None:
            if isValid(self):
                act(result)
            elif else_tell and isinstance(result, KnownError):
                self.desk.ask("trouble", result)

        return do

    def _count(self) -> None:
        self.desk.runner.read(count_of_long_ago, then=self.alive(self._tell), replaces="long ago")

    def _tell(self, number: int) -> None:
        words, months = self.desk.words, data_rules().keep_months
        none = words.trn("There is nobody of whom nothing was noted for {number} month.",
                         "There is nobody of whom nothing was noted for {number} months.", months)  # fmt: skip
        some = words.trn("Of {number} person nothing was noted for so long. Look whether you still need to keep them.",
                         "Of {number} people nothing was noted for so long. Look whether you still need to keep them.",
                         number)  # fmt: skip
        self.long_ago.setText(some if number else none)
        self.show_them.setVisible(bool(number))
        self.sized.emit()

    def _show_them(self) -> None:
        self.done.emit()
        self.desk.show_filtered("people", "long_ago")
