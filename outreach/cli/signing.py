"""Gifts that the author signs: which, with which words, in which order, and that it is done."""

from pathlib import Path

import click

from outreach.cli.frame import Session, day_option, subcommand, table
from outreach.cli.gifts import gifts
from outreach.services import refs
from outreach.services.exporting.csvfile import write_csv
from outreach.services.gifts import signing as service
from outreach.services.gifts.signing import Signing, SigningRow
from outreach.wording.signing import signing_cells, signing_headings

_REFS = click.argument("refs_", metavar="REF…", nargs=-1, required=True)


@subcommand(gifts, "sign")
@_REFS
@click.option("--as", "how", type=click.Choice(["copy", "bookplate"]), default="copy", show_default=True)
@click.option("--dedication", help="The words to write, such as “For Maya, who knows the sea”.")
@click.option("--not", "not_", is_flag=True, help="They are not to be signed.")
def sign(session: Session, refs_: tuple[str, ...], how: str, dedication: str | None, not_: bool) -> None:
    """Note that the author is to sign gifts, in this order; each gets a number that stays. REF are gifts, such as g12.

    \b
    Examples:
      outreach gifts sign g12 g13
      outreach gifts sign g14 --as bookplate --dedication "For Maya, who knows the sea"
    """
    with session.writing() as store:
        ids = [refs.gift_id(each) for each in refs_]
        service.ask_to_sign(store, ids, Signing.NONE if not_ else Signing(how), dedication)
        rows = service.signing_list(gifts=ids, signed=True)
    _told(session, ids, rows, "signing.not" if not_ else "signing.asked")


@subcommand(gifts, "signed")
@_REFS
@click.option("--on", callback=day_option, help="The day, if it was not today.")
@click.option("--not", "not_", is_flag=True, help="It was noted by mistake.")
def signed(session: Session, refs_: tuple[str, ...], on: str | None, not_: bool) -> None:
    """Note that the author signed gifts. REF are gifts, such as g12.

    \b
    Example:
      outreach gifts signed g12 g13 --on 2027-02-20
    """
    with session.writing() as store:
        ids = [refs.gift_id(each) for each in refs_]
        service.note_signed(store, ids, on or "", undone=not_)
        rows = service.signing_list(gifts=ids, signed=True)
    _told(session, ids, rows, "signing.unsigned" if not_ else "signing.signed")


@subcommand(gifts, "signing")
@click.argument("out", metavar="[OUT.csv]", type=click.Path(path_type=Path), required=False)
@click.option("--item", help="Only of this title.")
@click.option("--as", "how", type=click.Choice(["copy", "bookplate"]), help="Only copies, or only bookplates.")
@click.option("--all", "all_", is_flag=True, help="Also what is signed already.")
def signing(session: Session, out: Path | None, item: str | None, how: str | None, all_: bool) -> None:
    """List what the author is to sign, in signing order, for her to sign from; OUT.csv is written for a spreadsheet.

    The list names people and the words for them, and no addresses.

    \b
    Examples:
      outreach gifts signing --item "The Salt Orchard"
      outreach gifts signing --item "The Salt Orchard" --as bookplate bookplates.csv
    """
    with session.reading():
        only = Signing(how) if how else None
        rows = service.signing_list(refs.item_id(item) if item else None, signed=all_, only=only)
    words = session.words
    cells = [signing_cells(words, row) for row in rows]
    if out is not None:
        write_csv(out.expanduser(), signing_headings(words), cells)
    session.show(
        rows,
        lambda: (
            table(signing_headings(words), cells)
            if out is None
            else [words.say("signing.written", lines=words.count("signing.lines", len(rows)), file=str(out))]
        ),
    )


def _told(session: Session, ids: list[int], rows: list[SigningRow], code: str) -> None:
    words = session.words
    named = words.listing([f"g{gift}" for gift in ids])
    session.show(rows, lambda: [words.say(code, gifts=words.count("gifts", len(ids)), which=named)])
