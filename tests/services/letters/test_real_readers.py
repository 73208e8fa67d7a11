"""Fifty letters with odd names, right-to-left, emoji, long subjects and files, as three mail programs show them.

neomutt, nmh and mu must be installed; they read, each in its own way, and what they show is held against what was meant.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from outreach.services.drafting.attachments import fit_name
from outreach.services.letters.attaching import Attached, with_attachments
from outreach.services.letters.message import OutgoingLetter, build_message
from tests.services.drafting.test_attachments import NAMES, SHEET
from tests.services.letters.test_odd_letters import letters

_MH = Path("/usr/bin/mh")
_HAS_ALL = bool(shutil.which("neomutt") and shutil.which("mu") and (_MH / "scan").exists() and shutil.which("script"))
pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(not _HAS_ALL, reason="neomutt, nmh and mu are not at hand (apt-get install neomutt nmh maildir-utils)"),
]  # fmt: skip

Meant = tuple[OutgoingLetter, list[tuple[str, bytes]]]


class Post:
    """The letters on a disk, and the programs that read them."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.meant: list[Meant] = []
        for folder in ("nmh/inbox", "box/cur", "box/new", "box/tmp", "seen", "saved"):
            (place / folder).mkdir(parents=True)
        for number, letter in enumerate(letters(), start=1):
            # Two of three carry a file, and one of those another.
            files = [(fit_name(NAMES[number % len(NAMES)]), SHEET + bytes([number]))] if number % 3 else []
            files += [("cover.jpg", b"\xff\xd8\xff" + bytes([number]))] if number % 3 == 1 else []
            raw = with_attachments(build_message(letter), [Attached(*each) for each in files])
            self.meant.append((letter, files))
            (place / f"{number}.eml").write_bytes(raw)
            for kept in (place / "nmh/inbox" / str(number), place / "box/cur" / f"{number:03}:2,S"):
                kept.write_bytes(raw.replace(b"\r\n", b"\n"))
        (place / "mhprofile").write_text(f"Path: {place}/nmh\n", encoding="utf-8")
        self.env = {**os.environ, "HOME": str(place), "MH": str(place / "mhprofile"), "LC_ALL": "C.UTF-8", "TERM": "xterm",
                    "PATH": f"{os.environ['PATH']}:{_MH}"}  # fmt: skip

    def run(self, *command: object, **options: object) -> bytes:
        done = subprocess.run([str(part) for part in command], env=self.env, capture_output=True, timeout=120,
                              check=True, stdin=subprocess.DEVNULL, cwd=self.place, **options)  # fmt: skip
        return bytes(done.stdout)

    def all(self, shows: Callable[[int, OutgoingLetter, list[tuple[str, bytes]]], None], reader: str) -> None:
        """See every letter; how many were right is told."""
        wrong = []
        for number, (letter, files) in enumerate(self.meant, start=1):
            try:
                shows(number, letter, files)
            except AssertionError as error:
                wrong.append(f"{number}: {str(error)[:400]}")
        print(f"{reader}: {len(self.meant) - len(wrong)} of {len(self.meant)} letters are right")
        assert wrong == []


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Post:
    return Post(tmp_path_factory.mktemp("readers"))


def plain(text: str) -> str:
    """Words without the breaks, blanks and marks that a reader puts in or leaves out."""
    return " ".join(text.replace("\u00a0", " ").split())


def test_nmh_shows_them_as_they_were_meant(post: Post) -> None:
    form = "%(msg)\t%(decode{subject})\t%(decode{from})\t%(decode{to})"
    heads = {}
    for line in post.run("scan", "+inbox", "-width", 4000, "-format", form).decode().splitlines():
        number, *head = line.split("\t")
        heads[int(number)] = head

    def shows(number: int, letter: OutgoingLetter, files: list[tuple[str, bytes]]) -> None:
        subject, sender, to = heads[number]
        assert plain(subject) == plain(letter.subject)
        assert_person(sender, letter.sender_name, letter.sender_address)
        assert_person(to, letter.to_name, letter.to_address)
        text = post.run("mhstore", "+inbox", number, "-type", "text/plain", "-outfile", "-")
        assert text.decode().rstrip() == letter.text.rstrip()
        listed = post.run("mhlist", "+inbox", number, "-verbose", "-disposition").decode()
        for place, (name, content) in enumerate(files, start=2):
            post.run(
                "mhstore", "+inbox", number, "-part", place, "-outfile", post.place / "saved/one", "-clobber", "always"
            )
            assert (post.place / "saved/one").read_bytes() == content
            assert name in listed.replace('\\"', '"'), f"{name} not in {listed}"

    post.all(shows, "nmh")


def test_mu_shows_them_as_they_were_meant(post: Post) -> None:
    def shows(number: int, letter: OutgoingLetter, files: list[tuple[str, bytes]]) -> None:
        file = post.place / f"{number}.eml"
        shown = post.run("mu", "view", "--nocolor", file).decode()
        head, rest = {}, shown.splitlines()
        while rest and re.match(r"(From|To|Subject|Date|Attachments): ", rest[0]):
            name, _, value = rest.pop(0).partition(": ")
            head[name] = value
        assert plain(head["Subject"]) == plain(letter.subject)
        assert_person(head["From"], letter.sender_name, letter.sender_address)
        assert_person(head["To"], letter.to_name, letter.to_address)
        assert plain("\n".join(rest)) == plain(letter.text)
        for name, _ in files:
            assert name in head["Attachments"].replace("'", "’").replace("’", "'"), head["Attachments"]
        into = post.place / "saved" / f"mu{number}"
        into.mkdir()
        if files:
            post.run("mu", "extract", "--save-attachments", "--overwrite", f"--target-dir={into}", file)
        assert sorted(each.read_bytes() for each in into.iterdir() if not each.name.startswith("part-")) == sorted(
            content for _, content in files
        )

    post.all(shows, "mu")


def test_neomutt_shows_them_as_they_were_meant(post: Post) -> None:
    keep = post.place / "keep.sh"
    keep.write_text(f'#!/bin/sh\ntee "$(mktemp {post.place}/seen/XXXXXXXX)"\n', encoding="utf-8")
    keep.chmod(0o700)
    (post.place / "muttrc").write_text(
        f"set folder={post.place} mbox_type=Maildir spoolfile={post.place}/box header_cache='' record='' wait_key=no quit=yes\n"
        f"set delete=no display_filter={keep} assumed_charset=utf-8 charset=utf-8 sleep_time=0 wrap=0 reflow_text=no\n"
        "ignore *\nunignore from to subject message-id\nalternative_order text/plain text/html\n"
        f'push "<first-entry><display-message>{"<next-entry>" * (len(post.meant) - 1)}<exit><exit>"\n',
        encoding="utf-8",
    )
    command = f"neomutt -n -F {post.place}/muttrc -R -f {post.place}/box"
    post.run("script", "-qec", command, "/dev/null")
    seen = {}
    for file in (post.place / "seen").iterdir():
        # Marks of its own, by which it finds attachments again.
        text = re.sub(r"\x1b\]9;\d+\x07", "", file.read_text(encoding="utf-8"))
        found = re.search(r"(?m)^Message-ID: (\S+)$", text)
        seen[found[1] if found else ""] = text
    assert len(seen) == len(post.meant)

    def shows(_number: int, letter: OutgoingLetter, files: list[tuple[str, bytes]]) -> None:
        head, _, body = seen[letter.message_id].partition("\n\n")
        fields = dict(line.split(": ", 1) for line in re.sub(r"\n[ \t]+", " ", head).splitlines())
        assert plain(fields["Subject"]) == plain(letter.subject)
        # However a name is written, neomutt shows it without straight quotation marks.
        assert_person(fields["From"], letter.sender_name.replace('"', ""), letter.sender_address)
        assert_person(fields["To"], letter.to_name.replace('"', ""), letter.to_address)
        words = re.sub(r"(?s)\[-- .*? --\]", "", body)
        assert plain(words) == plain(letter.text)
        for name, _ in files:
            assert f": {name} --]" in body, body[-600:]

    post.all(shows, "neomutt")


def assert_person(shown: str, name: str, address: str) -> None:
    """A person as a mail program shows her: the whole name, quoted or not, and the address."""
    assert shown.endswith(f"<{address}>"), shown
    told = plain(shown.removesuffix(f"<{address}>"))
    if told.startswith('"') and told.endswith('"'):
        told = told[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    assert told == plain(name), f"{told!r} is not {name!r}"
