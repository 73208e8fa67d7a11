"""Turning codes, stored values and facts into sentences of one language."""

import gettext
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

from outreach.errors import KnownError
from outreach.fields.platforms import platform_name
from outreach.paths import resource
from outreach.settings import system_language
from outreach.wording import notes, reasons, sentences, terms
from outreach.wording.pseudo import LONGER, MIRRORED, Pseudo
from outreach.wording.troubles import SENTENCES as TROUBLES
from outreach.wording.writing import Writing, day_of

_DOMAIN = "outreach"
#: Facts that are stored values and have a word for within a sentence.
_OF_WORDS = frozenset({"state", "to", "kind", "part"})
#: Facts that name genres.
_OF_GENRES = ("genre", "genres", "other")
#: Languages that write nouns with a large letter wherever they stand.
_LARGE_NOUNS = ("de", "lb", "gsw")
#: Days further off than this are told with their year.
_HALF_A_YEAR = 183


class Number(str):
    """A number as it is shown; with a fact such as ``{rows:row|rows}`` the form of a word that goes with it follows.

    A language has as many forms as it needs, in the order of its catalogue; of too few the last one is taken.
    """

    __slots__ = ("form",)
    form: int

    def __format__(self, forms: str) -> str:
        several = forms.split("|")
        return f"{self!s} {several[min(self.form, len(several) - 1)]}" if forms else str(self)


class Words(Writing):
    """The words of one language, for one user."""

    def __init__(self, language: str = "", catalogues: Path | None = None) -> None:
        """The words of a language; its catalogue lies in `catalogues`, or where the program's own lie."""
        super().__init__((language or system_language()).replace("-", "_"))
        languages = [self.locale, self.locale.split("_", maxsplit=1)[0]]
        self._catalogue: gettext.NullTranslations = Pseudo()
        if self.locale not in (LONGER, MIRRORED):
            self._catalogue = gettext.translation(_DOMAIN, catalogues or resource("i18n"), languages, fallback=True)

    def trouble(self, error: KnownError, *, window: bool = False) -> str:
        """The sentence of a trouble: what, where, why, and what to do; in a window no command is named."""
        text = TROUBLES[error.code]
        if window:
            text = TROUBLES.get(f"{error.code}@window", text)
        # A reason may be one of ours, in words.
        ours = {name: self._catalogue.gettext(value) for name, value in error.facts.items()
                if name in ("why", "what", "which") and isinstance(value, str) and value}  # fmt: skip
        return self._filled(text, {**self._worded(error.facts), **ours})

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

    def short_day(self, iso: str | None, today: date, *, inside: bool = False) -> str:
        """A day as people say it: "Yesterday", "19 Nov", "3 Mar 2027"; inside a sentence "yesterday"."""
        if not iso or len(iso) != len("2027-03-03"):
            return self.day(iso)
        day = date.fromisoformat(iso)
        near = {0: "Today", 1: "Yesterday", -1: "Tomorrow"}.get((today - day).days)
        if near:
            shown = self._catalogue.gettext(near)
            return shown[:1].lower() + shown[1:] if inside else shown
        if abs((today - day).days) > _HALF_A_YEAR:
            return self.day(iso)
        return day_of(day, "MMMd", self._known_locale())

    def note(self, code: str, facts: Mapping[str, Any]) -> str:
        """What an import has to say of one row."""
        return self._filled(notes.SENTENCES[code], self._worded(dict(facts)))

    def reading(self, code: str, facts: Mapping[str, Any], today: date) -> str:
        """How an import reads a value: stored values in it as the words people see."""
        shown = {name: value for name, value in facts.items() if not name.endswith("_day")}
        shown |= {name: self.short_day(value, today) for name, value in facts.items() if name.endswith("_day")}
        for name, kind in (("state", "gift_state"), ("format", "format"), ("basis", "basis")):
            if shown.get(name):
                term = self.term(kind, shown[name])
                shown[name] = self.inside(term) if name == "format" else term
        if "platform" in shown:
            shown["platform"] = platform_name(shown["platform"])
        if "count" in shown:
            shown["count"] = self.number(shown["count"])
        if "code" in shown:
            shown["country"] = self.country(shown.pop("code"))
        # What is not told leaves no comma behind.
        text = self._catalogue.gettext(notes.SENTENCES[code]).format(**shown)
        return ", ".join(part for part in text.split(", ") if part.strip()).strip()

    def reason(self, code: str, facts: Mapping[str, Any]) -> str:
        """Why a person fits an item, or why not."""
        return self._filled(reasons.SENTENCES[code], facts)

    def reason_parts(self, code: str, facts: Mapping[str, Any]) -> list[tuple[str, str]]:
        """`reason` in parts, each with the name of the fact that it is, empty for the words between."""
        shown, parts = self._shown(facts), []
        for between, fact, form, _ in Formatter().parse(self._catalogue.gettext(reasons.SENTENCES[code])):
            parts += [(between, "")] if between else []
            parts += [(format(shown[fact], form or ""), fact)] if fact else []
        return parts

    def record(self, read: int, stated: int) -> str:
        """How much is known of someone's reading, such as "4 books read and 1 taste named"."""
        books, tastes = self.count("match.read", read), self.count("match.stated", stated)
        if not read or not stated:
            return books if read else tastes
        return self.say("match.record", read=books, stated=tastes)

    def term(self, kind: str, value: str) -> str:
        """The shown word of a stored value, such as ``term("stage", "chosen")`` for "Planned"."""
        shown = terms.TERMS[kind].get(value)
        if not shown:
            return value
        apart = self._catalogue.pgettext(kind, shown)
        return apart if apart != shown else self._catalogue.gettext(shown)

    def named(self, name: str, kind: str = "genre") -> str:
        """A name of our data files, such as that of a genre, in the language; whatever else somebody wrote stays."""
        return self._catalogue.pgettext(kind, name)

    def _worded(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Facts in which stored values became the words that stand for them within a sentence."""
        return facts | {name: self.term("word", facts[name]) for name in _OF_WORDS & facts.keys()}

    def inside(self, name: str) -> str:
        """A name of something as it stands within a sentence; a language may write its nouns large there too."""
        is_large = self.language in _LARGE_NOUNS
        return name if is_large else name[:1].lower() + name[1:]

    def edition(self, form: str, kind: str, variant: str = "") -> str:
        """An edition in words: its form, else how far along it is, and of a product its variant."""
        name = self.term("format", form) or self.term("edition_kind", kind)
        return f"{name}, {variant}" if variant else name

    def size(self, number: int) -> str:
        """The size of a file, such as "2.4 MB"."""
        from babel.numbers import format_decimal

        for unit, name in ((10**9, self.tr("GB")), (10**6, self.tr("MB"))):
            if number >= unit:
                return f"{format_decimal(round(number / unit, 1), locale=self._known_locale())} {name}"
        return f"{format_decimal(-(-number // 1000), locale=self._known_locale())} {self.tr('kB')}"

    def listing(self, words: list[str], most: int = 5) -> str:
        """Some words with commas, and how many more there are."""
        if len(words) <= most:
            return ", ".join(words)
        return self.count("and_more", len(words) - most, words=", ".join(words[:most]))

    def _filled(self, text: str, facts: Mapping[str, Any]) -> str:
        return self._catalogue.gettext(text).format(**self._shown(facts))

    def _shown(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Numbers get their grouping; a fact named ``…_day`` is a day, ``…_country`` and ``…_format`` are codes.

        A list is one of facts.
        """
        shown: dict[str, Any] = {}
        for name, value in facts.items():
            if isinstance(value, int) and not isinstance(value, bool) and name not in ("pid", "batch", "later", "row"):
                shown[name] = self._counted(value)
            elif name.endswith("_day"):
                shown[name] = self.day(value)
            elif name.endswith("_country"):
                shown[name] = self.country(value)
            elif name.endswith("_format"):
                shown[name] = self.inside(self.term("format", value))
            elif isinstance(value, list):
                shown[name] = ", ".join(self.term("fact", each) for each in value)
            elif name in _OF_GENRES:
                shown[name] = ", ".join(map(self.named, str(value).split(", ")))
            else:
                shown[name] = value
        return shown

    def _counted(self, number: int) -> Number:
        shown = Number(self.number(number))
        # What gettext compiled from the catalogue's rule; English where there is none.
        rule = getattr(self._catalogue, "plural", None)
        shown.form = int(rule(abs(number))) if rule is not None else int(number != 1)
        return shown


def small(phrase: str) -> str:
    """A phrase that begins with no noun, as it stands within a sentence."""
    return phrase[:1].lower() + phrase[1:]
