"""Reading a blogger's policy: what it says yes and no to, with the phrase that says so. A person accepts each.

The rules are words in ``resources/policies.toml``. A text is cut into clauses. In a clause a word that says no holds
until one says yes (unless that stands close behind, as in "not accepting"), "except" turns round what held, and what is
named takes what holds before it, else what comes next. A heading ("Genres I do not read:") holds for the list below it.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from outreach.fields.text import clean, fold
from outreach.paths import resource
from outreach.services.catalogue.genres import load_genres

_LONGEST = 40_000
_LONGEST_PHRASE = 240
_DAYS_A_WEEK = 7
_WEEKS_A_MONTH = 4
_FORMATS = ("hardback", "paperback", "proof", "egalley", "ebook", "audiobook")
#: A line of a list has no more words.
_LONGEST_LISTED = 8
#: Where a sentence ends: not behind the letters of "U.S." or "e.g.".
_SENTENCE = re.compile(r"(?<=[\w)\"”’]{2})[.!?]+(?=\s|$)|[!?;]+|\n+|\s[-–—]\s")
_BULLET = re.compile(r"^\s*(?:[-*•·–✓✗✔✘x]|\d{1,2}[.)])\s+")
_HEADING = re.compile(r"[:：]\s*$")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that a policy seems to say.

    Attributes:
        kind: ``open``, ``turnaround``, ``genre``, ``genres_only``, ``format``, ``country`` or ``site``.
        key: Of what: our code of a genre, a format, a country, a site.
        allows: Yes or no; whether she is open.
        phrase: The words that say so.
        weeks: For ``turnaround``.
    """

    kind: str
    key: str
    allows: bool
    phrase: str
    weeks: int | None = None


@dataclass(frozen=True, slots=True)
class _Clause:
    """A piece of the text.

    Attributes:
        text: As it is written; `folded` as it is compared.
        held: What a heading above says of it; None where nothing does.
    """

    text: str
    folded: str
    held: bool | None


@lru_cache(maxsize=64)
def read_policy(text: str) -> tuple[Proposal, ...]:
    """What a policy says, each thing once; where a text says both of one thing, its no counts."""
    words = _words()
    found: dict[tuple[str, str], Proposal] = {}
    for clause in _clauses(text[:_LONGEST], words):
        for each in words.proposals(clause):
            known = found.get((each.kind, each.key))
            if known is None or (known.allows and not each.allows and each.kind != "turnaround"):
                found[each.kind, each.key] = each
    order = ("open", "turnaround", "genres_only", "genre", "format", "country", "site")
    return tuple(sorted(found.values(), key=lambda each: (order.index(each.kind), not each.allows)))


class _Phrases:
    """Finds phrases of a list in a folded text, the longest first."""

    def __init__(self, phrases: Iterable[str]) -> None:
        folded = sorted({fold(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
        self._pattern = re.compile(rf"(?<![\w'-])(?:{'|'.join(map(re.escape, folded))})(?![\w-])")

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        return [(match.start(), match.end(), match.group()) for match in self._pattern.finditer(text)]

    def within(self, text: str) -> bool:
        return self._pattern.search(text) is not None


class _Named:
    """Finds what phrases stand for, such as a country."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._of = {fold(word): key for key, some in words.items() for word in some}
        self._phrases = _Phrases(self._of)

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        return [(start, end, self._of[word]) for start, end, word in self._phrases.spans(text)]


class _Words:
    """The words of ``resources/policies.toml``, ready to be found."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.no, self.yes, self.excepted = (_Phrases(data[name]) for name in ("no", "yes", "except"))
        self.only, self.aside = _Phrases(data["only"]), _Phrases(data["set_aside"])
        self.cut = re.compile(rf"(?i)[,]?\s+(?:{'|'.join(map(re.escape, data['cut_at']))})\s+")
        self.reach = int(data["reach"])
        self.loose = frozenset(map(fold, data["loose"]))
        self.genres = _Named(data["genres"])
        self.formats = _Named(data["formats"])
        self.countries, self.sites = _Named(data["countries"]["words"]), _Named(data["sites"]["words"])
        self.country_cues, self.site_cues = _Phrases(data["countries"]["cues"]), _Phrases(data["sites"]["cues"])
        self.time_cues, self.not_time = (_Phrases(data["turnaround"][name]) for name in ("cues", "not_with"))
        said = data["open"]
        self.closed, self.opened = _Phrases(said["closed"]), _Phrases(said["open"])
        self.smaller = _Phrases(said["smaller"])
        self.numbers = {fold(word): number for word, number in data["turnaround"]["numbers"].items()}
        spelled = "|".join(sorted(map(re.escape, self.numbers), key=len, reverse=True))
        between = "|".join(map(re.escape, data["turnaround"]["between"]))
        self.units = {fold(word): unit for unit, some in data["turnaround"]["units"].items() for word in some}
        units = "|".join(sorted(map(re.escape, self.units), key=len, reverse=True))
        self.times = re.compile(
            rf"(?<![\w.])(\d{{1,3}}|{spelled})(?:\s*(?:-|–|{between})\s*(\d{{1,3}}|{spelled}))?[\s-]*({units})(?!\w)"
        )

    def heading(self, text: str) -> bool | None:
        """What a heading says of what stands below it."""
        clause = _Clause(text, fold(text), None)
        end = len(clause.folded)
        says = self._says(clause, end, end)
        return True if says is None and self.only.within(clause.folded) else says

    def proposals(self, clause: _Clause) -> Iterator[Proposal]:
        """All that a clause says."""
        genres = self._genre_spans(clause.folded)
        formats = self.formats.spans(clause.folded)
        yield from self._open(clause, is_about_some=bool(genres or formats))
        yield from self._turnaround(clause)
        yield from self._of_genres(clause, genres)
        yield from self._of_formats(clause, formats)
        yield from self._places(clause)

    def _genre_spans(self, text: str) -> list[tuple[int, int, str]]:
        found = list(self.genres.spans(text))
        taken = [(start, end) for start, end, _ in found]
        for start, end, genre in load_genres().spans(text):
            apart = all(end <= other_start or start >= other_end for other_start, other_end in taken)
            if apart and text[start:end] not in self.loose:
                found.append((start, end, genre.code))
        return sorted(found)

    def _of_genres(self, clause: _Clause, spans: Sequence[tuple[int, int, str]]) -> Iterator[Proposal]:
        said = [(code, self._says(clause, start, end)) for start, end, code in spans]
        for code, allows in said:
            if allows is not None:
                yield Proposal("genre", code, allows, _phrase(clause))
        if any(allows for _, allows in said) and self.only.within(self._plain(clause.folded)):
            yield Proposal("genres_only", "", True, _phrase(clause))

    def _of_formats(self, clause: _Clause, spans: Sequence[tuple[int, int, str]]) -> Iterator[Proposal]:
        allowed: set[str] = set()
        for start, end, names in spans:
            allows = self._says(clause, start, end)
            is_only = self.only.within(self._plain(clause.folded))
            if allows is None and is_only:
                allows = True
            if allows is None:
                continue
            for name in names.split():
                yield Proposal("format", name, allows, _phrase(clause))
            if allows and is_only:
                allowed.update(names.split())
        # "Physical copies only" says no to all the rest; a proof is a physical copy.
        for name in _FORMATS if allowed else ():
            is_paper = name == "proof" and {"hardback", "paperback"} & allowed
            if name not in allowed and not is_paper:
                yield Proposal("format", name, False, _phrase(clause))

    def _places(self, clause: _Clause) -> Iterator[Proposal]:
        if self.country_cues.within(clause.folded):
            for start, end, code in self.countries.spans(clause.folded):
                if self._says(clause, start, end) is not False:
                    yield Proposal("country", code, True, _phrase(clause))
            # "US" is a country only where it is written large.
            if re.search(r"(?<![\w.])US(?!\w|\.\w)", clause.text):
                yield Proposal("country", "US", True, _phrase(clause))
        if self.site_cues.within(clause.folded):
            for start, end, site in self.sites.spans(clause.folded):
                yield Proposal("site", site, self._says(clause, start, end) is not False, _phrase(clause))

    def _open(self, clause: _Clause, *, is_about_some: bool) -> Iterator[Proposal]:
        if self.closed.within(clause.folded):
            # "Not currently accepting ebooks" is no word on all requests.
            if not is_about_some and not self.smaller.within(clause.folded):
                yield Proposal("open", "", False, _phrase(clause))
        elif self.opened.within(clause.folded) and not self.smaller.within(clause.folded):
            yield Proposal("open", "", True, _phrase(clause))

    def _turnaround(self, clause: _Clause) -> Iterator[Proposal]:
        if not self.time_cues.within(clause.folded) or self.not_time.within(clause.folded):
            return
        for match in self.times.finditer(clause.folded):
            number = self._number(match[2] or match[1])
            weeks = {
                "day": -(-number // _DAYS_A_WEEK), "week": number, "month": number * _WEEKS_A_MONTH,
            }[self.units[match[3]]]  # fmt: skip
            if 0 < weeks <= 104:
                yield Proposal("turnaround", "", True, _phrase(clause), weeks)
                return

    def _number(self, text: str) -> int:
        return int(text) if text.isdigit() else self.numbers[text]

    def _plain(self, text: str) -> str:
        """A folded text in which phrases that mean something else are blotted out, each letter at its place."""
        for start, end, _ in self.aside.spans(text):
            text = text[:start] + "_" * (end - start) + text[end:]
        return text

    def _says(self, clause: _Clause, start: int, end: int) -> bool | None:
        """What holds where something is named: what was said before it, else what comes behind, else the heading."""
        text = self._plain(clause.folded)
        refused = self.no.spans(text)
        # "Lese ich nicht" holds a word that would say yes.
        liked = [each for each in self.yes.spans(text)
                 if not any(at <= each[0] and each[1] <= till and till - at > each[1] - each[0]
                            for at, till, _ in refused)]  # fmt: skip
        marks = [(at, "yes") for at, _, _ in liked]
        # "Can't get enough of" holds a word that would say no.
        marks += [(at, "no") for at, _, _ in refused if not any(first <= at < last for first, last, _ in liked)]
        marks += [(at, "except") for at, _, _ in self.excepted.spans(text)]
        marks.sort()
        before = [mark for mark in marks if mark[0] < start]
        state = self._state(text, before, clause.held)
        if state is None and self.only.within(text[text.rfind(",", 0, start) + 1 :].partition(",")[0]):
            return True
        if state is None:
            behind = [mark for mark in marks if mark[0] >= end][:1]
            # "Paperbacks, no PDFs": what comes behind a comma with its own no is another thing.
            is_apart = any(
                mark == "no" and "," in text[end:at] and re.match(r"no (?!longer)", text[at:]) for at, mark in behind
            )
            state = self._state(text, [] if is_apart else behind, None)
        if state is None and self.only.within(text):
            return True
        return state

    def _state(self, text: str, marks: Sequence[tuple[int, str]], state: bool | None) -> bool | None:
        last_no = -1
        for at, mark in marks:
            if mark == "no":
                state, last_no = False, at
            elif mark == "except":
                state, last_no = (not state) if state is not None else False, -1
            elif last_no < 0 or len(text[last_no:at].split()) > self.reach:
                state = True
        return state


def _clauses(text: str, words: _Words) -> Iterator[_Clause]:
    """The clauses of a text; what a heading says holds for the lines of the list below it."""
    held: bool | None = None
    for line in text.replace("\r", "\n").split("\n"):
        plain = clean(_BULLET.sub("", line))
        if not plain:
            held = None
        elif _HEADING.search(plain):
            held = words.heading(plain)
        else:
            if _BULLET.match(line) is None and len(plain.split()) > _LONGEST_LISTED:
                held = None
            for sentence in _SENTENCE.split(plain):
                for part in filter(None, map(clean, words.cut.split(sentence))):
                    yield _Clause(part, fold(part), held)


def _phrase(clause: _Clause) -> str:
    text = clause.text.strip(" ,-–—")
    return text if len(text) <= _LONGEST_PHRASE else text[: _LONGEST_PHRASE - 1].rstrip() + "…"


@cache
def _words() -> _Words:
    data = tomllib.loads(resource("policies.toml").read_text(encoding="utf-8"))
    for language in data.pop("languages").values():
        _add(data, language)
    return _Words(data)


def _add(lists: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Words of another language, put into the same lists."""
    for name, value in more.items():
        if isinstance(value, Mapping):
            _add(lists.setdefault(name, {}), value)
        elif isinstance(value, list):
            lists[name] = [*lists.get(name, ()), *value]
        else:
            lists.setdefault(name, value)
