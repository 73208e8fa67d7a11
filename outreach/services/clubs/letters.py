"""Letters around clubs: an invitation to join, a reminder of a session, thanks for an introduction.

Each is a draft that a person reads and approves. Their facts are given with the order, since one person may be in two
clubs. A letter that was sent in thanks for an introduction is what says that she was thanked.
"""

from collections.abc import Mapping, Sequence

from outreach.errors import KnownError
from outreach.fields.names import first_name_of
from outreach.services.catalogue.catalogue import show_item
from outreach.services.clubs.clubs import ClubRow, show_club
from outreach.services.clubs.members import RequestState, members_of, requests_of
from outreach.services.clubs.sessions import SessionRow, list_sessions
from outreach.services.drafting.drafts import LetterOrder
from outreach.services.drafting.openings import openings
from outreach.services.drafting.senders import sender
from outreach.services.drafting.templates import save_starters
from outreach.services.letters.language import language
from outreach.services.voices.referrals import list_referrals
from outreach.store.database import Store
from outreach.store.models import Club, Gift, LetterTemplate, Person, Post

JOINING = "club-joining"
REMINDER = "session-reminder"
THANKS = "introduction-thanks"


def prepare(store: Store) -> None:
    """Put the templates that a workspace of an earlier version lacks into it; on the thread that writes."""
    there = {name for (name,) in LetterTemplate.select(LetterTemplate.name).distinct().tuples()}
    if not {JOINING, REMINDER, THANKS} <= there:
        save_starters(store, sender().language)


def asking(club_id: int) -> list[int]:
    """Who waits to be let in and is known by name: whom an invitation is for first."""
    waiting = [row for row in requests_of(club_id) if row.state == RequestState.WAITING]
    return list(dict.fromkeys(row.person_id for row in waiting if row.person_id is not None))


def invitation(store: Store, club_id: int, people: Sequence[int], opening: str = "") -> LetterOrder:
    """The order for letters that ask people to read along; nobody who is a member already.

    Args:
        store: The open workspace.
        club_id: Of which club.
        people: Whom it asks.
        opening: The line that is for them alone; without it, that they asked, or what there is evidence for.

    Raises:
        KnownError: ``club_letters.no_title``, ``club_letters.nobody``.
    """
    club, item = _about(club_id)
    inside = {club.host_id, *_members(club_id)}
    asked = tuple(dict.fromkeys(person for person in people if person not in inside))
    if not asked:
        raise KnownError("club_letters.nobody", club=club.name)
    coming = _coming(store, club_id)
    facts = _facts(club, coming)
    lines = dict.fromkeys(asked, opening) if opening else _openings(club_id, item, asked)
    return LetterOrder(JOINING, item, asked, lines, dict.fromkeys(asked, facts))


def reminder(store: Store, session_id: int, people: Sequence[int] = ()) -> LetterOrder:
    """The order for letters that remind of a session: its host and named members, or those who are named.

    Raises:
        KnownError: ``club_letters.no_title``, ``club_letters.over``, ``club_letters.no_members``.
    """
    row = list_sessions(session_id=session_id)[0]
    club, item = _about(row.club_id)
    if row.state != "planned" or row.starts_at < store.now():
        raise KnownError("club_letters.over", session=f"d{session_id}")
    host = [club.host_id] if club.host_id is not None else []
    to = tuple(dict.fromkeys(people or [*host, *_members(row.club_id)]))
    if not to:
        raise KnownError("club_letters.no_members", club=club.name)
    return LetterOrder(REMINDER, item, to, {}, dict.fromkeys(to, _facts(club, row)))


def thanks(introducer_id: int, item_id: int | None = None) -> LetterOrder:
    """The order for a letter that thanks for introductions: those she was not thanked for, or all.

    Args:
        introducer_id: Whom it thanks.
        item_id: Over which title those whom she introduced were met; found where something came of it.

    Raises:
        KnownError: ``referrals.nobody``, ``club_letters.over_what``.
    """
    led = [row for row in list_referrals() if row.introducer_id == introducer_id]
    if not led:
        raise KnownError("referrals.nobody", person=Person.get_by_id(introducer_id).name)
    fresh = [row for row in led if not row.thanked_on] or led
    item = item_id if item_id is not None else _met_over([row.person_id for row in fresh])
    if item is None:
        raise KnownError("club_letters.over_what", person=led[0].introducer)
    facts = {"introduction.names": _listed([row.person for row in reversed(fresh)])}
    return LetterOrder(THANKS, item, (introducer_id,), {}, {introducer_id: facts})


def _about(club_id: int) -> tuple[ClubRow, int]:
    club, _ = show_club(club_id)
    if club.item_id is None:
        raise KnownError("club_letters.no_title", club=club.name)
    return club, club.item_id


def _members(club_id: int) -> list[int]:
    return [row.person_id for row in members_of(club_id) if not row.left_on]


def _coming(store: Store, club_id: int) -> SessionRow | None:
    planned = (row for row in list_sessions(club_id=club_id) if row.state == "planned")
    return next((row for row in planned if row.starts_at >= store.now()), None)


def _facts(club: ClubRow, row: SessionRow | None) -> Mapping[str, str]:
    facts = {"club.name": club.name, "club.host": first_name_of(club.host) if club.host else ""}
    if row is not None:
        facts |= {
            "session.day": language(sender().language).weekday(row.day),
            "session.hour": f"{row.hour} ({row.zone})", "session.reading": row.reading,
            "session.place": row.place or club.place, "session.author": row.author,
        }  # fmt: skip
    return {name: value for name, value in facts.items() if value}


def _openings(club_id: int, item_id: int, people: Sequence[int]) -> dict[int, str]:
    found = dict(openings(list(people), show_item(item_id).genre_codes))
    for row in requests_of(club_id):
        if row.person_id is not None and row.person_id in people and row.state == RequestState.WAITING:
            found[row.person_id] = "You asked whether you might read along, and I was glad of it."
    return found


def _met_over(people: Sequence[int]) -> int | None:
    """The title that the newest thing is about which came of introductions."""
    days = [
        *Post.select(Post.posted_on, Post.item).where(Post.person.in_(people) & Post.item.is_null(False)).tuples(),
        *Club.select(Club.started_on, Club.item).where(Club.host.in_(people) & Club.item.is_null(False)).tuples(),
        *Gift.select(Gift.state_on, Gift.item).where(Gift.person.in_(people)).tuples(),
    ]
    return max(days)[1] if days else None


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
