"""What is printed for parcels: labels, slips, note cards, bookplates."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from outreach.cli.frame import Session, subcommand
from outreach.cli.shipments import ONLY, parcels, shipments
from outreach.errors import KnownError
from outreach.services import refs
from outreach.services.drafting import senders
from outreach.services.people.postal import address_lines
from outreach.services.shipments.labels import PAGES, LabelSheet, paper_of
from outreach.services.shipments.labels import sheet as label_sheet
from outreach.services.shipments.slips import note_cards, plates_of, slips

if TYPE_CHECKING:
    from outreach.paper.labels import Placing, Style
    from outreach.paper.pages import Painted

_OUT = click.argument("out", type=click.Path(path_type=Path))
_START = click.option("--start", type=click.IntRange(min=1), default=1, show_default=True, help="The first free label.")
_OUTLINE = click.option(
    "--outline", "--outlines", "outline", is_flag=True, help="Draw the labels' edges, for a test print on plain paper."
)


def _nudges(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that move everything, for a printer that is off."""
    most = click.FloatRange(-20, 20)
    down = click.option(
        "--nudge-y", type=most, default=0.0,
        help="Move everything so many millimetres down; less than nothing moves it back.",
    )  # fmt: skip
    right = click.option(
        "--nudge-x", type=most, default=0.0,
        help="Move everything so many millimetres to the right; less than nothing moves it back.",
    )  # fmt: skip
    return right(down(function))


@subcommand(shipments, "labels")
@_OUT
@click.option("--sheet", default="L7163", show_default=True, help="The label sheet, such as L7160 or 5160.")
@_START
@_nudges
@_OUTLINE
@click.option("--bars", is_flag=True, help="Put each parcel's number on its label, as a bar code for scanners.")
@ONLY
def labels(
    session: Session, out: Path, sheet: str, start: int, nudge_x: float, nudge_y: float, outline: bool, bars: bool,
    only: tuple[str, ...],
) -> None:  # fmt: skip
    """Paint address labels of the parcels to pack, as a PDF for a label sheet.

    With --outline and no parcel to pack, it is a page to hold against an empty sheet.

    \b
    Examples:
      outreach shipments labels labels.pdf --sheet L7160 --start 5
      outreach shipments labels test.pdf --sheet 5160 --outline --nudge-x 0.5
    """
    from outreach.paper.labels import paint_labels

    with session.reading():
        rows = parcels(only)
        home = senders.sender().country
    kind, placing = label_sheet(sheet), _placing(start, nudge_x, nudge_y, outline=outline)
    blocks = [address_lines(row.address, home) for row in rows]
    names = [f"s{row.id}" for row in rows]
    painted = paint_labels(out.expanduser(), kind, blocks, placing, names if bars else ())
    if not rows and outline:
        session.show(
            _data(out, painted, names, "labels"),
            lambda: [session.words.say("shipments.test_page", sheet=kind.name, file=str(out))],
        )
        return
    words = session.words
    said = _said(session, "shipments.labels", out, painted, parcels=words.count("parcels", len(rows)))
    session.show(
        _data(out, painted, names, "labels"),
        lambda: [said, *_warnings(session, painted, names, "shipments.label_cut"), *_smaller(session, painted, names)],
    )


@subcommand(shipments, "slips")
@_OUT
@click.option("--page", type=click.Choice(list(PAGES)), help="The paper; else the one of your country.")
@ONLY
def packing_slips(session: Session, out: Path, page: str | None, only: tuple[str, ...]) -> None:
    """Paint a packing slip for each parcel, with its number as a bar code, and the facts for customs if it goes abroad.

    \b
    Example:
      outreach shipments slips slips.pdf --page A5
    """
    from outreach.paper.pages import write_pdf
    from outreach.paper.slips import SlipPages
    from outreach.wording.slips import slip_text

    words = session.words
    with session.reading() as store:
        me, day = senders.sender(), store.today().isoformat()
        made = slips([row.id for row in parcels(only)], me.country)
    names = [f"s{slip.id}" for slip in made]
    pages = SlipPages([slip_text(words, slip, me, day) for slip in made], page or paper_of(me.country))
    painted = write_pdf(out.expanduser(), pages)
    said = _said(session, "shipments.slips", out, painted, parcels=words.count("parcels", len(made)))
    session.show(
        _data(out, painted, names, "slips"),
        lambda: [said, *_warnings(session, painted, names, "shipments.slip_cut")],
    )


@subcommand(shipments, "cards")
@_OUT
@click.option("--sheet", help="The cards: A6 on A4, or quarter on Letter; else those of your country's paper.")
@_START
@_nudges
@_OUTLINE
@ONLY
def cards(
    session: Session, out: Path, sheet: str | None, start: int, nudge_x: float, nudge_y: float, outline: bool,
    only: tuple[str, ...],
) -> None:  # fmt: skip
    """Paint a note card for each parcel, with the line that its letter opened with.

    \b
    Example:
      outreach shipments cards cards.pdf --sheet a6
    """
    from outreach.paper.labels import CARD
    from outreach.wording.slips import card_lines

    words = session.words
    with session.reading():
        me = senders.sender()
        made, without = note_cards([row.id for row in parcels(only)])
    if not made:
        raise KnownError("slips.no_cards")
    kind = label_sheet(sheet or ("a6" if paper_of(me.country) == "A4" else "quarter"), "cards")
    blocks = [card_lines(words, card, me) for card in made]
    painted = _paint(out, kind, blocks, _placing(start, nudge_x, nudge_y, outline=outline), CARD)
    names, lacking = [f"s{card.id}" for card in made], [f"s{each}" for each in without]
    said = _said(session, "shipments.cards", out, painted, cards=words.count("cards", len(made)))
    session.show(
        {**_data(out, painted, names, "cards"), "without": lacking},
        lambda: [
            said,
            *([words.say("shipments.no_opening", which=words.listing(lacking))] if lacking else []),
            *_warnings(session, painted, names, "shipments.card_cut"),
        ],
    )


@subcommand(shipments, "bookplates")
@_OUT
@click.option("--item", required=True, help="The title.")
@click.option("--sheet", default="L7165", show_default=True, help="The label sheet, such as L7165 or 5164.")
@_START
@_nudges
@_OUTLINE
def bookplates(
    session: Session, out: Path, item: str, sheet: str, start: int, nudge_x: float, nudge_y: float, outline: bool
) -> None:
    """Paint the bookplates of a title for its author to sign, in the order of signing.

    Where nobody is down for one, they are for everybody who waits for the title, by name.

    \b
    Example:
      outreach shipments bookplates plates.pdf --item "The Salt Orchard"
    """
    from outreach.paper.labels import PLATE
    from outreach.wording.slips import plate_lines

    words = session.words
    with session.reading():
        made = plates_of(refs.item_id(item))
    blocks = [plate_lines(words, plate) for plate in made]
    painted = _paint(out, label_sheet(sheet), blocks, _placing(start, nudge_x, nudge_y, outline=outline), PLATE)
    names = [plate.name for plate in made]
    said = _said(session, "shipments.plates", out, painted, plates=words.count("plates", len(made)))
    session.show(
        _data(out, painted, names, "plates"),
        lambda: [
            said,
            *(words.say("shipments.plate_cut", person=names[each]) for each in painted.cut),
            *(
                words.say("shipments.plate_no_font", person=names[each], letters=letters)
                for each, letters in painted.unreadable.items()
            ),
        ],
    )


def _placing(start: int, nudge_x: float, nudge_y: float, *, outline: bool) -> "Placing":
    from outreach.paper.labels import Placing

    return Placing(start, (nudge_x, nudge_y), outline)


def _paint(
    out: Path, kind: LabelSheet, blocks: Sequence[Sequence[str]], placing: "Placing", style: "Style"
) -> "Painted":
    from outreach.paper.labels import LabelPages
    from outreach.paper.pages import write_pdf

    return write_pdf(out.expanduser(), LabelPages(kind, blocks, placing, style=style))


def _said(session: Session, code: str, out: Path, painted: "Painted", **counted: str) -> str:
    words = session.words
    return words.say(code, file=str(out), pages=words.count("pages", painted.pages), **counted)


def _data(out: Path, painted: "Painted", names: Sequence[str], what: str) -> dict[str, Any]:
    """What was painted, as data."""
    return {
        "file": str(out),
        what: len(names),
        "pages": painted.pages,
        "shrunk": [names[each] for each in painted.shrunk],
        "cut": [names[each] for each in painted.cut],
        "no_font": {names[each]: letters for each, letters in painted.unreadable.items()},
        "no_bars": [names[each] for each in painted.without_bars],
    }


def _warnings(session: Session, painted: "Painted", names: Sequence[str], cut: str) -> list[str]:
    """What a person should look at before it is printed; `cut` is the sentence of what does not fit."""
    from outreach.wording.slips import paper_doubts

    return paper_doubts(session.words, names, painted.cut, painted.unreadable, painted.without_bars, cut=cut)


def _smaller(session: Session, painted: "Painted", names: Sequence[str]) -> list[str]:
    words = session.words
    small = [names[each] for each in painted.shrunk if each not in painted.cut]
    return [words.say("shipments.label_shrunk", which=words.listing(small))] if small else []
