"""10,000 personalised letters, checked and ready to send, against the bare compiled template and another tool.

Run: python -m tests.benchmarks.bench_letters [LETTERS]   (mailmerge is compared where its command is at hand)

What is measured is user CPU, of the child processes too. First what a letter costs alone, from its facts to its bytes
in one file; then the whole job of the command: people of a workspace, their facts, letters in a child process, each
looked through, kept as a draft, approved, and written into one file. The other tool is given the same letter twice: as
text alone, and, as ours are, with a page of HTML beside it.
"""

import csv
import gc
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable
from email import message_from_bytes, policy
from mailbox import mbox
from pathlib import Path
from typing import Any

from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item
from outreach.services.drafting import drafts
from outreach.services.drafting.handing_out import messages_of
from outreach.services.drafting.senders import change_sender
from outreach.services.letters.facts import example_facts
from outreach.services.letters.files import write_mbox
from outreach.services.letters.message import MessageMaker, OutgoingLetter
from outreach.services.letters.sandbox import payload_of, render_many
from outreach.services.letters.templates import starters
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.workspace import Opening
from tests.benchmarks.measure import cpu_of, in_turn, line

LETTERS = 10_000
_PITCH = next(text for text in starters() if text.kind == "pitch")


def facts_of(number: int) -> dict[str, Any]:
    """The facts of one of many people."""
    facts = example_facts()
    name = f"Zoë{number} Müller"
    facts["person"] |= {"name": name, "first_name": f"Zoë{number}", "greeting": f"Dear Zoë{number}"}
    facts["opening"] = f"Your shelf of {number} drowned cities made me miss my stop."
    return facts


def ours(everyone: list[dict[str, Any]], out: Path) -> None:
    """Letters in the sandbox, both parts, each read back and kept in one file."""
    messages, maker = [], MessageMaker()
    for made in render_many(payload_of(_PITCH, dict(enumerate(everyone)))):
        number = made["id"]
        assert made["error"] is None
        assert not made["missing"]
        messages.append(
            maker.build(
                OutgoingLetter(
                    sender_name="Hanna Okafor", sender_address="hanna@house.example",
                    to_name=f"Zoë{number} Müller", to_address=f"r{number}@readers.example", subject=made["subject"],
                    text=made["text"], html=made["html"], message_id=f"<{number}@house.example>",
                    date="2026-11-24T12:00:00+00:00", unsubscribe="hanna@house.example",
                )
            )
        )  # fmt: skip
    write_mbox(out, messages)


def bare(everyone: list[dict[str, Any]], out: Path) -> None:
    """The compiled template in a loop, unchecked, as one text."""
    from jinja2 import Template

    subject, body = Template(_PITCH.subject), Template(_PITCH.body)
    with out.open("w", encoding="utf-8") as file:
        for facts in everyone:
            file.write(f"{subject.render(facts)}\n{body.render(facts)}\n")


def whole(folder: Path, count: int) -> tuple[float, float]:
    """Seconds for reading all letters with what is found in them, and for drafting, approving and writing them."""
    new_workspace(folder, Opening())
    with workspace.writing(folder, Opening()) as store:
        _fill(store.db.connection(), count)
        store._writing_index().refresh()
        change_sender(store, name="Hanna Okafor", email="hanna@house.example", postal_address="12 Quay Street, Bristol")
        told = {"author": "Ines Marchetti", "hook": "Four sisters keep the wall that keeps the sea out.",
                "imprint": "Tern Books", "pub_date": "2027-03-04", "description": "A wall, and the sea."}  # fmt: skip
        add_item(store, "Daughters of the Tidewall", told, editions=[NewEdition(EditionFormat.HARDBACK, copies=9)])
        people = range(1, count + 1)
        lines = {n: f"Your shelf of {n} drowned cities made me miss my stop." for n in people}
        order = drafts.LetterOrder("first-pitch", 1, tuple(people), lines)

        def read() -> None:
            letters, problems, findings = drafts.preview_checked(store, order)
            assert (len(letters), problems) == (count, [])
            assert not any(each.stops for some in findings.values() for each in some)

        def keep() -> None:
            made = drafts.draft_letters(store, order)
            drafts.approve_drafts(store, made.letters)
            write_mbox(folder / "letters.mbox", [raw for _, raw in messages_of(store, made.letters)])

        found = cpu(read), cpu(keep)
    _see(folder / "letters.mbox", count)
    return found


def _fill(connection: Any, count: int) -> None:
    names = [f"Zoë{n} Müller" for n in range(1, count + 1)]
    connection.executemany(
        "INSERT INTO person (name, name_key, sort_name, country, created_at, updated_at) "
        "VALUES (?1, ?1, ?1, 'GB', '2026', '2026')",
        ((name,) for name in names),
    )
    connection.executemany(
        'INSERT INTO email_address (person_id, address, "key") VALUES (?1, ?2, ?2)',
        ((n, f"r{n}@readers.example") for n in range(1, count + 1)),
    )


def _see(path: Path, count: int) -> None:
    """The standard library reads all letters back, each to the right person and with her line in both parts."""
    box = mbox(path)
    assert len(box) == count
    for number, kept in enumerate(box, start=1):
        if number % 100 == 1:
            read = message_from_bytes(kept.as_bytes(), policy=policy.default)
            assert str(read["To"]) == f"Zoë{number} Müller <r{number}@readers.example>"
            for part in ("plain", "html"):
                body = read.get_body((part,))
                assert body is not None
                assert f"Your shelf of {number} drowned cities" in body.get_content()
    box.close()


def cpu(act: Callable[[], None]) -> float:
    """The user CPU seconds of this process and its children for something."""
    before = _used()
    act()
    return _used() - before


def _used() -> float:
    return sum(resource.getrusage(who).ru_utime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def other_tool(everyone: list[dict[str, Any]], folder: Path, head: str = "") -> float | None:
    """The user CPU seconds of mailmerge for the same letters, without sending; None where it is not at hand."""
    command = shutil.which("mailmerge")
    if command is None:
        return None
    flat = [_flat(facts) for facts in everyone]
    body = _PITCH.body
    for name in sorted(flat[0], key=len, reverse=True):
        body = body.replace(name.replace("__", "."), name)
    (folder / "pitch.txt").write_text(
        f"TO: {{{{email}}}}\nSUBJECT: {{{{book__title}}}}, if you would like one\n"
        f"FROM: Hanna <hanna@house.example>\n{head}\n{body}",
        encoding="utf-8",
    )
    (folder / "server.conf").write_text("[smtp_server]\nhost = localhost\nport = 25\n", encoding="utf-8")
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, ["email", *flat[0]])
        rows.writeheader()
        rows.writerows({"email": f"r{n}@readers.example", **each} for n, each in enumerate(flat))
    files = ["--template", folder / "pitch.txt", "--database", folder / "people.csv",
             "--config", folder / "server.conf"]  # fmt: skip
    return cpu_of([command, *files, "--dry-run", "--no-limit", "--output-format", "text"])


def _flat(facts: dict[str, Any], before: str = "") -> dict[str, str]:
    """Facts as a row of a table has them, `person.name` as ``person__name``."""
    found: dict[str, str] = {}
    for name, value in facts.items():
        found |= _flat(value, f"{before}{name}__") if isinstance(value, dict) else {before + name: str(value)}
    return found


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LETTERS
    everyone = [facts_of(number) for number in range(count)]
    gc.collect()
    gc.freeze()  # the facts of everyone, which no garbage collector needs to walk through for either
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        made, plain, ratio = in_turn(lambda: cpu(lambda: ours(everyone, folder / "letters.mbox")),
                                     lambda: cpu(lambda: bare(everyone, folder / "bare.txt")))  # fmt: skip
        read, kept = whole(folder / "w", count)
        text = other_tool(everyone, folder)
        page = other_tool(everyone, folder, "CONTENT-TYPE: text/markdown\n")
    line(f"{count} letters from facts to a file, bare compiled template", made, plain, ratio, "2.0")
    if text is None or page is None:
        print("mailmerge is not at hand")
        return
    line(f"{count} letters, mailmerge dry run of the text alone", made, text, made / text, "0.25")
    line(f"{count} letters, mailmerge dry run of text and page", made, page, made / page, "0.25")
    line("the whole job from a workspace: read, each with what is found in it", read, page, read / page, "0.25")
    line("the whole job: drafted, approved, written to a file", kept, page, kept / page, "0.25")


if __name__ == "__main__":
    main()
