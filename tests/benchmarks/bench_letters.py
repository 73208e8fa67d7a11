"""10,000 personalised letters, checked and written to one file, against the bare compiled template and another tool.

Run: python -m tests.benchmarks.bench_letters [LETTERS]   (mailmerge is compared where its command is at hand)
"""

import csv
import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from outreach.services.letters.facts import example_facts
from outreach.services.letters.files import write_mbox
from outreach.services.letters.message import OutgoingLetter, build_message
from outreach.services.letters.sandbox import payload_of, render_many
from outreach.services.letters.templates import starters
from tests.benchmarks.measure import cpu_of, line

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
    messages = []
    for made in render_many(payload_of(_PITCH, dict(enumerate(everyone)))):
        number = made["id"]
        assert made["error"] is None
        assert not made["missing"]
        messages.append(
            build_message(
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


def cpu(act: Callable[[], None]) -> float:
    """The CPU seconds of this process for something."""
    started = time.process_time()
    act()
    return time.process_time() - started


def other_tool(count: int, folder: Path) -> float | None:
    """The user CPU seconds of mailmerge for as many letters, without sending; None where it is not at hand."""
    command = shutil.which("mailmerge")
    if command is None:
        return None
    (folder / "pitch.txt").write_text(
        "TO: {{email}}\nSUBJECT: {{title}}, if you would like one\nFROM: Hanna <hanna@house.example>\n\n"
        "{{greeting}},\n\n{{opening}}\n" + "Could I send you a copy? It is yours to keep.\n" * 12,
        encoding="utf-8",
    )
    (folder / "server.conf").write_text("[smtp_server]\nhost = localhost\nport = 25\n", encoding="utf-8")
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["email", "title", "greeting", "opening"])
        for n in range(count):
            rows.writerow([f"r{n}@readers.example", "Tidewall", f"Dear Zoë{n}", f"Your shelf of {n} cities."])
    files = [
        "--template",
        folder / "pitch.txt",
        "--database",
        folder / "people.csv",
        "--config",
        folder / "server.conf",
    ]
    return cpu_of([command, *files, "--dry-run", "--no-limit", "--output-format", "text"])


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LETTERS
    everyone = [facts_of(number) for number in range(count)]
    gc.collect()
    gc.freeze()  # the facts of everyone, which no garbage collector needs to walk through for either
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        made = cpu(lambda: ours(everyone, folder / "letters.mbox"))
        plain = cpu(lambda: bare(everyone, folder / "bare.txt"))
        other = other_tool(count, folder)
    line(f"{count} letters, bare compiled template", made, plain, made / plain, "2.0")
    if other is None:
        print("mailmerge is not at hand")
    else:
        line(f"{count} letters, mailmerge dry run", made, other, made / other, "0.25")


if __name__ == "__main__":
    main()
