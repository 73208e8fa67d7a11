"""What is done at random with clubs, their sessions and copies, authors' hours, events, haunts and introductions."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from outreach.services.clubs import author_hours, clubs
from outreach.services.clubs import copies as club_copies
from outreach.services.clubs import members as club_members
from outreach.services.clubs import sessions as club_sessions
from outreach.services.clubs.copies import CopiesKind, NewCopies
from outreach.services.clubs.members import NewRequest, RequestState
from outreach.services.clubs.sessions import NewSession
from outreach.services.gifts import offers as author_offers
from outreach.services.voices import events, haunts, referrals, venues
from outreach.store.models import (
    AuthorOffer,
    AuthorSlot,
    Club,
    ClubCopies,
    ClubMember,
    ClubQuestion,
    ClubSession,
    Event,
    EventSale,
    Gift,
    Haunt,
    Item,
    JoinRequest,
    Person,
    Post,
    Venue,
)
from tests.store.undoing_feeds import Follower


class Gatherer(Follower):
    """A user who also gathers readers."""

    def acts_on_clubs(self) -> list[Callable[[], object]]:
        return [
            self.edit_club, self.offer, self.move_offer, self.slot, self.drop_slot, self.count_members,
            self.join, self.leave_club, self.ask_to_join, self.answer_requests, self.session, self.edit_session,
            self.cancel_session, self.met, self.schedule, self.question, self.drop_question, self.club_copies,
            self.drop_copies, self.club_post, self.event, self.edit_event, self.held, self.sale, self.drop_sale,
            self.drop_event, self.drop_venue,
            self.venue, self.readers_told, self.approach, self.introduced, self.thanked,
        ]  # fmt: skip

    def hour(self, days: int) -> str:
        day = self.store.today() + timedelta(days=days)
        return f"{day} {self.random.randint(8, 21):02}:30"

    def edit_club(self) -> object:
        values = {"state": self.random.choice(list(clubs.ClubState)), "place": self.text(), "zone": "Europe/London"}
        return clubs.edit_club(self.store, self.some(Club), values)

    def offer(self) -> object:
        once = self.random.random() < 0.3
        return author_offers.offer_author(self.store, self.some(Gift), author="Imogen", once_enjoyed=once)

    def move_offer(self) -> object:
        gift = AuthorOffer.get_by_id(self.some(AuthorOffer)).gift_id
        return author_offers.move_offer(self.store, gift, self.random.choice(list(author_offers.OfferState)))

    def slot(self) -> object:
        return author_hours.add_slot(self.store, "Imogen", self.hour(self.random.randint(1, 20)), 120, zone="UTC")

    def drop_slot(self) -> object:
        return author_hours.drop_slot(self.store, self.some(AuthorSlot))

    def count_members(self) -> object:
        day = (self.store.today() - timedelta(days=self.random.randint(0, 30))).isoformat()
        return club_members.count_members(self.store, self.some(Club), self.random.randint(1, 60), on=day, moved_by="x")

    def join(self) -> object:
        return club_members.join(self.store, self.some(Club), [self.some(Person), self.some(Person)])

    def leave_club(self) -> object:
        member = ClubMember.get_by_id(self.some(ClubMember, ClubMember.left_on.is_null()))
        return club_members.leave(self.store, member.club_id, member.person_id)

    def ask_to_join(self) -> object:
        who = self.some(Person) if self.random.random() < 0.5 else None
        return club_members.ask_to_join(self.store, self.some(Club), NewRequest(who, self.random.randint(1, 9)))

    def answer_requests(self) -> object:
        waiting = self.some(JoinRequest, JoinRequest.state == "waiting")
        to = self.random.choice([RequestState.JOINED, RequestState.NOT_NOW])
        return club_members.answer_requests(self.store, [waiting], to)

    def session(self) -> object:
        author = self.random.choice(["", "Imogen"])
        new = NewSession(self.hour(self.random.randint(-20, 20)), topic=self.text(), author=author, reading="1 to 8")
        return club_sessions.plan_session(self.store, self.some(Club), new)

    def edit_session(self) -> object:
        values = {"going": str(self.random.randint(0, 40)), "starts": self.hour(self.random.randint(1, 20))}
        return club_sessions.edit_session(self.store, self.some(ClubSession, ClubSession.state == "planned"), values)

    def cancel_session(self) -> object:
        return club_sessions.cancel_session(self.store, self.some(ClubSession, ClubSession.state == "planned"))

    def met(self) -> object:
        over = ClubSession.starts_at <= self.store.now()
        if not ClubSession.select().where(over & (ClubSession.state == "planned")).exists():
            club_sessions.plan_session(self.store, self.some(Club), NewSession(self.hour(-3), author="Imogen"))
        number = self.some(ClubSession, over & (ClubSession.state == "planned"))
        return club_sessions.note_met(self.store, number, self.random.randint(0, 40), self.text())

    def schedule(self) -> object:
        return club_sessions.set_schedule(
            self.store, self.some(Club), [("2026-12-03", self.text()), ("2026-12-10", "2")]
        )

    def question(self) -> object:
        self.number += 1
        return club_sessions.ask_questions(self.store, self.some(Club), [f"{self.text()} {self.number}?"])

    def drop_question(self) -> object:
        return club_sessions.drop_question(self.store, self.some(ClubQuestion))

    def club_copies(self) -> object:
        kind = self.random.choice(list(CopiesKind))
        amount = Decimal(self.random.randint(1, 99)) if kind in club_copies.SOLD else None
        new = NewCopies(kind, self.random.randint(1, 9), amount=amount, currency="GBP" if amount else "")
        return club_copies.note_copies(self.store, self.some(Club), new)

    def drop_copies(self) -> object:
        return club_copies.drop_copies(self.store, self.some(ClubCopies))

    def club_post(self) -> object:
        return club_members.link_post(self.store, self.some(Club), self.some(Post))

    def event(self) -> object:
        self.number += 1
        kind = self.random.choice(list(events.EventKind))
        new = events.NewEvent(f"{self.text()} {self.number}", kind, self.hour(-2), zone="UTC", item_id=self.some(Item))
        return events.plan_event(self.store, new)

    def edit_event(self) -> object:
        return events.edit_event(self.store, self.some(Event), {"cost": f"{self.random.randint(1, 99)} GBP"})

    def held(self) -> object:
        return events.end_event(self.store, self.some(Event), events.EventState.HELD, self.random.randint(0, 200))

    def sale(self) -> object:
        name = self.random.choice(["", "Chicks"])
        return events.note_sale(self.store, self.some(Event), 3, name=name, amount=Decimal(9), currency="GBP")

    def drop_sale(self) -> object:
        return events.drop_sale(self.store, self.some(EventSale))

    def venue(self) -> object:
        self.number += 1
        values = {"name": f"{self.text()} {self.number}", "kind": "radio", "reach": "20,000"}
        return venues.save_venue(self.store, values, person_id=self.some(Person))

    def drop_event(self) -> object:
        return events.remove_event(self.store, self.some(Event))

    def drop_venue(self) -> object:
        self.venue()
        return venues.remove_venue(self.store, self.some(Venue))

    def readers_told(self) -> object:
        self.number += 1
        return haunts.note_answers(self.store, self.some(Item), {haunts.HauntKind.LISTENS: [f"Hour {self.number}"]})

    def approach(self) -> object:
        haunt = Haunt.get_by_id(self.some(Haunt))
        return haunts.approach(self.store, haunt.item_id, haunt.name, person_id=self.some(Person))

    def introduced(self) -> object:
        return referrals.note_referral(self.store, self.some(Person), self.some(Person), "2026-10-01")

    def thanked(self) -> object:
        introduced = Person.get_by_id(self.some(Person, Person.introduced_by.is_null(False)))
        return referrals.thank(self.store, introduced.introduced_by_id)
