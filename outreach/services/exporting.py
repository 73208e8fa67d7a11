"""Exports: people and the catalogue as tables, whole, in a form that imports read again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from outreach.errors import KnownError
from outreach.fields.numbers import from_minor
from outreach.jobs import Job
from outreach.services.catalogue import EditionStock, show_item
from outreach.services.csvfile import write_csv
from outreach.services.people import Taste, show_person
from outreach.services.suppressions import suppressed_people
from outreach.store.database import Store
from outreach.store.models import Item, Person

_ADDRESS = ("deliver_to", "line1", "line2", "city", "region", "postcode", "country")

PEOPLE_HEADER = (
    "Name", "First name", "Last name", "Greeting", "Role", "Organisation", "Position", "E-mail", "Other e-mails",
    "Accounts", "Followers", "Phone", "Language", "Deliver to", "Address 1", "Address 2", "City", "State", "Postcode",
    "Country", "Likes", "Doesn't read", "Followers enjoy", "Tags", "Notes", "Ask again from", "Do not contact",
)  # fmt: skip
CATALOGUE_HEADER = (
    "Title", "Subtitle", "Author", "Series", "ISBN", "Format", "Price", "Currency", "Pub date", "On sale",
    "Review embargo", "Imprint", "Publisher", "Language", "Hook", "Description", "Genres", "Keywords", "Comps",
    "Copies",
)  # fmt: skip


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
    return _written(path, PEOPLE_HEADER, lambda: _people(store, people, job or Job()))


def export_catalogue(store: Store, path: Path) -> Exported:
    """Write the catalogue, one row an edition."""
    return _written(path, CATALOGUE_HEADER, lambda: _editions(store))


def _written(path: Path, header: tuple[str, ...], rows: Callable[[], Iterator[tuple[str, ...]]]) -> Exported:
    if path.suffix.casefold() != ".csv":
        raise KnownError("exports.kind", file=path.name)
    made = list(rows())
    write_csv(path, header, made)
    return Exported(str(path), len(made))


def _people(store: Store, people: Sequence[int] | None, job: Job) -> Iterator[tuple[str, ...]]:
    suppressed = suppressed_people(store)
    chosen = store.ids(Person.select(Person.id).order_by(Person.sort_name, Person.id)) if people is None else people
    for done, person in enumerate(chosen):
        job.report(done, total=len(chosen))
        found = show_person(store, person)
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
            _tastes(found.tastes, "own", "like"),
            _tastes(found.tastes, "own", "limit"),
            _tastes(found.tastes, "audience", "like"),
            ", ".join(found.tags),
            values["notes"],
            values["ask_again_on"] or "",
            "yes" if person in suppressed else "",
        )


def _price(edition: EditionStock | None) -> str:
    if edition is None or edition.price_minor is None:
        return ""
    return str(from_minor(edition.price_minor, edition.currency))


def _tastes(tastes: tuple[Taste, ...], side: str, polarity: str) -> str:
    chosen = [each.subject for each in tastes if each.side == side and each.polarity == polarity]
    return " / ".join(chosen)


def _editions(store: Store) -> Iterator[tuple[str, ...]]:
    for item in store.ids(Item.select(Item.id).order_by(Item.sort_title, Item.id)):
        found = show_item(item)
        values = found.values
        for edition in found.editions or (None,):
            yield (
                values["title"],
                values["subtitle"],
                values["author"],
                values["series"],
                edition.isbn13 if edition else "",
                edition.format if edition else "",
                _price(edition),
                edition.currency if edition else "",
                values["pub_date"] or "",
                values["on_sale_date"] or "",
                values["review_embargo"] or "",
                values["imprint"],
                values["publisher"],
                values["language"],
                values["hook"],
                values["description"],
                "; ".join(found.genres),
                "; ".join(found.keywords),
                "; ".join(found.comps),
                str(edition.copies) if edition and edition.copies else "",
            )
