"""Checks of disclosure, a kind request, and the proof of both."""

import csv
from pathlib import Path

from outreach.services.disclosure.checks import NewCheck, ask_disclosure, check_disclosure, disclosures, refuse_asking
from outreach.services.disclosure.proof import proof, said_in
from outreach.services.disclosure.rules import Seen
from outreach.services.drafting import post_letters, senders
from outreach.services.drafting.drafts import LetterOrder, draft_letters
from outreach.services.people.people import edit_person
from outreach.services.sample.apart import SENDER
from outreach.store.database import Store
from outreach.store.models import Gift, Letter, Post
from outreach.wording import Words
from outreach.wording.disclosure_report import write_proof
from tests.services.rights.test_permissions import a_post, refused


def test_a_look_is_noted_with_what_was_seen(store: Store) -> None:
    post = a_post(store)
    assert disclosures([post])[post].verdict.why == "not_checked"
    check_disclosure(store, post, NewCheck(Seen.YES, "below_more", "#gifted"))
    check_disclosure(store, post, NewCheck(Seen.YES, "first_line", "#gifted"))
    known = disclosures([post])[post]
    assert (known.verdict.why, len(known.checks), known.checks[0].by) == ("clear", 2, "HO")
    with refused("disclosure.no_place"):
        check_disclosure(store, post, NewCheck(Seen.YES))
    with refused("disclosure.unknown_place"):
        check_disclosure(store, post, NewCheck(Seen.YES, "somewhere"))
    with refused("disclosure.bad_day"):
        check_disclosure(store, post, NewCheck(Seen.NO, checked_on="2027-01-01"))


def test_what_a_gift_depends_on_changes_what_is_to_be_told(store: Store) -> None:
    post = a_post(store)
    edit_person(store, Post.get_by_id(post).person_id, {"country": "GB"})
    check_disclosure(store, post, NewCheck(Seen.YES, "first_line", "#gifted"))
    assert disclosures([post])[post].verdict.why == "clear"
    Gift.update(obliges="approval").execute()
    assert disclosures([post])[post].verdict.why == "not_enough"
    Gift.update(obliges="posting").execute()
    assert disclosures([post])[post].received.deal == "in_kind"


def test_a_kind_request_is_a_draft(store: Store) -> None:
    senders.change_sender(store, **SENDER)
    post = a_post(store)
    with refused("disclosure.check_first"):
        refuse_asking(post)
    check_disclosure(store, post, NewCheck(Seen.NO))
    made = post_letters.render(store, post, post_letters.DISCLOSURE)
    letter, _ = ask_disclosure(store, made)
    row = Letter.get_by_id(letter)
    assert (row.state, row.kind) == ("draft", "disclosure")
    assert "gift" in row.body and "would not change a word" in row.body
    assert disclosures([post])[post].checks[0].letter == "draft"
    check_disclosure(store, post, NewCheck(Seen.YES, "first_line", "gifted"))
    with refused("disclosure.nothing_lacks"):
        ask_disclosure(store, made)
    Post.update(platform="amazon").execute()
    check_disclosure(store, post, NewCheck(Seen.NO))
    with refused("disclosure.hands_off"):
        refuse_asking(post)


def test_the_proof_shows_the_letter_that_said_so_and_each_look(store: Store, tmp_path: Path) -> None:
    senders.change_sender(store, **SENDER)
    post = a_post(store)
    row = Post.get_by_id(post)
    assert proof()[0].told_on == ""
    draft_letters(store, LetterOrder("first-pitch", row.item_id, (row.person_id,), {row.person_id: "You read widely."}))
    Letter.create(person=row.person_id, item=row.item_id, kind="note", state="sent", to_name="", to_address="",
                  subject="", body="Hello.", message_id="<2@x>", drafted_at="x", sent_at="2026-08-01T09:00:00Z")  # fmt: skip
    line = said_in(Letter.get(Letter.kind == "pitch").body)
    assert line.startswith("If you do mention it")
    Letter.update(state="sent", sent_at="2026-08-20T09:00:00Z").where(Letter.kind == "pitch").execute()
    check_disclosure(store, post, NewCheck(Seen.YES, "first_line", "#gifted"))
    (told,) = proof()
    assert (told.told_on, told.told_words, told.told_by) == ("2026-08-20", line, "first-pitch 1")
    assert (told.received, told.why) == (("gift",), "clear")
    write_proof(tmp_path / "proof.csv", Words("en_GB"), proof(), "2026-11-24")
    head, cells = csv.reader((tmp_path / "proof.csv").read_text("utf-8-sig").splitlines())
    assert len(head) == len(cells)
    assert cells[-1] == "24 Nov 2026, HO: Seen, In the first line: “#gifted”."
    write_proof(tmp_path / "proof.html", Words("en_GB"), proof(), "2026-11-24")
    page = (tmp_path / "proof.html").read_text("utf-8")
    assert "Juniper Hale" in page and "<script" not in page


def test_a_letter_that_left_after_the_post_told_her_nothing(store: Store) -> None:
    senders.change_sender(store, **SENDER)
    row = Post.get_by_id(a_post(store))
    draft_letters(store, LetterOrder("first-pitch", row.item_id, (row.person_id,), {row.person_id: "You read widely."}))
    Letter.update(state="sent", sent_at="2026-11-20T09:00:00Z").execute()
    assert proof()[0].told_on == ""
