"""Dialogs of sales: one that was made, codes and links, a list that is looked through before it is kept, rates."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from outreach.changes import Changes
from outreach.fields.dates import parse_day
from outreach.fields.numbers import parse_count
from outreach.services.campaigns.campaign import campaign_names
from outreach.services.sales.codes import CodeRow, add_code, code_named, list_codes
from outreach.services.sales.files import SaleRow, SalesFile, keep_sales, look_through
from outreach.services.sales.log import Evidence, NewSale, SaleKind, log_sale
from outreach.services.sales.rates import RateRow, list_rates, note_rate
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.dialogs.picks import labelled, person_pick, title_pick
from outreach.ui.dialogs.records import Record, RecordsDialog
from outreach.ui.dialogs.whole_list import WholeList, look_through_list
from outreach.ui.widgets.forms import FieldSpec, Form

_WHOLE_DAY = len("2026-11-24")


def _campaigns(desk: Desk) -> list[tuple[str, str]]:
    return [("", desk.say("None")), *((str(row), name) for row, name in campaign_names())]


def sale_dialog(desk: Desk, parent: QWidget, campaign_id: int | None) -> None:
    """Note copies that were sold, as someone's books or words tell it."""
    say, words = desk.say, desk.words
    title, person = title_pick(desk, None), person_pick(desk, None)

    def is_count(text: str) -> str:
        return "" if parse_count(text.lstrip("-")) else say("A number, such as 12, or -2 for copies that came back")

    def is_orders(text: str) -> str:
        return "" if not text or parse_count(text) is not None else say("A number, such as 9")

    def is_day(text: str) -> str:
        return "" if not text or len(parse_day(text) or "") == _WHOLE_DAY else say("Write it like 2026-11-24")

    form = Form(
        desk.theme,
        [
            FieldSpec("copies", say("Copies"), "12", check=is_count),
            FieldSpec("code", say("With which code"), say("Leave empty for none")),
            FieldSpec("amount", say("Paid for all of them"), "107.88 GBP"),
            FieldSpec("orders", say("In how many orders"), "9", check=is_orders),
            FieldSpec("kind", say("Sold as"), choices=[(each.value, words.term("sale_kind", each.value))
                                                       for each in SaleKind]),
            FieldSpec("evidence", say("How sure it is"), choices=[(each.value, words.term("sale_evidence", each.value))
                                                                  for each in Evidence]),
            FieldSpec("on", say("Day"), say("Today, or a day like 2026-11-24"), check=is_day),
            FieldSpec("campaign", say("Campaign"), choices=_campaigns(desk)),
            FieldSpec("source", say("Whose books say so"), say("The shop’s report"), wide=True),
        ],
        {"kind": "sales", "evidence": "claimed", "campaign": str(campaign_id or "")},
    )  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> tuple[int, Changes]:
        copies = (parse_count(given["copies"].lstrip("-")) or 0) * (-1 if given["copies"].startswith("-") else 1)
        return log_sale(store, NewSale(
            copies, SaleKind(given["kind"]), given["on"], parse_count(given["orders"]) if given["orders"] else None,
            given["amount"], title.row_id if title.row_id > 0 else None,
            code_named(given["code"]).id if given["code"] else None, person.row_id if person.row_id > 0 else None,
            int(given["campaign"]) if given["campaign"] else None, Evidence(given["evidence"]), given["source"],
        ))  # fmt: skip

    FormDialog(
        desk, parent, say("Copies that were sold"), form, say("Note it"), work,
        text=say("What a code is of, its title, person and campaign, need not be said again."),
        above=labelled(desk, (say("Title"), title), (say("Who sold or ordered them"), person)),
        told=say("Noted a sale"), width=620,
    )  # fmt: skip


def codes_dialog(desk: Desk, parent: QWidget, _about: object) -> None:
    """The codes there are, each with its link, and a form for another."""
    say = desk.say
    title, person = title_pick(desk, None), person_pick(desk, None)

    def copied(row: CodeRow) -> None:
        QApplication.clipboard().setText(row.url or row.code)
        desk.tell(say("Copied {what}", what=row.url or row.code))

    def told(row: CodeRow) -> Record:
        of = ", ".join(filter(None, (row.person, row.title, row.campaign)))
        label = say("Copy link") if row.url else say("Copy code")
        return Record(row.code, "\n".join(filter(None, (of, row.url))), [(label, None, lambda: copied(row))])

    form = Form(
        desk.theme,
        [
            FieldSpec("code", say("Code"), "MAYA10"),
            FieldSpec("campaign", say("Campaign"), choices=_campaigns(desk)),
            FieldSpec("url", say("The shop’s page"), "https://shop.example/salt-orchard", wide=True),
        ],
    )

    def adds(store: Store, values: Mapping[str, str]) -> Any:
        return add_code(
            store, values["code"], person_id=person.row_id if person.row_id > 0 else None,
            item_id=title.row_id if title.row_id > 0 else None,
            campaign_id=int(values["campaign"]) if values["campaign"] else None, address=values["url"],
        )  # fmt: skip

    picks = labelled(desk, (say("Whose code it is"), person), (say("Title"), title))
    RecordsDialog(desk, parent, say("Codes and links"), lambda: [told(row) for row in list_codes()], form,
                  say("Keep it"), adds, above=picks)  # fmt: skip


def worth_dialog(desk: Desk, parent: QWidget, _about: object) -> None:
    """The rates that were entered, and a form for another; nothing is ever turned into another money without."""
    say, words = desk.say, desk.words

    def told(row: RateRow) -> Record:
        head = say("1 {given} is {rate} {wanted}", given=row.given, rate=row.rate, wanted=row.wanted)
        return Record(head, ", ".join(filter(None, (words.day(row.rated_on), row.source))), [])

    form = Form(
        desk.theme,
        [
            FieldSpec("given", say("One unit of"), "USD"),
            FieldSpec("wanted", say("In"), "GBP"),
            FieldSpec("rate", say("Is worth"), "0.79"),
            FieldSpec("on", say("Day"), say("Today, or a day like 2026-11-24")),
            FieldSpec("source", say("Where it is from"), say("Bank of England"), wide=True),
        ],
    )

    def adds(store: Store, values: Mapping[str, str]) -> Any:
        return note_rate(store, values["given"], values["wanted"], values["rate"], values["on"], values["source"])

    RecordsDialog(desk, parent, say("What money is worth in another"), lambda: [told(row) for row in list_rates()],
                  form, say("Note it"), adds)  # fmt: skip


def sales_list_dialog(desk: Desk, parent: QWidget, path: Path | None) -> None:
    """Look through a list of sales, and keep all of it once the user has seen it; without a file it is asked for."""
    say, words = desk.say, desk.words

    def row(each: SaleRow) -> str:
        copies = words.say("review.copies", copies=each.copies)
        paid = words.money(each.minor, each.currency) if each.minor is not None else ""
        known = say("noted already") if each.is_known else ""
        return ", ".join(filter(None, (words.day(each.day), each.told, copies, paid, known)))

    def told(found: SalesFile) -> WholeList:
        return WholeList(
            say("Sales from {file}", file=found.file), found, row, len(found.new),
            words.trn("Note {number} sale", "Note {number} sales", len(found.new)),
            lambda store: keep_sales(store, found),
            lambda kept: words.trn("Noted {number} sale", "Noted {number} sales", kept.new),
        )  # fmt: skip

    look_through_list(desk, parent, path, say("A list of sales"), look_through, told)
