"""The facts of a letter: plain values about the person, the book, the copy and the sender; never objects."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from outreach.fields.names import first_name_of
from outreach.services.drafting.senders import Sender, sender
from outreach.services.gifts.states import Deal
from outreach.services.letters.language import Language, language
from outreach.services.people.consent import notice_lines
from outreach.services.programmes.standing import bound_on
from outreach.store.among import among
from outreach.store.models import (
    Account,
    Address,
    Edition,
    EmailAddress,
    Gift,
    Item,
    KeptFact,
    Person,
    Post,
)

_SHORT_QUOTE = 200


class FactMaker:
    """Gathers the facts of some people about one item in a few queries, as they are on a day.

    Attributes:
        people: By id what is known of them themselves.
    """

    def __init__(self, item_id: int, people: Sequence[int], on: date) -> None:
        ids = list(people)
        self._words = language(sender().language)
        self._book = _book_facts(Item.get_by_id(item_id), self._words)
        self.people = _whole_people(ids)
        emails = EmailAddress.select(EmailAddress.person, EmailAddress.address)
        hers = EmailAddress.person.in_(among(ids))
        self._emails = dict(emails.where(hers).order_by(EmailAddress.position.desc()).tuples())
        accounts = Account.select(Account.person, Account.handle, Account.platform)
        query = accounts.where(Account.person.in_(among(ids))).order_by(Account.id.desc())
        self._accounts = {person: (handle, platform) for person, handle, platform in query.tuples()}
        addresses = (
            Address.select().where(Address.person.in_(among(ids)) & (Address.is_current == 1)).order_by(Address.id)
        )
        self._addresses = {row.person_id: row for row in addresses}
        hers = (Gift.item == item_id) & Gift.person.in_(among(ids))
        self._editions = dict(Gift.select(Gift.person, Edition.format).join(Edition).where(hers).tuples())
        # What was agreed with some is more than a copy, and readers are told so in other words.
        agreed = (Gift.item == item_id) & Gift.person.in_(among(ids)) & (Gift.deal != "gift")
        self._deals = bound_on(ids, on.isoformat())
        for person, deal in Gift.select(Gift.person, Gift.deal).where(agreed).order_by(Gift.deal).tuples():
            self._deals[person] = max(self._deals.get(person, Deal.IN_KIND), Deal(deal))  # paid is the more binding
        self._usual = _usual_format(item_id, self._words)
        self._loved = _loved(ids, item_id, self._words.spoke)
        self._notices = notice_lines(ids, self._words)
        self._kept = _kept_facts(ids, item_id)

    def name(self, person: int) -> str:
        """A person's name."""
        return str(self.people[person].name)

    def email(self, person: int) -> str:
        """A person's e-mail address, empty where there is none."""
        return str(self._emails.get(person, ""))

    def lines(self, person: int, me: Sender) -> dict[str, str]:
        """The sentences of one letter that the law or our manners ask for, as `facts` has them."""
        return self._lines(person, self._country(person), me.organisation or me.name)

    def facts(self, person: int, me: Sender, opening: str) -> dict[str, Any]:
        """All facts of one letter, as `outreach.services.letters.facts` documents them."""
        who = self.people[person]
        address = self._addresses.get(person)
        country = self._country(person)
        form = self._words.formats.get(self._editions.get(person) or self._usual, "")
        organisation = me.organisation or me.name
        facts: dict[str, Any] = {
            "person": self._person_facts(who, address, country, opening),
            "book": {**self._book, "format": form},
            "copy": {"format": form},
            "opening": opening,
            "me": dict(_facts_of_sender(me)),
            "lines": self._lines(person, country, organisation),
        }
        for name, value in self._kept.get(person, {}).items():
            _fill(facts, name, value)
        return facts

    def _country(self, person: int) -> str:
        address = self._addresses.get(person)
        return self.people[person].country or (address.country if address else "")

    def _lines(self, person: int, country: str, organisation: str) -> dict[str, str]:
        return {
            "no_obligation": self._words.lines["no_obligation"],
            "disclosure": self._words.disclosure(country, organisation, str(self._deals.get(person, ""))),
            "opt_out": " ".join(filter(None, (self._words.lines["opt_out"], self._notices.get(person)))),
        }

    def _person_facts(self, who: Any, address: Address | None, country: str, opening: str) -> dict[str, Any]:
        handle, platform = self._accounts.get(who.id, ("", ""))
        first_name = who.given_name or first_name_of(who.name)
        loved = self._loved.get(who.id)
        return {
            "name": who.name,
            "first_name": first_name,
            "greeting": who.greeting or self._words.greeting(who.name, first_name, who.pronouns),
            "role": who.role,
            "city": address.city if address else "",
            "country": country,
            "handle": handle,
            "platform": platform,
            "address_short": ", ".join(filter(None, (address.line1, address.line2, address.city))) if address else "",
            # An opening that speaks of that book already says it.
            "loved": loved if loved and loved["title"] not in opening else None,
        }


def _whole_people(ids: Sequence[int]) -> dict[int, Any]:
    """By id what a letter says and is looked through for, of the many things that are known of people."""
    columns = (Person.id, Person.name, Person.given_name, Person.family_name, Person.greeting, Person.pronouns,
               Person.organisation, Person.role, Person.country, Person.is_adult)  # fmt: skip
    return {row.id: row for row in Person.select(*columns).where(Person.id.in_(among(ids))).namedtuples()}


@lru_cache(maxsize=4)  # the same in all letters of a batch
def _facts_of_sender(me: Sender) -> Mapping[str, str]:
    return {
        "name": me.name,
        "first_name": first_name_of(me.name),
        "organisation": me.organisation or me.name,
        "email": me.email,
        "postal_address": me.postal_address,
        "signature": me.signature,
    }


def _book_facts(item: Item, words: Language) -> dict[str, str]:
    return {
        "title": item.title,
        "author": item.author,
        "one_line": item.hook or _first_sentence(item.description),
        "publisher": item.publisher or item.imprint,
        "imprint": item.imprint or item.publisher,
        "pub_date": words.day(item.pub_date),
        "description": item.description,
    }


def value_at(facts: Any, name: str) -> str:
    """What a fact says, by its dotted name; empty where it is not there."""
    for part in name.split("."):
        facts = facts.get(part) if isinstance(facts, dict) else None
    return facts if isinstance(facts, str) else ""


def with_facts(facts: dict[str, Any], more: Mapping[str, str]) -> dict[str, Any]:
    """Facts of a letter, with others by their dotted names where there are none."""
    for name, value in more.items():
        _fill(facts, name, value)
    return facts


def _fill(facts: dict[str, Any], name: str, value: str) -> None:
    """Put a fact that was filled in by hand where there is none."""
    *groups, leaf = name.split(".")
    for group in groups:
        if not isinstance(facts.get(group), dict):
            facts[group] = {}
        facts = facts[group]
    if not facts.get(leaf):
        facts[leaf] = value


def _kept_facts(people: Sequence[int], item_id: int) -> dict[int, dict[str, str]]:
    """By person the facts that were filled in by hand for her and for the title, each as it was said last."""
    found: dict[int, dict[str, str]] = {person: {} for person in people}
    for row in KeptFact.select().where(KeptFact.person.in_(among(list(people))) | (KeptFact.item == item_id)):
        for person in people if row.item_id else [row.person_id]:
            found[person][row.name] = row.value
    return found


def _loved(people: Sequence[int], item_id: int, spoke: str) -> dict[int, dict[str, str]]:
    """By person, the last book of ours that she spoke of unprompted, with her own words."""
    query = (
        Post.select(Post.person, Post.text, Item.title)
        .join(Item)
        .where(Post.person.in_(among(list(people))) & (Post.item != item_id) & (Post.nature != "paid"))
        .order_by(Post.posted_on, Post.id)
    )
    found = {}
    for person, text, title in query.tuples():
        quote = text if len(text) <= _SHORT_QUOTE else ""
        found[person] = {"title": title, "quote": quote, "verb": spoke}
    return found


def _usual_format(item_id: int, words: Language) -> str:
    """The form of the copies we most likely send: what there is, proofs before finished copies before files."""
    formats = [row.format for row in Edition.select(Edition.format).where(Edition.item == item_id)]
    return next((form for form in words.formats if form in formats), "")


def _first_sentence(text: str) -> str:
    first, stop, _ = text.partition(". ")
    return first + stop.strip()
