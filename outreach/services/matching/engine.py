"""The first match: own and audience taste from notes and history, hard rules first, every score with its reasons.

Each piece of evidence is a log-odds term, as in the evidence model that this engine will give way to: how many times
likelier the person is than anyone to enjoy the item. Followers are no factor.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import log

from outreach.errors import KnownError
from outreach.services.data_rules import data_rules, gifts_lately
from outreach.services.genres import Genres, load_genres
from outreach.services.matching.evidence import Evidence, gather
from outreach.services.matching.fits import Band, Exclusion, Fit, Match, Reason
from outreach.services.matching.rules import exclusions
from outreach.store.database import Store
from outreach.store.models import Item, Person

#: What one fact is worth, as a natural logarithm. Own taste counts double the audience's; an author or a comp says
#: more than a genre, since few share them.
_GENRE = log(3.0)
_KIN = log(1.8)
_AUTHOR = log(4.0)
_COMP = log(3.5)
_KEYWORD = log(1.6)
_AUDIENCE_GENRE = log(1.8)
_AUDIENCE_KEYWORD = log(1.3)
_DISLIKE = -log(5.0)
_AUDIENCE_DISLIKE = -log(2.0)
_CLUB = log(1.5)

#: Posts are counted against four imagined gifts of which two led to a post, so that one post does not look like always.
_PRIOR_GIFTS, _PRIOR_POSTS = 4, 2
_POSTED = 0.8

_STRONG, _GOOD = log(5.0), log(2.5)
_MOST_KEYWORDS = 3
_ENOUGH_UNREAD = 2


def match_item(store: Store, item_id: int, *, limit: int | None = None, people: Sequence[int] | None = None) -> Match:
    """Rank people for an item.

    Args:
        store: The open workspace.
        item_id: The item.
        limit: How many to return, all where it is None.
        people: Only these, where a list is given.

    Raises:
        KnownError: ``match.nothing_known`` when the item has no genre, author, keyword or comp to match by.
    """
    item = Item.get_by_id(item_id)
    evidence = gather(item, people)
    if not evidence.subjects:
        raise KnownError("match.nothing_known", title=item.title)
    genres = load_genres()
    kept_out = exclusions(store, item, evidence, genres)
    scored = []
    for person in evidence.people:
        if person not in kept_out:
            reasons = _reasons(person, evidence, genres)
            score = sum(reason.weight for reason in reasons)
            if score > 0:
                scored.append((score, person, reasons))
    # Equal scores stay in the order of ids, so that a list does not jump about.
    scored.sort(key=lambda each: (-each[0], each[1]))
    chosen = scored[:limit]
    names = _names([person for _, person, _ in chosen] + list(kept_out))
    lately, days = gifts_lately(store), data_rules().enough_days
    fits = [
        Fit(
            person,
            names[person],
            _band(score),
            score,
            _shown(reasons),
            (*_enough(lately.get(person, 0), days), *_cautions(person, evidence, reasons)),
        )
        for score, person, reasons in chosen
    ]
    never = [Exclusion(person, names[person], reason) for person, reason in sorted(kept_out.items())]
    total = Person.select().count() if people is None else len(people)
    return Match(item_id, item.title, tuple(fits), tuple(never), total - len(evidence.people | set(kept_out)))


def _reasons(person: int, evidence: Evidence, genres: Genres) -> list[Reason]:
    reasons: list[Reason] = []
    own = evidence.own.get(person, {})
    liked = [
        (code, strength)
        for (kind, code), strength in own.items()
        if code in evidence.genres and kind == "genre" and strength > 0
    ]
    if liked:
        weight = max(_GENRE * evidence.genres[code] * strength for code, strength in liked)
        reasons.append(_genre_reason(person, [code for code, _ in liked], weight, evidence, genres))
    else:
        reasons += _kin_reason(own, evidence, genres)
    for (kind, code), strength in own.items():
        if kind == "genre" and strength < 0 and code in evidence.genres:
            weight = _DISLIKE * evidence.genres[code]
            reasons.append(Reason("dislikes_genre", {"genre": genres.name(code)}, weight))
        elif kind == "author":
            reasons.append(Reason("liked_author", {"author": evidence.author}, _AUTHOR * strength))
        elif kind == "comp":
            reasons.append(Reason("liked_comp", {"title": evidence.comps[code]}, _COMP * strength))
    reasons += _keyword_reason("likes_keyword", own, evidence, _KEYWORD)
    reasons += _audience(evidence.audience.get(person, {}), evidence, genres)
    reasons += _history(person, evidence)
    return reasons


def _genre_reason(person: int, codes: Sequence[str], weight: float, evidence: Evidence, genres: Genres) -> Reason:
    if len(codes) > 1:
        names = ", ".join(genres.name(code) for code in sorted(codes, key=lambda code: -evidence.genres[code]))
        return Reason("likes_genres", {"genres": names}, weight * 1.2)
    said = evidence.said.get((person, codes[0]))
    if said:
        return Reason("likes_genre_evidence", {"genre": genres.name(codes[0]), "evidence": said}, weight)
    return Reason("likes_genre", {"genre": genres.name(codes[0])}, weight)


def _kin_reason(own: Mapping[tuple[str, str], float], evidence: Evidence, genres: Genres) -> list[Reason]:
    """A taste for a genre close to one of the item's, where there is none for its own."""
    close = [
        code for (kind, code), strength in own.items() if kind == "genre" and strength > 0 and code in evidence.kin
    ]
    if not close:
        return []
    code = close[0]
    weight = _KIN * evidence.genres[evidence.kin[code]]
    facts = {"genre": genres.name(code), "other": genres.name(evidence.kin[code])}
    return [Reason("likes_kin", facts, weight)]


def _keyword_reason(
    code: str, tastes: Mapping[tuple[str, str], float], evidence: Evidence, worth: float
) -> list[Reason]:
    words = [evidence.keywords[key] for (kind, key), strength in tastes.items() if kind == "keyword" and strength > 0]
    if not words:
        return []
    counted = min(len(words), _MOST_KEYWORDS)
    return [Reason(code, {"words": ", ".join(words[:_MOST_KEYWORDS])}, worth * counted)]


def _audience(tastes: Mapping[tuple[str, str], float], evidence: Evidence, genres: Genres) -> list[Reason]:
    reasons = []
    for (kind, code), strength in tastes.items():
        if kind == "genre" and code in evidence.genres:
            worth = _AUDIENCE_GENRE if strength > 0 else _AUDIENCE_DISLIKE
            name = "audience_genre" if strength > 0 else "dislikes_audience"
            reasons.append(Reason(name, {"genre": genres.name(code)}, worth * evidence.genres[code] * abs(strength)))
    return reasons + _keyword_reason("audience_keyword", tastes, evidence, _AUDIENCE_KEYWORD)


def _history(person: int, evidence: Evidence) -> list[Reason]:
    reasons = []
    gifts, posted = evidence.history.get(person, (0, 0))
    if gifts:
        rate = (posted + _PRIOR_POSTS) / (gifts + _PRIOR_GIFTS)
        weight = _POSTED * log(rate / (_PRIOR_POSTS / _PRIOR_GIFTS))
        # A quiet person is no worse a choice: only what was posted counts, never what was not.
        if posted:
            reasons.append(Reason("posted", {"posted": posted, "gifts": gifts}, max(weight, 0.0)))
    if person in evidence.hosts:
        reasons.append(Reason("hosted_club", {}, _CLUB))
    return reasons


def _shown(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted((reason for reason in reasons if reason.weight >= 0), key=lambda reason: -reason.weight)[:3])


def _enough(lately: int, days: int) -> tuple[Reason, ...]:
    """What to mind of someone who had as many gifts lately as are enough for now."""
    return (Reason("enough_for_now", {"number": lately, "days": days}),) if lately else ()


def _cautions(person: int, evidence: Evidence, reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    cautions = [reason for reason in reasons if reason.weight < 0]
    unread = evidence.unread.get(person, 0)
    if unread >= _ENOUGH_UNREAD:
        cautions.append(Reason("unread", {"number": unread}))
    if person not in evidence.with_email:
        cautions.append(Reason("no_email"))
    if person not in evidence.with_address:
        cautions.append(Reason("no_address"))
    return tuple(cautions)


def _band(score: float) -> Band:
    if score >= _STRONG:
        return Band.STRONG
    return Band.GOOD if score >= _GOOD else Band.WORTH_A_TRY


def _names(people: Sequence[int]) -> dict[int, str]:
    names: dict[int, str] = {}
    for start in range(0, len(people), 500):
        some = list(people[start : start + 500])
        names.update(Person.select(Person.id, Person.name).where(Person.id.in_(some)).tuples())
    return names
