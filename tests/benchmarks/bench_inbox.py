"""The inbox of 100,000 found posts, and the gallery of as many pictures, against the list of 100,000 people.

In the same window and the same run: coming to the place, a key to its paint, a jump to the end, Enter to the next one
painted, and the longest pause meanwhile. The exit code is 1 where the inbox is slower than people by more than the noise
between two runs of the same, or over the gate that people have.

Run: python -m tests.benchmarks.bench_inbox [FOLDER OF A WORKSPACE WITH MANY PEOPLE]
"""

import os
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

_MANY = 100_000
_KEY_MS, _BLOCK_MS = 50, 50
_NOISE, _NOISE_MS = 1.3, 3.0
_TEXT = "The ferry scene, that is all. I have lent my copy out twice and will not be taking questions about it."


def fill(folder: Path) -> None:
    """Give a workspace so many found posts, in the feeds of its people, and so many pictures."""
    from outreach.changes import Op
    from outreach.store import workspace
    from outreach.store.models import Feed, FoundPost, Item, Person, Post, Snapshot
    from outreach.store.workspace import Opening

    with workspace.writing(folder, Opening()) as store, store.batch(Op.IMPORT) as (writer, _):
        people = [row for (row,) in Person.select(Person.id).limit(2000).tuples()]
        items = [row for (row,) in Item.select(Item.id).tuples()]
        posts = [row for (row,) in Post.select(Post.id).tuples()]
        feeds = [writer.next_id(Feed) for _ in people]
        writer.insert(Feed, ("id", "person_id", "address", "key", "created_at"), (
            (feed, person, f"https://f{feed}.example/feed", f"f{feed}.example/feed", "2026-11-24T10:00:00Z")
            for feed, person in zip(feeds, people, strict=True)
        ))  # fmt: skip
        columns = ("id", "feed_id", "entry_key", "post_key", "url", "author", "published_at", "text", "item_id",
                   "passage", "confidence", "found_at")  # fmt: skip
        writer.insert(FoundPost, columns, (
            (writer.next_id(FoundPost), feeds[n % len(feeds)], str(n), f"blog:x.example/{n}", f"https://x.example/{n}",
             "A", f"{date(2026, 11, 24) - timedelta(days=n % 3650)}T10:00:00+00:00", _TEXT, items[n % len(items)], _TEXT,
             "sure", "2026-11-24T10:00:00Z")
            for n in range(_MANY)
        ))  # fmt: skip
        columns = ("id", "post_id", "name", "hash", "size", "width", "height", "preview", "taken_on", "created_at")
        writer.insert(Snapshot, columns, (
            (writer.next_id(Snapshot), posts[n % len(posts)], "x.png", f"{n:064}", 1, 1, 1, f"{n:064}", "2026-11-24",
             "2026-11-24T10:00:00Z")
            for n in range(_MANY)
        ))  # fmt: skip


def measure(folder: Path, home: Path) -> dict[str, dict[str, Sequence[Took]]]:
    """By list and what is done in it, how long that took."""
    from outreach.app import make_application, session
    from outreach.photos import settle
    from outreach.settings import Settings
    from outreach.store.workspace import Opening

    found: dict[str, dict[str, Sequence[Took]]] = {}
    with session(make_application(), folder, home, Settings(), opening=Opening()) as opened:
        window = opened.window
        window.resize(1440, 900)
        window.show()
        settle(opened)
        for place in ("people", "posts"):
            window.go(place)
            settle(opened)
        posts = window._pages["posts"]
        posts.gallery._which.choose("")
        lists = {"people": window._pages["people"].table, "inbox": posts.inbox.table, "gallery": posts.gallery.grid}
        for name in lists:
            found[name] = {"come": [], "down": [], "end": [], "enter": [], "pause": []}
        for _ in range(3):  # in turn, so that what else the machine does falls on all alike
            for name, table in lists.items():
                into, heart, rows = found[name], Heart(), table.viewport()
                window.go("today")
                settle(opened)
                if name != "people":
                    posts.tabs.choose(name)
                with heart.listening():
                    to = "people" if name == "people" else "posts"
                    into["come"].append(time_to_see(rows, lambda to=to: window.go(to)))
                    settle(opened)
                into["pause"].append(heart.took)
                table.setFocus()
                QTest.keyClick(table, Qt.Key.Key_Home)
                settle(opened)
                for _ in range(10):
                    into["down"].append(time_to_see(rows, lambda t=table: QTest.keyClick(t, Qt.Key.Key_Down),
                                                    reads=False))  # fmt: skip
                    settle(opened)
                with heart.listening():
                    into["end"].append(time_to_see(rows, lambda t=table: QTest.keyClick(t, Qt.Key.Key_End)))
                    settle(opened)
                into["pause"].append(heart.took)
                if name == "inbox":
                    for _ in range(5):
                        with heart.listening():
                            into["enter"].append(time_to_see(rows, lambda t=table: QTest.keyClick(t, Qt.Key.Key_Return),
                                                             reads=False))  # fmt: skip
                            settle(opened)
                        into["pause"].append(heart.took)
    return found


def main() -> int:
    """Measure and print; 1 where a gate was missed."""
    gates = Gates()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        if len(sys.argv) > 1:
            shutil.copytree(sys.argv[1], home / "w")
        else:
            made = outreach("demo", "--no-window", "--json", "--people", _MANY, "--out", home / "demo", home=home)
            subprocess.run([str(part) for part in made], check=True, stdout=subprocess.DEVNULL)
            (home / "demo" / "workspace").rename(home / "w")
        fill(home / "w")
        found = measure(home / "w", home)
    for what, named in (("come", "coming to the place"), ("down", "a key to its paint"), ("end", "a jump to the end"),
                        ("pause", "the longest pause meanwhile")):  # fmt: skip
        told = {}
        for each in ("people", "inbox", "gallery"):
            took = found[each][what]
            told[each] = statistics.median(
                each.work if what == "pause" else min(each.clock, each.work) for each in took
            )
        shown = ", ".join(f"{name} {ms:.1f} ms" for name, ms in told.items())
        print(f"{named}: {shown}, ratio {told['inbox'] / max(told['people'], 0.01):.2f}", flush=True)
        if told["inbox"] > told["people"] * _NOISE and told["inbox"] - told["people"] > _NOISE_MS:
            gates.missed.append(f"{named}: inbox {told['inbox']:.1f} ms, people {told['people']:.1f} ms")
    entered = statistics.median(min(took.clock, took.work) for took in found["inbox"]["enter"])
    print(f"Enter to the next one painted: {entered:.1f} ms")
    gates.at_most("inbox, a key to its paint", found["inbox"]["down"], _KEY_MS)
    gates.at_most("inbox, Enter to the next one", found["inbox"]["enter"], _KEY_MS)
    gates.at_most("inbox, the longest pause", found["inbox"]["pause"], _BLOCK_MS)
    gates.at_most("gallery, the longest pause", found["gallery"]["pause"], _BLOCK_MS)
    return gates.code()


if __name__ == "__main__":
    sys.exit(main())
