"""What happens around the sample's clubs: offers, hours, sessions, members, copies, events, readers' haunts."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from outreach.fields.hours import to_utc
from outreach.fields.names import first_name_of
from outreach.fields.text import fold
from outreach.paths import resource
from outreach.services.gifts.states import OutcomeKind
from outreach.services.sample.days import Days
from outreach.services.sample.values import Sample, SampleClub
from outreach.store.database import Store
from outreach.store.models import (
    AuthorOffer,
    AuthorSlot,
    ClubCopies,
    ClubMember,
    ClubPost,
    ClubQuestion,
    ClubSession,
    Event,
    EventSale,
    Haunt,
    JoinRequest,
    Milestone,
    Outcome,
    Venue,
)

#: Writes a row of a table, and says which number it got.
Put = Callable[..., int]

_ZONE, _CURRENCY = "Europe/London", "GBP"
_DEEP = 4
#: Hosts who join a club before they begin their own do so that many days before.
_BEFORE = 9


@dataclass(frozen=True, slots=True)
class Rows:
    """The numbers that rows got: people and gifts by their place, items by theirs, posts by theirs."""

    people: Sequence[int]
    items: Sequence[int]
    gifts: Sequence[int]
    posts: Sequence[int]


class ClubLife:
    """Puts the rows around clubs once the clubs have their numbers."""

    def __init__(self, put: Put, store: Store, sample: Sample, rows: Rows) -> None:
        self._put = put
        self._sample = sample
        self._rows = rows
        self._days = Days(store.today())
        self._now = store.now()
        self._by = store.by
        self._told = tomllib.loads(resource("sample", "club_life.toml").read_text(encoding="utf-8"))
        self._by_name: dict[str, Mapping[str, Any]] = {each["name"]: each for each in self._told["club"]}
        self._chain = self._find_chain()
        self._uids = 0

    def grew_from(self, place: int) -> int | None:
        """The place of the club out of which one grew."""
        at = self._chain.index(place) if place in self._chain else 0
        return self._chain[at - 1] if at else None

    def headcount(self, club: SampleClub, number: int) -> str:
        """What moved a club's members to its count of a number."""
        told = self._by_name.get(club.name, {})
        if told:
            text = told.get("moved", {}).get(str(number), "")
            return self._filled(text, club)
        moved = self._told["others"]["moved"]
        return str(moved[number % len(moved)]) if number % 3 == 1 else ""

    def columns(self, club: SampleClub) -> dict[str, str]:
        """Columns of a club's own row."""
        told = self._by_name.get(club.name, {})
        return {"zone": told.get("zone", _ZONE), "spoilers": told.get("spoilers", "")}

    def write(self, clubs: Sequence[int]) -> None:
        """Put everything, by the numbers that clubs got."""
        self._hours()
        for place, (row, club) in enumerate(zip(clubs, self._sample.clubs, strict=True)):
            told = self._by_name.get(club.name)
            self._members(row, place, club, told)
            if told is not None:
                self._of_written(row, club, told)
            else:
                self._of_others(row, place, club)
            self._put(ClubPost, club_id=row, post_id=self._rows.posts[club.post])
        self._events()
        self._worksheet()

    def _find_chain(self) -> list[int]:
        """The clubs that grew out of one another: the first one, and later ones of other hosts."""
        clubs = self._sample.clubs
        chain = [place for place, club in enumerate(clubs) if club.name == self._told["chain"]]
        for place, club in enumerate(clubs):
            if chain and len(chain) < _DEEP and club.name not in self._by_name:
                last = clubs[chain[-1]]
                if _apart(last.started_on, club.started_on) > _BEFORE + 1:
                    chain.append(place)
        return chain

    def _members(self, row: int, place: int, club: SampleClub, told: Mapping[str, Any] | None) -> None:
        known = {club.host}
        for other in self._chain:
            if self.grew_from(other) == place:
                child = self._sample.clubs[other]
                known.add(child.host)
                joined = date.fromisoformat(child.started_on) - timedelta(days=_BEFORE)
                self._put(ClubMember, club_id=row, person_id=self._rows.people[child.host],
                          joined_on=joined.isoformat(), by=self._by)  # fmt: skip
        started = date.fromisoformat(club.started_on)
        for number in range(min(3, club.headcounts[-1][1] // 4)):
            person = (place * 37 + number * 11 + 60) % len(self._rows.people)
            if person not in known:
                known.add(person)
                joined = min(started + timedelta(days=number), self._days.today)
                self._put(ClubMember, club_id=row, person_id=self._rows.people[person], joined_on=joined.isoformat(),
                          by=self._by)  # fmt: skip
        asked = told["asked"] if told else 2 + place % 3
        where = told["asked_in"] if told else self._told["others"]["asked_in"][place % 3]
        before = (started - timedelta(days=3)).isoformat()
        self._ask(row, asked, before, "joined", str(where), self._rows.posts[club.post])
        if told and "waiting" in told:
            self._ask(row, told["waiting"], self._days.text(-1), "waiting", str(where), None)

    def _ask(self, row: int, people: int, day: str, state: str, where: str, post: int | None) -> None:
        self._put(JoinRequest, club_id=row, people=people, asked_on=day, state=state, place=where, post_id=post,
                  by=self._by)  # fmt: skip

    def _of_written(self, row: int, club: SampleClub, told: Mapping[str, Any]) -> None:
        author = self._sample.items[club.item].author
        if told.get("offered"):
            agreed = next((day for number, (day, _) in enumerate(club.headcounts)
                           if "{author}" in told["moved"].get(str(number), "")), club.started_on)  # fmt: skip
            given = self._sample.gifts[club.gift]
            self._put(AuthorOffer, gift_id=self._rows.gifts[club.gift], author=author, author_key=fold(author),
                      state="taken_up", once_enjoyed=1, offered_on=given.sent_on or given.state_on,
                      state_on=agreed, by=self._by)  # fmt: skip
        if told.get("enjoyed"):
            self._put(Outcome, gift_id=self._rows.gifts[club.gift], person_id=self._rows.people[club.host],
                      kind=OutcomeKind.ENJOYED.value, evidence="claimed", happened_on=club.started_on, post_id=None,
                      by=self._by)  # fmt: skip
        first = None
        for day, hour, minutes, reading, topic, joins, people in told["sessions"]:
            made = self._session(row, club, day, hour, minutes, self._filled(topic, club), joins=joins, people=people,
                                 zone=told["zone"])  # fmt: skip
            first = made if joins and day >= 0 else first
            self._put(Milestone, club_id=row, by_on=self._days.text(day), reading=reading)
        for question in told["questions"]:
            self._put(ClubQuestion, club_id=row, club_session_id=first, text=self._filled(question, club),
                      asked_on=self._days.text(-5), by=self._by)  # fmt: skip
        coming = self._sample.coming
        for kind, copies, day, pence, of_next in told["copies"]:
            item = coming if of_next and coming is not None else club.item
            self._copies(row, kind, copies, day, pence, item)

    def _of_others(self, row: int, place: int, club: SampleClub) -> None:
        """A few sessions, two weeks apart, that as many came to as the club then had, more or less."""
        started, state = date.fromisoformat(club.started_on), club.state
        topics = self._told["others"]["topics"]
        for number in range(0 if state == "planned" else 3):
            day = (started - self._days.today).days + 10 + number * 14
            members = [count for counted, count in club.headcounts if counted <= self._days.text(day)]
            came = max(1, (members or [club.headcounts[0][1]])[-1] * 3 // 4)
            self._session(row, club, day, "19:00", 60, topics[number], joins=number == 2 and state == "met",
                          people=came if day < 0 else 0, zone=_ZONE)  # fmt: skip
        if place in self._chain:
            self._copies(row, "bought", 4 + place % 5, -8, (4 + place % 5) * 899, club.item)
            self._copies(row, "passed_round", 2, -8, 0, club.item)

    def _session(  # noqa: PLR0913 - all of one row
        self, row: int, club: SampleClub, day: int, hour: str, minutes: int, topic: str, *, joins: bool, people: int,
        zone: str,
    ) -> int:  # fmt: skip
        author = self._sample.items[club.item].author if joins else ""
        starts = to_utc(f"{self._days.text(day)} {hour}", zone)
        assert starts is not None, (day, hour)
        past = starts < self._now
        return self._put(
            ClubSession, club_id=row, uid=self._uid("session"), sequence=0, state="met" if past else "planned",
            starts_at=starts, minutes=minutes, zone=zone, topic=topic, place=club.place.split(",")[0], moderator="",
            author=author, author_key=fold(author), author_zone=zone if joins else "",
            author_slot_id=self._slot_at(author, starts), going=None if past or not people else people,
            came=people if past else None, note="", by=self._by, created_at=self._now, changed_at=self._now,
        )  # fmt: skip

    def _copies(self, row: int, kind: str, copies: int, day: int, pence: int, item: int) -> None:
        self._put(ClubCopies, club_id=row, kind=kind, copies=copies, item_id=self._rows.items[item],
                  amount_minor=pence or None, currency=_CURRENCY if pence else "", happened_on=self._days.text(day),
                  by=self._by)  # fmt: skip

    def _hours(self) -> None:
        self._slots: dict[tuple[str, str], int] = {}
        for author in self._told["author"]:
            for day, hour, minutes in author["hours"]:
                starts = to_utc(f"{self._days.text(day)} {hour}", author["zone"])
                assert starts is not None, (day, hour)
                key = fold(author["name"])
                self._slots[key, starts[:10]] = self._put(
                    AuthorSlot, author=author["name"], author_key=key, starts_at=starts, minutes=minutes,
                    zone=author["zone"], by=self._by, created_at=self._now,
                )  # fmt: skip

    def _slot_at(self, author: str, starts: str) -> int | None:
        return self._slots.get((fold(author), starts[:10])) if author else None

    def _events(self) -> None:
        people = {person.name: row for person, row in zip(self._sample.people, self._rows.people, strict=True)}
        titles = {item.title: row for item, row in zip(self._sample.items, self._rows.items, strict=True)}
        venues: dict[str, tuple[int, int | None]] = {}
        for each in self._told["venue"]:
            person = people.get(each["person"])
            row = self._put(Venue, name=each["name"], name_key=fold(each["name"]), kind=each["kind"],
                            place=each["place"], zone=_ZONE, person_id=person, reach=each.get("reach"),
                            reach_source=each.get("source", ""), by=self._by, created_at=self._now)  # fmt: skip
            venues[each["name"]] = row, person
        for each in self._told["event"]:
            if each["title"] in titles:
                self._event(each, titles[each["title"]], *venues[each["venue"]])

    def _event(self, each: Mapping[str, Any], item: int, venue: int, person: int | None) -> None:
        starts = to_utc(f"{self._days.text(each['day'])} {each['hour']}", _ZONE)
        assert starts is not None, each
        past = starts < self._now
        row = self._put(
            Event, name=each["name"], name_key=fold(each["name"]), kind=each["kind"],
            state="held" if past else "planned", item_id=item, venue_id=venue, person_id=person,
            uid=self._uid("event"), sequence=0, starts_at=starts, minutes=each["minutes"], zone=_ZONE,
            came=each["came"] if past else None, cost_minor=each["cost"], cost_currency=_CURRENCY, by=self._by,
            created_at=self._now, changed_at=self._now,
        )  # fmt: skip
        sold = [(item, "", *each["sold"])] if each["sold"] else []
        for own, name, units, pence in [*sold, *((None, *beside) for beside in each["beside"])]:
            self._put(EventSale, event_id=row, item_id=own, name=name, units=units, amount_minor=pence,
                      currency=_CURRENCY, by=self._by)  # fmt: skip

    def _worksheet(self) -> None:
        told = self._told["worksheet"]
        titles = [row for item, row in zip(self._sample.items, self._rows.items, strict=True)
                  if item.title == told["title"]]  # fmt: skip
        for item in titles[:1]:
            for kind in ("listens", "reads", "attends"):
                for reader, name in enumerate(told[kind], start=1):
                    if name:
                        self._put(Haunt, item_id=item, reader=reader, kind=kind, name=name, name_key=fold(name),
                                  told_on=self._days.text(-90), by=self._by)  # fmt: skip

    def _uid(self, kind: str) -> str:
        self._uids += 1
        return f"{kind}-sample-{self._uids}@outreach"

    def _filled(self, text: str, club: SampleClub) -> str:
        author = first_name_of(self._sample.items[club.item].author)
        host = first_name_of(self._sample.people[club.host].name)
        return text.replace("{author}", author).replace("{host}", host)


def _apart(one: str, other: str) -> int:
    return (date.fromisoformat(other) - date.fromisoformat(one)).days
