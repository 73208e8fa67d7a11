"""The log of 100,000 posts against the list of 100,000 people, in the same window and the same run.

For each list: a key to its paint, a key in the filter to its rows, a jump to the end, an order by each heading, and the
longest pause meanwhile. The exit code is 1 where posts are slower than people by more than the noise between two runs
of the same, or over the gate that people have.

Run: python -m tests.benchmarks.bench_posts [FOLDER OF A WORKSPACE WITH MANY PEOPLE]
"""

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.benchmarks.hands import Heart, time_to_see
from tests.benchmarks.measure import Gates, Took, outreach

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_POSTS = 100_000
_KEY_MS, _BLOCK_MS = 50, 50
#: Two runs of the very same differ by so much on a machine that is shared; and a third of a frame is seen by nobody.
_NOISE, _NOISE_MS = 1.3, 5.0
_RESTS = 10
#: What is done in each list, and what it is called.
_DONE = {"down": "a key to its paint", "filter": "a key in the filter to its rows", "end": "a jump to the end",
         "order": "an order to its rows"}  # fmt: skip
#: By list and what is done in it.
Times = dict[str, dict[str, list[Took]]]
#: A post has so many words, drawn from those of the sample's own.
_LONG = 12


def fill(folder: Path, number: int) -> None:
    """Give a workspace so many posts, spread over its people, its titles and ten years."""
    from outreach.changes import Op
    from outreach.store import workspace
    from outreach.store.models import Item, Person, Post
    from outreach.store.workspace import Opening

    rng = random.Random(1)
    with workspace.writing(folder, Opening()) as store, store.batch(Op.IMPORT) as (writer, _):
        people = [row for (row,) in Person.select(Person.id).tuples()]
        items = [row for (row,) in Item.select(Item.id).tuples()]
        there = Post.select().count()
        said = Post.select(Post.text).where(Post.text != "").limit(2000).tuples()
        words = sorted({word for (text,) in said for word in text.split()})
        columns = ("id", "person_id", "item_id", "kind", "platform", "handle", "url", "key", "posted_on", "text",
                   "nature", "nature_reason", "by", "created_at")  # fmt: skip
        natures = (("organic", "no_gift"),) * 3 + (("before_contact", "before_first_contact"), ("paid", "paid_for"))
        writer.insert(Post, columns, (
            (writer.next_id(Post), rng.choice(people), rng.choice(items), "post", "instagram", "",
             f"https://www.instagram.com/p/C{n}/", f"instagram:C{n}",
             (date(2026, 11, 24) - timedelta(days=rng.randrange(3650))).isoformat(),
             " ".join(rng.choices(words, k=_LONG)), *rng.choice(natures), "", "2026-11-24T10:00:00Z")
            for n in range(number - there)
        ))  # fmt: skip


def measure(folder: Path, home: Path) -> tuple[Times, Times, int]:
    """By list and what is done in it, how long that took and the longest pause meanwhile; and how many posts there are."""
    from outreach.app import make_application, session
    from outreach.photos import settle
    from outreach.settings import Settings
    from outreach.store.models import Post
    from outreach.store.workspace import Opening

    found: dict[str, dict[str, list[Took]]] = {}
    pauses: dict[str, dict[str, list[Took]]] = {}
    with session(make_application(), folder, home, Settings(), opening=Opening()) as opened:
        opened.window.resize(1440, 900)
        opened.window.show()
        settle(opened)
        number = Post.select().count()
        lists = {}
        for place in ("people", "posts"):
            opened.window.go(place)
            settle(opened)
            page = opened.window.page
            lists[place] = getattr(page, "log", page)
            found[place], pauses[place] = ({what: [] for what in _DONE} for _ in range(2))
        for _ in range(3):  # in turn, so that what else the machine does falls on both alike
            for place, page in lists.items():
                opened.window.go(place)
                if hasattr(opened.window.page, "show_log"):
                    opened.window.page.show_log()
                settle(opened)
                _use(found[place], pauses[place], page, lambda: settle(opened), place)
    return found, pauses, number


def _use(  # type: ignore[no-untyped-def] - a page of either kind
    into: dict[str, list[Took]], pauses: dict[str, list[Took]], page, settled: Callable[[], None], place: str
) -> None:
    table, heart, came = page.table, Heart(), []
    rows = table.viewport()
    page.model.modelReset.connect(lambda: came.append(1))

    def told(what: str, act: Callable[[], object], *, waits: bool = True, rest: float = 0, reads: bool = True) -> None:
        came.clear()
        with heart.listening():
            took = time_to_see(rows, act, (lambda: bool(came)) if waits else (lambda: True), rest=rest, reads=reads)
            into[what].append(took)
            settled()
        pauses[what].append(heart.took)

    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Home)
    settled()
    for _ in range(10):
        told("down", lambda: QTest.keyClick(table, Qt.Key.Key_Down), waits=False, reads=False)
    told("end", lambda: QTest.keyClick(table, Qt.Key.Key_End), waits=False)
    # What is chosen stays chosen: from the top, so that neither list has to fetch another page for that.
    QTest.keyClick(table, Qt.Key.Key_Home)
    settled()
    page.filter.setFocus()
    for word in ("maya", "anna k") if place == "people" else ("ferry", "salt o"):
        for key in word:
            told("filter", partial(QTest.keyClick, page.filter, key), rest=_RESTS)
        page.filter.clear()
        settled()
    for order in ("name", "posted", "last") if place == "people" else ("who", "about", "nature", "day"):
        told("order", partial(table.order_asked.emit, order, True))


def _compare(gates: Gates, named: str, posts: Sequence[Took], people: Sequence[Took]) -> None:
    """Print both, and miss the gate where posts took more work than people by more than the noise."""
    ours, other = (statistics.median(min(took.clock, took.work) for took in each) for each in (posts, people))
    print(f"{named}: posts {ours:.1f} ms, people {other:.1f} ms, ratio {ours / max(other, 0.01):.2f}", flush=True)
    if ours > other * _NOISE and ours - other > _NOISE_MS:
        gates.missed.append(f"{named}: posts {ours:.1f} ms, people {other:.1f} ms")


def main() -> int:
    """Measure and print; 1 where a gate was missed."""
    gates = Gates()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        if len(sys.argv) > 1:
            shutil.copytree(sys.argv[1], home / "w")
        else:
            made = outreach("demo", "--no-window", "--json", "--people", _POSTS, "--out", home / "demo", home=home)
            subprocess.run([str(part) for part in made], check=True, stdout=subprocess.DEVNULL)
            (home / "demo" / "workspace").rename(home / "w")
        fill(home / "w", _POSTS)
        found, pauses, number = measure(home / "w", home)
    print(f"{number:,} posts")
    for what, named in _DONE.items():
        _compare(gates, named, found["posts"][what], found["people"][what])
        _compare(gates, f"{named}, longest pause", pauses["posts"][what], pauses["people"][what])
    gates.at_most("posts, a key to its paint", found["posts"]["down"], _KEY_MS)
    for what, named in _DONE.items():
        gates.at_most(f"posts, {named}, longest pause", pauses["posts"][what], _BLOCK_MS)
    return gates.code()


if __name__ == "__main__":
    sys.exit(main())
