"""Exports: people, the catalogue, gifts, posts and marks as tables, whole, in a form that imports read again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from outreach.jobs import Job
from outreach.services.exporting.cards import Cards, taste_word, write_cards
from outreach.services.exporting.catalogue import CATALOGUE_HEADER, catalogue_rows, write_onix_file
from outreach.services.exporting.people import people_whole
from outreach.services.exporting.sheets import write_sheet
from outreach.services.gifts.gifts import list_gifts
from outreach.services.people.cells import CELLS
from outreach.services.people.people import Taste
from outreach.services.posts import list_posts
from outreach.store.database import Store
from outreach.store.models import EmailAddress, Gift, Outcome, Person, Suppression

_ADDRESS = ("deliver_to", "line1", "line2", "city", "region", "postcode", "country")

PEOPLE_HEADER = (
    "Name", "First name", "Last name", "Greeting", "Role", "Organisation", "Position", "E-mail", "Other e-mails",
    "Accounts", "Followers", "Phone", "Language", "Deliver to", "Address 1", "Address 2", "City", "State", "Postcode",
    "Country", "Country of the person", "Likes", "Does not enjoy", "Doesn't read", "Followers enjoy",
    "Followers do not enjoy", "Followers refuse", "Tags", "Notes", "Ask again from", "Do not contact",
    *(heading for _, heading in CELLS),
)  # fmt: skip


GIFTS_HEADER = (
    "Name", "E-mail", "Title sent", "Format", "Status", "Date sent", "Delivered", "Posted", "Date posted", "Why",
    "Deal",
)  # fmt: skip
POSTS_HEADER = ("Date", "Name", "E-mail", "Title", "URL", "Text", "Kind", "Platform", "Nature")
SUPPRESSIONS_HEADER = ("E-mail", "Account", "Reason", "Since")

#: Endings of files of cards.
CARDS = (".vcf", ".vcard")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    file: str
    rows: int


def export_people(store: Store, path: Path, people: Sequence[int] | None = None, job: Job | None = None) -> Exported:
    """Write people, all or some, one row each, with those who asked not to be contacted marked as such.

    Raises:
        KnownError: when the file cannot be written.
        Cancelled: when the job was stopped; nothing is written then.
    """
    job = job or Job()
    if path.suffix.casefold() in CARDS:
        return export_cards(store, path, people, job)
    return Exported(str(path), write_sheet(path, PEOPLE_HEADER, _people(store, people, job)))


def export_cards(
    store: Store, path: Path, people: Sequence[int] | None = None, job: Job | None = None, version: str = "3.0"
) -> Exported:
    """Write people, all or some, as vCards of a version, ``3.0`` or ``4.0``; raises as `export_people`."""
    job = job or Job()
    chosen = _everybody(store) if people is None else people
    cards = Cards(version)

    def made() -> Iterator[str]:
        for done, (person, cells) in enumerate(people_whole(store, chosen)):
            job.report(done, total=len(chosen))
            yield cards.card(person, cells)

    return Exported(str(path), write_cards(path, made()))


def export_catalogue(store: Store, path: Path, items: Sequence[int] | None = None, job: Job | None = None) -> Exported:
    """Write the catalogue, all or some titles: ONIX 3.0 to an ``.xml`` file, else a row an edition.

    Raises as `export_people`.
    """
    job = job or Job()
    if path.suffix.casefold() == ".xml":
        return Exported(str(path), write_onix_file(store, path, items, job))
    return Exported(str(path), write_sheet(path, CATALOGUE_HEADER, catalogue_rows(store, items, job)))


def export_gifts(store: Store, path: Path, job: Job | None = None) -> Exported:
    """Write all gifts and whether they led to a post; raises as `export_people`."""
    return Exported(str(path), write_sheet(path, GIFTS_HEADER, _gifts(store, job or Job())))


def export_posts(store: Store, path: Path, job: Job | None = None) -> Exported:
    """Write all posts; raises as `export_people`."""
    del store
    return Exported(str(path), write_sheet(path, POSTS_HEADER, _posts(job or Job())))


def export_suppressions(store: Store, path: Path, job: Job | None = None) -> Exported:
    """Write whom nobody writes to; whoever was forgotten is known by nothing that could be written."""
    del store, job
    marks = Suppression.select().where(Suppression.shown != "").order_by(Suppression.id)
    rows = ((mark.shown if mark.kind == "email" else "", mark.shown if mark.kind != "email" else "", mark.reason,
             mark.since_on or "") for mark in marks)  # fmt: skip
    return Exported(str(path), write_sheet(path, SUPPRESSIONS_HEADER, rows))


def _everybody(store: Store) -> Sequence[int]:
    return store.ids(Person.select(Person.id).order_by(Person.sort_name, Person.id))


def _first_emails() -> Mapping[int, str]:
    query = EmailAddress.select(EmailAddress.person, EmailAddress.address).where(EmailAddress.position == 0)
    return dict(query.tuples())


def _gifts(store: Store, job: Job) -> Iterator[tuple[str, ...]]:
    emails = _first_emails()
    days = {gift.id: gift for gift in Gift.select(Gift.id, Gift.sent_on, Gift.delivered_on)}
    posted = dict(Outcome.select(Outcome.gift, Outcome.happened_on).where(Outcome.kind == "posted").tuples())
    rows = list_gifts(store)
    for done, row in enumerate(rows):
        job.report(done, total=len(rows))
        told = days[row.id]
        yield (
            row.person, emails.get(row.person_id or 0, ""), row.title, row.edition, row.state, told.sent_on or "",
            told.delivered_on or "", "yes" if row.id in posted else "", posted.get(row.id, ""), row.why, row.deal,
        )  # fmt: skip


def _posts(job: Job) -> Iterator[tuple[str, ...]]:
    emails = _first_emails()
    rows = list_posts()
    for done, row in enumerate(rows):
        job.report(done, total=len(rows))
        yield (row.posted_on, row.person, emails.get(row.person_id or 0, ""), row.title, row.url, row.text, row.kind,
               row.platform, row.nature)  # fmt: skip


def _people(store: Store, people: Sequence[int] | None, job: Job) -> Iterator[tuple[str, ...]]:
    chosen = _everybody(store) if people is None else people
    for done, (found, cells) in enumerate(people_whole(store, chosen)):
        job.report(done, total=len(chosen))
        values = found.values
        address = next((each for each in found.addresses if each["is_current"]), dict.fromkeys(_ADDRESS, ""))
        accounts = [
            url or (f"{platform}:{handle}" if platform else f"@{handle}") for platform, handle, url, _ in found.accounts
        ]
        followers = next((str(count) for *_, count in found.accounts if count is not None), "")
        yield (
            values["name"],
            values["given_name"],
            values["family_name"],
            values["greeting"],
            values["role"],
            values["organisation"],
            values["job_title"],
            found.emails[0] if found.emails else "",
            ", ".join(found.emails[1:]),
            " ".join(accounts),
            followers,
            values["phone"],
            values["language"],
            *(address[name] for name in _ADDRESS),
            values["country"] if values["country"] != address["country"] else "",
            *(
                _tastes(found.tastes, side, polarity)
                for side in ("own", "audience")
                for polarity in ("like", "dislike", "limit")
            ),
            ", ".join(found.tags),
            values["notes"],
            values["ask_again_on"] or "",
            "yes" if found.suppressed else "",
            *cells.values(),
        )


def _tastes(tastes: tuple[Taste, ...], side: str, polarity: str) -> str:
    return " / ".join(taste_word(each) for each in tastes if each.side == side and each.polarity == polarity)


#: By kind, what writes all of it.
KINDS: Mapping[str, Callable[..., Exported]] = {
    "people": export_people,
    "catalogue": export_catalogue,
    "gifts": export_gifts,
    "posts": export_posts,
    "suppressions": export_suppressions,
}
