"""The whole job in a real window, by keys and mouse alone, photographed at each step.

It begins with the first start and ends with everything taken back; what the window did is looked up by command.

Run: python -m tests.real_window.job [FOLDER FOR THE PICTURES]
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from tests.real_window.display import Display, display, missing, until

_PEOPLE = """Name,Handle,Platform,Likes,Address1,City,State,Zip,Country,E-mail
"Rush, Anna",@books.by.anna,Instagram,YA fantasy / folklore,200 Cassandra Lane,Port Julieborough,NJ,67590,US,anna@x.example
"Weaver, Julie",@julie_and_pages,Tiktok,YA fantasy,42 Scott Mountain,Batesbury,ME,46321,US,julie@x.example
"Moss, Ida",@idamoss,Instagram,cookery,7 Mill Lane,Leeds,,LS1 1AA,UK,ida@x.example
"""
_TITLES = """ISBN;Format;Title;Author;Imprint;Pub Date;Price;Currency;Thema;Copies (finished)
9798860000001;Hardback;The Salt Orchard;Safiya Renn;Finch & Marlow;03/03/2027;8,99;GBP;YFH;120
"""

#: Where the field stands that takes a fact which a letter misses.
_FACT = (1150, 781)
#: Where approved letters are marked as pitched.
_PITCHED = (900, 40)
_MOST_UNDONE = 40


class Desk:
    """The window of a workspace, and what its commands say about the same workspace."""

    def __init__(self, shown: Display, home: Path) -> None:
        self.shown = shown
        self._environment = {**shown.environment, "OUTREACH_HOME": str(home), "HOME": str(home)}
        self._workspace = home / "workspace"
        self._program: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the program as from a menu, and wait for its window."""
        self._program = subprocess.Popen([sys.executable, "-m", "outreach"], env=self._environment)
        self.shown.fill(self.shown.window("· Outreach"))

    def quit(self) -> int:
        """Leave by key; the exit code is returned."""
        assert self._program is not None
        self.shown.key("ctrl+q")
        return self._program.wait(60)

    def end(self) -> None:
        """Do not leave a window behind when something went wrong."""
        if self._program is not None and self._program.poll() is None:
            self._program.terminate()
            self._program.wait(60)

    def says(self, *command: str) -> Any:
        """What a command says of the workspace, while the window has it open."""
        ran = subprocess.run(
            [sys.executable, "-m", "outreach", "--workspace", str(self._workspace), "--json", *command],
            env=self._environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return json.loads(ran.stdout)

    def rows(self, *command: str) -> list[dict[str, Any]]:
        """The rows that a command lists."""
        said = self.says(*command)
        return list(said) if isinstance(said, list) else next(each for each in said.values() if isinstance(each, list))

    def approved(self) -> int:
        """How many letters were approved; no command counts them."""
        with closing(sqlite3.connect(f"file:{self._workspace}/outreach.db?mode=ro", uri=True)) as store:
            (count,) = store.execute("SELECT count(*) FROM letter WHERE state = 'approved'").fetchone()
        return int(count)

    def states(self) -> list[str]:
        """How far the gifts are."""
        return sorted(str(row["state"]) for row in self.rows("gifts", "list"))


def bring(desk: Desk, path: Path, command: tuple[str, ...]) -> None:
    """Import a list through the dialogs: the file's name is typed, and Enter goes on to the end."""
    shown = desk.shown
    shown.key("ctrl+i")
    shown.photograph("import")
    shown.key("Return")
    shown.window("Import a list")
    shown.type(str(path))
    shown.key("Return")
    shown.window("· Outreach")
    shown.photograph("import-checked")
    for _ in range(6):
        if desk.rows(*command):
            break
        shown.key("Return")
        shown.photograph("import-goes-on")
    assert desk.rows(*command), f"nothing came of {path.name}"


def write_line(desk: Desk) -> None:
    """Write a personal line to the one whose letter is shown, and wait until the letter has it."""
    desk.shown.key("e")
    desk.shown.type("Your shelf of ferries made me think of this one.")
    desk.shown.key("Return")
    time.sleep(3)


def approve(desk: Desk, wanted: int) -> bool:
    """Approve the letter that is shown, as soon as it is written; whether so many are approved."""
    if desk.approved() < wanted:
        desk.shown.key("a")
        time.sleep(1)
    return desk.approved() == wanted


def work(desk: Desk, people: Path, titles: Path) -> None:
    """From the first start to the review, and back."""
    shown = desk.shown
    desk.start()
    shown.photograph("welcome")
    bring(desk, people, ("people", "list"))
    shown.key("ctrl+2")
    shown.photograph("people")
    shown.key("ctrl+3")
    bring(desk, titles, ("catalogue", "list"))
    shown.key("ctrl+3")
    shown.photograph("catalogue")

    shown.key("ctrl+5")
    shown.photograph("match")
    shown.key("x", "Down", "Down", "x")
    shown.photograph("match-ticked")
    shown.key("ctrl+Return")
    until(lambda: bool(desk.states()), "gifts that were planned")
    planned = len(desk.states())
    shown.photograph("match-added")

    shown.key("ctrl+shift+y")
    for value in ("Hanna Okafor", "hanna@finch.example", "Finch & Marlow", "3 Quay Street, Bristol BS1 4QQ"):
        shown.type(value)
        shown.key("Tab")
    shown.photograph("who-signs")
    shown.key("Escape")
    shown.key("ctrl+6")
    shown.photograph("letters")
    write_line(desk)
    shown.photograph("letter-line")
    shown.click(*_FACT)
    shown.type("A drowned orchard gives back one year of fruit.")
    shown.photograph("letter-fact")
    shown.key("Return")
    for number in range(planned):
        if number:
            write_line(desk)
        shown.photograph("letter-read")
        until(partial(approve, desk, number + 1), "an approved letter")
        time.sleep(2)
    shown.photograph("letters-approved")
    # She pastes them into her own mail; no account is asked for.
    shown.click(*_PITCHED)
    until(lambda: desk.states() == ["asked"] * planned, "gifts that were pitched")
    shown.photograph("letters-pitched")

    shown.key("ctrl+l")
    names = [str(row["person"]).split()[0].lower() for row in desk.rows("gifts", "list")]
    shown.type(f"{', '.join(names)} accepted salt orchard")
    shown.photograph("quick-log")
    shown.key("Return")
    until(lambda: desk.states() == ["accepted"] * planned, "answers that were logged")
    shown.photograph("quick-logged")

    shown.key("ctrl+7")
    shown.photograph("shipments")
    # Nobody confirmed an address yet: all are selected, and are right.
    shown.key("ctrl+a", "a", "s")
    until(lambda: len(desk.rows("shipments", "list")) == planned, "parcels that were packed")
    shown.photograph("shipments-packed")
    shown.key("Return")
    for number in range(planned):
        shown.type(f"RM47300001{number}GB")
        shown.key("Return")
    shown.photograph("shipments-numbered")
    assert all(row["tracking_number"] for row in desk.rows("shipments", "list")), "every parcel has its number"
    shown.key("Escape", "ctrl+Return")
    until(lambda: desk.states() == ["sent"] * planned, "parcels on their way")
    shown.photograph("shipments-sent")

    whom = str(desk.rows("gifts", "list")[0]["person"])
    shown.key("ctrl+k")
    shown.type(whom)
    shown.photograph("palette")
    shown.key("Down", "Return")
    shown.type("https://www.youtube.com/watch?v=abcdefghijk")
    shown.key("Tab", "Tab", "Tab")
    shown.type("The ending wrecked me. I have lent my copy out twice.")
    shown.photograph("post")
    shown.key("ctrl+Return")
    until(lambda: bool(desk.rows("posts", "list")), "a post that was logged")
    shown.photograph("posts")
    shown.key("ctrl+0")
    time.sleep(2)
    shown.photograph("review")

    shown.key("ctrl+1")
    for _ in range(_MOST_UNDONE):
        if not desk.states():
            break
        shown.key("ctrl+z")
        time.sleep(0.5)
    assert desk.states() == [], "every step is taken back"
    assert not desk.rows("posts", "list")
    shown.photograph("undone")
    shown.key("ctrl+2")
    shown.photograph("people-still-there")
    assert desk.quit() == 0
    desk.start()
    time.sleep(3)
    shown.photograph("started-again")
    assert desk.quit() == 0
    assert desk.says("check")["findings"] == [], "the workspace is sound"


def main() -> int:
    """Do the job, or say what it takes."""
    lacking = missing()
    if lacking:
        print(f"The real window is not driven here: install {' '.join(lacking)} for it.")
        return 0
    pictures = Path(sys.argv[1] if len(sys.argv) > 1 else "real-window").absolute()
    with tempfile.TemporaryDirectory() as place, display(pictures) as shown:
        home = Path(place)
        samples = Path(os.environ.get("OUTREACH_SAMPLES", ""))
        people, titles = samples / "people" / "our-bookstagram-list.csv", samples / "catalogue" / "frontlist.csv"
        if not os.environ.get("OUTREACH_SAMPLES") or not people.exists():
            people, titles = home / "people.csv", home / "titles.csv"
            people.write_text(_PEOPLE, encoding="utf-8")
            titles.write_text(_TITLES, encoding="utf-8")
        desk = Desk(shown, home)
        try:
            work(desk, people, titles)
        except Exception:
            shown.photograph("where-it-ended")
            raise
        finally:
            desk.end()
    print(f"The job was done in a real window; its pictures are in {pictures}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
