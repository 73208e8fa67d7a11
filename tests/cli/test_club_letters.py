"""Letters around clubs by command: invitations, reminders, thanks for an introduction; each a draft to be approved."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from outreach.store import workspace
from outreach.store.models import Letter
from outreach.store.workspace import Opening

Cli = Callable[..., Any]


@pytest.fixture
def run(cli: Cli, folder: Path) -> Cli:
    """A command, and its JSON; or the sentence of what is in the way."""

    def done(*arguments: str, refused: bool = False) -> Any:
        ran = cli("-w", str(folder), *([] if refused else ["--json"]), "--now", "2026-11-24T10:30:00Z", *arguments)
        assert ran.code == (2 if refused else 0), ran.err or ran.out
        return ran.err if refused else ran.json

    return done


def _letter(folder: Path, ref: str) -> Letter:
    with workspace.reading(folder, Opening()):
        return Letter.get_by_id(int(ref[1:]))


def test_a_club_is_written_to_and_nothing_goes_unread(run: Cli, folder: Path, tmp_path: Path) -> None:
    house = {"name": "Hanna Okafor", "email": "hanna@house.example", "postal_address": "1 Mill Lane, Leeds"}
    for key, value in house.items():
        run("settings", f"sender.{key}", value)
    run("catalogue", "add", "The Glass Heron", "--set", "author=Imogen Vale", "--set", "hook=A heron keeps a ferry.",
        "--set", "imprint=Tern", "--set", "pub_date=2026-09-01", "--format", "hardback", "--copies", "5")  # fmt: skip
    for name in ("Maya", "Joan", "Beth", "Ravi"):
        mail = () if name == "Beth" else ("--email", f"{name.lower()}@example.org")
        run("people", "add", f"{name} Reader", *mail)
    run("clubs", "start", "Night Shift", "--host", "Maya", "--zone", "Europe/London", "--place", "Discord")
    session = run("clubs", "session", "plan", "c1", "2026-12-03 19:30", "--author", "Imogen Vale", "--author-zone",
                  "America/New_York", "--read", "To the end")  # fmt: skip
    assert "has no title" in run("clubs", "remind", f"d{session['id']}", refused=True)
    run("clubs", "edit", "c1", "--item", "The Glass Heron")
    run("clubs", "join", "c1", "Joan", "Beth")

    made = run("clubs", "remind", f"d{session['id']}", "--out", str(tmp_path / "drafts"))
    assert len(made["letters"]) == 2 and [each["name"] for each in made["problems"]] == ["Beth Reader"]
    letter = _letter(folder, made["letters"][1])
    assert (letter.to_name, letter.state, letter.kind) == ("Joan Reader", "draft", "reminder")
    assert letter.subject == "Night Shift, Thursday 3 December"
    for told in ("19:30 (Europe/London)", "Discord", "To the end", "Imogen Vale joins", "no need to come"):
        assert told in letter.body, letter.body
    assert len(list((tmp_path / "drafts").glob("*.eml"))) == 2

    run("clubs", "asked", "c1", "--person", "Ravi")
    [invited] = run("clubs", "invite", "c1")["letters"]
    letter = _letter(folder, invited)
    assert (letter.to_name, letter.kind) == ("Ravi Reader", "invitation")
    assert "You asked whether you might read along" in letter.body and "which Maya began" in letter.body
    run("letters", "approve", *made["letters"], invited)
    assert _letter(folder, invited).state == "approved"
    assert "in Night Shift already" in run("clubs", "invite", "c1", "--to", "Joan", refused=True)
    run("clubs", "session", "cancel", f"d{session['id']}")
    assert "is over or was cancelled" in run("clubs", "remind", f"d{session['id']}", refused=True)

    run("referrals", "add", "Ravi", "--by", "Joan")
    assert "Nothing went yet" in run("referrals", "write", "Joan", refused=True)
    [thanks] = run("referrals", "write", "Joan", "--item", "The Glass Heron")["letters"]
    assert "introducing me to Ravi Reader" in _letter(folder, thanks).body
    assert run("referrals", "list")["introducers"][0]["unthanked"] == 1, "a draft thanks nobody"
    with workspace.writing(folder, Opening()):
        Letter.update(state="sent", sent_at="2026-11-25T09:00:00Z").where(Letter.id == int(thanks[1:])).execute()
    assert run("referrals", "list")["introducers"][0]["unthanked"] == 0, "the letter that went does"
