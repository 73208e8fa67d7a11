"""What a user calls a thing: an id such as ``p12``, an e-mail, a handle, an ISBN, or a name that fits only one."""

from collections.abc import Callable, Sequence
from typing import Any

from outreach.errors import KnownError
from outreach.fields.accounts import parse_profile
from outreach.fields.email import parse_email
from outreach.fields.isbn import parse_gtin, parse_isbn
from outreach.fields.text import fold
from outreach.services.feeds.network import parse_target
from outreach.services.people.rosters import roster_named
from outreach.store.models import (
    Account,
    AccountAlias,
    Campaign,
    Client,
    Club,
    ClubSession,
    Edition,
    EmailAddress,
    Event,
    Feed,
    FoundPost,
    Gift,
    Insert,
    Item,
    Letter,
    Person,
    Post,
    Programme,
    Reply,
    RosterMember,
    Shipment,
    Table,
    Venue,
)

#: How many candidates are named when a name fits several.
_LISTED = 8

#: The letter in front of an id, by table.
PREFIXES: dict[type[Table], str] = {
    Person: "p",
    Item: "i",
    Edition: "e",
    Gift: "g",
    Shipment: "s",
    Post: "o",
    Club: "c",
    Letter: "l",
    Campaign: "m",
    Reply: "r",
    Insert: "x",
    Feed: "f",
    FoundPost: "n",
    ClubSession: "d",
    Venue: "v",
    Event: "t",
    Programme: "a",
}
#: What a table is called where its name is not the word for it.
_KINDS: dict[type[Table], str] = {FoundPost: "found post"}


def ref(model: type[Table], row_id: int) -> str:
    """How a row is called in lists, such as ``p12``."""
    return f"{PREFIXES[model]}{row_id}"


def person_id(text: str) -> int:
    """The person that a reference means.

    Raises:
        KnownError: ``refs.unknown`` or ``refs.several``.
    """
    found = _by_id(Person, text)
    if found is not None:
        return found
    email = parse_email(text)
    if email is not None:
        return _one(
            text, "person", [row.person_id for row in EmailAddress.select().where(EmailAddress.key == email.key)]
        )
    profile = parse_profile(text)
    if profile is not None and (profile.platform or text.startswith("@")):
        is_it = Account.has_key([profile.key]) if profile.platform else _any_platform(profile.handle)
        query = Account.select(Account.person).distinct().where(is_it)
        found_ids = [row.person_id for row in query] or _by_alias(profile.handle)
        if found_ids or profile.platform or text.startswith("@"):
            return _one(text, "person", found_ids)
    key = fold(text)
    exact = [row.id for row in Person.select(Person.id).where(Person.name_key == key)]
    return _one(text, "person", exact or _containing(Person, Person.name_key, key))


def item_id(text: str) -> int:
    """The item that a reference means: an id, an ISBN or GTIN of one of its editions, or its title.

    Raises:
        KnownError: ``refs.unknown`` or ``refs.several``.
    """
    found = _by_id(Item, text)
    if found is not None:
        return found
    edition = _edition_by_number(text)
    if edition is not None:
        return int(edition.item_id)
    key = fold(text)
    exact = [row.id for row in Item.select(Item.id).where(Item.title_key == key)]
    return _one(text, "item", exact or _containing(Item, Item.title_key, key))


def on_roster(name: str) -> list[int]:
    """The people on a roster, by name.

    Raises:
        KnownError: ``rosters.unknown``.
    """
    members = RosterMember.select(RosterMember.person).join(Person).where(RosterMember.roster == roster_named(name))
    return [row.person_id for row in members.order_by(Person.sort_name, Person.id)]


def edition_id(text: str, item: int) -> int:
    """The edition of an item that a reference means: an id, an ISBN, a format or a kind.

    Raises:
        KnownError: ``refs.unknown`` or ``refs.several``.
    """
    number = _by_id(Edition, text)
    if number is not None:
        return number
    edition = _edition_by_number(text)
    if edition is not None:
        return int(edition.id)
    word = fold(text).replace(" ", "").replace("-", "")
    query = Edition.select(Edition.id).where(
        (Edition.item == item) & ((Edition.format == word) | (Edition.kind == word))
    )
    return _one(text, "edition", [row.id for row in query])


def only_edition(item: int, editions: Sequence[int]) -> int:
    """The edition of an item that has one only.

    Raises:
        KnownError: ``refs.which_edition`` when it has none or several.
    """
    if len(editions) != 1:
        which = "; ".join(_name_edition(edition) for edition in editions)
        raise KnownError("refs.which_edition", title=Item.get_by_id(item).title, which=which or "none yet")
    return editions[0]


def gift_id(text: str) -> int:
    """The gift of an id such as ``g12``."""
    return _needed(Gift, "gift", text)


def shipment_id(text: str) -> int:
    """The shipment of an id such as ``s12``, or of a tracking number."""
    found = _by_id(Shipment, text)
    if found is not None:
        return found
    number = "".join(text.split()).upper()
    return _one(text, "shipment", [row.id for row in Shipment.select().where(Shipment.tracking_number == number)])


def insert_id(text: str) -> int:
    """The insert of an id such as ``x3``, or of its name."""
    found = _by_id(Insert, text)
    if found is not None:
        return found
    key = fold(text)
    exact = [row.id for row in Insert.select(Insert.id).where(Insert.name_key == key)]
    return _one(text, "insert", exact or _containing(Insert, Insert.name_key, key))


def letter_id(text: str) -> int:
    """The letter of an id such as ``l12``."""
    return _needed(Letter, "letter", text)


def reply_id(text: str) -> int:
    """The answer of an id such as ``r12``."""
    return _needed(Reply, "reply", text)


def post_id(text: str) -> int:
    """The post of an id such as ``o12``."""
    return _needed(Post, "post", text)


def feed_id(text: str) -> int:
    """The feed of an id such as ``f12``, of its address, or of a title that fits only one."""
    found = _by_id(Feed, text)
    if found is not None:
        return found
    target = parse_target(text)
    same = [row.id for row in Feed.select(Feed.id).where(Feed.key == (target.key if target else ""))]
    return _one(text, "feed", same or _containing(Feed, Feed.title, text.strip()))


def found_post_id(text: str) -> int:
    """The found post of an id such as ``n12``."""
    return _needed(FoundPost, "found post", text)


def club_id(text: str) -> int:
    """The club of an id such as ``c12``, or of its name."""
    return _named(Club, "club", text)


def session_id(text: str) -> int:
    """The session of an id such as ``d12``."""
    return _needed(ClubSession, "session", text)


def venue_id(text: str) -> int:
    """The venue of an id such as ``v12``, or of its name."""
    return _named(Venue, "venue", text)


def event_id(text: str) -> int:
    """The event of an id such as ``t12``, or of its name."""
    return _named(Event, "event", text)


def programme_id(text: str) -> int:
    """The programme of an id such as ``a12``, or of its name."""
    return _named(Programme, "programme", text)


def campaign_id(text: str) -> int:
    """The campaign of an id such as ``m12``, or of its name."""
    found = _by_id(Campaign, text)
    if found is not None:
        return found
    return _one(text, "campaign", [row.id for row in Campaign.select().where(Campaign.name_key == fold(text))])


def _named(model: Any, kind: str, text: str) -> int:
    """A row by its id or by a name that fits only one."""
    found = _by_id(model, text)
    if found is not None:
        return found
    key = fold(text)
    exact = [row.id for row in model.select(model.id).where(model.name_key == key)]
    return _one(text, kind, exact or _containing(model, model.name_key, key))


def client_id(text: str) -> int:
    """The client of a name.

    Raises:
        KnownError: ``refs.unknown`` or ``refs.several``.
    """
    return _one(text, "client", [row.id for row in Client.select().where(Client.name_key == fold(text))])


def _by_alias(handle: str) -> list[int]:
    """Whose account was called so before."""
    query = Account.select(Account.person).join(AccountAlias).where(AccountAlias.handle == handle)
    return sorted({row.person_id for row in query})


def _needed(model: type[Table], kind: str, text: str) -> int:
    found = _by_id(model, text)
    if found is None:
        raise KnownError("refs.unknown", text=text, kind=kind)
    return found


def _by_id(model: type[Table], text: str) -> int | None:
    """The id, when the text has the shape of one; an id that is not there is an error at once."""
    prefix = PREFIXES[model]
    digits = text[1:]
    if not (text[:1].lower() == prefix and digits.isascii() and digits.isdigit() and len(digits) <= 18):
        return None
    if model.get_or_none(model.id == int(digits)) is None:
        raise KnownError("refs.unknown", text=text, kind=_KINDS.get(model, model.__name__.lower()))
    return int(digits)


def _edition_by_number(text: str) -> Edition | None:
    isbn = parse_isbn(text).isbn13
    if isbn is not None:
        edition: Edition | None = Edition.get_or_none(Edition.isbn13 == isbn)
        if edition is None:
            raise KnownError("refs.unknown", text=text, kind="edition")
        return edition
    gtin = parse_gtin(text)
    return Edition.get_or_none(Edition.gtin == gtin) if gtin else None


def _any_platform(handle: str) -> Any:
    return Account.key.endswith(f":{handle.casefold()}")


def _containing(model: type[Table], column: Any, key: str) -> list[int]:
    if not key:
        return []
    query = model.select(model.id).where(column.contains(key)).order_by(model.id)
    return [row.id for row in query.limit(_LISTED + 1)]


def _one(text: str, kind: str, ids: Sequence[int]) -> int:
    if not ids:
        raise KnownError("refs.unknown", text=text, kind=kind)
    if len(ids) > 1:
        named = [_NAMES[kind](row_id) for row_id in ids[:_LISTED]]
        more = " …" if len(ids) > _LISTED else ""
        raise KnownError("refs.several", text=text, kind=kind, which="; ".join(named) + more)
    return ids[0]


def _name_person(row_id: int) -> str:
    person = Person.get_by_id(row_id)
    email = EmailAddress.get_or_none((EmailAddress.person == row_id) & (EmailAddress.position == 0))
    return f"p{row_id} {person.name}" + (f" ({email.address})" if email else "")


def _name_item(row_id: int) -> str:
    item = Item.get_by_id(row_id)
    return f"i{row_id} {item.title}" + (f" by {item.author}" if item.author else "")


def _name_edition(row_id: int) -> str:
    edition = Edition.get_by_id(row_id)
    return f"e{row_id} {edition.format} {edition.isbn13 or ''}".rstrip()


_NAMES: dict[str, Callable[[int], str]] = {
    "person": _name_person,
    "item": _name_item,
    "edition": _name_edition,
    "club": lambda row_id: f"c{row_id} {Club.get_by_id(row_id).name}",
    "client": lambda row_id: str(Client.get_by_id(row_id).name),
    "campaign": lambda row_id: f"m{row_id} {Campaign.get_by_id(row_id).name}",
    "session": lambda row_id: f"d{row_id}",
    "venue": lambda row_id: f"v{row_id} {Venue.get_by_id(row_id).name}",
    "event": lambda row_id: f"t{row_id} {Event.get_by_id(row_id).name}",
    "programme": lambda row_id: f"a{row_id} {Programme.get_by_id(row_id).name}",
    "shipment": lambda row_id: f"s{row_id}",
    "feed": lambda row_id: f"f{row_id} {Feed.get_by_id(row_id).address}",
    "insert": lambda row_id: f"x{row_id} {Insert.get_by_id(row_id).name}",
}
