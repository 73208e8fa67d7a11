"""Letters that were written, by command: their history, files, pages of paper, and a test to oneself."""

import email
from email import policy

import pypdf
import pytest

from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item
from outreach.services.drafting.drafts import LetterOrder, approve_drafts, draft_letters
from outreach.services.drafting.senders import change_sender
from outreach.services.gifts.gifts import plan_gifts
from outreach.services.mail import accounts
from outreach.services.people.people import NewPerson, add_person
from outreach.store import workspace
from tests.mailserver import CA, PASSWORD, MailServer


@pytest.fixture
def ours(folder, opening) -> tuple[object, ...]:
    """A workspace with two approved letters of a campaign, and one about another title."""
    with workspace.writing(folder, opening) as store:
        change_sender(store, name="Hanna Okafor", email="hanna@house.example", organisation="Finch & Marlow",
                      postal_address="12 Quay Street\nBristol BS1 4QA")  # fmt: skip
        values = {"author": "Safiya Renn", "hook": "A salt farm.", "imprint": "Finch", "pub_date": "2027-03-03"}
        for title in ("The Salt Orchard", "The Glass Lake"):
            add_item(store, title, values, editions=[NewEdition(EditionFormat.PROOF, copies=9)])
        people = [add_person(store, NewPerson(f"Reader {n}", [f"r{n}@readers.example"]))[0] for n in (1, 2)]
        plan_gifts(store, 1, people, campaign="Spring")
        lines = dict.fromkeys(people, "You wrote of salt in March.")
        letters = draft_letters(store, LetterOrder("first-pitch", 1, tuple(people), lines)).letters
        approve_drafts(store, letters)
        draft_letters(store, LetterOrder("first-pitch", 2, (1,), lines))
    return ("--workspace", folder)


def test_the_history_is_of_a_person_a_title_a_campaign(cli, ours) -> None:
    def found(*what: object) -> list[tuple[str, str, str]]:
        rows = cli(*ours, "--json", "letters", "history", *what).json
        return [(row["id"], row["title"], row["state"]) for row in rows]

    salt = [("l2", "The Salt Orchard", "approved"), ("l1", "The Salt Orchard", "approved")]
    glass = ("l3", "The Glass Lake", "draft")
    assert sorted(found()) == sorted([*salt, glass])
    assert sorted(found("--person", "p1")) == sorted([salt[1], glass])
    assert found("--item", "i2") == [glass]
    assert sorted(found("--campaign", "Spring")) == sorted(salt)
    assert found("--sent") == []
    assert "No letter was written" in cli(*ours, "letters", "history", "--sent").out
    told = cli(*ours, "letters", "history").out
    assert "Reader 1" in told and "Approved" in told
    assert cli(*ours, "letters", "history", "--campaign", "none").code == 2


def test_a_letter_is_shown_linked_and_copied(cli, ours) -> None:
    whole = cli(*ours, "letters", "show", "l1").out
    assert "Reader 1 <r1@readers.example>" in whole and "You wrote of salt in March." in whole
    link = cli(*ours, "letters", "show", "l1", "--link").out.strip()
    assert link.startswith("mailto:r1@readers.example?subject=The%20Salt%20Orchard") and "%0D%0A" in link
    assert cli(*ours, "letters", "show", "l1", "--text").out.startswith("Dear Reader,")
    assert cli(*ours, "letters", "show", "l9").code == 2


def test_files_are_attached_listed_and_taken_off(cli, ours, tmp_path) -> None:
    sheet, program = tmp_path / "press sheet.pdf", tmp_path / "setup.exe"
    sheet.write_bytes(b"%PDF-1.7 a sheet")
    program.write_bytes(b"MZ")
    about = (*ours, "letters", "attachments", "--item", "i1")
    assert "press sheet.pdf" in cli(*about, "--add", sheet).out
    assert "p2" in cli(*about, "--add", sheet, "--to", "p2").out
    assert "everyone" in cli(*about).out
    refused = cli(*about, "--add", program)
    assert (refused.code, "is a program" in refused.err) == (2, True)
    assert cli(*about, "--add", tmp_path / "none.pdf").code == 2
    assert cli(*ours, "letters", "attachments").code == 2
    assert cli(*about, "--take-off", 99).code == 2
    assert "Taken off" in cli(*about, "--take-off", 1).out
    draft = (*ours, "letters", "attachments", "--letter", "l3")
    assert "press sheet.pdf" in cli(*draft, "--add", sheet).out
    assert "press sheet.pdf (1 kB)" in cli(*ours, "letters", "show", "l3").out
    fixed = cli(*ours, "letters", "attachments", "--letter", "l1", "--add", sheet)
    assert (fixed.code, "no draft any more" in fixed.err) == (2, True)


def test_letters_are_painted_with_their_address(cli, ours, tmp_path) -> None:
    out = tmp_path / "letters.pdf"
    assert "2 letters on 2 pages" in cli(*ours, "letters", "print", out).out
    first, second = (page.extract_text().replace("\t", " ") for page in pypdf.PdfReader(out).pages)
    assert "Finch & Marlow" in first and "Reader 1" in first and "You wrote of salt in March." in first
    assert "Reader 2" in second and "---" not in second
    assert cli(*ours, "letters", "print", out, "--only", "l3", "--page", "A5").code == 0


def test_nothing_is_painted_where_nothing_is_approved(cli, folder, tmp_path) -> None:
    refused = cli("--workspace", folder, "letters", "print", tmp_path / "none.pdf")
    assert refused.code == 2 and not (tmp_path / "none.pdf").exists()


def test_a_test_goes_to_oneself_and_nobody_else(cli, ours, folder, opening, monkeypatch, tmp_path) -> None:
    sheet = tmp_path / "press sheet.pdf"
    sheet.write_bytes(b"%PDF-1.7 a sheet")
    assert cli(*ours, "letters", "attachments", "--letter", "l3", "--add", sheet).code == 0
    assert cli(*ours, "letters", "test", "l3").code == 2, "no account is known"
    with MailServer() as server:
        with workspace.writing(folder, opening) as store:
            accounts.change_account(
                store, smtp_host="localhost", smtp_port=str(server.port), user="hanna@house.example"
            )
        monkeypatch.setattr(accounts, "password_of", lambda *_: PASSWORD)
        done = cli("--ca-file", CA, *ours, "letters", "test", "l3")
        assert (done.code, "hanna@house.example" in done.out) == (0, True)
        ((whom, raw),) = server.accepted
    read = email.message_from_bytes(raw, policy=policy.default)
    assert (whom, read["To"].addresses[0].addr_spec, read["Cc"]) == ("hanna@house.example",) * 2 + (None,)
    assert read["Subject"] == "Test: The Glass Lake, if you would like one"
    assert [part.get_filename() for part in read.iter_attachments()] == ["press sheet.pdf"]
    assert "Dear Reader" in read.get_body(("plain",)).get_content()
    states = [row["state"] for row in cli(*ours, "--json", "letters", "history").json]
    assert sorted(states) == ["approved", "approved", "draft"], "nothing is noted"


def test_a_preview_tells_what_was_found_in_a_letter(cli, ours) -> None:
    good = (*ours, "letters", "preview", "--item", "i2", "--to", "p1")
    shown = cli(*good, "--opening", "You must post by Friday, in exchange for a copy.")
    assert "! The letter presses: “post by”" in shown.out
    (letter,) = cli("--json", *good, "--opening", "You wrote of salt.").json["letters"]
    assert letter["findings"] == []
