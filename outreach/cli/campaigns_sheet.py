"""The sheet of a campaign's people that its client agrees to, and her answers."""

from pathlib import Path

import click

from outreach.cli.campaigns_group import campaigns
from outreach.cli.frame import Session, subcommand
from outreach.errors import KnownError
from outreach.services import refs
from outreach.services.campaigns import sheet as service
from outreach.services.campaigns.sheet import OneSheet
from outreach.wording import Words
from outreach.wording.campaigns import sheet_cells, sheet_paper, sheet_words


@subcommand(campaigns, "sheet")
@click.argument("ref")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
def sheet(session: Session, ref: str, out: Path) -> None:
    """Write the people of a campaign on one sheet for its client, with why each.

    OUT.pdf is to read, OUT.xlsx to answer in. No address, no e-mail and no number of followers is on it.

    \b
    Examples:
      outreach campaigns sheet m3 for-the-author.pdf
      outreach campaigns sheet m3 for-the-author.xlsx
    """
    out = out.expanduser()
    if out.suffix.casefold() not in (".pdf", ".xlsx"):
        raise KnownError("campaigns.sheet_kind", file=out.name)
    words = session.words
    with session.writing() as store:
        made = service.one_sheet(store, refs.campaign_id(ref))
        rows = [sheet_cells(words, line) for line in made.lines]
        if out.suffix.casefold() == ".xlsx":
            service.write_sheet(out, sheet_words(words, made.facts.name), rows, made)
        else:
            _write_pdf(words, out, made, store.today().isoformat())
        service.note_shown(store, made)
    people = words.count("people", len({line.person_id for line in made.lines}))
    facts = {"people": people, "file": str(out), "campaign": f"m{made.facts.id}"}
    session.show({"file": str(out), "people": len(made.lines)}, lambda: [words.say("campaigns.sheet", **facts)])


@subcommand(campaigns, "answers")
@click.argument("ref")
@click.argument("file", type=click.Path(path_type=Path))
def answers(session: Session, ref: str, file: Path) -> None:
    """Read what a client answered on the sheet; one row that cannot be read leaves everything as it was.

    \b
    Example:
      outreach campaigns answers m3 from-the-author.xlsx
    """
    with session.writing() as store:
        found = service.read_answers(store, refs.campaign_id(ref), file.expanduser())
    facts = {"yes": found.yes, "no": found.no, "ask": found.ask, "silent": found.silent}
    session.show(facts, lambda: [session.words.say("campaigns.answers", file=file.name, **facts)])


def _write_pdf(words: Words, out: Path, made: OneSheet, day: str) -> None:
    from outreach.paper.printout import Printout, Section
    from outreach.paper.to_file import printout_to_pdf

    paper = sheet_paper(words, made, day)
    parts = [Section(*part, is_lead=not place) for place, part in enumerate(paper.parts)]
    printout = Printout(paper.title, paper.below, parts)
    printout_to_pdf(out, printout, lambda page, pages: words.tr("Page {page} of {pages}", page=page, pages=pages))
