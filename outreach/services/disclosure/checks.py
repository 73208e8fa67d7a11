"""Disclosure of a post: what she received, what somebody saw who looked, and a kind request to add what lacks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.text import clean
from outreach.services.disclosure.rules import Look, Received, Seen, Verdict, judge, places, rules_for
from outreach.services.drafting import post_letters
from outreach.services.drafting.post_letters import PostLetter
from outreach.services.programmes.standing import REASONS
from outreach.store.database import Store
from outreach.store.models import (
    Address,
    DisclosureCheck,
    Edition,
    Gift,
    Insert,
    Letter,
    Person,
    Post,
    ShipmentGift,
    ShipmentInsert,
)

_CHUNK = 500
_EARLY = ("proof", "egalley")
_WHOLE_DAY = len("2026-11-24")


@dataclass(frozen=True, slots=True)
class NewCheck:
    """What somebody saw who looked.

    Attributes:
        place: Where it stands, a name of `places`.
        checked_on: When she looked; today if empty.
    """

    seen: Seen
    place: str = ""
    wording: str = ""
    checked_on: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A look that was taken.

    Attributes:
        letter: How far the letter is that asked to add it; empty where none was written.
    """

    id: int
    seen: str
    place: str
    wording: str
    checked_on: str
    note: str
    by: str
    letter: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    """How a post stands.

    Attributes:
        country: Whose rules were taken.
        note: What is to be known of them.
        checks: What was seen, the newest first.
    """

    post_id: int
    received: Received
    verdict: Verdict
    country: str
    note: str
    checks: tuple[CheckRow, ...]


def check_disclosure(store: Store, post_id: int, new: NewCheck) -> tuple[int, Changes]:
    """Note that somebody looked, and what she saw.

    Raises:
        KnownError: ``disclosure.unknown_place``, ``disclosure.no_place`` where it was seen and nobody says where,
            ``disclosure.bad_day``.
    """
    if new.place and new.place not in places():
        raise KnownError("disclosure.unknown_place", value=new.place, known=", ".join(places()))
    if new.seen is Seen.YES and not new.place:
        raise KnownError("disclosure.no_place", known=", ".join(places()))
    today = store.today().isoformat()
    day = parse_day(new.checked_on) if new.checked_on else today
    if day is None or len(day) != _WHOLE_DAY or day > today:
        raise KnownError("disclosure.bad_day", value=new.checked_on[:50])
    told = new.seen is not Seen.NO
    with store.operation(Op.CHECK_DISCLOSURE) as written:
        made = DisclosureCheck.create(
            post=post_id, seen=new.seen.value, place=new.place if told else "",
            wording=clean(new.wording) if told else "", checked_on=day, note=clean(new.note), by=store.by,
            created_at=store.now(),
        )  # fmt: skip
    return int(made.id), written.changes


def ask_disclosure(store: Store, made: PostLetter) -> tuple[int, Changes]:
    """Keep a letter that kindly asks to name the gift, as a draft for a person to approve; the letter's id.

    Raises:
        KnownError: ``disclosure.check_first`` where nobody looked yet, ``disclosure.hands_off`` where the platform
            forbids us a say, ``disclosure.nothing_lacks``.
    """
    refuse_asking(made.post_id)
    newest = _checks([made.post_id])[made.post_id][0]
    with store.operation(Op.ASK_DISCLOSURE) as written:
        letter = post_letters.keep(store, made)
        DisclosureCheck.update(letter=letter).where(DisclosureCheck.id == newest.id).execute()
    return letter, written.changes


def refuse_asking(post_id: int) -> None:
    """Nothing is asked where nobody looked, where nothing lacks, or where it is not ours to ask; raises as above."""
    known = disclosures([post_id])[post_id]
    if not known.checks:
        raise KnownError("disclosure.check_first", post=f"o{post_id}")
    if not known.verdict.may_ask:
        lacks = known.verdict.why in ("missing", "hard_to_see", "not_enough")
        raise KnownError("disclosure.hands_off" if lacks else "disclosure.nothing_lacks", post=f"o{post_id}")


def disclosures(posts: Iterable[int]) -> dict[int, Disclosure]:
    """How some posts stand."""
    ids = list(posts)
    found: dict[int, Disclosure] = {}
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        checks, received, countries = _checks(some), _received(some), _countries(some)
        platforms = dict(Post.select(Post.id, Post.platform).where(Post.id.in_(some)).tuples())
        for post in some:
            rules = rules_for(countries.get(post, ""))
            seen = checks.get(post, [])
            look = Look(Seen(seen[0].seen), seen[0].place, seen[0].wording) if seen else None
            verdict = judge(received[post], look, rules, platforms.get(post, ""))
            found[post] = Disclosure(post, received[post], verdict, countries.get(post, ""), rules.note, tuple(seen))
    return found


def _checks(posts: Sequence[int]) -> dict[int, list[CheckRow]]:
    query = DisclosureCheck.select(DisclosureCheck, Letter).left_outer_join(Letter)
    query = query.where(DisclosureCheck.post.in_(list(posts))).order_by(DisclosureCheck.id.desc())
    found: dict[int, list[CheckRow]] = {}
    for row in query:
        letter = row.letter.state if row.letter_id else ""
        check = CheckRow(row.id, row.seen, row.place, row.wording, row.checked_on, row.note, row.by, letter)
        found.setdefault(row.post_id, []).append(check)
    return found


def _received(posts: Sequence[int]) -> dict[int, Received]:
    """By post what she had of us: the gift, an early copy, what lay beside it; and whether she works with us."""
    query = Post.select(Post.id, Post.nature_reason, Gift.id, Gift.deal, Gift.obliges, Edition.format, Person.role)
    query = query.left_outer_join(Gift, on=(Post.gift == Gift.id)).left_outer_join(Edition)
    query = query.switch(Post).left_outer_join(Person, on=(Post.person == Person.id)).where(Post.id.in_(list(posts)))
    rows = list(query.tuples())
    beside = _beside([gift for _, _, gift, *_ in rows if gift])
    in_programme = {reason: deal.value for deal, reason in REASONS.items()}
    found = {}
    for post, reason, gift, agreed, obliges, form, role in rows:
        # What was agreed in a programme counts where it is the more binding.
        deal = in_programme.get(reason, agreed)
        early = ("early_copy",) if form in _EARLY else ()
        benefits = (*early, *beside.get(gift, ()))
        # A reward that depends on posting makes of a gift a deal, whatever it was called.
        depends = deal == "gift" and obliges == "posting"
        found[post] = Received("in_kind" if depends else deal or "", obliges == "approval", benefits,
                               role == "colleague")  # fmt: skip
    return found


def _beside(gifts: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """By gift the kinds of what lay in its parcel besides."""
    query = ShipmentGift.select(ShipmentGift.gift, Insert.kind).join(
        ShipmentInsert, on=(ShipmentInsert.shipment == ShipmentGift.shipment)
    )
    query = query.join(Insert, on=(Insert.id == ShipmentInsert.parcel_insert)).where(ShipmentGift.gift.in_(list(gifts)))
    found: dict[int, tuple[str, ...]] = {}
    for gift, kind in query.tuples():
        found[gift] = tuple(dict.fromkeys((*found.get(gift, ()), kind)))
    return found


def _countries(posts: Sequence[int]) -> dict[int, str]:
    """By post the country of whoever made it: as she says, else where her post goes."""
    rows = list(Post.select(Post.id, Post.person, Person.country).join(Person).where(Post.id.in_(list(posts))).tuples())
    people = [person for _, person, country in rows if not country]
    at_home = dict(
        Address.select(Address.person, Address.country)
        .where(Address.person.in_(people) & (Address.is_current == 1)).tuples()
    )  # fmt: skip
    return {post: country or at_home.get(person, "") for post, person, country in rows}
