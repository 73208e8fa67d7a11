"""Turning codes, stored values and facts into sentences of one language."""

import gettext
import os
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from outreach.errors import KnownError
from outreach.paths import resource
from outreach.wording import notes, reasons, sentences, terms
from outreach.wording.pseudo import LONGER, MIRRORED, Pseudo
from outreach.wording.troubles import SENTENCES as TROUBLES

_DOMAIN = "outreach"
_FALLBACK = "en_GB"
#: Days further off than this are told with their year.
_HALF_A_YEAR = 183


class Words:
    """The words of one language, for one user.

    Attributes:
        locale: Its locale, such as ``en_GB``.
    """

    def __init__(self, language: str = "") -> None:
        self.locale = (language or _system_locale()).replace("-", "_")
        languages = [self.locale, self.locale.split("_", maxsplit=1)[0]]
        self._catalogue: gettext.NullTranslations = Pseudo()
        if self.locale not in (LONGER, MIRRORED):
            self._catalogue = gettext.translation(_DOMAIN, resource("i18n"), languages, fallback=True)

    def trouble(self, error: KnownError, *, window: bool = False) -> str:
        """The sentence of a trouble: what, where, why, and what to do; in a window no command is named."""
        text = TROUBLES[error.code]
        if window:
            text = TROUBLES.get(f"{error.code}@window", text)
        return self._filled(text, error.facts)

    def say(self, code: str, **facts: Any) -> str:
        """A sentence of `outreach.wording.sentences`."""
        return self._filled(sentences.SENTENCES[code], facts)

    def count(self, code: str, number: int, **facts: Any) -> str:
        """A phrase that depends on a number, such as "3 people"."""
        one, many = sentences.COUNTED[code]
        text = self._catalogue.ngettext(one, many, number)
        return text.format(number=self.number(number), **self._shown(facts))

    def tr(self, text: str, **facts: Any) -> str:
        """A sentence of the window, which stands where it is shown, with its facts filled in."""
        return self._filled(text, facts)

    def trn(self, one: str, many: str, number: int, **facts: Any) -> str:
        """A sentence of the window that depends on a number."""
        text = self._catalogue.ngettext(one, many, number)
        return text.format(number=self.number(number), **self._shown(facts))

    def short_day(self, iso: str | None, today: date) -> str:
        """A day as people say it: "Yesterday", "19 Nov", "3 Mar 2027"."""
        if not iso or len(iso) != len("2027-03-03"):
            return self.day(iso)
        day = date.fromisoformat(iso)
        near = {0: "Today", 1: "Yesterday", -1: "Tomorrow"}.get((today - day).days)
        if near:
            return self._catalogue.gettext(near)
        if abs((today - day).days) > _HALF_A_YEAR:
            return self.day(iso)
        from babel.dates import format_date

        return str(format_date(day, "d MMM", locale=self._known_locale()))

    def long_day(self, day: date) -> str:
        """A day with its weekday, such as "Tuesday 24 November"."""
        from babel.dates import format_skeleton

        return str(format_skeleton("MMMMEEEEd", day, locale=self._known_locale()))

    def day_name(self, day: date) -> str:
        """The short name of a day of the week, such as "Thu"."""
        from babel.dates import format_date

        return str(format_date(day, "ccc", locale=self._known_locale()))

    def month_name(self, day: date) -> str:
        """The short name of a month, such as "Dec"."""
        from babel.dates import format_date

        return str(format_date(day, "LLL", locale=self._known_locale()))

    def note(self, code: str, facts: Mapping[str, Any]) -> str:
        """What an import has to say of one row."""
        return self._filled(notes.SENTENCES[code], facts)

    def reason(self, code: str, facts: Mapping[str, Any]) -> str:
        """Why a person fits an item, or why not."""
        return self._filled(reasons.SENTENCES[code], facts)

    def term(self, kind: str, value: str) -> str:
        """The shown word of a stored value, such as ``term("stage", "chosen")`` for "Planned"."""
        shown = terms.TERMS[kind].get(value)
        return self._catalogue.gettext(shown) if shown else value

    def number(self, number: int) -> str:
        """A whole number with the language's grouping, such as "1,200"."""
        if -1000 < number < 1000:
            return str(number)
        from babel.numbers import format_decimal

        return str(format_decimal(number, locale=self._known_locale()))

    def money(self, minor: int, currency: str) -> str:
        """An amount in minor units, such as "£12.50"."""
        from babel.numbers import format_currency

        from outreach.fields.numbers import from_minor

        return str(format_currency(from_minor(minor, currency), currency, locale=self._known_locale()))

    def day(self, iso: str | None) -> str:
        """A day, such as "3 Mar 2027"; partial days as far as they go."""
        if not iso:
            return ""
        from babel.dates import format_date, format_skeleton

        parts = iso.split("-") if not iso.startswith("-") else [iso]
        if len(parts) == 3:
            return str(format_date(date.fromisoformat(iso), "d MMM y", locale=self._known_locale()))
        if len(parts) == 2:
            month = date(int(parts[0]), int(parts[1]), 1)
            return str(format_skeleton("yMMM", month, locale=self._known_locale()))
        return iso

    def moment(self, iso: str | None) -> str:
        """A moment in the user's own time, such as "24 Nov 2026, 13:05"."""
        if not iso:
            return ""
        from babel.dates import format_datetime

        local = datetime.fromisoformat(iso).astimezone()
        return str(format_datetime(local, "d MMM y, HH:mm", locale=self._known_locale()))

    def clock(self, moment: datetime) -> str:
        """A time of day in the user's own time, such as "13:05"."""
        return f"{moment.astimezone():%H:%M}"

    def share(self, part: float) -> str:
        """A share of 1 as whole percent."""
        return f"{round(part * 100)}%"

    def listing(self, words: list[str], most: int = 5) -> str:
        """Some words with commas, and how many more there are."""
        if len(words) <= most:
            return ", ".join(words)
        return self.count("and_more", len(words) - most, words=", ".join(words[:most]))

    def _filled(self, text: str, facts: Mapping[str, Any]) -> str:
        return self._catalogue.gettext(text).format(**self._shown(facts))

    def _shown(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Numbers get their grouping; a fact named ``…_day`` is a day, a list is one of facts."""
        shown: dict[str, Any] = {}
        for name, value in facts.items():
            if isinstance(value, int) and not isinstance(value, bool) and name not in ("pid", "batch", "later", "row"):
                shown[name] = self.number(value)
            elif name.endswith("_day"):
                shown[name] = self.day(value)
            elif isinstance(value, list):
                shown[name] = ", ".join(self.term("fact", each) for each in value)
            else:
                shown[name] = value
        return shown

    def _known_locale(self) -> str:
        from babel import Locale, UnknownLocaleError

        try:
            Locale.parse(self.locale)
        except (UnknownLocaleError, ValueError):
            return _FALLBACK
        return self.locale


def _system_locale() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").split(".", maxsplit=1)[0]
        if value and value not in ("C", "POSIX"):
            return value
    return _FALLBACK
