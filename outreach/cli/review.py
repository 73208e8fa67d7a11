"""The review: what went out, what came of it, and what is not known."""

from pathlib import Path

import click

from outreach.cli.frame import Session, command, day_option, table
from outreach.cli.speaking import said
from outreach.services import refs
from outreach.services.catalogue.clients import client_language
from outreach.services.drafting.senders import sender
from outreach.services.people.rosters import roster_named
from outreach.services.report.pictures import pictures_for
from outreach.services.review.making import review as make_review
from outreach.services.review.value import Review, Scope
from outreach.services.review.wanted import saved_review
from outreach.services.shipments.labels import PAGES, paper_of
from outreach.store.database import Store
from outreach.wording.compared import compared, verdict
from outreach.wording.report import as_lines
from outreach.wording.report_blocks import report_of, shown_pictures


@command("review")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Write it to this file: .pdf, .xlsx, .html or .csv.")
@click.option(
    "--page", type=click.Choice(sorted(PAGES)), help="The paper of a PDF; else as your country's printers hold."
)
@click.option("--language", help="The language it is written in, such as de; else the client's, or yours.")
@click.option("--item", help="Only gifts of this title.")
@click.option("--campaign", help="Only gifts of this campaign.")
@click.option("--client", help="Only gifts of this client's titles and campaigns.")
@click.option("--roster", help="Only gifts to people on this roster.")
@click.option("--since", callback=day_option, help="Only gifts that moved on or after this day.")
@click.option("--until", callback=day_option, help="Only gifts that moved on or before this day.")
@click.option("--saved", help="As a review was saved under this name in the window.")
@click.option("--beside", help="Another campaign, to stand beside the one of --campaign.")
def review(
    session: Session,
    file: Path | None,
    out: Path | None,
    page: str | None,
    language: str | None,
    item: str | None,
    campaign: str | None,
    client: str | None,
    roster: str | None,
    since: str | None,
    until: str | None,
    saved: str | None,
    beside: str | None,
) -> None:
    """What went out, what came of it, and what is not known.

    With --out it is written as a report: a PDF, an Excel workbook with a sheet for each part, a page of HTML that needs
    nothing else, or a table of all figures. Gifted, in kind and paid are never added together, rates come with their
    likely range, and nobody is ranked by followers.

    \b
    Examples:
      outreach review
      outreach review --out march.pdf --since 2027-03-01
      outreach review --out orchard.xlsx --item "The Salt Orchard"
      outreach review --campaign "January launch" --beside "Summer list"
    """
    if file is not None and out is not None:
        raise click.UsageError(said("The file is named twice; --out alone is enough."))
    with session.reading() as store:
        scope = Scope(*_ids(item, campaign, client, roster), since or "", until or "")
        if saved:
            scope = saved_review(saved).scope(store.today())
        found = make_review(store, scope)
        if beside:
            _show_beside(session, found, make_review(store, Scope(campaign_id=refs.campaign_id(beside))))
            return
        target = out or file
        if target is None:
            session.show(found, lambda: as_lines(session.words, found))
            return
        # Written while the pictures' files are there; nothing of the workspace is changed.
        _write(session, store, found, target.expanduser(), page, language)
    session.show({"file": str(target)}, lambda: [session.words.say("review.written", file=str(target))])


def _write(session: Session, store: Store, found: Review, target: Path, page: str | None, language: str | None) -> None:
    """Write a review as a report, in the client's language where none is asked for."""
    from outreach.paper.report import write_report
    from outreach.wording import Words

    scope = found.scope
    chosen = language or client_language(scope.item_id, scope.campaign_id, scope.client_id)
    words = Words(chosen) if chosen else session.words
    pictures = shown_pictures(words, pictures_for(store, scope))
    report = report_of(words, found, store.today().isoformat(), pictures)
    with session.working(session.words.say("report.writing")) as job:
        write_report(target, report, page or paper_of(sender().country), job)


def _show_beside(session: Session, one: Review, other: Review) -> None:
    """Two campaigns beside one another."""
    if one.scope.campaign_id is None:
        raise click.UsageError(said("--beside needs --campaign."))
    words = session.words
    pairs = compared(words, one, other)
    better = verdict(words, one, other)
    data = {
        "verdict": better,
        "numbers": [{"name": pair.name, one.campaign: pair.one, other.campaign: pair.other} for pair in pairs],
    }
    rows = [(pair.name, pair.one, pair.other) for pair in pairs]
    session.show(data, lambda: [better, *table(("", one.campaign, other.campaign), rows)])


def _ids(
    item: str | None, campaign: str | None, client: str | None, roster: str | None
) -> tuple[int | None, int | None, int | None, int | None]:
    """The ids of what the review is of, in the order of `Scope`."""
    return (
        refs.item_id(item) if item else None,
        refs.campaign_id(campaign) if campaign else None,
        refs.client_id(client) if client else None,
        roster_named(roster) if roster else None,
    )
