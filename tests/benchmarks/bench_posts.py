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
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.benchmarks.hands import Heart, time_to_see
from tests.benchmarks.measure import Gates, Took, outreach

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_POSTS = 100_000
_KEY_MS, _BLOCK_MS = 50, 50
#: Two runs of the very same differ by so much on a machine that is shared; and by so many milliseconds.
_NOISE, _NOISE_MS = 1.3, 3.0
_RESTS = 10
_WORDS = (
    "The ending wrecked me and I have lent my copy out twice", "Read page sixty one aloud on air this morning",
    "A quiet miracle of a book", "The ferry scene, that is all", "Tuesday supper from this, no notes", "Our club chose it",
)  # fmt: skip


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
        columns = ("id", "person_id", "item_id", "kind", "platform", "handle", "url", "key", "posted_on", "text",
                   "nature", "nature_reason", "by", "created_at")  # fmt: skip
        natures = (("organic", "no_gift"),) * 3 + (("before_contact", "before_first_contact"), ("paid", "paid_for"))
        writer.insert(Post, columns, (
            (writer.next_id(Post), rng.choice(people), rng.choice(items), "post", "instagram", "",
             f"https://www.instagram.com/p/C{n}/", f"instagram:C{n}",
             (date(2026, 11, 24) - timedelta(days=rng.randrange(3650))).isoformat(),
             f"{rng.choice(_WORDS)}, {rng.choice(_WORDS).lower()}", *rng.choice(natures), "", "2026-11-24T10:00:00Z")
            for n in range(number - there)
        ))  # fmt: skip


def measure(folder: Path, home: Path) -> tuple[dict[str, dict[str, Sequence[Took]]], int]:
    """By list and what is done in it, how long that took; and how many posts there are."""
    from outreach.app import make_application, session
    from outreach.photos import settle
    from outreach.settings import Settings
    from outreach.store.models import Post
    from outreach.store.workspace import Opening

    found: dict[str, dict[str, Sequence[Took]]] = {}
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
            found[place] = {"down": [], "filter": [], "end": [], "order": [], "pause": []}
        for _ in range(3):  # in turn, so that what else the machine does falls on both alike
            for place, page in lists.items():
                opened.window.go(place)
                if hasattr(opened.window.page, "show_log"):
                    opened.window.page.show_log()
                settle(opened)
                _use(found[place], page, lambda: settle(opened), place)
    return found, number


def _use(into: dict[str, Sequence[Took]], page, settled, place: str) -> None:  # type: ignore[no-untyped-def]
    table, heart = page.table, Heart()
    rows, came = table.viewport(), []
    page.model.modelReset.connect(lambda: came.append(1))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Home)
    settled()
    for _ in range(10):
        into["down"].append(time_to_see(rows, lambda: QTest.keyClick(table, Qt.Key.Key_Down), reads=False))
        settled()
    with heart.listening():
        into["end"].append(time_to_see(rows, lambda: QTest.keyClick(table, Qt.Key.Key_End)))
        settled()
    into["pause"].append(heart.took)
    page.filter.setFocus()
    for word in ("maya", "anna k") if place == "people" else ("ferry", "salt o"):
        for key in word:
            came.clear()
            with heart.listening():
                into["filter"].append(
                    time_to_see(rows, lambda key=key: QTest.keyClick(page.filter, key), lambda: bool(came), rest=_RESTS)
                )
                settled()
            into["pause"].append(heart.took)
        page.filter.clear()
        settled()
    for order in ("name", "posted", "last") if place == "people" else ("who", "about", "nature", "day"):
        came.clear()
        with heart.listening():
            into["order"].append(
                time_to_see(rows, lambda order=order: table.order_asked.emit(order, True), lambda: bool(came))
            )
            settled()
        into["pause"].append(heart.took)


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
        found, number = measure(home / "w", home)
    print(f"{number:,} posts")
    for what, named in (
        ("down", "a key to its paint"), ("filter", "a key in the filter to its rows"), ("end", "a jump to the end"),
        ("order", "an order to its rows"), ("pause", "the longest pause meanwhile"),
    ):  # fmt: skip
        people, posts = (
            [min(took.clock, took.work) if what != "pause" else took.work for took in found[each][what]]
            for each in ("people", "posts")
        )
        ours, other = statistics.median(posts), statistics.median(people)
        clocks = [statistics.median(took.clock for took in found[each][what]) for each in ("people", "posts")]
        print(f"{named}: posts {ours:.1f} ms of work ({clocks[1]:.1f} by the clock), "
              f"people {other:.1f} ({clocks[0]:.1f}), ratio {ours / max(other, 0.01):.2f}", flush=True)  # fmt: skip
        if ours > other * _NOISE and ours - other > _NOISE_MS:
            gates.missed.append(f"{named}: posts {ours:.1f} ms, people {other:.1f} ms")
    gates.at_most("posts, a key to its paint", found["posts"]["down"], _KEY_MS)
    gates.at_most("posts, a key in the filter to its rows", found["posts"]["filter"], _KEY_MS)
    gates.at_most("posts, the longest pause", found["posts"]["pause"], _BLOCK_MS)
    return gates.code()


if __name__ == "__main__":
    sys.exit(main())
