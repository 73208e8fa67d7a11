"""The ledger of 300 gifts: what happened, and the truth about it as formulas of a spreadsheet.

``python -m tests.services.review.ledger`` writes ``ledger.xlsx`` anew and lets LibreOffice compute its formulas, whose
values the file keeps. Nothing of the program counts here: the formulas are the spreadsheet's own. Beside each truth
stands its formula.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

FILE = Path(__file__).with_name("ledger.xlsx")
TODAY = date(2026, 11, 24)
GIFTS, PEOPLE, CODES, SALES, PARCELS = 300, 60, 14, 90, 150
TITLES = (
    ("The Salt Orchard", "ya_fantasy", 320, "GBP"), ("Murder at Low Tide", "cosy_crime", 245, "GBP"),
    ("Small Hours, Big Sky", "memoir", 410, "GBP"), ("Keeping Hens, Kindly", "cookery", 377, "GBP"),
    ("The Translator’s Widow", "translated_fiction", 555, "USD"), ("Poems for the Night Bus", "poetry", 199, "GBP"),
)  # fmt: skip
CAMPAIGNS = ("Autumn launch", "Winter list")
ROLES = ("creator", "bookseller", "librarian", "podcaster")
_STATES = ("considered", "chosen", "asked", "accepted", "declined", "sent", "closed_quiet", *["delivered"] * 14)
_ENDINGS = ("", "", "", "", "started", "did_not_finish", "passed_on")
_Z = 1.959964
#: Without this LibreOffice shows what the file says that a formula came to, and not what it comes to.
_ALWAYS_COMPUTE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


def happened() -> dict[str, tuple[Sequence[str], list[list[Any]]]]:
    """What happened, by sheet: its headings and its rows; days without a word are recent, or long ago."""
    rng = Random(300)
    people = [[n, f"Person {n:02}", ROLES[n % 4], rng.choice(["", "?", 800, 9_999, 10_000, 55_000, 99_999, 240_000,
                                                             700_000])] for n in range(1, PEOPLE + 1)]  # fmt: skip
    gifts = []
    for n in range(1, GIFTS + 1):
        state, deal = rng.choice(_STATES), rng.choice(["gift"] * 8 + ["in_kind", "paid"])
        arrived = state in ("delivered", "closed_quiet")
        ending = rng.choice(_ENDINGS) if state == "delivered" else ""
        posted = state == "delivered" and rng.random() < 0.5
        recent = not posted and not ending and rng.random() < 0.5
        day = TODAY - timedelta(days=rng.randint(1, 5) if recent else rng.randint(450, 900))
        gifts.append([
            n, rng.randint(1, PEOPLE), 6 if n % 75 == 0 else min(5, 1 + int(rng.expovariate(0.45))), rng.choice([None, 1, 1, 2]), deal, state,
            day if arrived else None, day + timedelta(days=rng.randint(0, 90)) if posted else None, ending,
            rng.randint(1, PARCELS) if arrived or state == "sent" else None,
        ])  # fmt: skip
    codes = [[n, f"CODE{n}", rng.randint(1, PEOPLE) if n < CODES else None, 1 + n % 6] for n in range(1, CODES + 1)]
    sales = []
    for n in range(1, SALES + 1):
        copies = rng.randint(1, 30)
        sales.append([n, TODAY - timedelta(days=rng.randint(0, 120)), rng.randint(1, CODES), copies,
                      rng.randint(1, copies), None if n % 17 == 0 else copies * rng.randint(500, 1999),
                      "USD" if n % 11 == 0 else "GBP"])  # fmt: skip
    arrived = [row[0] for row in gifts if row[6] is not None and row[4] == "gift"]
    return {
        "People": (("no", "name", "role", "followers"), people),
        "Titles": (("no", "title", "genre", "cost", "currency"), [[n, *row] for n, row in enumerate(TITLES, 1)]),
        "Gifts": (("no", "person", "title", "campaign", "deal", "state", "delivered", "posted", "ending", "parcel"), gifts),
        "Parcels": (("no", "postage"), [[n, rng.randint(180, 999)] for n in range(1, PARCELS + 1)]),
        "Codes": (("no", "code", "person", "title"), codes),
        "Sales": (("no", "day", "code", "copies", "orders", "paid", "currency"), sales),
        "Events": (("no", "title", "came", "cost", "copies", "taken", "others", "taken beside"),
                   [[1, 1, 42, 12_500, 17, 25_483, 9, 4_500], [2, 4, 18, 4_000, 6, 7_794, 30, 9_000]]),
        "Spent": (("no", "campaign", "kind", "amount"),
                  [[1, 1, "events", 12_200], [2, 2, "postage", 999], [3, 1, "rewards", 50_000], [4, 2, "copies", 1_250]]),
        "Clubs": (("no", "gift", "members"), [[n, rng.choice(arrived), rng.randint(4, 46)] for n in range(1, 10)]),
    }  # fmt: skip


def _derived() -> dict[str, tuple[tuple[str, str], ...]]:
    """Columns that follow from others, by sheet: heading and formula of a row, whose number stands for {r}."""
    g = f"Gifts!$A$2:$A${GIFTS + 1}"

    def column(letter: str) -> str:
        return g.replace("$A", f"${letter}")

    arrived = 'OR($F{r}="delivered",$F{r}="closed_quiet")'
    person, title, deal = column("B"), column("C"), column("E")
    return {
        "Gifts": (
            ("stage", (f'=IF({arrived},IF($H{{r}}<>"","posted",IF(OR($F{{r}}="closed_quiet",$I{{r}}="did_not_finish",'
                      f'$I{{r}}="passed_on"),"quiet",IF($I{{r}}="started","reading",IF(DATE(2026,11,24)-$G{{r}}>365,'
                      f'"quiet","reading")))),"")')),
            ("genre", "=INDEX(Titles!$C$2:$C$7,$C{r})"),
            ("role", f"=INDEX(People!$C$2:$C${PEOPLE + 1},$B{{r}})"),
            ("tier", (f'=IF(INDEX(People!$D$2:$D${PEOPLE + 1},$B{{r}})="","off_social",IF(INDEX(People!$D$2:$D'
                     f'${PEOPLE + 1},$B{{r}})="?","",IF(INDEX(People!$D$2:$D${PEOPLE + 1},$B{{r}})<10000,"nano",'
                     f'IF(INDEX(People!$D$2:$D${PEOPLE + 1},$B{{r}})<100000,"micro",IF(INDEX(People!$D$2:$D'
                     f'${PEOPLE + 1},$B{{r}})<500000,"mid","macro")))))')),
            ("copy", '=IF($J{r}="",0,INDEX(Titles!$D$2:$D$7,$C{r}))'),
            ("currency", "=INDEX(Titles!$E$2:$E$7,$C{r})"),
            ("postage", (f'=IF($J{{r}}="",0,INT(INDEX(Parcels!$B$2:$B${PARCELS + 1},$J{{r}})/COUNTIF({column("J")},'
                        f'$J{{r}}))+IF(COUNTIF($J$2:$J{{r}},$J{{r}})<=MOD(INDEX(Parcels!$B$2:$B${PARCELS + 1},$J{{r}}),'
                        f'COUNTIF({column("J")},$J{{r}})),1,0))')),
            ("days", '=IF(AND($E{r}="gift",$H{r}<>""),$H{r}-$G{r},"")'),
        ),
        "Sales": (
            ("person", f'=IF(INDEX(Codes!$C$2:$C${CODES + 1},$C{{r}})="",0,INDEX(Codes!$C$2:$C${CODES + 1},$C{{r}}))'),
            ("title", f"=INDEX(Codes!$D$2:$D${CODES + 1},$C{{r}})"),
            ("deal", (f'=IF(COUNTIFS({person},$H{{r}},{title},$I{{r}},{deal},"paid")>0,"paid",IF(COUNTIFS({person},'
                     f'$H{{r}},{title},$I{{r}},{deal},"in_kind")>0,"in_kind","gift"))')),
        ),
    }  # fmt: skip


def _gifts(letter: str) -> str:
    return f"Gifts!${letter}$2:${letter}${GIFTS + 1}"


def _sales(letter: str) -> str:
    return f"Sales!${letter}$2:${letter}${SALES + 1}"


def truths() -> Iterator[tuple[str, str]]:
    """The name of each truth, and its formula; in pence, cents, days and parts of 1."""
    free, stage = f'{_gifts("E")},"gift"', _gifts("K")
    yield "gifts", f"=COUNTIFS({free})"
    for name in ("posted", "reading", "quiet"):
        yield f"stage {name}", f'=COUNTIFS({free},{stage},"{name}")'
    for name in ("considered", "chosen", "asked", "accepted", "sent", "declined"):
        yield f"state {name}", f'=COUNTIFS({free},{_gifts("F")},"{name}")'
    yield from _rate("organic", free, "")
    axes = {"L": ("genre", [row[1] for row in TITLES]), "M": ("role", ROLES),
            "N": ("tier", ("nano", "micro", "mid", "macro", "off_social")), "C": ("item", range(1, 7)),
            "D": ("campaign", (1, 2))}  # fmt: skip
    for letter, (axis, keys) in axes.items():
        for key in keys:
            wanted = f'"{key}"' if isinstance(key, str) else str(key)
            yield from _rate(f"{axis} {key}", free, f",{_gifts(letter)},{wanted}")
    for deal in ("gift", "in_kind", "paid"):
        mine = f'{_gifts("E")},"{deal}"'
        yield (
            f"deal {deal} delivered",
            f'=COUNTIFS({mine},{_gifts("F")},"delivered")+COUNTIFS({mine},{_gifts("F")},"closed_quiet")',
        )
        yield f"deal {deal} posted", f'=COUNTIFS({mine},{stage},"posted")'
    yield from _money(free)
    yield from _sold()
    yield from _each(free, stage)
    yield "delay count", f"=COUNT({_gifts('R')})"
    for number, name in ((1, "low"), (2, "median"), (3, "high")):
        yield f"delay {name}", f"=QUARTILE({_gifts('R')},{number})"
    for name, letter in (("came", "C"), ("copies", "E"), ("companions", "G")):
        yield f"events {name}", f"=SUM(Events!${letter}$2:${letter}$3)"
    yield "events takings", "=SUM(Events!$F$2:$F$3)+SUM(Events!$H$2:$H$3)"
    yield "clubs", "=COUNT(Clubs!$A$2:$A$10)"
    yield "members", "=SUM(Clubs!$C$2:$C$10)"


def _each(free: str, stage: str) -> Iterator[tuple[str, str]]:
    """The truths of each title and of each person."""
    for title in range(1, 7):
        yield f"title {title} gifts", f"=COUNTIFS({free},{_gifts('C')},{title})"
        for name in ("posted", "reading", "quiet"):
            yield f"title {title} {name}", f'=COUNTIFS({free},{_gifts("C")},{title},{stage},"{name}")'
        for currency in ("GBP", "USD"):
            yield (
                f"title {title} sales {currency}",
                (f'=SUMIFS({_sales("F")},{_sales("J")},"gift",{_sales("I")},{title},{_sales("G")},"{currency}")'),
            )
        yield f"title {title} copies", f"=SUMIFS({_gifts('O')},{free},{_gifts('C')},{title})"
        yield f"title {title} postage", f"=SUMIFS({_gifts('Q')},{free},{_gifts('C')},{title})"
    for person in range(1, PEOPLE + 1):
        yield f"person {person} posts", f'=COUNTIFS({free},{_gifts("B")},{person},{stage},"posted")'
        for name, letter in (("copies", "D"), ("orders", "E")):
            yield f"person {person} {name}", (f'=SUMIFS({_sales(letter)},{_sales("J")},"gift",{_sales("H")},{person})')


def _rate(name: str, free: str, more: str) -> Iterator[tuple[str, str]]:
    """How many of how many, and from five on the share with its range after Wilson (1927), written out."""
    stage = _gifts("K")
    p = f'COUNTIFS({free},{stage},"posted"{more})'
    n = "(" + "+".join(f'COUNTIFS({free},{stage},"{each}"{more})' for each in ("posted", "reading", "quiet")) + ")"
    yield f"{name} part", f"={p}"
    yield f"{name} whole", f"={n}"
    middle, half = f"({p}/{n}+{_Z}^2/(2*{n}))", f"{_Z}*SQRT({p}/{n}*(1-{p}/{n})/{n}+{_Z}^2/(4*{n}^2))"
    yield f"{name} share", f'=IF({n}<5,"few",{p}/{n})'
    yield f"{name} low", f'=IF({n}<5,"few",({middle}-{half})/(1+{_Z}^2/{n}))'
    yield f"{name} high", f'=IF({n}<5,"few",({middle}+{half})/(1+{_Z}^2/{n}))'


def _money(free: str) -> Iterator[tuple[str, str]]:
    posted = f'COUNTIFS({free},{_gifts("K")},"posted")'
    for currency in ("GBP", "USD"):
        yield f"copies {currency}", f'=SUMIFS({_gifts("O")},{free},{_gifts("P")},"{currency}")'
    yield "postage", f"=SUMIFS({_gifts('Q')},{free})"
    yield "spent", '=SUM(Spent!$D$2:$D$5)-SUMIFS(Spent!$D$2:$D$5,Spent!$C$2:$C$5,"rewards")+SUM(Events!$D$2:$D$3)'
    pounds = (f'(SUMIFS({_gifts("O")},{free},{_gifts("P")},"GBP")+SUMIFS({_gifts("Q")},{free})+SUM(Spent!$D$2:$D$5)'
              '-SUMIFS(Spent!$D$2:$D$5,Spent!$C$2:$C$5,"rewards")+SUM(Events!$D$2:$D$3))')  # fmt: skip
    dollars = f'SUMIFS({_gifts("O")},{free},{_gifts("P")},"USD")'
    yield "total GBP", f"={pounds}"
    yield "per post GBP", f"=ROUND({pounds}/{posted},0)"
    yield "per post USD", f"=ROUND({dollars}/{posted},0)"
    # One dollar is 0.8 pounds, as was entered.
    yield "worth cost", f"={pounds}+ROUND({dollars}*0.8,0)"
    yield "worth per post", f"=ROUND(({pounds}+ROUND({dollars}*0.8,0))/{posted},0)"


def _sold() -> Iterator[tuple[str, str]]:
    for deal in ("gift", "in_kind", "paid"):
        mine = f'{_sales("J")},"{deal}"'
        yield f"sold {deal} copies", f"=SUMIFS({_sales('D')},{mine})"
        yield f"sold {deal} orders", f"=SUMIFS({_sales('E')},{mine})"
        for currency in ("GBP", "USD"):
            yield f"sold {deal} {currency}", f'=SUMIFS({_sales("F")},{mine},{_sales("G")},"{currency}")'
    free = f'{_sales("J")},"gift"'
    yield "worth sold", (f'=SUMIFS({_sales("F")},{free},{_sales("G")},"GBP")+ROUND(SUMIFS({_sales("F")},{free},'
                         f'{_sales("G")},"USD")*0.8,0)')  # fmt: skip
    yield "sold without amount", f'=SUMIFS({_sales("D")},{_sales("F")},"")'


def write(path: Path) -> None:
    """Write the ledger with its formulas, not yet computed."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, (heads, rows) in happened().items():
            sheet, more = book.add_worksheet(name), _derived().get(name, ())
            sheet.write_row(0, 0, [*heads, *(head for head, _ in more)])
            for at, row in enumerate(rows, start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, column, cell, day)
                    elif cell is not None and cell != "":
                        sheet.write(at, column, cell)
                for column, (_, formula) in enumerate(more, start=len(heads)):
                    sheet.write_formula(at, column, formula.format(r=at + 1))
        sheet = book.add_worksheet("Truth")
        sheet.write_row(0, 0, ["what", "truth", "formula"])
        for at, (name, formula) in enumerate(truths(), start=1):
            sheet.write_string(at, 0, name)
            sheet.write_formula(at, 1, formula)
            sheet.write_string(at, 2, formula[1:])
        sheet.set_column(0, 0, 30)


def main() -> None:
    """Write the file anew, its formulas computed by LibreOffice."""
    with tempfile.TemporaryDirectory() as place:
        raw = Path(place) / "ledger.xlsx"
        write(raw)
        out = Path(place) / "out"
        settings = Path(place) / "home" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_ALWAYS_COMPUTE)
        home = f"-env:UserInstallation=file://{place}/home"
        subprocess.run(["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(raw)],
                       check=True, capture_output=True, timeout=280)  # fmt: skip
        shutil.copyfile(out / "ledger.xlsx", FILE)


if __name__ == "__main__":
    main()
