"""Letters looked through before they are approved, with what the workspace knows of the person and the title."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from outreach.errors import KnownError
from outreach.services.drafting.facts import FactMaker
from outreach.services.drafting.senders import Sender
from outreach.services.gifts.gifts import GiftState
from outreach.services.letters.lint import OFFERS, About, Finding, lint, rules
from outreach.services.people.consent_checked import consent_findings
from outreach.services.people.suppressions import suppressed_people
from outreach.services.policies.stops import facts_of, stops
from outreach.store.among import among
from outreach.store.database import Store
from outreach.store.models import Edition, Gift, Item, Letter, Post, TasteEvidence, TasteNote

#: Letters that need a line of their own for each person, unless their template has no place for one.
_PERSONAL = frozenset({"pitch", "offer", "invitation"})


class Checker:
    """Knows of some people and one title what their letters are looked through for."""

    def __init__(
        self, store: Store, item_id: int, people: Sequence[int], kind: str, me: Sender, facts: FactMaker | None = None
    ) -> None:
        ids = list(people)
        self._kind = kind
        self._me = me
        self._facts = facts or FactMaker(item_id, ids, store.today())
        self._evidence = _evidence(ids)
        self._written_to = set(_counted(Letter.select(Letter.person).where(_sent(ids))))
        lately = (Letter.sent_at >= _ago(store, "pitch_days")) & (Letter.kind == "pitch")
        self._pitches = _counted(Letter.select(Letter.person).where(_sent(ids) & lately))
        self._gifts = _counted(
            Gift.select(Gift.person).where(
                Gift.person.in_(among(ids)) & (Gift.delivered_on >= _ago(store, "gift_days"))
            )
        )
        self._title = _about_title(store, item_id)
        self._stopped = _stopped(store, item_id, ids, kind)

    def findings(
        self, person: int, subject: str, markdown: str, text: str, *, opening: str, has_place: bool
    ) -> list[Finding]:
        """What is found in a letter to one of the people.

        Args:
            person: To whom.
            subject: Its subject.
            markdown: As it was written.
            text: As it is read.
            opening: The line that is for her alone.
            has_place: Whether its template has a place for such a line.
        """
        who = self._facts.people[person]
        lines = self._facts.lines(person, self._me)
        about = replace(
            self._title, kind=self._kind, needs_opening=has_place and self._kind in _PERSONAL, opening=opening,
            evidence=tuple(self._evidence.get(person, ())), is_first=person not in self._written_to,
            names=tuple(filter(None, (who.name, who.given_name, who.family_name, who.greeting, who.organisation))),
            disclosure=lines["disclosure"], opt_out=lines["opt_out"], postal_address=self._me.postal_address,
            is_minor=who.is_adult == 0, pitches=self._pitches[person], gifts=self._gifts[person],
        )  # fmt: skip
        found = [*self._stopped.get(person, ()), *lint(subject, markdown, text, about)]
        return sorted(found, key=lambda each: not each.stops)


def refuse_unfit(findings: Sequence[Finding], person: str) -> None:
    """A letter with something that stops it is not approved.

    Raises:
        KnownError: the code of what stops it, such as ``lint.pressure``.
    """
    for finding in findings:
        if finding.stops:
            raise KnownError(finding.code, **{"person": person, **finding.facts})


def _stopped(store: Store, item_id: int, people: list[int], kind: str) -> dict[int, list[Finding]]:
    """By person what speaks against any letter of this kind to her, whatever stands in it."""
    found = {person: [Finding("lint.suppressed", True)] for person in suppressed_people(store, people)}
    if kind not in OFFERS:
        return found
    for person, stop in stops(item_id, people).items():
        found.setdefault(person, []).append(Finding(f"policies.{stop.code}", True, facts_of(person, item_id, stop)))
    for person, some in consent_findings(store, people).items():
        found.setdefault(person, []).extend(some)
    if kind == "pitch":
        for person in _told_before(item_id, people):
            found.setdefault(person, []).append(Finding("lint.pitched_before", True))
    return found


def _told_before(item_id: int, people: list[int]) -> set[int]:
    """Who was offered the title before, by letter or in any other way; one title is offered to a person once.

    Whoever asked to be asked again later has a new gift planned beside the one that was declined: that may be offered.
    """
    same = (Letter.item == item_id) & (Letter.kind == "pitch") & Letter.state.in_(["queued", "sent"])
    wrote = Letter.select(Letter.person).where(same & Letter.person.in_(among(people)))
    only_planned = [GiftState.CONSIDERED.value, GiftState.CHOSEN.value]
    asked = Gift.select(Gift.person).where(
        (Gift.item == item_id) & Gift.person.in_(among(people)) & Gift.state.not_in(only_planned)
    )
    planned = Gift.select(Gift.person).where(
        (Gift.item == item_id) & Gift.person.in_(among(people)) & Gift.state.in_(only_planned)
    )
    again = {person for (person,) in planned.tuples()}
    return {person for (person,) in wrote.tuples()} | ({person for (person,) in asked.tuples()} - again)


def _about_title(store: Store, item_id: int) -> About:
    item = Item.get_by_id(item_id)
    lacking = [name for name, known in (
        ("description", item.description or item.hook), ("publisher", item.publisher or item.imprint),
        ("pub_date", item.pub_date), ("format", Edition.select().where(Edition.item == item_id).exists()),
    ) if not known]  # fmt: skip
    embargo = item.review_embargo or ""
    is_over = embargo <= store.today().isoformat()
    return About(kind="", lacking=tuple(lacking), embargo="" if is_over else embargo)


def _evidence(people: list[int]) -> dict[int, list[str]]:
    """By person what she said, wrote or did that praise may rest on."""
    found: dict[int, list[str]] = {}
    said = TasteEvidence.select(TasteNote.person, TasteEvidence.text).join(TasteNote)
    posts = Post.select(Post.person, Post.text)
    for query in (said.where(TasteNote.person.in_(among(people))), posts.where(Post.person.in_(among(people)))):
        for person, text in query.tuples():
            found.setdefault(person, []).append(text)
    return found


def _sent(people: list[int]) -> object:
    return Letter.person.in_(among(people)) & (Letter.state == "sent")


def _counted(query: object) -> Counter[int]:
    return Counter(person for (person,) in query.tuples())  # type: ignore[attr-defined]


def _ago(store: Store, rule: str) -> str:
    return (store.today() - timedelta(days=rules()[rule])).isoformat()
