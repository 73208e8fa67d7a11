"""Writing a sample into a workspace: one transaction, many rows fast."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from outreach.changes import Op
from outreach.errors import KnownError
from outreach.fields.accounts import parse_post_url, parse_profile
from outreach.fields.email import parse_email
from outreach.fields.text import fold, person_sort_key
from outreach.jobs import Job
from outreach.services.catalogue.catalogue import StockReason, stock_of
from outreach.services.catalogue.genres import load_genres
from outreach.services.people.suppressions import Marks, SuppressionKind, SuppressionReason
from outreach.services.sample.campaigns import plan_campaigns
from outreach.services.sample.club_life import ClubLife, Rows
from outreach.services.sample.counted import counted
from outreach.services.sample.fill_titles import TitleFiller
from outreach.services.sample.making import make_sample
from outreach.services.sample.programme import plan_programme
from outreach.services.sample.readings import policy_rows, readings_of
from outreach.services.sample.records import Records
from outreach.services.sample.rights import Rights
from outreach.services.sample.sold import SampleSales
from outreach.services.sample.values import Sample, SamplePerson, SampleTaste
from outreach.store.batches import BatchWriter
from outreach.store.database import Store
from outreach.store.models import (
    Account,
    Address,
    AudienceReading,
    Campaign,
    Club,
    EmailAddress,
    Gift,
    GiftStep,
    Headcount,
    Item,
    Outcome,
    Person,
    PersonTag,
    PolicyRule,
    Post,
    PostReading,
    Reading,
    ReadingSubject,
    ReviewPolicy,
    Shipment,
    ShipmentGift,
    Suppression,
    Table,
    TasteEvidence,
    TasteNote,
)

#: People are written in slices, so that a long fill can report and be stopped.
_SLICE = 5000
#: Where the house is, and what a parcel costs to elsewhere and there, in pence.
_HOME = "GB"
_POSTAGE = (9_85, 2_85)
#: How far off the title may be that the demo works on.
_SOON, _LATE = timedelta(days=30), timedelta(days=300)


def fill(store: Store, *, people: int, seed: int, job: Job) -> dict[str, int]:
    """Write a sample of so many people into an empty workspace.

    Returns:
        How many people, items, gifts, posts and clubs there are.
    """
    sample = make_sample(seed, store.today(), people=people)
    with store.batch(Op.FILL_SAMPLE) as (writer, _):
        _Filler(store, writer, sample).fill(job)
    return {
        "people": len(sample.people),
        "items": len(sample.items),
        "gifts": len(sample.gifts),
        "posts": len(sample.posts),
        "clubs": len(sample.clubs),
    }


def coming_item(store: Store) -> tuple[int, int]:
    """A title that is not out yet and that nobody has been given, with its edition of most proofs.

    Raises:
        KnownError: ``demo.no_title`` when there is none.
    """
    today = store.today()
    given = Gift.select(Gift.item)
    soon, late = (today + _SOON).isoformat(), (today + _LATE).isoformat()
    for item in Item.select().where((Item.pub_date > soon) & (Item.pub_date < late)).order_by(Item.pub_date, Item.id):
        proofs = [edition for edition in stock_of(item.id) if edition.kind == "proof" and edition.copies]
        if proofs and not given.where(Gift.item == item.id).exists():
            return item.id, max(proofs, key=lambda edition: edition.copies).id
    raise KnownError("demo.no_title")


def _post_key(url: str | None) -> str | None:
    link = parse_post_url(url) if url else None
    return link.key if link else None


class _Filler:
    """Gives rows their ids, and writes them table by table, parents first."""

    def __init__(self, store: Store, writer: BatchWriter, sample: Sample) -> None:
        self._store = store
        self._writer = writer
        self._sample = sample
        self._rows: dict[type[Table], list[dict[str, Any]]] = {}
        self._now = store.now()
        self._today = store.today().isoformat()
        self._records = Records(self._put, writer, store)

    def fill(self, job: Job) -> None:
        """Write everything."""
        sample = self._sample
        self._titles = TitleFiller(self._store, self._put)
        self._items = [self._titles.item(item) for item in sample.items]
        self._campaigns = [
            self._put(
                Campaign,
                name=each.name,
                name_key=fold(each.name),
                starts_on=each.starts_on,
                ends_on=each.ends_on,
                notes=each.notes,
                currency="GBP",
                created_at=self._now,
            )
            for each in sample.campaigns
        ]
        rows = [(row, item) for (row, _), item in zip(self._items, sample.items, strict=True)]
        plan_campaigns(
            self._put, list(zip(self._campaigns, sample.campaigns, strict=True)), rows, self._today, self._now
        )
        self._flush()
        self._people: list[int] = []
        for person in sample.people:
            self._people.append(self._person(person))
            if len(self._people) % _SLICE == 0:
                self._flush()
                job.report(len(self._people), total=len(sample.people))
        self._flush()
        self._records.write(dict(zip((person.name for person in sample.people), self._people, strict=True)))
        self._flush()
        self._gifts()
        self._shipments()
        self._posts()
        rights = Rights(self._put, self._store)
        rights.found(dict(zip((person.name for person in sample.people), self._people, strict=True)),
                     {item.title: row for item, (row, _) in zip(sample.items, self._items, strict=True)})  # fmt: skip
        rights.agreed(sample.posts, self._post_rows)
        self._clubs()
        self._programme()
        self._sold()
        self._flush()

    def _programme(self) -> None:
        sample = self._sample
        had = {gift.person for gift in sample.gifts} | {post.person for post in sample.posts}
        free = [row for place, (row, each) in enumerate(zip(self._people, sample.people, strict=True))
                if place not in had and each.emails and not each.suppressed]  # fmt: skip
        plan_programme(self._put, self._store, free)

    def _sold(self) -> None:
        sold = SampleSales(self._put, self._sample, self._store.today(), self._now)
        titles = [row for row, _ in self._items]
        sold.by_code(self._people, titles, self._campaigns)
        sold.in_books(titles)

    def _put(self, table: type[Table], **columns: Any) -> int:
        row_id = self._writer.next_id(table)
        self._rows.setdefault(table, []).append({"id": row_id, **columns})
        return row_id

    def _flush(self) -> None:
        for table, rows in self._rows.items():
            columns = tuple(rows[0])
            self._writer.insert(table, columns, (tuple(row.values()) for row in rows))
        self._rows = {}

    def _person(self, person: SamplePerson) -> int:
        row = self._put(
            Person,
            name=person.name,
            name_key=fold(person.name),
            sort_name=person_sort_key(person.name, person.family_name, person.given_name),
            given_name=person.given_name,
            family_name=person.family_name,
            greeting=person.greeting,
            role=person.role,
            organisation=person.organisation,
            job_title=person.job_title,
            language=person.language,
            country=person.country,
            notes=person.notes,
            how_known=person.how_known,
            created_at=self._now,
            updated_at=self._now,
            **self._records.columns(person.name),
        )
        self._reach(row, person)
        for tag in person.tags:
            self._put(PersonTag, person_id=row, name=tag, key=fold(tag))
        for taste in person.tastes:
            self._taste(row, taste)
        for book, genre in readings_of(len(self._people), person, self._store.today()):
            reading = self._put(Reading, person_id=row, **book, by=self._store.by, created_at=self._now)
            self._put(ReadingSubject, reading_id=reading, **genre)
        if person.policy is not None:
            columns, rules = policy_rows(person.policy)
            policy = self._put(ReviewPolicy, person_id=row, **columns, read_on=self._today)
            for rule in rules:
                self._put(PolicyRule, policy_id=policy, **rule)
        return row

    def _reach(self, row: int, person: SamplePerson) -> None:
        keys = []
        for position, text in enumerate(person.emails):
            email = parse_email(text)
            assert email is not None, text
            keys.append(email.key)
            self._put(EmailAddress, person_id=row, address=email.address, key=email.key, position=position)
        for account in person.accounts:
            profile = parse_profile(account.handle, account.platform)
            assert profile is not None, account
            account_row = self._put(
                Account,
                person_id=row,
                platform=profile.platform,
                handle=profile.handle,
                key=profile.key,
                url=profile.url,
            )
            self._records.accounts[row, account.platform] = account_row
            if account.followers is not None:
                self._put(AudienceReading, account_id=account_row, taken_on=self._today, followers=account.followers)
        if person.address is not None:
            place = person.address
            names = ("deliver_to", "line1", "line2", "city", "region", "postcode", "country", "confirmed_on")
            values = {name: getattr(place, name) for name in names}
            self._put(Address, person_id=row, **values, is_current=1, created_at=self._now)
        if person.suppressed:
            marks = Marks(self._store)
            for key in keys:
                self._put(Suppression, **marks.columns(SuppressionKind.EMAIL, key, SuppressionReason.ASKED))

    def _taste(self, person: int, taste: SampleTaste) -> None:
        genre = taste.kind == "genre"
        note = self._put(
            TasteNote,
            person_id=person,
            side=taste.side,
            polarity=taste.polarity,
            kind=taste.kind,
            subject=load_genres().name(taste.subject) if genre else taste.subject,
            key=taste.subject if genre else fold(taste.subject),
            strength=taste.strength,
            noted_on=self._today,
        )
        for evidence in taste.evidence:
            self._put(
                TasteEvidence,
                taste_note_id=note,
                kind=evidence.kind,
                text=evidence.text,
                url=evidence.url,
                seen_on=evidence.seen_on,
            )

    def _gifts(self) -> None:
        self._gift_rows = []
        for gift in self._sample.gifts:
            item, editions = self._items[gift.item]
            row = self._put(
                Gift,
                person_id=self._people[gift.person],
                item_id=item,
                edition_id=editions[gift.edition],
                campaign_id=None if gift.campaign is None else self._campaigns[gift.campaign],
                deal=gift.deal,
                state=gift.state,
                why=gift.why,
                state_on=gift.state_on,
                sent_on=gift.sent_on,
                delivered_on=gift.delivered_on,
                by=self._store.by,
                created_at=self._now,
            )
            for state, day in gift.steps:
                self._put(GiftStep, gift_id=row, state=state, happened_on=day, by=self._store.by,
                          noted_at=self._noted(day, row))  # fmt: skip
            self._gift_rows.append(row)

    def _noted(self, day: str, number: int) -> str:
        """A moment of a day's work, never one to come."""
        return min(f"{day}T{9 + number % 8:02}:{number * 17 % 60:02}:00Z", self._now)

    def _shipments(self) -> None:
        for parcel in self._sample.shipments:
            gift = self._sample.gifts[parcel.gift]
            place = self._sample.people[gift.person].address
            assert place is not None, parcel
            names = ("deliver_to", "line1", "line2", "city", "region", "postcode", "country")
            row = self._put(
                Shipment,
                person_id=self._people[gift.person],
                **{name: getattr(place, name) for name in names},
                carrier=parcel.carrier,
                tracking_number=parcel.tracking_number,
                state="delivered" if parcel.delivered_on else "sent",
                sent_on=parcel.sent_on,
                delivered_on=parcel.delivered_on,
                postage_minor=_POSTAGE[place.country == _HOME],
                postage_currency="GBP",
                by=self._store.by,
                created_at=self._now,
            )
            self._put(ShipmentGift, shipment_id=row, gift_id=self._gift_rows[parcel.gift])
            edition = self._items[gift.item][1][gift.edition]
            self._titles.stock(edition, -1, StockReason.SHIPPED, row, parcel.sent_on)

    def _posts(self) -> None:
        self._post_rows: list[int] = []
        for post in self._sample.posts:
            row = self._put(
                Post,
                person_id=self._people[post.person],
                item_id=self._items[post.item][0],
                gift_id=None if post.gift is None else self._gift_rows[post.gift],
                kind=post.kind,
                platform=post.platform,
                handle=post.handle,
                url=post.url,
                key=_post_key(post.url),
                posted_on=post.posted_on,
                text=post.text,
                nature=post.nature,
                nature_reason=post.nature_reason,
                by=self._store.by,
                created_at=self._noted(post.posted_on, len(self._post_rows)),
                outlet="" if post.url else self._sample.people[post.person].organisation,
            )
            self._post_rows.append(row)
            for counts in counted(post.url, post.kind, post.posted_on, self._today) if post.url else ():
                self._put(PostReading, post_id=row, created_at=self._now, by=self._store.by, **asdict(counts))
        for outcome in self._sample.outcomes:
            self._put(
                Outcome,
                gift_id=self._gift_rows[outcome.gift],
                person_id=self._people[self._sample.gifts[outcome.gift].person],
                kind=outcome.kind,
                evidence=outcome.evidence,
                happened_on=outcome.happened_on,
                post_id=None if outcome.post is None else self._post_rows[outcome.post],
                by=self._store.by,
            )

    def _clubs(self) -> None:
        rows = Rows(self._people, [item for item, _ in self._items], self._gift_rows, self._post_rows)
        life = ClubLife(self._put, self._store, self._sample, rows)
        made: list[int] = []
        for place, club in enumerate(self._sample.clubs):
            before = life.grew_from(place)
            row = self._put(
                Club,
                name=club.name,
                name_key=fold(club.name),
                item_id=self._items[club.item][0],
                host_id=self._people[club.host],
                gift_id=self._gift_rows[club.gift],
                post_id=self._post_rows[club.post],
                kind=club.kind,
                state=club.state,
                place=club.place,
                started_on=club.started_on,
                by=self._store.by,
                created_at=self._now,
                grew_from_id=None if before is None else made[before],
                **life.columns(club),
            )
            made.append(row)
            for number, (day, members) in enumerate(club.headcounts):
                moved = life.headcount(club, number)
                self._put(Headcount, club_id=row, counted_on=day, members=members, moved_by=moved)
        self._flush()
        life.write(made)
