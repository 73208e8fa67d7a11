"""Not now, ask in autumn: from which day someone may be asked again, of anything or about one title."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.services.asking import day_of, days_of, offers, put_off
from outreach.services.people import show_person
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.widgets.forms import FieldSpec, Form

_ANYTHING, _OWN = "0", "own"


def later_dialog(desk: Desk, parent: QWidget, person_id: int) -> None:
    """Note a day, change it, or take it off."""
    say, words = desk.say, desk.words
    known = {str(each.gift_id or _ANYTHING): each for each in days_of(person_id)}
    name = str(show_person(desk.store, person_id).values["name"])
    about = [(key, each.title or say("Anything")) for key, each in known.items()]
    days = [
        ("", say("No day")),
        *((day, f"{words.term('asking', choice)}, {words.day(day)}") for choice, day in offers(desk.today)),
        (_OWN, say("Another day")),
    ]

    def is_day(text: str) -> str:
        chosen = form.values() if form is not None else {}
        is_right = chosen.get("when") != _OWN or bool(day_of(text, desk.today))
        return "" if is_right else say("Write a day to come, like 1 March or in 6 weeks")

    form: Form | None = None
    form = Form(
        desk.theme,
        [
            FieldSpec("about", say("About"), choices=about, wide=True),
            FieldSpec("when", say("Ask again"), choices=days),
            FieldSpec("own", say("Another day"), say("1 March, in 6 weeks"), check=is_day),
        ],
    )
    made = form

    def fill(key: str) -> None:
        """Show the day that is noted of what is chosen."""
        day = known[key].day
        offered = {value for value, _ in days}
        when = day if day in offered else _OWN if day else ""
        made.set_values({"about": key, "when": when, "own": words.day(day) if when == _OWN else ""})

    def left(key: str, value: str) -> None:
        if key == "about":
            fill(value)
        elif key == "own" and value:
            made.set_values({**made.values(), "when": _OWN})

    form.left.connect(left)
    fill(next((key for key, each in known.items() if each.day), _ANYTHING))

    def work(store: Store, values: Mapping[str, str]) -> Changes:
        on = values["own"] if values["when"] == _OWN else values["when"]
        gift = known[values["about"]].gift_id
        return put_off(store, people=[] if gift else [person_id], gifts=[gift] if gift else [], on=on)

    text = say("Until then nobody asks them, and Match leaves them out. On that day Today says so.")
    FormDialog(desk, parent, say("When may {name} be asked again?", name=name), form, say("Save"), work, text=text,
               told=say("Noted when to ask again"))  # fmt: skip
