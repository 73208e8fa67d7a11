"""What is looked for in feeds: titles, authors, campaigns, hashtags and numbers, and how much their words tell."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from outreach.fields.text import fold
from outreach.paths import resource
from outreach.services.feeds.kinds import Proof

# Scripts that put no space between words are taken sign by sign; elsewhere a word holds its apostrophes and marks.
_SIGN = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]"
_LETTER = r"[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]"
_MARK = r"[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0981-\u09cd\u0a01-\u0d57]"
_WORD = re.compile(rf"{_SIGN}|(?:{_LETTER}|{_MARK})+(?:['’](?:{_LETTER}|{_MARK})+)*|&")
_IS_SIGN = re.compile(_SIGN)
_SEVERAL = re.compile(r"\s*(?:;|&|,|\band\b|\bund\b|\bet\b|\by\b)\s*")
#: A shorter hashtag means too much.
_SHORTEST_TAG = 4
_MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, where it stands, and the form it is compared by."""

    form: str
    start: int
    end: int
    is_capital: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand for an item.

    Attributes:
        item: Its id.
        role: What the words are: a title, an author, a campaign.
        words: In the form they are compared by.
        bits: How much they tell; see ``reading_words.toml``.
        capitals: Which words are written with a capital.
        is_name: Whether it is one word that people are called by.
        is_whole: Whether it is the whole of it, not a part such as a family name.
    """

    item: int
    role: Proof
    words: tuple[str, ...]
    bits: float
    capitals: tuple[bool, ...]
    is_name: bool = False
    is_whole: bool = True


@dataclass(slots=True)
class Vocabulary:
    """All that is looked for, found again by its most telling word.

    Attributes:
        phrases: By a word the phrases it stands in, and where in them.
        tags: By a hashtag, folded and without its sign, what it stands for.
        isbns: By a number of an edition its item.
    """

    phrases: dict[str, list[tuple[int, Phrase]]] = field(default_factory=dict)
    tags: dict[str, list[Phrase]] = field(default_factory=dict)
    isbns: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, told: Iterable[Mapping[str, Any]]) -> "Vocabulary":
        """The vocabulary of items: each with ``id``, ``titles``, ``authors``, ``campaigns`` and ``isbns``."""
        made = cls()
        for item in told:
            for title in item["titles"]:
                made._add_title(int(item["id"]), title)
            for author in item["authors"]:
                made._add_author(int(item["id"]), author)
            for campaign in item["campaigns"]:
                made._add(phrase_of(int(item["id"]), Proof.CAMPAIGN, campaign))
            for isbn in item["isbns"]:
                made.isbns[isbn] = int(item["id"])
        return made

    def _add_title(self, item: int, title: str) -> None:
        words = words_in(title)
        self._add(phrase_of(item, Proof.TITLE, title))
        main, _, rest = title.partition(":")
        if rest and len(words_in(main)) > 1:
            self._add(phrase_of(item, Proof.TITLE, main))
        if len(words) > 2 and is_listed(words[0].form, "articles"):
            self._add(phrase_of(item, Proof.TITLE, title[words[1].start :], is_whole=False))

    def _add_author(self, item: int, author: str) -> None:
        words = words_in(author)
        if len(words) > 1:
            self._add(phrase_of(item, Proof.AUTHOR, author))
            self._add(phrase_of(item, Proof.AUTHOR, author[words[-1].start :], is_whole=False))

    def _add(self, phrase: Phrase) -> None:
        if not phrase.words or len(phrase.words) > _MOST_WORDS:
            return
        telling = max(range(len(phrase.words)), key=lambda place: bits_of(phrase.words[place]))
        self.phrases.setdefault(phrase.words[telling], []).append((telling, phrase))
        tag = "".join(phrase.words).replace("'", "")
        if len(tag) >= _SHORTEST_TAG and (phrase.is_whole or phrase.role is Proof.TITLE):
            self.tags.setdefault(tag, []).append(phrase)


def phrase_of(item: int, role: Proof, text: str, *, is_whole: bool = True) -> Phrase:
    """A title or a name as it is looked for."""
    words = words_in(text)
    return Phrase(
        item, role, tuple(each.form for each in words), sum(bits_of(each.form) for each in words),
        tuple(each.is_capital for each in words), len(words) == 1 and words[0].form in _lists()["names"], is_whole,
    )  # fmt: skip


def words_in(text: str) -> list[Word]:
    """The words of a text. A possessive is the word it belongs to; ``&`` is "and"."""
    found = []
    for each in _WORD.finditer(text):
        written = each.group()
        found.append(Word(form_of(written), each.start(), each.end(), written[0].isupper()))
    return found


@lru_cache(maxsize=50_000)
def form_of(written: str) -> str:
    """The form that a word is compared by."""
    if written == "&":
        return "and"
    return fold(written).removesuffix("'s")


@lru_cache(maxsize=50_000)
def bits_of(form: str) -> float:
    """How much a word tells: the rarer, the more."""
    bits, lists = _data()["bits"], _lists()
    if _IS_SIGN.fullmatch(form):
        return float(bits["sign"])
    if form.isdigit():
        return float(bits["number"])
    for name, kind in (("little", "little"), ("common", "common"), ("names", "name")):
        if form in lists[name]:
            return float(bits[kind])
    plain = form.removesuffix("s")
    return float(bits["common" if plain in lists["common"] else "rare"])


def is_listed(form: str, name: str) -> bool:
    """Whether a word stands in a list of ``reading_words.toml``."""
    return form in _lists()[name]


def headings() -> tuple[str, ...]:
    """What stands before a title in the heading of an entry, folded."""
    return tuple(f"{each.strip()}:" for each in _data()["words"]["heading"].split(":") if each.strip())


def authors_named(text: str) -> list[str]:
    """The names in a line of authors."""
    return [name for each in _SEVERAL.split(text) if (name := each.strip())]


@cache
def _lists() -> dict[str, frozenset[str]]:
    told: Mapping[str, str] = _data()["words"]
    return {name: frozenset(map(fold, words.split())) for name, words in told.items()}


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resource("reading_words.toml").read_text(encoding="utf-8"))


def plain_item(
    item: int, titles: Sequence[str], authors: Sequence[str], campaigns: Sequence[str] = (), isbns: Sequence[str] = ()
) -> dict[str, Any]:
    """An item as `Vocabulary.of` takes it, which can be handed to a child process."""
    return {"id": item, "titles": [*titles], "authors": [*authors], "campaigns": [*campaigns], "isbns": [*isbns]}
