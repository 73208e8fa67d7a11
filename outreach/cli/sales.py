"""Sales: codes and links, what was sold with them or without, and rates of money."""

from pathlib import Path
from typing import Any

import click

from outreach.cli.frame import Session, day_option, group, money, subcommand, table
from outreach.cli.whole_lists import show_list
from outreach.services import refs
from outreach.services.sales.codes import add_code, code_named, link_for, list_codes
from outreach.services.sales.files import Given, keep_sales, look_through
from outreach.services.sales.log import Evidence, NewSale, SaleKind, list_sales, log_sale
from outreach.services.sales.rates import note_rate

sales = group("sales", "Codes and links, and what was sold with them or without.")


@subcommand(sales, "codes")
@click.argument("code", required=False)
@click.option("--person", help="Whose code it is.")
@click.option("--item", help="Of which title.")
@click.option("--campaign", help="For which campaign.")
@click.option("--url", default="", help="The shop's page; the link with its marks is made of it.")
def codes(
    session: Session, code: str | None, person: str | None, item: str | None, campaign: str | None, url: str
) -> None:
    """Keep a code by which a shop tells who sent a buyer; without CODE, list them.

    \b
    Examples:
      outreach sales codes MAYA10 --person p12 --item "The Salt Orchard" --url https://shop.example/salt-orchard
      outreach sales codes --person p12
    """
    words = session.words
    if code is None:
        with session.reading():
            rows = list_codes(refs.person_id(person) if person else None, refs.item_id(item) if item else None)
        data = [{"code": row.code, "person": row.person, "title": row.title, "campaign": row.campaign, "url": row.url}
                for row in rows]  # fmt: skip
        heads = ("Code", "Person", "Title", "Campaign", "Link")
        cells = [(row.code, row.person, row.title, row.campaign, row.url) for row in rows]
        session.show(data, lambda: table(heads, cells) if rows else [words.say("sales.no_codes")])
        return
    with session.writing() as store:
        add_code(
            store,
            code,
            person_id=refs.person_id(person) if person else None,
            item_id=refs.item_id(item) if item else None,
            campaign_id=refs.campaign_id(campaign) if campaign else None,
            address=url,
        )
        link = code_named(code).url
    session.show({"code": code, "url": link}, lambda: [words.say("sales.kept", named=code), *([link] if link else [])])


@subcommand(sales, "link")
@click.argument("code")
@click.argument("url")
def link(session: Session, code: str, url: str) -> None:
    """Make a link to a shop's page that tells its counter who sent a reader; nothing is kept.

    \b
    Example:
      outreach sales link MAYA10 https://shop.example/salt-orchard
    """
    with session.reading():
        row = code_named(code)
        made = link_for(row.code, url, item_id=row.item_id, campaign_id=row.campaign_id)
    session.show({"code": row.code, "url": made}, lambda: [made])


@subcommand(sales, "log")
@click.argument("copies", type=int)
@click.option("--item", help="Of which title; a code's own where it has one.")
@click.option("--code", help="With which code or link of ours.")
@click.option("--person", help="Who sold or ordered them.")
@click.option("--campaign", help="For which campaign.")
@click.option("--kind", type=click.Choice([each.value for each in SaleKind]), default="sales")
@click.option("--evidence", type=click.Choice([each.value for each in Evidence]), default="claimed")
@click.option("--orders", type=click.IntRange(min=0), help="In how many orders.")
@click.option("--amount", default="", help='What was paid for all of them, such as "107.88 GBP".')
@click.option("--on", callback=day_option, help="The day, if it was not today.")
@click.option("--source", default="", help="Whose books say so.")
def log(session: Session, copies: int, **given: Any) -> None:
    """Note copies that were sold; a number below none for copies that came back.

    \b
    Example:
      outreach sales log 12 --code MAYA10 --orders 9 --amount "107.88 GBP" --evidence verified --source "Shop's report"
    """
    with session.writing() as store:
        new = NewSale(
            copies,
            SaleKind(given["kind"]),
            given["on"] or "",
            given["orders"],
            given["amount"],
            refs.item_id(given["item"]) if given["item"] else None,
            code_named(given["code"]).id if given["code"] else None,
            refs.person_id(given["person"]) if given["person"] else None,
            refs.campaign_id(given["campaign"]) if given["campaign"] else None,
            Evidence(given["evidence"]),
            given["source"],
        )
        log_sale(store, new)
    session.show({"copies": copies, "kind": given["kind"]}, lambda: [session.words.say("sales.logged", copies=copies)])


@subcommand(sales, "list")
@click.option("--item", help="Only of this title.")
@click.option("--code", help="Only with this code.")
@click.option("--since", callback=day_option, help="Only on or after this day.")
def list_(session: Session, item: str | None, code: str | None, since: str | None) -> None:
    """List what was sold, the newest first.

    \b
    Example:
      outreach sales list --item "The Salt Orchard"
    """
    words = session.words
    with session.reading():
        rows = list_sales(refs.item_id(item) if item else None, code_named(code).id if code else None, since or "")
    data = [
        {"sold_on": row.sold_on, "kind": row.kind, "copies": row.copies, "orders": row.orders, "title": row.title,
         "amount": money(row.amount_minor, row.currency), "code": row.code, "person": row.person,
         "evidence": row.evidence, "source": row.source}
        for row in rows
    ]  # fmt: skip
    cells = [
        (words.day(row.sold_on), words.term("sale_kind", row.kind), str(row.copies), row.title, row.code, row.person,
         "" if row.amount_minor is None else words.money(row.amount_minor, row.currency),
         words.term("sale_evidence", row.evidence))
        for row in rows
    ]  # fmt: skip
    heads = ("Day", "As", "Copies", "Title", "Code", "Person", "Paid", "Evidence")
    session.show(data, lambda: table(heads, cells) if rows else [words.say("sales.none")])


@subcommand(sales, "rate")
@click.argument("given")
@click.argument("wanted")
@click.argument("rate_", metavar="RATE")
@click.option("--on", callback=day_option, help="Its day, if that is not today.")
@click.option("--source", default="", help="Where it is from.")
def rate(session: Session, given: str, wanted: str, rate_: str, on: str | None, source: str) -> None:
    """Say what one unit of a money is worth in another; without that, currencies are never added.

    \b
    Example:
      outreach sales rate USD GBP 0.79 --on 2026-11-20 --source "Bank of England"
    """
    with session.writing() as store:
        note_rate(store, given, wanted, rate_, on or "", source)
    session.show({"given": given, "wanted": wanted, "rate": rate_}, lambda: [session.words.say("sales.rated")])


@subcommand(sales, "import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--currency", default="", help="The currency of amounts that do not name one, such as GBP.")
@click.option("--source", default="", help="Whose books they are; else the file's name.")
@click.option("--evidence", type=click.Choice([each.value for each in Evidence]), default="verified")
@click.option("--dry-run", is_flag=True, help="Only say what would be noted.")
def import_(session: Session, file: Path, currency: str, source: str, evidence: str, *, dry_run: bool) -> None:
    """Note sales from a spreadsheet or a CSV file, by code, ISBN or title, and by day: all rows or none.

    A row has a day, copies, and a code, an ISBN or a title; perhaps an amount with its currency, orders, and the number
    of the order. The same list read again adds nothing twice.

    \b
    Example:
      outreach sales import october.csv --currency GBP --source "The shop's report" --dry-run
    """
    words = session.words
    with session.writing() as store:
        given = Given(currency.strip().upper(), source, Evidence(evidence))
        with session.working(file.name) as job:
            found = look_through(store, file.expanduser(), job, given)
            kept = None if dry_run or found.wrong else keep_sales(store, found, job)
    known = sum(row.is_known for row in found.rows)
    if kept is not None:
        told = words.say("sales.kept_list", file=found.file, new=kept.new, known=kept.known)
    else:
        told = words.say("sales.dry_run", file=found.file, rows=len(found.rows), wrong=len(found.wrong),
                         known=len(found.rows) - len(found.new) - len(found.wrong))  # fmt: skip
    show_list(session, found, told, new=kept.new if kept else None, known=known,
              refuse=None if dry_run else lambda: keep_sales(store, found))  # fmt: skip
