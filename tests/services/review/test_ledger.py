"""The ledger of 300 gifts: each figure of the review is what the spreadsheet's own formulas say, wherever it is told."""

import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from outreach.paper.report import write_report
from outreach.services.report.blocks import Block, Kind, Report
from outreach.services.review.making import review
from outreach.services.review.rates import Rate
from outreach.services.review.value import Review
from outreach.services.sales.rates import note_rate
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import (
    Account,
    AudienceReading,
    Campaign,
    Club,
    Edition,
    Event,
    EventSale,
    Expense,
    Gift,
    Headcount,
    Item,
    ItemGenre,
    Outcome,
    Person,
    Post,
    Sale,
    SalesCode,
    Shipment,
    ShipmentGift,
)
from outreach.store.workspace import Opening
from outreach.wording import Words
from outreach.wording.report_blocks import report_of
from tests.conftest import NOW
from tests.services.review.ledger import CAMPAIGNS, FILE, PEOPLE, ROLES, happened, truths

OPENING = Opening(clock=lambda: NOW)
_NATURE = {"gift": "organic", "in_kind": "in_kind", "paid": "paid"}
_TIERS = ("nano", "micro", "mid", "macro", "off_social")


@pytest.fixture(scope="module")
def truth() -> dict[str, float | str]:
    """What LibreOffice computed, by name; the formulas beside it are still those of the script."""
    rows = CalamineWorkbook.from_path(FILE).get_sheet_by_name("Truth").to_python(skip_empty_area=False)[1:]
    assert [(row[0], f"={row[2]}") for row in rows] == list(truths()), "write the file anew"
    return {row[0]: row[1] for row in rows}


@pytest.fixture(scope="module")
def ledger(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which what the ledger tells has happened."""
    folder = Path(shutil.copytree(empty_workspace, tmp_path_factory.mktemp("ledger") / "workspace"))
    with workspace.writing(folder, OPENING) as store:
        fill(store)
        note_rate(store, "USD", "GBP", "0.8", "2026-11-01")
    return folder


@pytest.fixture(scope="module")
def found(ledger: Path) -> Review:
    with workspace.reading(ledger, OPENING) as store:
        return review(store)


@pytest.fixture(scope="module")
def report(found: Review) -> Report:
    return report_of(Words("en_GB"), found, "2026-11-24")


def sheet(name: str) -> list[list[Any]]:
    """The rows of a sheet as they happened, without what follows from them; they are those of the script."""
    heads, rows = happened()[name]
    book = CalamineWorkbook.from_path(FILE)
    told = [row[: len(heads)] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)[1:]]
    assert [[cell or None for cell in row] for row in told] == [[cell or None for cell in row] for row in rows], name
    return [list(row) for row in rows]


def fill(store: Store) -> None:
    from outreach.changes import Op

    with store.operation(Op.FILL_SAMPLE):
        for _, name, role, followers in sheet("People"):
            key = name.casefold()
            who = Person.create(name=name, name_key=key, sort_name=key, role=role, created_at="", updated_at="").id
            if followers != "":
                account = Account.create(person=who, platform="tiktok", handle=key, key=f"tiktok:{key}", url="")
                if followers != "?":
                    AudienceReading.create(account=account.id, taken_on="2026-01-01", followers=int(followers))
        for _, title, genre, cost, currency in sheet("Titles"):
            key = title.casefold()
            item = Item.create(title=title, title_key=key, sort_title=key, created_at="", updated_at="").id
            ItemGenre.create(item=item, genre=genre, weight=1.0)
            Edition.create(item=item, cost_minor=int(cost), cost_currency=currency)
        for name in CAMPAIGNS:
            Campaign.create(name=name, name_key=name.casefold(), created_at="")
        for _, postage in sheet("Parcels"):
            Shipment.create(state="delivered", postage_minor=int(postage), postage_currency="GBP", created_at="")
        for row in sheet("Gifts"):
            gift(*row)
        sold_and_spent()


def sold_and_spent() -> None:
    for _, code, person, title in sheet("Codes"):
        SalesCode.create(code=code, code_key=code.casefold(), person=person or None, item=title, created_at="")
    for _, day, code, copies, orders, paid, currency in sheet("Sales"):
        is_paid = paid not in (None, "")
        Sale.create(sold_on=day.isoformat(), sales_code=code, copies=copies, orders=orders, created_at="",
                    amount_minor=paid if is_paid else None, currency=currency if is_paid else "")  # fmt: skip
    for number, title, came, cost, copies, taken, others, beside in sheet("Events"):
        Event.create(name=f"Event {number}", name_key=f"event {number}", kind="talk", state="held", item=title,
                     uid=f"e{number}", starts_at="2026-10-01T18:00:00Z", minutes=60, zone="Europe/London", came=came,
                     cost_minor=cost, cost_currency="GBP", created_at="", changed_at="")  # fmt: skip
        EventSale.create(event=number, item=title, units=copies, amount_minor=taken, currency="GBP")
        EventSale.create(event=number, name="Tea", units=others, amount_minor=beside, currency="GBP")
    for _, campaign, kind, amount in sheet("Spent"):
        Expense.create(campaign=campaign, kind=kind, amount_minor=amount, currency="GBP", spent_on="2026-10-01",
                       created_at="")  # fmt: skip
    for number, of, members in sheet("Clubs"):
        club = Club.create(
            name=f"Club {number}",
            name_key=f"club {number}",
            kind="club",
            gift=of,
            started_on="2026-10-01",
            created_at="",
        )
        Headcount.create(club=club.id, counted_on="2026-11-01", members=members)


def gift(_no: int, person: int, title: int, campaign: Any, deal: str, state: str, arrived: Any, posted: Any, ending: str,
         parcel: Any) -> None:  # fmt: skip
    day = arrived.isoformat() if arrived else None
    row = Gift.create(person=person, item=title, edition=title, campaign=campaign or None, deal=deal, state=state,
                      state_on=day or "2026-11-01", delivered_on=day, created_at="").id  # fmt: skip
    if posted:
        on = posted.isoformat()
        post = Post.create(person=person, item=title, gift=row, kind="post", posted_on=on, nature=_NATURE[deal],
                           nature_reason="", created_at="").id  # fmt: skip
        Outcome.create(gift=row, person=person, kind="posted", happened_on=on, post=post)
    if ending:
        Outcome.create(gift=row, person=person, kind=ending, happened_on=day)
    if parcel:
        ShipmentGift.create(shipment=int(parcel), gift=row)


def told(found: Review) -> Iterator[tuple[str, float | str]]:
    """Each figure of the review under the name that it has in the ledger."""
    yield "gifts", found.gifts
    for name in ("posted", "reading", "quiet"):
        yield f"stage {name}", found.stages[name]
    yield "state considered", found.stages["chosen"] - sum(row[5] == "chosen" and row[4] == "gift"
                                                            for row in happened()["Gifts"][1])  # fmt: skip
    yield "state chosen", found.stages["chosen"] - sum(row[5] == "considered" and row[4] == "gift"
                                                       for row in happened()["Gifts"][1])  # fmt: skip
    for name in ("asked", "accepted", "sent", "declined"):
        yield f"state {name}", found.stages[name]
    yield from rated("organic", found.organic)
    for axis in ("genre", "role", "tier", "item", "campaign"):
        for group in getattr(found, f"by_{axis}"):
            if group.key:
                yield from rated(f"{axis} {group.key}", group.rate)
    for deal, (delivered, posted) in found.deals.items():
        yield f"deal {deal} delivered", delivered
        yield f"deal {deal} posted", posted
        assert found.natures[_NATURE[deal]] == posted
    yield from money(found)
    yield from (("clubs", found.clubs), ("members", found.members), ("delay count", found.delay.count))
    for name in ("low", "median", "high"):
        yield f"delay {name}", getattr(found.delay, name)
    for name in ("came", "copies", "companions"):
        yield f"events {name}", getattr(found.events, name)
    yield "events takings", found.events.takings[0].minor
    for line in found.items:
        for name in ("gifts", "posted", "reading", "quiet"):
            yield f"title {line.item_id} {name}", getattr(line, name)
        for currency in ("GBP", "USD"):
            yield f"title {line.item_id} sales {currency}", minor(line.sales, currency)


def rated(name: str, rate: Rate) -> Iterator[tuple[str, float | str]]:
    yield f"{name} part", rate.part
    yield f"{name} whole", rate.whole
    for end in ("share", "low", "high"):
        value = getattr(rate, end)
        yield f"{name} {end}", "few" if value is None else value


def money(found: Review) -> Iterator[tuple[str, float | str]]:
    costs, worth = found.costs, found.worth
    for currency in ("GBP", "USD"):
        yield f"copies {currency}", minor(costs.copies, currency)
        yield f"per post {currency}", minor(costs.per_post, currency)
        for deal, sold in {"gift": found.by_code, **found.by_code_apart}.items():
            yield f"sold {deal} {currency}", minor(sold.amounts, currency)
    for deal, sold in {"gift": found.by_code, **found.by_code_apart}.items():
        yield f"sold {deal} copies", sold.copies
        yield f"sold {deal} orders", sold.orders
    assert worth.cost and worth.per_post and worth.sold
    yield from (("postage", minor(costs.postage, "GBP")), ("spent", minor(costs.events, "GBP")),
                ("total GBP", minor(costs.total, "GBP")), ("worth cost", worth.cost.money.minor),
                ("worth per post", worth.per_post.money.minor), ("worth sold", worth.sold.money.minor),
                ("sold without amount", dict(found.unknown)["unknown.no_amount"]))  # fmt: skip


def minor(amounts: Any, currency: str) -> int:
    return sum(each.minor for each in amounts if each.currency == currency)


def test_every_figure_is_the_ledgers(found: Review, truth: dict[str, float | str]) -> None:
    figures = dict(told(found))
    for name, value in figures.items():
        assert value == pytest.approx(truth[name], abs=1e-9), name
    # What the review has no line of came to nothing; people and the parts of costs are held against it below.
    left = {name: value for name, value in truth.items()
            if name not in figures and not name.startswith("person") and not re.fullmatch(r"title \d (copies|postage)", name)}  # fmt: skip
    assert {name: value for name, value in left.items() if value not in (0, "few")} == {}
    assert "few" in truth.values() and float(found.worth.back or 0) == round(
        truth["worth sold"] / truth["worth cost"], 2
    )


def test_titles_and_people_are_the_ledgers(found: Review, truth: dict[str, float | str]) -> None:
    for line in found.items:
        parts = truth[f"title {line.item_id} copies"], truth[f"title {line.item_id} postage"]
        assert sum(money.minor for money in line.cost) == sum(parts), line.title
        assert {money.currency for money in line.cost} == ({"GBP", "USD"} if line.item_id == 5 else {"GBP"})
    members: dict[int, int] = {}
    gifts = {row[0]: row[1] for row in happened()["Gifts"][1]}
    for _, of, count in happened()["Clubs"][1]:
        members[gifts[of]] = members.get(gifts[of], 0) + count

    def key(person: int) -> tuple[float, float, float, int]:
        return (-members.get(person, 0), -truth[f"person {person} copies"], -truth[f"person {person} posts"], person)

    people = [each for each in range(1, PEOPLE + 1) if any(key(each)[:3])]
    assert [each.person_id for each in found.thanks] == sorted(people, key=key)[:12]
    for each in found.thanks:
        assert (each.posts, each.copies, each.orders, each.members) == (
            truth[f"person {each.person_id} posts"], truth[f"person {each.person_id} copies"],
            truth[f"person {each.person_id} orders"], members.get(each.person_id, 0))  # fmt: skip


def blocks_of(report: Report) -> Iterator[tuple[Block, list[list[str]]]]:
    for block in report.blocks:
        if block.table is not None:
            yield block, [[cell.text for cell in row] for row in block.table.rows]


def test_the_report_shows_the_review_and_nothing_else(report: Report, found: Review, truth: dict[str, Any]) -> None:
    by_key = {block.key: block for block in report.blocks}
    for axis, keys in (("tier", _TIERS), ("role", ROLES)):
        rows = by_key[axis].table.rows
        names = {Words("en_GB").term(axis, key): key for key in keys}
        for row in rows:
            if row[0].text in names:
                key = names[row[0].text]
                values = [truth[f"{axis} {key} {name}"] for name in ("part", "whole", "share", "low", "high")]
                assert [cell.value for cell in row[1:]] == [
                    None if value == "few" else pytest.approx(value, abs=1e-9) for value in values
                ]
    large = {figure.name: figure.cell for figure in by_key["figures"].figures}
    assert large["Sales by code"].value * 100 == truth["worth sold"]
    assert large["Cost per organic post"].value * 100 == truth["worth per post"]
    assert large["Organic post rate"].value == pytest.approx(truth["organic share"])
    assert large["Quiet"].value == truth["stage quiet"]
    money = {(row[0].text, row[1].currency): row[1].value * 100 for row in by_key["money"].table.rows}
    assert money["Sold by code", "GBP"] == truth["sold gift GBP"] and money["Copies", "USD"] == truth["copies USD"]
    assert money["Postage", "GBP"] == truth["postage"] and money["Cost in all", "GBP"] == truth["total GBP"]
    assert found.delay.median == truth["delay median"]


def test_workbook_page_and_paper_show_all_of_it(report: Report, tmp_path: Path) -> None:
    files = {ending: tmp_path / f"review{ending}" for ending in (".xlsx", ".html", ".pdf")}
    for file in files.values():
        write_report(file, report)
    book = CalamineWorkbook.from_path(files[".xlsx"])
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    page = files[".html"].read_text(encoding="utf-8")
    paper = subprocess.run(["pdftotext", "-layout", str(files[".pdf"]), "-"], check=True, capture_output=True).stdout
    text = "".join(paper.decode().split())
    for (block, rows), cells in zip(blocks_of(report), [each for each, block in zip(sheets[1:], report.blocks, strict=True)
                                                        if block.table is not None], strict=True):  # fmt: skip
        told = [row for row in cells if row and row[0] in {texts[0] for texts in rows}]
        for row, texts in zip(block.table.rows, rows, strict=True):
            values = [float(cell.value) if cell.kind is not Kind.TEXT and cell.kind is not Kind.DAY and cell.value is not None
                      else cell.value or cell.text for cell in row]  # fmt: skip
            kept = [mine for mine in told if mine[0] == values[0]] or cells
            assert any(mine[: len(values)] == pytest.approx(values, abs=1e-9) if not any(
                isinstance(each, str) or each is None for each in values[1:]) and not isinstance(values[0], str)
                else alike(mine, values) for mine in kept), (block.key, values)  # fmt: skip
            if not block.told:
                assert all(f">{html.escape(each)}<" in page for each in texts if each), (block.key, texts)
            if block.chart is None and not block.told:
                assert all(word in text for each in texts for word in each.split()), (block.key, texts)
        for bar in getattr(block.chart, "bars", ()):
            assert bar.of in text and "".join(bar.share.split()) in text
    for figure in report.blocks[0].figures:
        assert figure.cell.text in text and f">{figure.cell.text}<" in page


def alike(row: list[Any], values: list[Any]) -> bool:
    pairs = list(zip(row, values, strict=False))
    return all(
        one == pytest.approx(other, abs=1e-9) if isinstance(other, float) else (one or "") == (other or "")
        for one, other in pairs
    )


def test_the_command_tells_the_same(found: Review, truth: dict[str, Any]) -> None:
    from outreach.cli.frame import plain
    from outreach.wording.report import as_lines

    told = json.loads(json.dumps(plain(found)))
    assert (told["gifts"], told["stages"]["quiet"]) == (truth["gifts"], truth["stage quiet"])
    lines = "\n".join(as_lines(Words("en_GB"), found))
    words = Words("en_GB")
    for name, amount in (("Sales by code", "worth sold"), ("Cost per organic post", "worth per post")):
        assert f"{name}: {words.money(int(truth[amount]), 'GBP')}" in lines
    share, low, high = (words.share(truth[f"organic {name}"]) for name in ("share", "low", "high"))
    of = f"{int(truth['organic part'])} of {int(truth['organic whole'])} gifts"
    assert f"Organic post rate: {share}, {of}. Likely between {low} and {high}" in lines
