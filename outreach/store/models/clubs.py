"""Book clubs and author meetings: offers, hours, members, schedules, sessions, copies; and events at venues."""

from peewee import IntegerField, TextField

from outreach.store.models.base import Table, link, text_field
from outreach.store.models.catalogue import Item
from outreach.store.models.gifts import Campaign, Gift, Post, StockMovement
from outreach.store.models.people import Person


class Club(Table):
    """Readers around an item, often begun by someone who was given it."""

    name = TextField()
    name_key = TextField()
    item = link(Item, "SET NULL", null=True)
    host = link(Person, "SET NULL", null=True)
    gift = link(Gift, "SET NULL", null=True)
    post = link(Post, "SET NULL", null=True)
    kind = text_field("club")
    state = text_field("reading")
    place = text_field()
    started_on = TextField()
    note = text_field()
    by = text_field()
    created_at = TextField()
    zone = text_field()
    spoilers = text_field()
    grew_from = link("self", "SET NULL", null=True)


class Headcount(Table):
    """How many members a club had from a day on, and what moved it there."""

    club = link(Club)
    counted_on = TextField()
    members = IntegerField()
    moved_by = text_field()
    post = link(Post, "SET NULL", null=True)


class AuthorOffer(Table):
    """An offer that goes with a gift: to meet the author, perhaps only once the book was enjoyed."""

    gift = link(Gift)
    author = TextField()
    author_key = TextField()
    state = TextField()
    once_enjoyed = IntegerField(default=0)
    offered_on = TextField()
    state_on = TextField()
    note = text_field()
    by = text_field()


class AuthorSlot(Table):
    """Time that an author has for clubs; what sessions took of it is spent."""

    author = TextField()
    author_key = TextField()
    starts_at = TextField()
    minutes = IntegerField()
    zone = TextField()
    uid = text_field()
    note = text_field()
    by = text_field()
    created_at = TextField()


class Venue(Table):
    """A shop, a library, a radio show, a newsletter: where people are reached without an account."""

    name = TextField()
    name_key = TextField()
    kind = TextField()
    place = text_field()
    zone = text_field()
    url = text_field()
    person = link(Person, "SET NULL", null=True)
    reach = IntegerField(null=True)
    reach_source = text_field()
    note = text_field()
    by = text_field()
    created_at = TextField()


class Milestone(Table):
    """What a club has read by a day."""

    club = link(Club)
    by_on = TextField()
    reading = TextField()


class ClubSession(Table):
    """A meeting of a club, in the club's zone and, where the author joins, in hers."""

    club = link(Club)
    uid = TextField()
    sequence = IntegerField(default=0)
    state = TextField()
    starts_at = TextField()
    minutes = IntegerField()
    zone = TextField()
    topic = text_field()
    place = text_field()
    moderator = text_field()
    author = text_field()
    author_key = text_field()
    author_zone = text_field()
    author_slot = link(AuthorSlot, "SET NULL", null=True)
    going = IntegerField(null=True)
    came = IntegerField(null=True)
    note = text_field()
    by = text_field()
    created_at = TextField()
    changed_at = TextField()


class ClubQuestion(Table):
    """A question of a club's for the author."""

    club = link(Club)
    club_session = link(ClubSession, "SET NULL", null=True)
    person = link(Person, "SET NULL", null=True)
    text = TextField()
    asked_on = TextField()
    by = text_field()


class ClubMember(Table):
    """A member who is known by name."""

    club = link(Club)
    person = link(Person)
    joined_on = TextField()
    left_on = TextField(null=True)
    by = text_field()


class JoinRequest(Table):
    """Someone, or so many, asked to be let in."""

    club = link(Club)
    person = link(Person, "SET NULL", null=True)
    people = IntegerField(default=1)
    asked_on = TextField()
    state = TextField()
    place = text_field()
    post = link(Post, "SET NULL", null=True)
    by = text_field()


class ClubCopies(Table):
    """Copies that a club asked for, was sent, bought, ordered ahead or passed round."""

    club = link(Club)
    kind = TextField()
    copies = IntegerField()
    item = link(Item, "SET NULL", null=True)
    stock_movement = link(StockMovement, "SET NULL", null=True)
    amount_minor = IntegerField(null=True)
    currency = text_field()
    happened_on = TextField()
    note = text_field()
    by = text_field()


class ClubPost(Table):
    """A post that tells how a club gets on."""

    club = link(Club)
    post = link(Post)


class Event(Table):
    """A signing, a workshop, a talk or a broadcast."""

    name = TextField()
    name_key = TextField()
    kind = TextField()
    state = TextField()
    item = link(Item, "SET NULL", null=True)
    venue = link(Venue, "SET NULL", null=True)
    person = link(Person, "SET NULL", null=True)
    campaign = link(Campaign, "SET NULL", null=True)
    uid = TextField()
    sequence = IntegerField(default=0)
    starts_at = TextField()
    minutes = IntegerField()
    zone = TextField()
    came = IntegerField(null=True)
    cost_minor = IntegerField(null=True)
    cost_currency = text_field()
    note = text_field()
    by = text_field()
    created_at = TextField()
    changed_at = TextField()


class EventSale(Table):
    """What an event sold: its title, or a companion item, ours or not."""

    event = link(Event)
    item = link(Item, "SET NULL", null=True)
    name = text_field()
    units = IntegerField()
    amount_minor = IntegerField(null=True)
    currency = text_field()
    by = text_field()


class Haunt(Table):
    """What one of a title's readers listens to, reads or attends; readers are numbered, not named."""

    item = link(Item)
    reader = IntegerField()
    kind = TextField()
    name = TextField()
    name_key = TextField()
    told_on = TextField()
    by = text_field()
