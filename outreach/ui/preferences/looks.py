"""Appearance: language, colours, size, how close the rows of lists stand, whether anything moves.

All but the language is in force at once.
"""

from outreach.paths import resource
from outreach.settings import load
from outreach.ui.desk import Desk
from outreach.ui.preferences.section import Section
from outreach.ui.theme import TEXT_SIZES
from outreach.ui.widgets.forms import FieldSpec, Form
from outreach.wording.catalogues import spoken

_NAMES = ("language", "theme", "text_size", "density", "motion", "contrast")


class LooksSection(Section):
    """How the program looks on this computer."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        say, now = desk.say, load(desk.home)
        names = {"90": say("Small"), "100": say("Normal"), "115": say("Large"), "130": say("Larger")}
        sizes = [("" if size == "100" else size, f"{names[size]}, {size}%") for size in TEXT_SIZES]
        system = ("", say("As the system"))
        languages = [("", say("As the computer")), *spoken(resource("i18n"))]
        if now.language not in dict(languages):
            languages.append((now.language, now.language))
        self.form = Form(
            desk.theme,
            [
                FieldSpec("language", say("Language"), choices=languages),
                FieldSpec("theme", say("Colours"), choices=[system, ("light", say("Light")), ("dark", say("Dark"))]),
                FieldSpec("text_size", say("Text"), choices=sizes),
                FieldSpec("density", say("Lists"), choices=[("", say("Two lines a row")),
                                                            ("compact", say("Compact, one line a row"))]),
                FieldSpec("motion", say("Motion"), choices=[system, ("on", say("What opens fades in")),
                                                            ("off", say("Nothing moves"))]),
                FieldSpec("contrast", say("Contrast"), choices=[system, ("normal", say("Normal")),
                                                                ("high", say("High"))]),
            ],
            {name: getattr(now, name) for name in _NAMES},
        )  # fmt: skip
        self.form.left.connect(self._save)
        self.lay_out(
            say("Appearance"),
            say("These belong to this computer. Another language is spoken from the next start on."),
            self.form,
        )

    def focus_first(self) -> None:
        self.form.focus_first()

    def _save(self, key: str, value: str) -> None:
        values, theme = self.form.values(), self.desk.theme
        if key in ("density", "motion"):
            theme.behave(density=values["density"], motion=values["motion"])
        elif key != "language":
            theme.look(values["theme"], values["text_size"], values["contrast"])
        self.keep(key, value)
        self.sized.emit()
