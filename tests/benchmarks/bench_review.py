"""The review of 300,000 gifts and 100,000 posts against plain SQL and against duckdb, on the same data in one run.

Both others answer the same questions as our review, each with a query or two, and must agree with it first: rates by
genre, tier, voice, title and campaign, stages, deals, sales by title and week, costs, days to the first mention, whom to
thank. Then the page is opened in the window, filtered and come back to, and a large campaign; the longest pause of the
window's thread has a gate each time.

Run: python -m tests.benchmarks.bench_review [GIFTS]; duckdb is wanted (``pip install duckdb``).
"""

import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.benchmarks.hands import Heart
from tests.benchmarks.measure import Gates, line, outreach

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_GIFTS, _PEOPLE, _SALES, _CODES = 300_000, 60_000, 60_000, 2_000
_TODAY = date(2026, 11, 24)
_BLOCK_MS = 50
_DEALS = ("gift",) * 9 + ("in_kind", "paid")


def fill(folder: Path, number: int) -> None:
    """Give a workspace so many gifts, a post for each third of them, parcels, codes and sales."""
    from outreach.changes import Op
    from outreach.store import workspace
    from outreach.store.models import (
        Campaign,
        Gift,
        Item,
        Outcome,
        Person,
        Post,
        Sale,
        SalesCode,
        Shipment,
        ShipmentGift,
    )  # fmt: skip
    from outreach.store.workspace import Opening

    rng = random.Random(1)
    with workspace.writing(folder, Opening()) as store, store.batch(Op.IMPORT) as (writer, _):
        people = [row for (row,) in Person.select(Person.id).tuples()]
        items = [row for (row,) in Item.select(Item.id).tuples()]
        campaigns = [row for (row,) in Campaign.select(Campaign.id).tuples()]
        rows: dict[type, list[tuple[Any, ...]]] = {each: [] for each in (Gift, Shipment, ShipmentGift, Post, Outcome,
                                                                         SalesCode, Sale)}  # fmt: skip
        for _ in range(number):
            gift, item, person = writer.next_id(Gift), rng.choice(items), rng.choice(people)
            deal, state = rng.choice(_DEALS), rng.choice(["delivered"] * 5 + ["closed_quiet", "asked", "sent"])
            day = (_TODAY - timedelta(days=rng.randrange(500, 1500))).isoformat()
            arrived = day if state in ("delivered", "closed_quiet") else None
            rows[Gift].append((gift, person, item, rng.choice(campaigns), deal, state, day, arrived, ""))
            if arrived or state == "sent":
                parcel = writer.next_id(Shipment)
                rows[Shipment].append((parcel, person, "delivered", rng.randrange(180, 900), "GBP", ""))
                rows[ShipmentGift].append((writer.next_id(ShipmentGift), parcel, gift))
            if state == "delivered" and rng.random() < 0.53:
                on = (date.fromisoformat(day) + timedelta(days=rng.randrange(90))).isoformat()
                post = writer.next_id(Post)
                nature = "organic" if deal == "gift" else deal
                rows[Post].append((post, person, item, gift, "post", on, nature, "", ""))
                rows[Outcome].append((writer.next_id(Outcome), gift, person, "posted", on, post))
        for number_ in range(_CODES):
            rows[SalesCode].append((writer.next_id(SalesCode), f"B{number_}", f"b{number_}", rng.choice(people),
                                    rng.choice(items), ""))  # fmt: skip
        codes = [row[0] for row in rows[SalesCode]]
        for _ in range(_SALES):
            day = (_TODAY - timedelta(days=rng.randrange(1000))).isoformat()
            copies = rng.randrange(1, 20)
            rows[Sale].append((writer.next_id(Sale), day, copies, copies, copies * 999, "GBP", rng.choice(codes), ""))
        columns = {
            Gift: ("id", "person_id", "item_id", "campaign_id", "deal", "state", "state_on", "delivered_on",
                   "created_at"),
            Shipment: ("id", "person_id", "state", "postage_minor", "postage_currency", "created_at"),
            ShipmentGift: ("id", "shipment_id", "gift_id"),
            Post: ("id", "person_id", "item_id", "gift_id", "kind", "posted_on", "nature", "nature_reason",
                   "created_at"),
            Outcome: ("id", "gift_id", "person_id", "kind", "happened_on", "post_id"),
            SalesCode: ("id", "code", "code_key", "person_id", "item_id", "created_at"),
            Sale: ("id", "sold_on", "copies", "orders", "amount_minor", "currency", "sales_code_id", "created_at"),
        }  # fmt: skip
        for table, mine in rows.items():
            writer.insert(table, columns[table], mine)


#: The questions in SQL that both others understand; {s} is the schema in which their tables are.
FACTS = """
CREATE TEMP TABLE facts AS
SELECT g.id, g.person_id, g.item_id, g.campaign_id, g.deal, g.delivered_on, g.state,
       (p.gift_id IS NOT NULL) AS posted, p.first_on
FROM {s}gift g
LEFT JOIN (SELECT gift_id, min(happened_on) AS first_on FROM {s}outcome WHERE kind = 'posted' GROUP BY gift_id) p
  ON p.gift_id = g.id AND g.state IN ('delivered', 'closed_quiet')
"""
GENRES = """(SELECT item_id, genre FROM (SELECT item_id, genre, row_number() OVER
  (PARTITION BY item_id ORDER BY weight DESC, id) AS n FROM {s}item_genre) q WHERE n = 1)"""
TIERS = """(SELECT p.id AS person_id, CASE WHEN r.most < 10000 THEN 'nano' WHEN r.most < 100000 THEN 'micro'
  WHEN r.most < 500000 THEN 'mid' WHEN r.most IS NOT NULL THEN 'macro'
  WHEN NOT EXISTS (SELECT 1 FROM {s}account a WHERE a.person_id = p.id) THEN 'off_social' ELSE '' END AS tier
  FROM {s}person p LEFT JOIN (SELECT a.person_id, max(f.followers) AS most FROM {s}account a JOIN
  (SELECT account_id, followers, row_number() OVER (PARTITION BY account_id ORDER BY taken_on DESC, id DESC) AS n
   FROM {s}audience_reading) f ON f.account_id = a.id AND f.n = 1 GROUP BY a.person_id) r ON r.person_id = p.id)"""
_RATE = "count(*), sum(CASE WHEN f.posted THEN 1 ELSE 0 END)"
_ARRIVED = "f.deal = 'gift' AND f.state IN ('delivered', 'closed_quiet')"
_PAID = "(SELECT DISTINCT person_id, item_id FROM {s}gift WHERE deal <> 'gift')"
QUESTIONS = {
    "genre": f"SELECT t.genre, {_RATE} FROM facts f LEFT JOIN {GENRES} t ON t.item_id = f.item_id "
             f"WHERE {_ARRIVED} GROUP BY t.genre",
    "tier": f"SELECT t.tier, {_RATE} FROM facts f JOIN {TIERS} t ON t.person_id = f.person_id WHERE {_ARRIVED} GROUP BY 1",
    "role": f"SELECT p.role, {_RATE} FROM facts f JOIN {{s}}person p ON p.id = f.person_id WHERE {_ARRIVED} GROUP BY 1",
    "item": f"SELECT f.item_id, {_RATE} FROM facts f WHERE {_ARRIVED} GROUP BY 1",
    "campaign": f"SELECT f.campaign_id, {_RATE} FROM facts f WHERE {_ARRIVED} GROUP BY 1",
    "deal": f"SELECT f.deal, {_RATE} FROM facts f WHERE f.state IN ('delivered', 'closed_quiet') GROUP BY 1",
    "state": "SELECT f.state, count(*) FROM facts f WHERE f.deal = 'gift' GROUP BY 1",
    "nature": "SELECT nature, count(*) FROM {s}post GROUP BY 1",
    "sales": "SELECT c.item_id, sum(s.copies), sum(s.amount_minor) FROM {s}sale s JOIN {s}sales_code c ON "
             f"c.id = s.sales_code_id LEFT JOIN {_PAID} d ON d.person_id = c.person_id AND d.item_id = c.item_id "
             "WHERE d.person_id IS NULL GROUP BY 1",
    "weeks": "SELECT c.item_id, {week}, sum(s.amount_minor) FROM {s}sale s JOIN {s}sales_code c ON "
             "c.id = s.sales_code_id GROUP BY 1, 2",
    "costs": "SELECT sum(s.postage_minor), sum(e.cost_minor) FROM facts f JOIN {s}shipment_gift x ON x.gift_id = f.id "
             "JOIN {s}shipment s ON s.id = x.shipment_id LEFT JOIN {s}edition e ON e.id = -1 WHERE f.deal = 'gift'",
    "days": f"SELECT {{days}} FROM facts f WHERE {_ARRIVED} AND f.posted AND f.first_on >= f.delivered_on ORDER BY 1",
    "thanks": "SELECT f.person_id, count(*) AS n FROM facts f WHERE f.deal = 'gift' AND f.posted GROUP BY 1 "
              "ORDER BY n DESC, 1 LIMIT 12",
}  # fmt: skip


def answers(run: Callable[[str], list[tuple[Any, ...]]], schema: str, words: dict[str, str]) -> dict[str, Any]:
    """The answers of another to all questions."""
    run("DROP TABLE IF EXISTS facts")
    run(FACTS.format(s=schema))
    return {name: run(query.format(s=schema, **words)) for name, query in QUESTIONS.items()}


def agrees(ours: Any, theirs: dict[str, Any], what: str) -> None:
    """The gate: what is fast must be right first."""
    for axis in ("genre", "tier", "role", "item", "campaign"):
        mine = {group.key: (group.rate.whole, group.rate.part) for group in getattr(ours, f"by_{axis}")}
        other = {str(key or ""): (int(whole), int(part)) for key, whole, part in theirs[axis]}
        assert mine == other, (what, axis)
    assert {deal: tuple(counts) for deal, counts in ours.deals.items()} == {
        deal: (int(whole), int(part)) for deal, whole, part in theirs["deal"]
    }, what
    sold = {line_.item_id: (line_.copies_sold, sum(money.minor for money in line_.sales)) for line_ in ours.items}
    for item, copies, minor in theirs["sales"]:
        assert sold[item] == (int(copies), int(minor)), (what, item)
    assert sum(money.minor for money in ours.costs.postage) == int(theirs["costs"][0][0]), what
    days = [float(each) for (each,) in theirs["days"]]
    assert ours.delay.median == statistics.median(days), what
    natures = dict(theirs["nature"])
    assert {name: number for name, number in ours.natures.items() if number} == natures, what


def in_memory(file: Path) -> Iterator[Any]:
    """The tables of a workspace in duckdb's memory."""
    import duckdb

    db = duckdb.connect()
    plain = sqlite3.connect(file)
    for table in ("gift", "outcome", "post", "item_genre", "person", "account", "audience_reading", "sale",
                  "sales_code", "shipment_gift", "shipment", "edition"):  # fmt: skip
        cursor = plain.execute(f"SELECT * FROM {table}")
        names = [each[0] for each in cursor.description]
        kinds = {name: kind for _, name, kind, *_ in plain.execute(f"PRAGMA table_info({table})")}
        columns = ", ".join(f'"{name}" {"BIGINT" if "INT" in kinds[name] else "DOUBLE" if "REAL" in kinds[name] else "VARCHAR"}'
                            for name in names)  # fmt: skip
        db.execute(f"CREATE TABLE {table} ({columns})")
        with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="") as out:
            import csv

            writer = csv.writer(out)
            writer.writerow(names)
            writer.writerows(tuple("\\N" if each is None else each for each in row) for row in cursor)
            out.flush()
            db.execute(f"COPY {table} FROM '{out.name}' (HEADER, NULLSTR '\\N')")
    yield db
    db.close()


def timed(act: Callable[[], Any], rounds: int = 3) -> tuple[float, Any]:
    """The median of the processor's time that something took, on all threads of the program, and what it said."""
    times, said = [], None
    for _ in range(rounds):
        started = time.process_time()
        said = act()
        times.append(time.process_time() - started)
    return statistics.median(times), said


def compare(folder: Path) -> None:
    """Ours against both others.

    Plain SQL reads its facts anew for each review, as ours does when anything was written since; duckdb has all tables
    in memory before it is asked, as ours has its columns when another period or campaign is chosen.
    """
    from outreach.services.review.making import review
    from outreach.store import workspace
    from outreach.store.workspace import Opening

    def anew() -> Any:
        with workspace.reading(folder, Opening()) as store:
            return review(store)

    file = folder / "outreach.db"
    plain = sqlite3.connect(file)
    week = {
        "week": "date(s.sold_on, 'weekday 0', '-6 days')",
        "days": "julianday(f.first_on) - julianday(f.delivered_on)",
    }
    duck = {"week": "date_trunc('week', CAST(s.sold_on AS DATE))",
            "days": "date_diff('day', CAST(f.delivered_on AS DATE), CAST(f.first_on AS DATE))"}  # fmt: skip
    anew()  # what is imported once is no part of it
    first, found = timed(anew)
    sql, said = timed(lambda: answers(lambda query: plain.execute(query).fetchall(), "main.", week))
    agrees(found, said, "SQL")
    line(f"review of {found.gifts:,} gifts, after a write, against plain SQL", first, sql, first / sql, "1.0 or less")
    with workspace.reading(folder, Opening()) as store:
        review(store)
        again, found = timed(lambda: review(store))
    for db in in_memory(file):
        memory, said = timed(lambda db=db: answers(lambda query: db.execute(query).fetchall(), "main.", duck))
        agrees(found, said, "duckdb")
        for when, ours in (("asked again", again), ("after a write", first)):
            line(f"review of {found.gifts:,} gifts, {when}, against duckdb in memory", ours, memory, ours / memory,
                 "1.0 or less at first, 0.10 the aim")  # fmt: skip


def open_page(folder: Path, home: Path, gates: Gates) -> None:
    """The pages in the window: how long until their numbers, and the longest pause meanwhile."""
    from outreach.app import make_application, session
    from outreach.photos import settle
    from outreach.settings import Settings
    from outreach.store.workspace import Opening
    from outreach.ui.dialogs.review import BehindDialog

    with session(make_application(), folder, home, Settings(), opening=Opening()) as opened:
        opened.window.resize(1440, 900)
        opened.window.show()
        settle(opened)

        def told(what: str, act: Callable[[], object]) -> None:
            heart, started = Heart(), time.perf_counter()
            with heart.listening():
                act()
                settle(opened)
            gates.at_most(
                f"{what} ({time.perf_counter() - started:.1f} s), longest pause of the window", [heart.took], _BLOCK_MS
            )

        def choose(choice: Any, place: int) -> None:
            choice.setCurrentIndex(place)
            choice.activated.emit(place)

        told("open the review", lambda: opened.window.go("review"))
        page: Any = opened.window.page
        told("count it anew", page.refresh)
        for place in (1, 0):
            told("choose a period", lambda place=place: choose(page._period, place))
        for place in (1, 0):
            told("choose a campaign", lambda place=place: choose(page._campaign, place))
        for _ in range(2):
            told("show tables, and charts again", page._turn)
        told("open the list behind a number", lambda: page._open("posted"))
        for dialog in opened.window.findChildren(BehindDialog):
            dialog.close_overlay()
        told("open the campaigns", lambda: opened.window.go("campaigns"))
        largest = max(opened.window.page.model.ids)
        told("open a large campaign", lambda: opened.window.page.show_row(largest))
        told("come back to the review", lambda: opened.window.go("review"))


def main() -> int:
    """Make a workspace, compare, open the page; 1 where a gate was missed."""
    number, gates = int(sys.argv[1]) if len(sys.argv) > 1 else _GIFTS, Gates()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        made = outreach("demo", "--no-window", "--json", "--people", _PEOPLE * number // _GIFTS, "--out", home / "demo",
                        home=home)  # fmt: skip
        subprocess.run([str(part) for part in made], check=True, stdout=subprocess.DEVNULL)
        (home / "demo" / "workspace").rename(home / "w")
        fill(home / "w", number)
        compare(home / "w")
        open_page(home / "w", home, gates)
    return gates.code()


if __name__ == "__main__":
    sys.exit(main())
