"""Asking before a parcel goes: whose wish is known, whose address was confirmed lately, and who has been asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from outreach.services.workspaces.data_rules import confirmed_since
from outreach.store.database import Store
from outreach.store.models import Address, Gift, GiftStep, Letter, Reply

#: The kind of the letters that ask for an address.
ADDRESS = "address"
#: Who was asked is given so much time before her address stands among what waits for the user again.
_TIME_TO_ANSWER = timedelta(days=14)
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known before a parcel goes.

    Attributes:
        wished_on: On which day she said that she would like it; empty where she has not.
        confirmed_on: When she last said that her address is right; empty where she never did.
        is_fresh: Whether that is recent enough for a parcel.
        asked_on: When she was last written to about it; empty where she was not.
        answered_on: When she answered that.
    """

    wished_on: str = ""
    confirmed_on: str = ""
    is_fresh: bool = False
    asked_on: str = ""
    answered_on: str = ""


def asked(store: Store, gifts: Sequence[int]) -> dict[int, Asked]:
    """What is known of each of some gifts before it goes."""
    owners: dict[int, int | None] = {}
    wished: dict[int, str] = {}
    for some in _chunks(gifts):
        owners.update(Gift.select(Gift.id, Gift.person).where(Gift.id.in_(some)).tuples())
        steps = GiftStep.select(GiftStep.gift, GiftStep.happened_on).order_by(GiftStep.id)
        wished.update(steps.where(GiftStep.gift.in_(some) & (GiftStep.state == "accepted")).tuples())
    people = [person for person in owners.values() if person is not None]
    confirmed, letters = _confirmed(people), _letters(people)
    since = confirmed_since(store)
    found = {}
    for gift, person in owners.items():
        day = confirmed.get(person or 0, "")
        written, answered = letters.get(person or 0, ("", ""))
        found[gift] = Asked(wished.get(gift, ""), day, day >= since, written, answered)
    return found


def waits_for_answer(store: Store, known: Asked) -> bool:
    """Whether it is her turn: she was asked lately, and has not answered."""
    lately = (store.today() - _TIME_TO_ANSWER).isoformat()
    return known.asked_on > lately and not known.answered_on


def confirm_by_answer(store: Store, letter_id: int | None, person_id: int | None) -> None:
    """A yes to a letter that asked for the address confirms the one that is known, inside the caller's operation."""
    letter = Letter.get_or_none(Letter.id == letter_id) if letter_id else None
    if letter is not None and letter.kind == ADDRESS and person_id is not None:
        mine = (Address.person == person_id) & (Address.is_current == 1)
        Address.update(confirmed_on=store.today().isoformat()).where(mine).execute()


def _confirmed(people: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in _chunks(people):
        mine = Address.person.in_(some) & (Address.is_current == 1) & Address.confirmed_on.is_null(False)
        found.update(Address.select(Address.person, Address.confirmed_on).where(mine).tuples())
    return found


def _letters(people: Sequence[int]) -> dict[int, tuple[str, str]]:
    """By person the day of the newest letter that went out and asked for an address, and of the answer to it."""
    found: dict[int, tuple[str, str]] = {}
    for some in _chunks(people):
        rows = Letter.select(Letter.id, Letter.person, Letter.sent_at).where(
            Letter.person.in_(some) & (Letter.kind == ADDRESS) & Letter.sent_at.is_null(False)
        )
        sent = {letter: (person, at[:10]) for letter, person, at in rows.order_by(Letter.sent_at, Letter.id).tuples()}
        answers = Reply.select(Reply.letter, Reply.received_at).where(
            Reply.letter.in_(list(sent)) & (Reply.is_automatic == 0)
        )
        came = dict(answers.order_by(Reply.received_at).tuples())
        found.update({person: (day, came.get(letter, "")[:10]) for letter, (person, day) in sent.items()})
    return found


def _chunks(ids: Sequence[int]) -> list[list[int]]:
    return [list(ids[start : start + _CHUNK]) for start in range(0, len(ids), _CHUNK)]
