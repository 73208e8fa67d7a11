"""The demo: a sample workspace, and the whole job done on it."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click

from outreach.cli.frame import Session, command
from outreach.cli.speaking import said
from outreach.cli.window import has_display, open_window, prepare_window
from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.paper.report import write_report
from outreach.services import posts
from outreach.services.campaigns.campaign import open_campaign_for
from outreach.services.carrying.files import carrier_rows
from outreach.services.carrying.layouts import layout
from outreach.services.catalogue import catalogue
from outreach.services.clubs import clubs
from outreach.services.drafting import drafts
from outreach.services.drafting.openings import openings
from outreach.services.exporting.csvfile import write_csv
from outreach.services.gifts import gifts
from outreach.services.gifts.gifts import GiftState
from outreach.services.matching import Band, Fit
from outreach.services.matching.ranking import match_item
from outreach.services.people.postal import address_lines
from outreach.services.people.presence import away
from outreach.services.report.pictures import pictures_for
from outreach.services.review.making import review
from outreach.services.sample.apart import INITIALS, SENDER, sign
from outreach.services.sample.fill import coming_item, fill
from outreach.services.shipments import shipments
from outreach.services.shipments.carriers import s10_number
from outreach.services.shipments.labels import paper_of, sheet
from outreach.services.shipments.shipments import parcel_of
from outreach.services.workspaces import workspaces
from outreach.store import workspace
from outreach.store.database import Store
from outreach.wording.report_blocks import report_of, shown_pictures
from outreach.workers import Limits, stream

#: Making some pictures takes seconds, and Qt reserves far more memory than it uses.
_PHOTO_LIMITS = Limits(seconds=120, memory_mb=8000)
#: How many proofs are given, and how the answers come: so many say yes, so many not this time; the rest is silent.
_PROOFS, _YES, _NO = 12, 7, 2
#: Of so many who fit best, those are chosen who can be written to.
_LOOKED_AT = 200
_ARRIVED, _POSTED = 5, 2
_FORMATS = ("pdf", "xlsx", "html", "csv")


@dataclass
class _Done:
    """What the demo made, for saying it at the end."""

    folder: Path
    facts: dict[str, Any] = field(default_factory=dict)

    def at(self, name: str) -> Path:
        return self.folder / name


@command("demo")
@click.option("--out", type=click.Path(path_type=Path), help="Where to put everything; a new folder.")
@click.option("--no-window", is_flag=True, help="Open no window; write pictures of its pages instead.")
@click.option("--people", type=click.IntRange(min=100), default=1200, show_default=True, help="How many people.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another number makes other people.")
def demo(session: Session, out: Path | None, no_window: bool, people: int, seed: int) -> int:
    """Make a sample workspace of fictional people and titles, and do the whole job on it.

    It picks a coming title, matches people to it, drafts their letters, gives out proofs, makes a label sheet and a
    carrier file, books the answers, logs posts, and writes the review. Then it opens the window on it; without a
    display, or with --no-window, it writes pictures of every page instead.

    \b
    Examples:
      outreach demo --out ~/outreach-demo
      outreach demo --no-window --json
    """
    shows = has_display() and not no_window
    opens = shows and not session.as_json
    if opens:
        prepare_window()
    folder = _new_folder(out.expanduser().absolute() if out else Path.cwd() / "outreach-demo", named=out is not None)
    done = _Done(folder)
    place = folder / "workspace"
    opening = session.opening()
    opening = replace(opening, by=opening.by or INITIALS)
    with _or_nothing(folder), session.working(said("Sample")) as job:
        workspaces.new_workspace(place, opening)
        with workspace.writing(place, opening) as store:
            done.facts |= fill(store, people=people, seed=seed, job=job)
            sign(store)
            _do_the_job(session, store, done, job)
    if not shows:
        done.facts["screens"] = _photograph(place, done.at("screens"))
    session.show(
        {"folder": str(folder), "workspace": str(place), **done.facts}, lambda: _summary(session, done, str(place))
    )
    return open_window(session, place) if opens else 0


@contextmanager
def _or_nothing(folder: Path) -> Iterator[None]:
    """Fill a folder that was made for it, or leave none behind: half a demo is of no use to anyone."""
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _photograph(place: Path, out: Path) -> str | None:
    """Pictures of every page of the window, where nobody can see the window itself."""
    payload = {"folder": str(place), "out": str(out)}
    from outreach.paper.painting import painting_libraries

    try:
        painting_libraries()  # a child process cannot even begin without them
        for _ in stream("outreach.photos:take", payload, _PHOTO_LIMITS):
            pass
    except KnownError as error:
        if error.code != "paper.missing_library":
            raise
        return None
    return str(out)


def _new_folder(place: Path, *, named: bool) -> Path:
    """The folder to fill: as named, which must be empty, or the first free one."""
    folder, number = place, 1
    while not named and folder.exists():
        number += 1
        folder = place.with_name(f"{place.name}-{number}")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise KnownError("demo.not_empty", folder=str(folder))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError("workspace.read_only", folder=str(folder), why=error.strerror or str(error)) from error
    return folder


def _do_the_job(session: Session, store: Store, done: _Done, job: Job) -> None:
    item, edition = coming_item(store)
    found = match_item(store, item)
    detail = catalogue.show_item(item)
    gone = away(store, [fit.person_id for fit in found.fits])
    best = [fit for fit in found.fits if fit.person_id not in gone][:_LOOKED_AT]
    lines = openings([fit.person_id for fit in best], detail.genre_codes)
    chosen = _chosen(best, lines)
    why = {fit.person_id: session.words.reason(fit.reasons[0].code, fit.reasons[0].facts) for fit in best}
    made, _ = gifts.plan_gifts(
        store,
        item,
        chosen,
        edition_id=edition,
        campaign=open_campaign_for(item) or f"{found.title}, proofs",
        why={each: why[each] for each in chosen},
    )
    order = drafts.LetterOrder("first-pitch", item, tuple(chosen), lines)
    drafted = drafts.draft_letters(store, order, done.at("letters"), job)
    gifts.move_gifts(store, made, GiftState.ASKED)
    gifts.move_gifts(store, made[:_YES], GiftState.ACCEPTED)
    gifts.move_gifts(store, made[_YES : _YES + _NO], GiftState.DECLINED, note="Busy until summer")
    parcels, _ = shipments.create_shipments(store, made[:_YES], found.title)
    done.facts |= {
        "title": found.title,
        "pub_date": detail.values["pub_date"],
        "fits": len(found.fits),
        "strong": sum(fit.band is Band.STRONG for fit in found.fits),
        "never_shown": len(found.never_shown),
        "letters": len(drafted.letters),
        "letters_folder": str(done.at("letters")),
        "planned": len(made),
        "accepted": _YES,
        "declined": _NO,
    }
    _paper(store, parcels, done)
    _what_came(store, item, chosen, parcels, done)
    _report(session, store, done, job)


def _report(session: Session, store: Store, done: _Done, job: Job) -> None:
    """The review, in each of its formats; without the PDF where a library of the system is missing."""
    words = session.words
    pictures = shown_pictures(words, pictures_for(store))
    report = report_of(words, review(store), store.today().isoformat(), pictures)
    for ending in _FORMATS:
        file = done.at(f"review.{ending}")
        try:
            write_report(file, report, paper_of(SENDER["country"]), job)
        except KnownError as error:
            if error.code != "paper.missing_library":
                raise
            done.facts[f"review_{ending}"] = None
            continue
        done.facts[f"review_{ending}"] = str(file)


def _chosen(best: Sequence[Fit], lines: dict[int, str]) -> list[int]:
    """Those who fit best, with an address, and of whom something true can be said."""
    ready = [
        fit.person_id
        for fit in best
        if fit.person_id in lines and not any(caution.code in ("no_email", "no_address") for caution in fit.cautions)
    ]
    return ready[:_PROOFS]


def _paper(store: Store, parcels: list[int], done: _Done) -> None:
    rows = shipments.list_shipments(ids=parcels)
    table = carrier_rows(layout("royal-mail-click-and-drop"), [parcel_of(row) for row in rows])
    write_csv(done.at("royal-mail.csv"), table.header, table.rows)
    done.facts["carrier_file"] = str(done.at("royal-mail.csv"))
    try:
        from outreach.paper.labels import paint_labels

        blocks = [address_lines(row.address, SENDER["country"]) for row in rows]
        paint_labels(done.at("labels.pdf"), sheet("L7163"), blocks)
        done.facts["labels"] = str(done.at("labels.pdf"))
    except KnownError as error:
        if error.code != "paper.missing_library":
            raise
        done.facts["labels"] = None
        done.facts["labels_missing"] = error.facts["packages"]
    for number, parcel in enumerate(parcels):
        shipments.track_shipment(store, parcel, s10_number("RM", 47_300_000 + number, "GB"), "royal-mail")


def _what_came(store: Store, item: int, chosen: list[int], parcels: list[int], done: _Done) -> None:
    """Some parcels arrive, some readers speak about it, one gathers friends around it."""
    shipments.deliver_shipments(store, parcels[:_ARRIVED])
    texts = ("Two chapters in and I have stopped answering messages.", "This one is going on the front table.")
    for number, text in enumerate(texts[:_POSTED]):
        kind = posts.PostKind.POST if number else posts.PostKind.STORY
        posts.add_post(store, posts.NewPost(person_id=chosen[number], item_id=item, kind=kind, text=text))
    club = clubs.NewClub("The proof circle", chosen[0], item, members=6, note="Six friends, one proof, passed round.")
    clubs.start_club(store, club)
    done.facts |= {"new_posts": _POSTED, "new_clubs": 1}


def _summary(session: Session, done: _Done, place: str) -> list[str]:
    words, facts = session.words, done.facts
    labels = (
        words.say("demo.labels", file=facts["labels"])
        if facts["labels"]
        else words.say("demo.no_labels", packages=facts["labels_missing"])
    )
    return [
        words.say(
            "demo.made",
            people=words.count("people", facts["people"]),
            items=words.count("items", facts["items"]),
            gifts=words.count("gifts", facts["gifts"]),
            posts=words.count("posts", facts["posts"]),
            clubs=words.count("clubs", facts["clubs"]),
        ),
        words.say("demo.title", title=facts["title"], pub_day=facts["pub_date"]),
        words.say(
            "demo.match", fits=words.count("people", facts["fits"]), strong=facts["strong"], never=facts["never_shown"]
        ),
        words.say(
            "demo.allocated",
            gifts=words.count("copies", facts["planned"]),
            accepted=facts["accepted"],
            declined=facts["declined"],
        ),
        words.say("demo.drafts", letters=words.count("letters", facts["letters"]), folder=facts["letters_folder"]),
        labels,
        words.say("demo.carrier", file=facts["carrier_file"]),
        words.say(
            "demo.posts",
            posts=words.count("posts", facts["new_posts"]),
            clubs=words.count("clubs", facts["new_clubs"]),
        ),
        words.say("demo.review", files=", ".join(filter(None, (facts[f"review_{kind}"] for kind in _FORMATS)))),
        *([words.say("demo.screens", folder=facts["screens"])] if facts.get("screens") else []),
        words.say("demo.where", folder=str(done.folder), workspace=place),
    ]
