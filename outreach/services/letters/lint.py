"""What a letter is looked through for before it is approved: what stops it, and what is worth a second thought."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from outreach.fields.text import fold
from outreach.paths import resource

#: Kinds that are offers to someone who has not asked: the law's marks and our own manners hold for these.
OFFERS = frozenset({"pitch", "offer", "invitation"})
_LINK = re.compile(r"\]\(\s*<?([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_BARE_LINK = re.compile(r"\b(javascript|data|file|vbscript|ftp):", re.IGNORECASE)
_SCHEMES = ("http", "https", "mailto", "tel")
_WORD = re.compile(r"\w+")
_REPLY = re.compile(r"^\s*(re|fwd?|aw|wg|tr)\s*:", re.IGNORECASE)
_GREETING = re.compile(
    r"^(?:dear|hello|hi|hey|good (?:morning|afternoon|evening)|liebe[rs]?|hallo|guten (?:morgen|tag|abend)"
    r"|gr(?:ü|ue)(?:ß|ss) gott|moin|bonjour|ch[eè]re?)\s+([^,!.\n]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a letter.

    Attributes:
        code: What it is, a code of `outreach.wording`.
        stops: Whether the letter cannot be approved with it; else it is worth a second thought.
        facts: What the sentence needs.
    """

    code: str
    stops: bool
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a letter besides its words.

    Attributes:
        kind: The kind of its template.
        needs_opening: Whether it needs a line that is for this person alone.
        opening: That line.
        evidence: What the person said or did, on which praise may rest.
        names: All names the person goes by.
        is_first: Whether nobody here has written to her before.
        lacking: Facts of the title that an offer should give and that are not known: ``description``, ``publisher``,
            ``pub_date``, ``format``.
        embargo: The day before which the title must not be spoken of; empty where there is none, or it is over.
        disclosure, opt_out, postal_address: Lines that an offer must hold.
        is_minor: Whether she is known not to be of age.
        pitches: How many offers went to her lately.
        gifts: How many gifts of ours reached her lately.
    """

    kind: str
    needs_opening: bool = True
    opening: str = ""
    evidence: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    is_first: bool = True
    lacking: tuple[str, ...] = ()
    embargo: str = ""
    disclosure: str = ""
    opt_out: str = ""
    postal_address: str = ""
    is_minor: bool = False
    pitches: int = 0
    gifts: int = 0


@cache
def rules() -> dict[str, Any]:
    """The word lists and bounds of ``resources/lint.toml``."""
    data: dict[str, Any] = tomllib.loads(resource("lint.toml").read_text(encoding="utf-8"))
    return data


def lint(subject: str, markdown: str, text: str, about: About) -> list[Finding]:
    """Look a letter through; what stops it comes first.

    Args:
        subject: Its subject.
        markdown: As it was written, in which links show their addresses.
        text: Its plain part, as it is read.
        about: What is known besides.
    """
    found = [*_words(subject, text, about), *_links(markdown), *_greeting(text, about)]
    if about.kind in OFFERS:
        found += _offer(text, about)
    if about.is_first and _REPLY.match(subject):
        found.append(Finding("lint.not_an_answer", True, {"start": subject.split(":")[0].strip() + ":"}))
    if about.needs_opening and not about.opening.strip():
        found.append(Finding("lint.no_opening", True))
    if about.is_minor:
        found.append(Finding("lint.minor", True))
    words = len(text.split())
    if words > rules()["most_words"]:
        found.append(Finding("lint.long", False, {"words": words, "most": rules()["most_words"]}))
    return sorted(found, key=lambda each: not each.stops)


def _words(subject: str, text: str, about: About) -> list[Finding]:
    lines = [_line(line) for line in (subject, *_without(text, about).split("\n"))]
    there: frozenset[str] = frozenset().union(*(words for _, words in lines))
    own = " ".join(folded for folded, _ in lines if folded)
    found = [Finding("lint.pressure", True, {"words": each}) for each in _said("pressure", own, there)]
    if not about.evidence:
        found += [Finding("lint.flattery", False, {"words": each}) for each in _said("flattery", own, there)]
    return found


def _said(kind: str, own: str, there: frozenset[str]) -> list[str]:
    """The phrases of a list that are in a letter: only one whose words are all there can be."""
    return [
        phrase for phrase, words, folded, pattern in _phrases(kind)
        if words <= there and folded in own and pattern.search(own)
    ]  # fmt: skip


@cache
def _phrases(kind: str) -> tuple[tuple[str, frozenset[str], str, re.Pattern[str]], ...]:
    return tuple(
        (each, _line(each)[1], fold(each), re.compile(rf"(?<!\w){re.escape(fold(each))}(?!\w)"))
        for each in rules()[kind]
    )


@lru_cache(maxsize=1024)  # most lines are the same in all letters of a template
def _line(line: str) -> tuple[str, frozenset[str]]:
    """A line folded, and its words."""
    folded = fold(line)
    return folded, frozenset(_WORD.findall(folded))


def _without(text: str, about: About) -> str:
    """The letter's own words: the lines that say that nothing is asked in return may name what is not asked."""
    for line in filter(None, (about.disclosure, about.opt_out)):
        text = text.replace(line, "")
    return text


def _links(markdown: str) -> list[Finding]:
    if ":" not in markdown:
        return []
    found = {each for line in markdown.split("\n") if ":" in line for each in _bare_schemes(line)}
    schemes = {each.lower() for each in (*(_LINK.findall(markdown) if "](" in markdown else ()), *found)}
    return [Finding("lint.link", True, {"scheme": each}) for each in sorted(schemes - set(_SCHEMES))]


@lru_cache(maxsize=1024)
def _bare_schemes(line: str) -> tuple[str, ...]:
    return tuple(_BARE_LINK.findall(line))


def _greeting(text: str, about: About) -> list[Finding]:
    """A letter that greets somebody else is worse than none."""
    greeted = _GREETING.match(text.lstrip())
    if greeted is None or not about.names:
        return []
    known = {word for name in about.names for word in re.findall(r"\w+", fold(name))}
    said = set(re.findall(r"\w+", fold(greeted[1])))
    return (
        [] if said & known else [Finding("lint.wrong_name", True, {"said": greeted[1].strip(), "name": about.names[0]})]
    )


def _offer(text: str, about: About) -> list[Finding]:
    flat = " ".join(text.split())
    found = [
        Finding(f"lint.no_{name}", True)
        for name, line in (("disclosure", about.disclosure), ("opt_out", about.opt_out))
        if line and " ".join(line.split()) not in flat
    ]
    postal = [line.strip() for line in about.postal_address.splitlines() if line.strip()]
    if not postal or any(line not in flat for line in postal):
        found.append(Finding("lint.no_postal_address", True))
    if about.lacking:
        found.append(Finding("lint.title_lacks", False, {"lacking": list(about.lacking)}))
    if about.embargo:
        found.append(Finding("lint.embargo", False, {"first_day": about.embargo}))
    if about.pitches >= rules()["pitches"]:
        found.append(Finding("lint.asked_lately", False, {"count": about.pitches, "days": rules()["pitch_days"]}))
    if about.gifts >= rules()["gifts"]:
        found.append(Finding("lint.enough_for_now", False, {"count": about.gifts, "days": rules()["gift_days"]}))
    return found
