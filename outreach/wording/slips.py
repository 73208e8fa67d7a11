"""The words of the paper that goes along with a parcel."""

from collections.abc import Iterator, Mapping, Sequence

from outreach.services.drafting.senders import Sender
from outreach.services.gifts.signing import Signing
from outreach.services.people.postal import address_lines
from outreach.services.shipments.slips import Customs, NoteCard, Plate, Slip, SlipLine, SlipText
from outreach.wording.words import Words


def slip_text(words: Words, slip: Slip, me: Sender, day: str) -> SlipText:
    """A packing slip in words.

    Args:
        words: The language.
        slip: The parcel.
        me: Who sends it.
        day: The ISO day that stands on it.
    """
    rows = [
        (
            words.number(line.copies),
            words.say("slip.title_by", title=line.title, author=line.by) if line.by else line.title,
            _form(words, line),
        )
        for line in slip.lines
    ]
    house = me.organisation or me.name
    return SlipText(
        reference=f"s{slip.id}",
        title=words.say("slip.heading"),
        day=words.day(day),
        sender=[house, *me.postal_address.splitlines(), me.email],
        address=address_lines(slip.address, me.country),
        headings=(words.say("slip.copies"), words.say("slip.what"), words.say("slip.form")),
        rows=rows,
        notes=[words.say("slip.nothing_asked")] if slip.is_gift else [],
        customs=list(_customs(words, slip, slip.customs)) if slip.customs else [],
    )


def card_lines(words: Words, card: NoteCard, me: Sender) -> list[str]:
    """What stands on a note card, a paragraph a line."""
    return [words.say("slip.dear", name=card.name), "", card.opening, "", *(me.signature or me.name).splitlines()]


def plate_lines(words: Words, plate: Plate) -> list[str]:
    """What stands on a bookplate, above the room for the author's name."""
    first = plate.dedication or words.say("slip.plate_for", name=plate.name)
    return [first, plate.title, *([plate.by] if plate.by else [])]


def paper_doubts(
    words: Words,
    names: Sequence[str],
    cut_off: Sequence[int],
    unreadable: Mapping[int, str],
    without_bars: Sequence[int] = (),
    *,
    cut: str = "shipments.label_cut",
) -> list[str]:
    """What a person should look at before paper is printed, a sentence each.

    Args:
        words: The language.
        names: What each label, slip or card is called, by its number.
        cut_off: Those whose text does not fit.
        unreadable: By number, letters without a font.
        without_bars: Those that have no room for their bar code.
        cut: The sentence of what does not fit.
    """
    bare = [names[each] for each in without_bars]
    return [
        *(words.say(cut, shipment=names[each]) for each in cut_off),
        *(
            words.say("shipments.no_font", shipment=names[each], letters=letters)
            for each, letters in unreadable.items()
        ),
        *([words.say("shipments.no_bars", which=words.listing(bare))] if bare else []),
    ]


def _form(words: Words, line: SlipLine) -> str:
    form = words.edition(*line.edition) if line.edition else ""
    if line.signing is Signing.COPY:
        return words.say("slip.signed", form=form) if form else words.say("slip.signed_alone")
    if line.signing is Signing.BOOKPLATE:
        return words.say("slip.with_plate", form=form) if form else words.say("slip.with_plate_alone")
    return form


def _customs(words: Words, slip: Slip, facts: Customs) -> Iterator[str]:
    yield words.say(f"slip.customs_{facts.form}") if facts.form else words.say("slip.customs_either")
    for line in slip.lines:
        worth = words.money(line.value_minor, line.currency) if line.value_minor is not None else "…"
        what = words.say("slip.customs_book") if line.is_book else words.say("slip.customs_product")
        yield words.say("slip.customs_line", copies=line.copies, what=what, title=line.title, worth=worth)
    if facts.heading:
        yield words.say("slip.customs_heading", heading=facts.heading)
    if facts.is_valued:
        total = ", ".join(words.money(value, currency) for currency, value in facts.values)
        yield words.say("slip.customs_total", total=total)
    if facts.weight_grams is not None:
        yield words.say("slip.customs_weight", grams=facts.weight_grams)
    if slip.is_gift:
        yield words.say("slip.customs_free")
    lacking = [
        *([] if facts.is_valued else [words.say("slip.customs_values")]),
        *([] if facts.weight_grams is not None else [words.say("slip.customs_a_weight")]),
        words.say("slip.customs_origin"),
        words.say("slip.customs_signature"),
    ]
    yield words.say("slip.customs_by_hand", what=words.listing(lacking))
