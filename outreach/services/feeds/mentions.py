"""Whether an entry speaks of an item of ours, how sure that is, and which passage says so. Pure.

Proofs are added up in bits, as logarithms of how much likelier they are where a title is meant than where it is not. A
title of rare words brings most of them itself; one of common words needs its author, quotation marks, a hashtag, or
that it was sent to whom the feed is of.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from outreach.fields.isbn import parse_isbn
from outreach.fields.text import fold
from outreach.services.feeds.kinds import Confidence, Proof
from outreach.services.feeds.page import Hit, Page
from outreach.services.feeds.reading import Entry, without_emphasis
from outreach.services.feeds.vocabulary import Phrase, Vocabulary, is_listed

#: What each proof adds.
_BITS = {
    Proof.CAPITALS: 8.0, Proof.QUOTED: 10.0, Proof.BY_AUTHOR: 36.0, Proof.READING: 7.0, Proof.GIFT: 10.0,
    Proof.CAMPAIGN: 12.0, Proof.ISBN: 60.0,
}  # fmt: skip
_TAG, _LONG_TAG = 12.0, 15.0
_AUTHOR_NEAR, _AUTHOR_FAR, _FAMILY_NAME = 20.0, 15.0, 12.0
_BEFORE, _PART = 2.0, 6.0
_OTHER_AUTHOR = 100.0
_WRITTEN_BY = ("by", "von", "par", "por", "di", "av")
#: From how many bits on a found post is what.
_LEVELS = ((48.0, Confidence.SURE), (38.0, Confidence.LIKELY), (30.0, Confidence.PERHAPS))
#: Words that tell so much are a title also where nothing marks them as one.
_TELLING = 28.0
_NEAR_WORDS, _CLOSE_WORDS = 40, 12
_TAG_SIGN = re.compile(r"#(\w{2,100})")
_ISBN = re.compile(r"(?<![\w-])97[89](?:[ -]?\d){10}(?!\d)")
_PASSAGE, _TEXT = 300, 4000
#: How many hits of one entry are weighed; a list of words is no entry about us.
_MOST_HITS = 300


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the feed an entry stands in.

    Attributes:
        gifts: The items that were sent to whom it is of.
        declined: By item, proofs that were said to be not enough in this feed, joined in their order.
    """

    gifts: frozenset[int] = frozenset()
    declined: frozenset[tuple[int, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that an entry may speak of."""

    item: int
    bits: float
    proofs: frozenset[Proof]
    words: tuple[str, ...]
    start: int
    end: int


def find_in(vocabulary: Vocabulary, entry: Entry, context: Context) -> dict[str, Any] | None:
    """What an entry says of us, as a found post to keep; None where it says nothing.

    What the same proofs were said to be not about us for is left out.
    """
    page = Page(entry)
    candidates = [each for each in _candidates(page, vocabulary, entry, context) if _is_new(each, context)]
    best = max(candidates, key=lambda each: (each.bits, each.end - each.start), default=None)
    level = next((level for least, level in _LEVELS if best is not None and best.bits >= least), None)
    if best is None or level is None:
        return None
    return {
        "key": entry.key, "url": entry.url, "title": entry.title, "author": entry.author,
        "published_at": entry.published_at, "text": without_emphasis(entry.text)[:_TEXT], "item": best.item,
        "passage": _passage(page, best), "words": json.dumps(best.words, ensure_ascii=False),
        "proofs": json.dumps(sorted(best.proofs)), "confidence": level.value,
    }  # fmt: skip


def proofs_key(proofs: Sequence[str]) -> str:
    """Proofs as one text, to be compared."""
    return ",".join(sorted(proofs))


def _is_new(candidate: Candidate, context: Context) -> bool:
    """Whether there is more proof than what was not enough before."""
    declined = (set(told.split(",")) for item, told in context.declined if item == candidate.item)
    return not any(candidate.proofs <= told for told in declined)


def _candidates(page: Page, vocabulary: Vocabulary, entry: Entry, context: Context) -> Iterator[Candidate]:
    hits = _hits(page, vocabulary)
    by_item: dict[int, list[Hit]] = {}
    for hit in hits:
        by_item.setdefault(hit.phrase.item, []).append(hit)
    tags = _tags(page, vocabulary, entry)
    for item in by_item.keys() | tags.keys():
        weighing = _Weighing(page, by_item.get(item, []), tags.get(item, []), item in context.gifts)
        yield from weighing.candidates(item)
    for found in _ISBN.finditer(page.text):
        isbn = parse_isbn(found.group()).isbn13
        if isbn in vocabulary.isbns:
            yield Candidate(vocabulary.isbns[isbn], _BITS[Proof.ISBN], frozenset({Proof.ISBN}), (found.group(),),
                            found.start(), found.end())  # fmt: skip


def _hits(page: Page, vocabulary: Vocabulary) -> list[Hit]:
    """Where phrases stand; of titles within a longer title only the longer one."""
    words, found = page.words, []
    forms = tuple(each.form for each in words)
    for number, form in enumerate(forms):
        for offset, phrase in vocabulary.phrases.get(form, ()):
            first = number - offset
            last = first + len(phrase.words)
            if first >= 0 and forms[first:last] == phrase.words:
                found.append(Hit(phrase, first, last - 1))
        if len(found) > _MOST_HITS:
            break
    titles = [(hit.first, hit.last) for hit in found if hit.phrase.role is Proof.TITLE and hit.last > hit.first]
    return [
        hit for hit in found
        if hit.phrase.role is not Proof.TITLE
        or not any(
            first <= hit.first and hit.last <= last and last - first > hit.last - hit.first for first, last in titles
        )
    ]  # fmt: skip


def _tags(page: Page, vocabulary: Vocabulary, entry: Entry) -> dict[int, list[tuple[Phrase, str, int]]]:
    """By item the hashtags that stand for it, as they are written, and where; what an entry is filed under too."""
    found: dict[int, list[tuple[Phrase, str, int]]] = {}
    written = [(each.group(1), each.group(), each.start()) for each in _TAG_SIGN.finditer(page.text)]
    written += [(tag.lstrip("#"), tag, 0) for tag in entry.tags]
    for tag, shown, place in written:
        form = fold(tag).replace(" ", "").replace("'", "").replace("-", "").replace("_", "")
        for phrase in vocabulary.tags.get(form, ()):
            found.setdefault(phrase.item, []).append((phrase, shown, place))
    return found


class _Weighing:
    """What an entry has for one item."""

    def __init__(self, page: Page, hits: list[Hit], tags: list[tuple[Phrase, str, int]], was_given: bool) -> None:
        self._page = page
        self._titles = [hit for hit in hits if hit.phrase.role is Proof.TITLE]
        self._authors = [hit for hit in hits if hit.phrase.role is Proof.AUTHOR]
        self._campaigns = [hit for hit in hits if hit.phrase.role is Proof.CAMPAIGN]
        self._tags = tags
        self._was_given = was_given

    def candidates(self, item: int) -> Iterator[Candidate]:
        """What each place says, and what the whole says beside."""
        shared, words, proofs = self._shared()
        for hit in self._titles:
            bits, found, more = self._weigh(hit, has_tag=Proof.HASHTAG in proofs)
            start, end = self._page.words[hit.first].start, self._page.words[hit.last].end
            yield Candidate(item, bits + shared, frozenset(found | proofs),
                            tuple(dict.fromkeys((self._page.text[start:end], *more, *words))), start, end)  # fmt: skip
        yield from self._by_tag(item, proofs)
        yield from self._by_author(item)

    def _shared(self) -> tuple[float, list[str], set[Proof]]:
        """What hashtags and the campaign add to any place."""
        bits, words, proofs = 0.0, [], set()
        titles = [(phrase, shown) for phrase, shown, _ in self._tags if phrase.role is not Proof.AUTHOR]
        if titles:
            bits += _TAG
            words.append(titles[0][1])
            proofs.add(Proof.HASHTAG)
        if self._campaigns:
            bits += _BITS[Proof.CAMPAIGN]
            proofs.add(Proof.CAMPAIGN)
            words.append(self._page.written(self._campaigns[0]))
        return bits, words, proofs

    def _weigh(self, hit: Hit, *, has_tag: bool) -> tuple[float, set[Proof], list[str]]:
        proofs, words = {Proof.TITLE}, []
        bits = hit.phrase.bits
        is_telling = bits >= _TELLING
        by_author = self._author_beside(hit)
        if by_author is not None:
            proofs.add(Proof.BY_AUTHOR)
            words.append(self._page.written(by_author))
        elif near := self._author_near(hit):
            bits += near[0]
            proofs.add(Proof.AUTHOR)
            words.append(self._page.written(near[1]))
        quoted = self._page.is_quoted(hit, is_telling=is_telling)
        if quoted:
            proofs.add(Proof.QUOTED)
        part_of_more = not quoted and by_author is None and self._page.is_in_a_longer_name(hit)
        if part_of_more and not is_telling:
            return 0.0, proofs, words
        if part_of_more:
            bits -= _PART
        elif self._page.has_capitals(hit):
            proofs.add(Proof.CAPITALS)
        was_read = self._page.follows_reading(hit)
        stands = was_read or has_tag or bool(proofs & {Proof.CAPITALS, Proof.QUOTED, Proof.BY_AUTHOR})
        if (stands or is_telling) and (was_read or self._page.speaks_of_reading(hit)):
            proofs.add(Proof.READING)
            bits += _BEFORE if was_read else 0.0
        if self._was_given and (stands or is_telling):
            proofs.add(Proof.GIFT)
        if by_author is None and self._is_of_another(hit, is_telling=is_telling):
            bits -= _OTHER_AUTHOR
        return bits + sum(_BITS.get(proof, 0.0) for proof in proofs), proofs, words

    def _by_tag(self, item: int, shared: set[Proof]) -> Iterator[Candidate]:
        for phrase, shown, place in self._tags:
            if phrase.role is Proof.AUTHOR and not self._titles:
                continue
            bits = phrase.bits + (_LONG_TAG if len(phrase.words) > 1 else _TAG)
            proofs = {Proof.HASHTAG, *shared}
            if phrase.role is Proof.AUTHOR:
                continue
            if self._authors and any(each.phrase.is_whole for each in self._authors):
                bits += _AUTHOR_NEAR
                proofs.add(Proof.AUTHOR)
            if self._was_given:
                bits += _BITS[Proof.GIFT]
                proofs.add(Proof.GIFT)
            if self._page.reads(*self._page.sentence(place)):
                bits += _BITS[Proof.READING]
                proofs.add(Proof.READING)
            yield Candidate(item, bits, frozenset(proofs), (shown,), place, place + len(shown))

    def _by_author(self, item: int) -> Iterator[Candidate]:
        """An author of ours who is spoken of as a writer, whatever book is meant."""
        for hit in self._authors:
            if not hit.phrase.is_whole or not self._page.has_capitals(hit, first_too=True):
                continue
            start, end = self._page.words[hit.first].start, self._page.words[hit.last].end
            if self._page.reads(*self._page.sentence(start)):
                bits = min(hit.phrase.bits + _BITS[Proof.READING], _LEVELS[1][0] - 1)
                proofs = frozenset({Proof.AUTHOR, Proof.READING})
                yield Candidate(item, bits, proofs, (self._page.text[start:end],), start, end)

    def _author_beside(self, hit: Hit) -> Hit | None:
        """Its author right behind it or before it: "It by Stephen King", "Stephen King's It"."""
        words = self._page.words
        for author in self._authors:
            if author.first > hit.last:
                between = words[hit.last + 1 : author.first]
                if not between and re.search(
                    r"[\w\s]*[,(–—:|/-]|[\"”’\ue001]", self._page.between(hit.last, author.first)
                ):
                    return author
                if len(between) in range(1, 4) and any(is_listed(each.form, "by") for each in between):
                    return author
            elif author.last == hit.first - 1 and self._is_beside(author, hit):
                return author
        return None

    def _is_beside(self, author: Hit, hit: Hit) -> bool:
        written = self._page.written(author)
        return written.endswith(("'s", "’s", "'", "’")) or bool(
            re.search(r"[,:–—|\"“„‘«\ue000-]", self._page.between(author.last, hit.first))
        )

    def _author_near(self, hit: Hit) -> tuple[float, Hit] | None:
        best: tuple[float, Hit] | None = None
        for author in self._authors:
            away = max(author.first - hit.last, hit.first - author.last)
            if away <= 0:
                continue
            if author.phrase.is_whole:
                bits = _AUTHOR_NEAR if away <= _NEAR_WORDS else _AUTHOR_FAR
            elif away <= _CLOSE_WORDS and self._page.words[author.first].is_capital:
                bits = min(_FAMILY_NAME, author.phrase.bits - 4)
            else:
                continue
            if best is None or bits > best[0]:
                best = bits, author
        return best

    def _is_of_another(self, hit: Hit, *, is_telling: bool) -> bool:
        """Whether somebody else is named as who wrote it: "Emma by Jane Austen", "Jane Austen's Emma"."""
        words = self._page.words
        after = words[hit.last + 1 : hit.last + 6]
        if len(after) > 1 and after[0].form in _WRITTEN_BY and after[1].is_capital:
            ours = {form for author in self._authors for form in (*author.phrase.words, "".join(author.phrase.words))}
            return not any(each.form in ours for each in after[1:])
        # Of a telling title the owner may be a house or a club ("Faber's"): only a first and a last name are an author.
        owner = words[max(0, hit.first - 2) : hit.first] if is_telling else words[max(0, hit.first - 1) : hit.first]
        if len(owner) <= is_telling or not all(
            each.is_capital and not is_listed(each.form, "little") for each in owner
        ):
            return False
        return self._page.text[owner[-1].start : owner[-1].end].endswith(("'s", "’s"))


def _passage(page: Page, found: Candidate) -> str:
    """The sentence that made it, cut where it is long, with marks where it was cut."""
    start, end = page.sentence(found.start)
    while page.text[start : start + 1].isspace():
        start += 1
    if end - start > _PASSAGE:
        left = max(start, found.start - _PASSAGE // 2)
        right = min(end, left + _PASSAGE)
        left = page.text.find(" ", left, found.start) + 1 or found.start if left > start else start
        right = page.text.rfind(" ", found.end, right) if right < end else end
        right = right if right > 0 else min(end, found.start + _PASSAGE)
    else:
        left, right = start, end
    told = without_emphasis(page.text[left:right]).strip()
    return f"{'… ' if left > start else ''}{told}{' …' if right < end else ''}"
