"""Exports: people and the catalogue as tables, whole, in a form that imports read again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.catalogue_export import CATALOGUE_HEADER, catalogue_rows, write_onix_file
from outreach.services.csvfile import write_csv
from outreach.services.people import Taste, show_person
from outreach.services.suppressions import suppressed_people
from outreach.store.database import Store
from outreach.store.models import Person

_ADDRESS = ("deliver_to", "line1", "line2", "city", "region", "postcode", "country")

PEOPLE_HEADER = (
    "Name", "First name", "Last name", "Greeting", "Role", "Organisation", "Position", "E-mail", "Other e-mails",
    "Accounts", "Followers", "Phone", "Language", "Deliver to", "Address 1", "Address 2", "City", "State", "Postcode",
    "Country", "Likes", "Doesn't read", "Followers enjoy", "Tags", "Notes", "Ask again from", "Do not contact",
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


def export_catalogue(store: Store, path: Path, job: Job | None = None) -> Exported:
    """Write the catalogue, one row or product an edition: as ONIX 3.0 to an ``.xml`` file, else as a table.

    Raises:
        KnownError: when the file cannot be written.
        Cancelled: when the job was stopped; nothing is written then.
    """
    if path.suffix.casefold() == ".xml":
        return Exported(str(path), write_onix_file(store, path, job or Job()))
    return _written(path, CATALOGUE_HEADER, lambda: catalogue_rows(store, job or Job()))


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


def _tastes(tastes: tuple[Taste, ...], side: str, polarity: str) -> str:
    chosen = [each.subject for each in tastes if each.side == side and each.polarity == polarity]
    return " / ".join(chosen)
