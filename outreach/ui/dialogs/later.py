"""Not now, ask in autumn: from which day someone may be asked again, of anything or about one title."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.services.people.asking import Later, day_of, days_of, offers, put_off
from outreach.services.people.people import show_person
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.widgets.forms import FieldSpec, Form

_ANYTHING, _OWN = "0", "own"


class LaterForm(Form):
    """About what, and from which day on: one of those that are offered, or one's own."""

    def __init__(self, desk: Desk, known: Mapping[str, Later]) -> None:
        say, words = desk.say, desk.words
        self._known = known
        self._words = words
        self._days = [
            ("", say("No day")),
            *((day, f"{words.term('asking', choice)}, {words.day(day)}") for choice, day in offers(desk.today)),
            (_OWN, say("Another day")),
        ]
        about = [(key, each.title or say("Anything")) for key, each in known.items()]

        def is_day(text: str) -> str:
            is_right = self.values()["when"] != _OWN or bool(day_of(text, desk.today))
            return "" if is_right else say("Write a day to come, like 1 March or in 6 weeks")

        super().__init__(
            desk.theme,
            [
                FieldSpec("about", say("About"), choices=about, wide=True),
                FieldSpec("when", say("Ask again"), choices=self._days),
                FieldSpec("own", say("Another day"), say("1 March, in 6 weeks"), check=is_day),
            ],
        )
        self.left.connect(self._left)
        self._fill(next((key for key, each in known.items() if each.day), _ANYTHING))

    def _fill(self, key: str) -> None:
        """Show the day that is noted of what is chosen."""
        day = self._known[key].day
        when = day if day in {value for value, _ in self._days} else _OWN if day else ""
        self.set_values({"about": key, "when": when, "own": self._words.day(day) if when == _OWN else ""})

    def _left(self, key: str, value: str) -> None:
        if key == "about":
            self._fill(value)
        elif key == "own" and value:
            self.set_values({**self.values(), "when": _OWN})


def later_dialog(desk: Desk, parent: QWidget, person_id: int) -> None:
    """Note a day, change it, or take it off."""
    say = desk.say
    known = {str(each.gift_id or _ANYTHING): each for each in days_of(person_id)}
    name = str(show_person(desk.store, person_id).values["name"])

    def work(store: Store, values: Mapping[str, str]) -> Changes:
        on = values["own"] if values["when"] == _OWN else values["when"]
        gift = known[values["about"]].gift_id
        return put_off(store, people=[] if gift else [person_id], gifts=[gift] if gift else [], on=on)

    text = say("Until then nobody asks them, and Match leaves them out. On that day Today says so.")
    title = say("When may {name} be asked again?", name=name)
    told = say("Noted when to ask again")
    FormDialog(desk, parent, title, LaterForm(desk, known), say("Save"), work, text=text, told=told)
