"""Writing what was given before: gifts, their steps, what came of them, and the posts that a list names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from outreach.fields.accounts import PostLink, parse_post_url
from outreach.fields.text import clean, fold
from outreach.services.catalogue.catalogue import title_columns
from outreach.services.gifts.gifts import Deal, GiftState, OutcomeKind
from outreach.services.importing.history_rows import words
from outreach.services.importing.taking import OnMatch, Taking
from outreach.services.posts import Nature, kind_of_link
from outreach.services.programmes.standing import REASONS, most_binding, terms_of
from outreach.store.models import Edition, Gift, GiftStep, Item, Outcome, Post, Table

#: How far a gift has come: a list may bring it further, never back.
_RANK = {
    GiftState.CONSIDERED: 0, GiftState.CHOSEN: 1, GiftState.ASKED: 2, GiftState.DECLINED: 3, GiftState.ACCEPTED: 3,
    GiftState.SENT: 4, GiftState.DELIVERED: 5, GiftState.CLOSED_QUIET: 5,
}  # fmt: skip
_HERE = (GiftState.DELIVERED.value, GiftState.CLOSED_QUIET.value)
#: A parcel that a list says was sent so long ago has arrived, though no list says when.
_ARRIVES = timedelta(days=30)
_ARTICLES = ("the ", "a ", "an ", "der ", "die ", "das ", "le ", "la ", "les ", "el ", "los ")

_COLUMNS: dict[type[Table], tuple[str, ...]] = {
    Item: ("id", "kind", "title", "title_key", "sort_title", "created_at", "updated_at"),
    Gift: ("id", "person_id", "item_id", "edition_id", "deal", "state", "note", "state_on", "sent_on", "delivered_on",
           "by", "created_at"),
    GiftStep: ("id", "gift_id", "state", "happened_on", "note", "by", "noted_at"),
    Post: ("id", "person_id", "item_id", "gift_id", "kind", "platform", "handle", "url", "key", "posted_on", "text",
           "nature", "nature_reason", "by", "created_at"),
    Outcome: ("id", "gift_id", "person_id", "kind", "evidence", "happened_on", "post_id", "note", "by"),
}  # fmt: skip


@dataclass(slots=True)
class _Known:
    """A gift that is there already, or that this list has brought."""

    id: int
    values: dict[str, Any]
    posted: bool = False
    fresh: bool = False


@dataclass(slots=True)
class _Titles:
    """Finds the titles that a list names, by number or name."""

    ids: dict[str, int] = field(default_factory=dict)
    loose: dict[str, int | None] = field(default_factory=dict)
    editions: dict[str, tuple[int, int]] = field(default_factory=dict)

    def load(self) -> None:
        """Learn all titles of the workspace; a catalogue is small beside its people."""
        for item, key in Item.select(Item.id, Item.title_key).tuples():
            self.learn(item, key)
        for isbn, edition, item in Edition.select(Edition.isbn13, Edition.id, Edition.item).tuples():
            if isbn:
                self.editions[isbn] = (item, edition)

    def learn(self, item: int, key: str) -> None:
        """Know one more title."""
        self.ids.setdefault(key, item)
        for loose in {_loose(key), _loose(key.partition(":")[0])}:
            # A shorter way to say it that fits two titles fits none.
            self.loose[loose] = item if self.loose.get(loose, item) == item else None

    def find(self, title: str, isbn: str) -> tuple[int | None, int | None]:
        """The item and the edition that are meant."""
        if isbn in self.editions:
            return self.editions[isbn]
        key = fold(title)
        return self.ids.get(key) or self.loose.get(_loose(key)) or self.loose.get(_loose(key.partition(":")[0])), None


class HistoryWriter:
    """Takes what rows tell of gifts, once the people they tell it of are written.

    Attributes:
        gifts_added: How many gifts it has added so far.
    """

    def __init__(self, taking: Taking) -> None:
        self.gifts_added = 0
        self._taking = taking
        self._titles = _Titles()
        self._rows: dict[type[Table], list[tuple[Any, ...]]] = {table: [] for table in _COLUMNS}
        self._posts: set[str] = set()
        self._is_loaded = False
        self._bound = terms_of()

    def take(self, told: Iterable[tuple[int, int, Mapping[str, Any]]]) -> set[int]:
        """Write what is told of some people.

        Args:
            told: The number of each row, the person, and what `read_history` made of it.

        Returns:
            The numbers of rows that changed something.
        """
        told = list(told)
        if not told:
            return set()
        self.learn(record for _, _, record in told)
        known = self._known({person for _, person, _ in told})
        changed = set()
        for number, person, record in told:
            if self._take(number, person, record, known):
                changed.add(number)
        self._flush()
        return changed

    def learn(self, records: Iterable[Mapping[str, Any]]) -> None:
        """Learn which titles there are, and which posts that some rows name are known."""
        if not self._is_loaded:
            self._titles.load()
            self._is_loaded = True
        links = [parse_post_url(clean(record["url"])) for record in records if record["url"]]
        keys = [link.key for link in links if link is not None]
        for start in range(0, len(keys), 500):
            query = Post.select(Post.key).where(Post.key.in_(keys[start : start + 500]))
            self._posts.update(key for (key,) in query.tuples())

    def has_post(self, link: PostLink) -> bool:
        """Whether a post is known."""
        return link.key in self._posts

    def has_said(self, person: int, item: int | None, day: str) -> bool:
        """Whether somebody's words of a day about a title are known, at whatever address."""
        about = Post.item.is_null() if item is None else Post.item == item
        there = Post.select().where((Post.person == person) & about & (Post.posted_on == day))
        return bool(there.exists())

    def item_of(self, number: int, record: Mapping[str, Any]) -> int | None:
        """The title that a row names, made where that is asked for."""
        return self._item(number, record)[0]

    def note_post(  # noqa: PLR0913, PLR0917 - all of one post
        self, person: int, item: int | None, gift: Gift | None, link: PostLink | None, day: str, text: str,
        nature: tuple[Nature, str],
    ) -> None:  # fmt: skip
        """Write a post, and that it came of a gift where it did."""
        post = self._add_post(person, item, gift.id if gift else None, link, day, text, nature)
        if gift is not None and nature[0] is not Nature.BEFORE_CONTACT:
            self._outcome(person, _Known(gift.id, {}), post, day, "")
        self._flush()

    def _take(
        self, number: int, person: int, record: Mapping[str, Any], known: dict[tuple[int, int], list[_Known]]
    ) -> bool:
        item, edition = self._item(number, record)
        if item is None:
            return False
        gifts = known.setdefault((person, item), [])
        if record["of"]:
            return self._count(person, item, record["of"], gifts)
        if gifts and self._taking.on_match is OnMatch.SKIP:
            return False
        gift = self._same(gifts, record)
        changed = gift is None
        if gift is None:
            gift = self._add(person, item, edition, record)
            gifts.append(gift)
        else:
            changed = self._further(gift, record)
        if record["posted"] and not gift.posted:
            changed = self._post(number, person, item, gift, record) or changed
        return changed

    def _item(self, number: int, record: Mapping[str, Any]) -> tuple[int | None, int | None]:
        """The item that a row is about; what is told of none stands under a name of its own."""
        taking = self._taking
        if not (record["t"] or record["s"]):
            if taking.item is not None:
                return taking.item, None
            return self._titles.find(words().untold, "")[0] or self._add_item(words().untold), None
        item, edition = self._titles.find(record["t"], record["s"])
        if item is None and taking.create and record["t"]:
            return self._add_item(record["t"]), None
        if item is None:
            taking.tally.doubt(number, "rows.unknown_title", {"value": record["t"] or record["s"]})
        return item, edition

    def _add_item(self, title: str) -> int:
        origin = self._taking.origin
        item = self._taking.writer.next_id(Item)
        columns = title_columns(title)
        names = ("title", "title_key", "sort_title")
        self._rows[Item].append((item, "book", *(columns[name] for name in names), origin.now, origin.now))
        self._titles.learn(item, columns["title_key"])
        return item

    def _count(self, person: int, item: int, of: Sequence[int], gifts: list[_Known]) -> bool:
        """So many gifts of which so many led to a post: what is there already counts among them."""
        posted, wanted = of
        changed = False
        here = [gift for gift in gifts if gift.values["state"] in _HERE]
        today = self._taking.origin.today
        while len(here) < wanted:
            state = GiftState.CLOSED_QUIET if len(here) >= posted else GiftState.DELIVERED
            new = self._add(person, item, None, {"state": state.value, "sent": "", "delivered": today, "on": ""})
            gifts.append(new)
            here.append(new)
            changed = True
        missing = posted - sum(gift.posted for gift in here)
        for gift in [gift for gift in here if not gift.posted][: max(0, missing)]:
            self._outcome(person, gift, None, today, "")
            changed = True
        return changed

    def _same(self, gifts: list[_Known], record: Mapping[str, Any]) -> _Known | None:
        """The gift that a row tells of: the one sent on that day, else one whose day nobody told."""
        if record["sent"]:
            same = next((gift for gift in gifts if gift.values["sent_on"] == record["sent"]), None)
            return same or next((gift for gift in gifts if not gift.values["sent_on"]), None)
        return gifts[-1] if gifts else None

    def _add(self, person: int, item: int, edition: int | None, record: Mapping[str, Any]) -> _Known:
        origin, writer = self._taking.origin, self._taking.writer
        state, sent = GiftState(record["state"]), record["sent"] or None
        long_ago = sent and not record.get("stated")
        if (
            state is GiftState.SENT
            and sent
            and long_ago
            and date.fromisoformat(sent) + _ARRIVES <= date.fromisoformat(origin.today)
        ):
            state = GiftState.DELIVERED
        day = record["delivered"] or sent or record["on"] or origin.today
        here = state.value in _HERE
        arrived = max(day, sent or day) if here else None
        values = {"state": state.value, "state_on": day, "sent_on": sent, "delivered_on": arrived,
                  "deal": record.get("deal") or Deal.GIFT.value}  # fmt: skip
        gift = writer.next_id(Gift)
        self.gifts_added += 1
        self._rows[Gift].append(
            (
                gift,
                person,
                item,
                edition,
                record.get("deal") or Deal.GIFT.value,
                state.value,
                "",
                day,
                sent,
                arrived,
                origin.by,
                origin.now,
            )
        )
        if sent and here:
            self._step(gift, GiftState.SENT.value, sent)
        self._step(gift, state.value, day)
        return _Known(gift, values, fresh=True)

    def _further(self, gift: _Known, record: Mapping[str, Any]) -> bool:
        """Bring a gift that is known as far as the list says; never back."""
        state = GiftState(record["state"])
        after: dict[str, Any] = {}
        day = record["delivered"] or record["sent"] or record["on"] or self._taking.origin.today
        if _RANK[state] > _RANK[GiftState(gift.values["state"])]:
            after = {"state": state.value, "state_on": day}
            if state.value in _HERE:
                after["delivered_on"] = max(day, gift.values["sent_on"] or day)
        if record["sent"] and not gift.values["sent_on"]:
            delivered = after.get("delivered_on") or gift.values["delivered_on"]
            if not delivered or record["sent"] <= delivered:
                after["sent_on"] = record["sent"]
        if not after:
            return False
        self._flush()
        self._taking.writer.update(Gift, gift.id, gift.values, after)
        if "state" in after:
            self._step(gift.id, state.value, day)
        gift.values.update(after)
        return True

    def _post(self, number: int, person: int, item: int, gift: _Known, record: Mapping[str, Any]) -> bool:
        """What she said of a gift: a post where the list names its day or its address, else only that she did."""
        link = parse_post_url(clean(record["url"])) if record["url"] else None
        if record["url"] and link is None:
            self._taking.tally.doubt(number, "rows.bad_post_url", {"value": clean(record["url"])[:200]})
        if link is not None and link.key in self._posts:
            return False
        day = record["on"] or gift.values["delivered_on"] or self._taking.origin.today
        post = None
        if link is not None or record["on"]:
            sent = gift.values["sent_on"] or gift.values["delivered_on"] or day
            before = day < sent and gift.values.get("deal", Deal.GIFT) == Deal.GIFT
            bound = most_binding(self._bound.get(person, ()), day)
            nature = _nature(gift.values.get("deal", ""), before=before, bound=bound)
            post = self._add_post(person, item, None if before else gift.id, link, day, record["text"], nature)
            if before:
                return True
        self._outcome(person, gift, post, day, record.get("where", ""))
        return True

    def _add_post(  # noqa: PLR0913, PLR0917 - all of one post
        self, person: int, item: int | None, gift: int | None, link: PostLink | None, day: str, text: str,
        nature: tuple[Nature, str],
    ) -> int:  # fmt: skip
        origin = self._taking.origin
        post = self._taking.writer.next_id(Post)
        told = (link.platform, link.handle, link.url, link.key) if link else ("", "", None, None)
        self._rows[Post].append(
            (post, person, item, gift, kind_of_link(link).value, *told, day, text, nature[0].value, nature[1],
             origin.by, origin.now)
        )  # fmt: skip
        if link is not None:
            self._posts.add(link.key)
        return post

    def _outcome(self, person: int, gift: _Known, post: int | None, day: str, note: str) -> None:
        evidence = "claimed" if post is None else "seen"
        outcome = self._taking.writer.next_id(Outcome)
        kind = OutcomeKind.POSTED.value
        self._rows[Outcome].append((outcome, gift.id, person, kind, evidence, day, post, note, self._taking.origin.by))
        gift.posted = True

    def _step(self, gift: int, state: str, day: str) -> None:
        origin = self._taking.origin
        step = self._taking.writer.next_id(GiftStep)
        # A step without the moment when it was noted is history, and not news for the day's log.
        self._rows[GiftStep].append((step, gift, state, day, "", origin.by, None))

    def _flush(self) -> None:
        for table, columns in _COLUMNS.items():
            if self._rows[table]:
                self._taking.writer.insert(table, columns, self._rows[table])
                self._rows[table] = []

    def _known(self, people: set[int]) -> dict[tuple[int, int], list[_Known]]:
        known: dict[tuple[int, int], list[_Known]] = {}
        ids = sorted(people)
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            posted = {
                gift
                for (gift,) in Outcome.select(Outcome.gift)
                .where(Outcome.person.in_(some) & (Outcome.kind == OutcomeKind.POSTED.value))
                .tuples()
            }
            for gift in Gift.select().where(Gift.person.in_(some)).order_by(Gift.id).dicts():
                there = _Known(gift["id"], gift, gift["id"] in posted)
                known.setdefault((gift["person"], gift["item"]), []).append(there)
        return known


def _nature(deal: str, *, before: bool, bound: Deal | None = None) -> tuple[Nature, str]:
    """What lies behind a post about a gift, as `outreach.services.posts` tells it."""
    if deal == Deal.PAID:
        return Nature.PAID, "paid_for"
    if bound is Deal.PAID:
        return Nature.PAID, REASONS[bound]
    if deal == Deal.IN_KIND:
        return Nature.IN_KIND, "reward_agreed"
    if bound is Deal.IN_KIND:
        return Nature.IN_KIND, REASONS[bound]
    return (Nature.BEFORE_CONTACT, "before_first_contact") if before else (Nature.ORGANIC, "after_free_gift")


def _loose(key: str) -> str:
    """A title as it may be said in a hurry: without its article and its subtitle."""
    key = key.strip()
    article = next((each for each in _ARTICLES if key.startswith(each)), "")
    return key.removeprefix(article)
