"""An entry taken apart: its words and sentences, and how a phrase stands in it."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from outreach.fields.text import fold
from outreach.services.feeds.reading import EMPHASIS, Entry
from outreach.services.feeds.vocabulary import Phrase, Word, headings, is_listed, words_in

_OPENING, _CLOSING = "\"“„‘'«‹»『「《〈" + EMPHASIS[0], "\"”“’'»›«』」》〉" + EMPHASIS[1]
_END = re.compile(r"[.!?…。！？]+[\"”’')\ue001]*(?=\s)|\n")
#: A sentence of which more words than this share have capitals is a headline.
_HEADLINE = 0.6


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase in a text: from which word to which."""

    phrase: Phrase
    first: int
    last: int


class Page:
    """An entry taken apart."""

    def __init__(self, entry: Entry) -> None:
        self.heading = len(entry.title)
        self.text = f"{entry.title}\n{entry.text}" if entry.title else entry.text
        self.words = words_in(self.text)

    @cached_property
    def ends(self) -> list[int]:
        """Where sentences end."""
        return [each.end() for each in _END.finditer(self.text)]

    def sentence(self, start: int) -> tuple[int, int]:
        """The sentence in which a place stands."""
        place = bisect_right(self.ends, start)
        return (
            self.ends[place - 1] if place else 0,
            self.ends[place] if place < len(self.ends) else len(self.text),
        )

    def is_first(self, number: int) -> bool:
        """Whether a word begins its sentence or what somebody says."""
        word = self.words[number]
        before = self.text[: word.start].rstrip(" #@([*-–—" + EMPHASIS[0])
        return not before or before[-1] in '.!?…:\n"“„«' or self.sentence(word.start)[0] >= len(before)

    def between(self, left: int, right: int) -> str:
        """What stands between two words."""
        return self.text[self.words[left].end : self.words[right].start]

    def is_quoted(self, hit: Hit, *, is_telling: bool) -> bool:
        """Whether it stands in quotation marks or italics, or alone in the heading; not what somebody says aloud."""
        text, words = self.text, self.words
        start, end = words[hit.first].start, words[hit.last].end
        before, after = text[start - 1 : start], text[end : end + 3].lstrip(",.!?")[:1]
        if start and before in _OPENING and after and after in _CLOSING:
            return is_telling or not self._is_speech(hit)
        if end > self.heading:
            return False
        heading = text[: self.heading]
        left, right = heading[:start].rstrip(" \"“‘'#" + EMPHASIS[0]), heading[end:].lstrip(" \"”’'" + EMPHASIS[1])
        stands_left = not left or left[-1] in ":–—|-" or f"{fold(left)}:" in headings()
        return stands_left and (not right or right[0] in ":–—|-(,")

    def _is_speech(self, hit: Hit) -> bool:
        words = self.words
        around = [*words[max(0, hit.first - 1) : hit.first], *words[hit.last + 1 : hit.last + 4]]
        return any(is_listed(each.form, "speech") for each in around)

    def has_capitals(self, hit: Hit, *, first_too: bool = False) -> bool:
        """Whether it has the capitals of a title where its sentence does not ask for them."""
        if hit.phrase.is_name or not any(hit.phrase.capitals):
            return False
        words = self.words[hit.first : hit.last + 1]
        if not all(word.is_capital for word, asked in zip(words, hit.phrase.capitals, strict=True) if asked):
            return False
        if first_too:
            return True
        told = [number for number, asked in enumerate(hit.phrase.capitals) if asked]
        if not any(number or not self.is_first(hit.first) for number in told):
            return False
        return not self._is_headline(hit)

    def _is_headline(self, hit: Hit) -> bool:
        """Whether its sentence writes nearly all its words with capitals."""
        start, end = self.sentence(self.words[hit.first].start)
        others = [
            word for number, word in enumerate(self.words)
            if start <= word.start < end and not hit.first <= number <= hit.last and not is_listed(word.form, "little")
        ]  # fmt: skip
        return len(others) > 1 and sum(word.is_capital for word in others) / len(others) > _HEADLINE

    def is_in_a_longer_name(self, hit: Hit) -> bool:
        """Whether a word with a capital stands right beside it: "Emma Watson", "It Ends with Us"."""
        words = self.words
        if hit.last + 1 < len(words):
            after = words[hit.last + 1]
            if after.is_capital and self.between(hit.last, hit.last + 1) == " " and not self._is_first_person(after):
                return True
        if hit.first and words[hit.first - 1].is_capital and self.between(hit.first - 1, hit.first) == " ":
            before = words[hit.first - 1]
            return not (self.is_first(hit.first - 1) or is_listed(before.form, "little"))
        return False

    def _is_first_person(self, word: Word) -> bool:
        return word.form == "i" or word.form.startswith("i'")

    def follows_reading(self, hit: Hit) -> bool:
        """Whether it is what was read, and written as a title would be: "finished Emma", "a copy of It"."""
        words = self.words
        if not hit.first or not is_listed(words[hit.first - 1].form, "before"):
            return False
        if words[hit.first - 1].form == "of" and not any(
            is_listed(each.form, "reading") for each in words[max(0, hit.first - 3) : hit.first - 1]
        ):
            return False
        found = words[hit.first : hit.last + 1]
        as_title = all(word.is_capital for word, asked in zip(found, hit.phrase.capitals, strict=True) if asked)
        return as_title and not self.is_in_a_longer_name(hit)

    def speaks_of_reading(self, hit: Hit) -> bool:
        """Whether its sentence, or the heading, has a word of reading."""
        start, end = self.sentence(self.words[hit.first].start)
        return self.reads(start, end, but=hit) or (hit.first > 0 and self.reads(0, self.heading, but=hit))

    def reads(self, start: int, end: int, but: Hit | None = None) -> bool:
        """Whether a word of reading stands between two places, a phrase left out."""
        return any(
            is_listed(word.form, "reading")
            for number, word in enumerate(self.words)
            if start <= word.start < end and not (but and but.first <= number <= but.last)
        )

    def written(self, hit: Hit) -> str:
        """A phrase as it is written there."""
        return self.text[self.words[hit.first].start : self.words[hit.last].end]
