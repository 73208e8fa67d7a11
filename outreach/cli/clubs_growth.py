"""A club's copies, the tree that it stands in, and what shows that something works."""

import click

from outreach.cli.clubs import clubs
from outreach.cli.frame import Session, day_option, money, plain, subcommand
from outreach.services import refs
from outreach.services.catalogue.editions import parse_price
from outreach.services.clubs import copies as club_copies
from outreach.services.clubs import growth as club_growth
from outreach.services.clubs.copies import CopiesKind, CopiesTotal, NewCopies
from outreach.wording import Words
from outreach.wording.clubs import signal_text


@subcommand(clubs, "copies")
@click.argument("ref")
@click.argument("kind", type=click.Choice([each.value for each in CopiesKind]))
@click.argument("number", type=int)
@click.option("--item", help="Of which title; of the one that the club reads where it is not said.")
@click.option("--edition", help="With copies that we sent: the edition whose stock they come from.")
@click.option("--amount", default="", help="What was paid for all of them, such as “570 GBP”.")
@click.option("--on", callback=day_option, help="The day, if it was not today.")
@click.option("--note", default="")
def copies(session: Session, ref: str, kind: str, number: int, **given: str | None) -> None:
    """Note copies of a club: asked for, sent by us, bought, ordered ahead, or passed round.

    \b
    Examples:
      outreach clubs copies c3 asked 12
      outreach clubs copies c3 sent 12 --edition hardback
      outreach clubs copies c3 ordered 38 --item "The Salt Orchard" --amount "570 GBP"
    """
    with session.writing() as store:
        club = refs.club_id(ref)
        amount, currency = parse_price(given["amount"] or "")
        item = refs.item_id(given["item"]) if given["item"] else None
        edition = None
        if given["edition"]:
            from outreach.services.clubs.clubs import show_club

            reads = item or show_club(club)[0].item_id
            edition = refs.edition_id(given["edition"], reads or 0)
        new = NewCopies(
            CopiesKind(kind), number, item, edition, amount, currency, given["on"] or "", given["note"] or ""
        )
        club_copies.note_copies(store, club, new)
        totals = club_copies.totals_of([club])
    words = session.words
    session.show(
        {"club": f"c{club}", "totals": [_total(total) for total in totals]},
        lambda: _totals(words, totals),
    )


@subcommand(clubs, "tree")
@click.argument("ref")
def tree(session: Session, ref: str) -> None:
    """Show the tree in which a club stands: gift, club, joiner, her post, the next club, with their copies.

    \b
    Example:
      outreach clubs tree c3
    """
    with session.reading():
        found = club_growth.tree_of(refs.club_id(ref))
    words = session.words

    def lines() -> list[str]:
        root = words.say("tree.root", title=found.title, given_day=found.given_on)
        told = [f"g{found.gift_id}  {root}" if found.gift_id else words.say("tree.rootless")]
        for each in found.branches:
            indent = "  " * (each.depth + 1)
            how = words.say("tree.joined", joined_day=each.joined_on) if each.joined_on else ""
            post = f"o{each.post_id}" if each.post_id else ""
            members = words.count("members", each.members) if each.members else ""
            facts = ", ".join(filter(None, (each.host, how, post, members)))
            told.append(f"{indent}c{each.club_id}  {each.name}: {facts}")
            told += [f"{indent}     {line}" for line in _totals(words, each.copies)]
        clubs_ = words.count("clubs", len(found.branches))
        members = words.count("members", found.members)
        return [*told, words.say("tree.all", clubs=clubs_, members=members, depth=found.depth),
                *_totals(words, found.copies)]  # fmt: skip

    session.show({**plain(found), "depth": found.depth}, lines)


@subcommand(clubs, "signals")
def signals(session: Session) -> None:
    """Show what happened around clubs in the last two weeks without anybody asking for it.

    \b
    Example:
      outreach clubs signals
    """
    with session.reading() as store:
        found = club_growth.signals(store)
    words = session.words
    session.show(
        found,
        lambda: [f"{words.day(each.day)}  {signal_text(words, each)}" for each in found] or [words.say("signals.none")],
    )


def _total(total: CopiesTotal) -> dict[str, object]:
    paid = money(total.amount_minor, total.currency) if total.currency else None
    return {"kind": total.kind, "title": total.title, "copies": total.copies, "amount": paid}


def _totals(words: Words, totals: "list[CopiesTotal] | tuple[CopiesTotal, ...]") -> list[str]:
    return [
        f"{words.count('copies', each.copies)} {words.term('copies_kind', each.kind)}, {each.title}"
        + (f", {words.money(each.amount_minor, each.currency)}" if each.currency else "")
        for each in totals
    ]
