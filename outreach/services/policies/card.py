"""The card of a person's review policy: what she says she accepts, as it was accepted by the user, dated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.text import clean, clean_lines
from outreach.fields.web import parse_web_address
from outreach.services.policies.reading import Proposal
from outreach.store.among import among
from outreach.store.database import Store
from outreach.store.models import Person, PolicyRule, ReviewPolicy
from outreach.store.models.base import raw_rows

#: What rules can be about, in the order in which they are shown.
KINDS = ("genre", "format", "country", "site")
_MOST_WEEKS = 104


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a card says yes or no to, with her words."""

    kind: str
    key: str
    allows: bool
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A review policy.

    Attributes:
        is_open: Whether she takes requests; None where it is not said.
        genres_only: Whether she takes no genre but those she names.
        weeks: Her turnaround.
        text: The policy as it was read.
        url: Where it stands.
        read_on: When it was read.
    """

    is_open: bool | None = None
    open_phrase: str = ""
    genres_only: bool = False
    weeks: int | None = None
    weeks_phrase: str = ""
    rules: tuple[Rule, ...] = ()
    text: str = ""
    url: str = ""
    read_on: str = ""

    def of(self, kind: str, *, allows: bool) -> tuple[Rule, ...]:
        """The rules of a kind that say yes, or that say no."""
        return tuple(rule for rule in self.rules if rule.kind == kind and rule.allows is allows)


def card_of_proposals(accepted: Iterable[Proposal], text: str, url: str = "", read_on: str = "") -> Card:
    """The card that some proposals make; what was not accepted is not on it."""
    is_open: bool | None = None
    open_phrase = weeks_phrase = ""
    weeks: int | None = None
    genres_only = False
    rules: list[Rule] = []
    for each in accepted:
        if each.kind == "open":
            is_open, open_phrase = each.allows, each.phrase
        elif each.kind == "turnaround":
            weeks, weeks_phrase = each.weeks, each.phrase
        elif each.kind == "genres_only":
            genres_only = True
        else:
            rules.append(Rule(each.kind, each.key, each.allows, each.phrase))
    return Card(is_open, open_phrase, genres_only, weeks, weeks_phrase, tuple(rules), text, url, read_on)


def cards_of(people: Sequence[int] | None = None) -> dict[int, Card]:
    """The cards of some people, or of all who have one."""
    query = ReviewPolicy.select()
    of_these = PolicyRule.select(
        PolicyRule.policy, PolicyRule.kind, PolicyRule.key, PolicyRule.allows, PolicyRule.phrase
    ).order_by(PolicyRule.id)
    if people is not None:
        query = query.where(ReviewPolicy.person.in_(among(people)))
    policies = list(query)
    if people is not None:
        of_these = of_these.where(PolicyRule.policy.in_(among([policy.id for policy in policies])))
    rules: dict[int, list[Rule]] = {}
    for policy_id, kind, key, allows, phrase in raw_rows(of_these):
        rules.setdefault(policy_id, []).append(Rule(kind, key, bool(allows), phrase))
    return {policy.person_id: _card(policy, rules.get(policy.id, [])) for policy in policies}


def card_of(person_id: int) -> Card | None:
    """A person's card, None where she has none."""
    return cards_of([person_id]).get(person_id)


def save_card(store: Store, person_id: int, card: Card) -> Changes:
    """Keep a card in place of the one before; undo brings that back.

    Raises:
        KnownError: ``policies.nobody``, ``policies.bad_url``, ``policies.bad_day``, ``policies.bad_weeks``.
    """
    if Person.get_or_none(Person.id == person_id) is None:
        raise KnownError("policies.nobody")
    if card.weeks is not None and not 0 < card.weeks <= _MOST_WEEKS:
        raise KnownError("policies.bad_weeks", value=card.weeks, most=_MOST_WEEKS)
    columns = {
        "is_open": None if card.is_open is None else int(card.is_open),
        "open_phrase": clean(card.open_phrase),
        "genres_only": int(card.genres_only),
        "turnaround_weeks": card.weeks,
        "turnaround_phrase": clean(card.weeks_phrase),
        "text": clean_lines(card.text),
        "url": _url(card.url),
        "read_on": _day(store, card.read_on),
    }
    with store.operation(Op.SAVE_POLICY) as written:
        policy = ReviewPolicy.get_or_none(ReviewPolicy.person == person_id)
        if policy is None:
            policy = ReviewPolicy.create(person=person_id, **columns)
        else:
            ReviewPolicy.update(**columns).where(ReviewPolicy.id == policy.id).execute()
        PolicyRule.delete().where(PolicyRule.policy == policy.id).execute()
        for rule in {(rule.kind, rule.key): rule for rule in card.rules}.values():
            PolicyRule.create(
                policy=policy.id, kind=rule.kind, key=rule.key, allows=int(rule.allows), phrase=clean(rule.phrase)
            )
    return written.changes


def remove_card(store: Store, person_id: int) -> Changes:
    """Take a card away; undo brings it back."""
    with store.operation(Op.SAVE_POLICY) as written:
        ReviewPolicy.delete().where(ReviewPolicy.person == person_id).execute()
    return written.changes


def _card(policy: ReviewPolicy, rules: Sequence[Rule]) -> Card:
    return Card(
        is_open=None if policy.is_open is None else bool(policy.is_open),
        open_phrase=policy.open_phrase,
        genres_only=bool(policy.genres_only),
        weeks=policy.turnaround_weeks,
        weeks_phrase=policy.turnaround_phrase,
        rules=tuple(sorted(rules, key=lambda rule: (KINDS.index(rule.kind), not rule.allows, rule.key))),
        text=policy.text,
        url=policy.url,
        read_on=policy.read_on or "",
    )


def _url(text: str) -> str:
    if not clean(text):
        return ""
    address = parse_web_address(clean(text))
    if address is None:
        raise KnownError("policies.bad_url", value=clean(text)[:120])
    return address.text()


def _day(store: Store, text: str) -> str:
    if not clean(text):
        return store.today().isoformat()
    day = parse_day(clean(text))
    if day is None or day > store.today().isoformat():
        raise KnownError("policies.bad_day", value=clean(text)[:40])
    return day
