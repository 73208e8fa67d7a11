"""You and your organisation: who signs the letters, and the initials that are kept with what is logged."""

from outreach.fields.email import parse_email
from outreach.services.drafting.senders import change_sender, sender
from outreach.services.letters.language import languages
from outreach.settings import load
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.preferences.section import Section
from outreach.ui.widgets.forms import FieldSpec, Form
from outreach.wording.catalogues import named

_INITIALS = "initials"
_NAMES = ("name", "email", "organisation", "postal_address", "country", "signature", "language")


def sender_fields(desk: Desk) -> list[FieldSpec]:
    """The fields of who signs the letters of a workspace."""
    say = desk.say

    def is_email(text: str) -> str:
        return "" if not text or parse_email(text) is not None else say("Write it like maya@example.org")

    return [
        FieldSpec("name", say("Your name"), check=lambda text: "" if text else say("Letters are signed with it")),
        FieldSpec("email", say("Your e-mail address, where answers go"), "you@house.example", check=is_email),
        FieldSpec("organisation", say("Your house"), wide=True),
        FieldSpec("postal_address", say("Its postal address, which stands below every letter"), lines=3, wide=True),
        FieldSpec("country", say("You post from")),
        FieldSpec("signature", say("What stands below your name")),
        FieldSpec("language", say("Letters are written in"), choices=named(languages())),
    ]


def sender_values() -> dict[str, str]:
    """Who signs the letters now, by the names of the fields."""
    who = sender()
    return {name: getattr(who, name) for name in _NAMES}


class HouseSection(Section):
    """You and your organisation."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        say = desk.say
        fields = [*sender_fields(desk), FieldSpec(_INITIALS, say("Your initials, kept with what you log"), "HO")]
        self.form = Form(desk.theme, fields, {**sender_values(), _INITIALS: load(desk.home).initials})
        self.form.left.connect(self._save)
        self.form.resized.connect(self.sized)
        text = say("This belongs to the workspace and signs its letters. Only the initials belong to this computer.")
        self.lay_out(say("You and your house"), text, self.form)

    def focus_first(self) -> None:
        self.form.focus_first()

    def leave(self) -> None:
        self.form.leave()

    def _save(self, key: str, value: str) -> None:
        if key == _INITIALS:
            self.keep(_INITIALS, value)
            self.desk.store.by = value
            return

        def work(store: Store) -> object:
            return change_sender(store, **{key: value})

        self.write(work)
