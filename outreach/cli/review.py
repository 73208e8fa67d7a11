"""The review: what went out, what came of it, and what is not known."""

from pathlib import Path

import click

from outreach.cli.frame import Session, command, day_option, plain
from outreach.services import refs
from outreach.services.review.making import review as make_review
from outreach.services.review.value import Scope
from outreach.services.rosters import roster_named
from outreach.wording.report import as_html, as_lines, write_csv_report, write_html


@command("review")
@click.argument("out", required=False, type=click.Path(path_type=Path))
@click.option("--item", help="Only gifts of this title.")
@click.option("--campaign", help="Only gifts of this campaign.")
@click.option("--client", help="Only gifts of this client's titles and campaigns.")
@click.option("--roster", help="Only gifts to people on this roster.")
@click.option("--since", callback=day_option, help="Only gifts that moved on or after this day.")
@click.option("--until", callback=day_option, help="Only gifts that moved on or before this day.")
def review(
    session: Session, out: Path | None, item: str | None, campaign: str | None, client: str | None, roster: str | None,
    since: str | None, until: str | None,
) -> None:  # fmt: skip
    """What went out, what came of it, and what is not known.

    With OUT (.html or .csv) it is written to that file. Gifted, in kind and paid are never added together, rates come
    with their likely range, and nobody is ranked by followers.

    \b
    Examples:
      outreach review
      outreach review march.html --since 2027-03-01
    """
    with session.reading() as store:
        scope = Scope(
            item_id=refs.item_id(item) if item else None,
            campaign_id=refs.campaign_id(campaign) if campaign else None,
            client_id=refs.client_id(client) if client else None,
            roster_id=roster_named(roster) if roster else None,
            since=since or "",
            until=until or "",
        )
        found = make_review(store, scope)
        day = store.today().isoformat()
    words = session.words
    if out is None:
        session.show(plain(found), lambda: as_lines(words, found))
        return
    out = out.expanduser()
    if out.suffix.casefold() == ".csv":
        write_csv_report(out, words, found)
    elif out.suffix.casefold() in (".html", ".htm"):
        write_html(out, as_html(words, found, day))
    else:
        raise click.BadParameter(f"“{out.name}” ends in neither .html nor .csv")
    session.show({"file": str(out)}, lambda: [words.say("review.written", file=str(out))])
