"""Letters from the list to the server and back: by keys, against a real server, with a clock that is moved."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from outreach.app import Session, session
from outreach.photos import settle as settled
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item
from outreach.services.drafting.handing_out import messages_of
from outreach.services.drafting.senders import change_sender
from outreach.services.gifts.gifts import plan_gifts
from outreach.services.mail import accounts
from outreach.services.mail.mailbox import Fetched, Place
from outreach.services.mail.outbox import OutboxState, hand_over, take_next
from outreach.services.mail.outbox import settle as settle_letter
from outreach.services.mail.replies import keep_mail
from outreach.services.mail.transport import Verdict, VerdictKind
from outreach.services.pages.person import person_page
from outreach.services.people.addresses import current_address
from outreach.services.people.people import NewPerson, add_person
from outreach.services.posts import NewPost, add_post
from outreach.settings import Settings
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Attachment, Gift, KeptFact, Letter, LetterTemplate, Outbox, Reply
from outreach.store.workspace import Opening
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.pages.letter_menu import letter_menu
from outreach.ui.theme import Theme
from outreach.ui.widgets.menus import Menu
from tests.conftest import NOW
from tests.mailserver import CA, PASSWORD, MailServer
from tests.ui.conftest import Answers
from tests.ui.test_flow import dialog_of, no_dialog, press

pytestmark = pytest.mark.begins("letters")

CTRL = Qt.KeyboardModifier.ControlModifier


class Clock:
    """The one thing that is set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def fill(store: Store, people: int, silent: int) -> int:
    """A title planned for some people, of whom the last said nothing yet that a letter could begin with."""
    change_sender(store, name="Hanna Okafor", email="hanna@house.example", postal_address="1 Mill Lane, Leeds")
    first, _ = add_item(store, "The Glass Lake", {"author": "Ada Marsh"})
    values = {"author": "Safiya Renn", "hook": "A salt farm.", "imprint": "Finch", "pub_date": "2027-03-03",
              "description": "A salt farm in March."}  # fmt: skip
    item, _ = add_item(store, "The Salt Orchard", values, editions=[NewEdition(EditionFormat.PROOF, copies=99)])
    ids = [add_person(store, NewPerson(f"Reader{n} Hill", [f"r{n}@readers.example"]))[0] for n in range(people)]
    for n, person in enumerate(ids[: people - silent]):
        add_post(
            store, NewPost(url=f"https://blog.example/{n}", person_id=person, item_id=first, text="I read it twice.")
        )
    plan_gifts(store, item, ids)
    return item


@pytest.fixture
def desk_of(
    qapp: QApplication, theme: Theme, tmp_path: Path, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Session]]:
    """Opens a window on letters that are to be written."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CA))
    opening, open_ = Opening(clock=clock, by="HO", program="window"), []

    def close() -> None:
        for manager, opened in open_:
            opened.window.close()
            manager.__exit__(None, None, None)
        open_.clear()

    def opens(server: MailServer | None = None, *, people: int = 3, silent: int = 1, again: bool = False) -> Session:
        close()
        with workspace.writing(folder, opening) as store:
            if not again:
                fill(store, people, silent)
            if server is not None:
                accounts.change_account(store, smtp_host="localhost", smtp_port=str(server.port),
                                        user="hanna@house.example", pace="0")  # fmt: skip
        manager = session(qapp, folder, tmp_path / "home", Settings(initials="HO"), theme=theme, opening=opening)
        opened = manager.__enter__()
        open_.append((manager, opened))
        opened.window.resize(1440, 900)
        opened.window.show()
        settled(opened)
        return opened

    yield opens
    close()
    qapp.sendPostedEvents(None, 52)


def type_password(opened: Session, qtbot) -> None:
    """The one thing that is asked for, once, where the computer has no keyring."""
    qtbot.waitUntil(lambda: not no_dialog(opened), timeout=20_000)
    field = dialog_of(opened).findChild(QLineEdit)
    field.setText(PASSWORD)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_twelve_letters_three_with_a_gap_are_sent_with_twenty_keys(desk_of, clock, qtbot) -> None:
    with MailServer() as server:
        opened = desk_of(server, people=12, silent=3)
        keys = 0

        def key(*what) -> None:
            nonlocal keys
            keys += 1
            press(qtbot, opened, *what)
            settled(opened)

        key(Qt.Key.Key_6, CTRL)
        for _ in range(9):
            key(Qt.Key.Key_A)
        assert Letter.select().where(Letter.state == "approved").count() == 9
        for n in range(3):
            QGuiApplication.clipboard().setText(f"You kept a lighthouse in March, {n}.")
            key(Qt.Key.Key_V, CTRL)
            key(Qt.Key.Key_Return)
            key(Qt.Key.Key_A)
        assert Letter.select().where(Letter.state == "approved").count() == 12
        key(Qt.Key.Key_Return, CTRL)
        assert keys == 20
        assert opened.window.toast.isVisible()
        assert not server.accepted, "there is time to think again"
        clock.now += timedelta(seconds=21)
        type_password(opened, qtbot)
        qtbot.waitUntil(lambda: len(server.accepted) == 12, timeout=60_000)
        settled(opened)
        assert sorted(whom for whom, _ in server.accepted) == sorted(f"r{n}@readers.example" for n in range(12))
        assert {row.state for row in Outbox.select()} == {OutboxState.SENT}
        assert {gift.state for gift in Gift.select()} == {"asked"}
        assert sum(b"You kept a lighthouse in March" in raw for _, raw in server.accepted) == 3
        assert opened.window.page.tabs.tabs["outbox"].accessibleDescription() == ""


def test_what_was_sent_a_moment_ago_is_held_back_with_undo(desk_of, clock, qtbot) -> None:
    with MailServer() as server:
        opened = desk_of(server)
        for what in ((Qt.Key.Key_6, CTRL), (Qt.Key.Key_A,), (Qt.Key.Key_Return, CTRL)):
            press(qtbot, opened, *what)
            settled(opened)
        assert Outbox.select().count() == 1
        press(qtbot, opened, Qt.Key.Key_Z, CTRL)
        settled(opened)
        assert (Outbox.select().count(), Letter.get().state) == (0, "approved")
        clock.now += timedelta(seconds=30)
        press(qtbot, opened, Qt.Key.Key_Z, CTRL)
        settled(opened)
        assert Letter.get().state == "approved", "no undo reaches behind the outbox"
        assert not server.accepted


def test_what_was_being_sent_when_the_program_ended_is_for_a_person_to_say(desk_of, qtbot) -> None:
    opened = desk_of()
    for what in ((Qt.Key.Key_6, CTRL), (Qt.Key.Key_A,)):
        press(qtbot, opened, *what)
        settled(opened)
    letter = Letter.get(Letter.state == "approved").id

    def left_behind(store: Store):
        hand_over(store, [letter], hold_seconds=0)
        return take_next(store)

    opened.desk.runner.write(left_behind)
    settled(opened)
    assert Outbox.get().state == OutboxState.SENDING
    opened = desk_of(again=True)
    opened.window.go("letters")
    page = opened.window.page
    page.tabs.choose("outbox")
    settled(opened)
    assert Outbox.get().state == OutboxState.UNCLEAR
    assert page.outbox._again.isVisible()
    page.outbox._arrived.click()
    settled(opened)
    assert (Outbox.get().state, Letter.get_by_id(letter).state) == (OutboxState.SENT, "sent")


def test_a_missing_fact_is_filled_once_or_left_out_and_pressure_stops_a_letter(desk_of, qtbot) -> None:
    opened = desk_of(people=2, silent=0)
    body = LetterTemplate.get(LetterTemplate.name == "first-pitch").body
    opened.window.go("letters")
    page = opened.window.page
    page.tabs.choose("templates")
    settled(opened)
    templates = page.templates
    templates.editor.setPlainText(body.replace("Could I", "You live in {{ person.city }}. Could I"))
    press(qtbot, opened, Qt.Key.Key_Return, CTRL)
    settled(opened)
    assert LetterTemplate.select().where(LetterTemplate.name == "first-pitch").count() == 2, "every version is kept"
    page.tabs.choose("merge")
    settled(opened)
    merging = page.merging
    first, other = (row.id for row in merging.merge.people)
    assert merging.pane.box.fact == "person.city"
    assert not merging.pane.approve.isEnabled()
    merging.pane.box.take("Hull")
    qtbot.keyClick(merging.pane.box.field, Qt.Key.Key_Return)
    settled(opened)
    assert [(row.person_id, row.name, row.value) for row in KeptFact.select()] == [(first, "person.city", "Hull")]
    assert "You live in Hull." in merging.merge._texts[first].text
    assert merging.pane.approve.isEnabled()
    merging.table.select_ids([other], other)
    merging.pane.box._leave.click()
    settled(opened)
    assert "You live in" not in merging.merge._texts[other].text
    assert "Could I send you a copy?" in merging.merge._texts[other].text
    write = merging.pane._opening
    write.setFocus()
    write.setText("Send it back with a review by May.")
    merging.table.setFocus()
    settled(opened)
    assert [each.code for each in merging.merge.findings_of(merging._current())][:1] == ["lint.pressure"]
    assert not merging.pane.approve.isEnabled()
    merging.approve()
    settled(opened)
    assert not Letter.select().exists()


ANSWER = b"""From: Reader0 Hill <r0@readers.example>
To: hanna@house.example
Subject: Re: The Salt Orchard
Message-ID: <one@readers.example>
Date: Tue, 24 Nov 2026 11:00:00 +0000

Yes please. My address is:

12 Quay Street
Bristol BS1 4QA
UK

Thanks
"""


def test_an_answer_is_judged_with_one_key_and_its_address_is_taken(desk_of, qtbot) -> None:
    opened = desk_of()
    opened.desk.runner.write(lambda store: keep_mail(store, Fetched((ANSWER,), Place(1, 1))))
    opened.window.go("letters")
    page = opened.window.page
    page.tabs.choose("replies")
    settled(opened)
    assert page.tabs.tabs["replies"].accessibleDescription() == "1"
    row = page.replies.current()
    page.replies._address.click()
    dialog_of(opened, Dialog).go.click()
    settled(opened)
    place = current_address(row.person_id)
    assert (place.line1, place.city, place.postcode, place.country) == ("12 Quay Street", "Bristol", "BS1 4QA", "GB")
    page.replies.table.setFocus()
    press(qtbot, opened, Qt.Key.Key_Y)
    settled(opened)
    assert Reply.get().outcome == "confirmed"
    assert page.tabs.tabs["replies"].accessibleDescription() == ""
    found = person_page(opened.desk.store, row.person_id)
    assert [(each.mark, each.detail) for each in found.timeline if each.mark == "reply"] == [("reply", "confirmed")]


def test_a_letter_is_copied_opened_and_printed(desk_of, tmp_path) -> None:
    opened = desk_of(people=1, silent=0)
    opened.desk.files = Answers(tmp_path)
    opened.window.go("letters")
    settled(opened)
    merging = opened.window.page.merging
    letter = merging.merge._texts[merging.merge.people[0].id]
    copy, open_, print_ = letter_menu(opened.desk, merging.pane, letter).actions()
    copy.trigger()
    assert QGuiApplication.clipboard().text().startswith("Dear Reader0,")
    open_.trigger()
    (link,) = opened.desk.files.shown
    assert link.startswith("mailto:r0@readers.example?subject=The%20Salt%20Orchard")
    assert "%0D%0A" in link
    print_.trigger()
    settled(opened)
    assert (tmp_path / "Reader0 Hill.pdf").read_bytes().startswith(b"%PDF")
    # While Alt is held, wherever the focus is, as long as the letter is seen.
    QTest.keyPress(opened.window.windowHandle(), Qt.Key.Key_Alt)
    assert "Catalogue: The Salt Orchard" in merging.pane._sources.text()
    QTest.keyRelease(opened.window.windowHandle(), Qt.Key.Key_Alt)
    assert merging.pane._sources.isHidden()
    opened.window.go("today")
    QTest.keyPress(opened.window.windowHandle(), Qt.Key.Key_Alt)
    opened.window.go("letters")
    assert merging.pane._sources.isHidden()


def test_the_account_is_tried_out_before_it_is_saved(desk_of, qtbot) -> None:
    opened = desk_of()
    with MailServer() as server:
        opened.desk.ask("mail")
        dialog = dialog_of(opened, Dialog)
        dialog.form.set_values({**dialog.form.values(), "smtp_host": "localhost", "smtp_port": str(server.port),
                                "user": "hanna@house.example", "password": "wrong"})  # fmt: skip
        dialog.test.click()
        settled(opened)
        assert "does not let hanna@house.example in" in dialog.trouble.text()
        dialog.form.set_values({**dialog.form.values(), "password": PASSWORD})
        dialog.test.click()
        settled(opened)
        assert (dialog.test.text(), dialog.trouble.text()) == ("It works", "")
        dialog.submit()
        settled(opened)
    assert accounts.account().smtp_host == "localhost"
    assert PASSWORD not in str(accounts.as_values(accounts.account()))


def test_files_are_attached_shown_fixed_and_taken_off(desk_of, tmp_path, qtbot) -> None:
    sheet, program = tmp_path / "Press sheet.pdf", tmp_path / "setup.exe"
    sheet.write_bytes(b"%PDF-1.7 a sheet")
    program.write_bytes(b"MZ")
    opened = desk_of(people=2, silent=0)
    opened.window.go("letters")
    settled(opened)
    merging, answers = opened.window.page.merging, Answers(tmp_path)
    opened.desk.files = answers
    pane, first = merging.pane, merging.table.current_id()

    def offered() -> dict[str, QAction]:
        menu = Menu(pane)
        pane.files.offer(menu)
        return {act.text(): act for act in menu.actions()}

    answers.chosen = program
    offered()["Attach a file to all letters about this title"].trigger()
    settled(opened)
    assert not Attachment.select().exists(), "a program goes with no letter"
    if not no_dialog(opened):
        dialog_of(opened, Dialog).close_overlay()
    answers.chosen = sheet
    pane.files.attach(None)
    settled(opened)
    assert [each.name for each in pane.files.files] == ["Press sheet.pdf"]
    press(qtbot, opened, Qt.Key.Key_A)
    settled(opened)
    letter = Letter.get(Letter.person == first)
    ((_, raw),) = messages_of(opened.desk.store, [letter.id])
    assert b"Press sheet.pdf" in raw
    offered()["Take off Press sheet.pdf"].trigger()
    settled(opened)
    assert pane.files.files == [] and pane.files.isHidden(), "no other letter has it any more"
    merging.table.select_ids([first], first)
    settled(opened)
    assert [each.name for each in pane.files.files] == ["Press sheet.pdf"], "what is approved keeps it"
    assert not any("Take off" in text for text in offered())


def test_a_letter_is_tried_out_on_oneself_and_all_are_kept_in_one_file(desk_of, tmp_path, qtbot) -> None:
    with MailServer() as server:
        opened = desk_of(server, people=2, silent=0)
        opened.window.go("letters")
        settled(opened)
        merging, page = opened.window.page.merging, opened.window.page
        letter = merging.merge._texts[merging.table.current_id()]
        page.courier.try_letter(letter, merging.merge.item_id, merging.merge.kind.value)
        type_password(opened, qtbot)
        qtbot.waitUntil(lambda: bool(server.accepted), timeout=20_000)
        settled(opened)
        ((whom, raw),) = server.accepted
        assert whom == "hanna@house.example" and b"Subject: Test: The Salt Orchard" in raw
        assert not Outbox.select().exists() and not Letter.select().exists()
    press(qtbot, opened, Qt.Key.Key_A)
    settled(opened)
    opened.desk.files = Answers(tmp_path)
    page.courier.save_mbox(page)
    settled(opened)
    assert (tmp_path / "letters.mbox").read_bytes().count(b"From outreach@localhost") == 1


def test_the_history_shows_each_letter_as_it_went(desk_of, qtbot) -> None:
    opened = desk_of(people=3, silent=0)
    for what in ((Qt.Key.Key_6, CTRL), (Qt.Key.Key_A,), (Qt.Key.Key_A,)):
        press(qtbot, opened, *what)
        settled(opened)
    letters = [row.id for row in Letter.select().order_by(Letter.id)]

    def gone(store: Store):
        hand_over(store, letters, hold_seconds=0)
        for _ in letters:
            envelope, _changes = take_next(store)
            settle_letter(store, envelope.letter_id, Verdict(VerdictKind.SENT, 250, "ok"))
        to = b"In-Reply-To: " + Letter.get_by_id(letters[0]).message_id.encode()
        answer = ANSWER.replace(b"Subject", to + b"\nSubject")
        return keep_mail(store, Fetched((answer,), Place(1, 1)))

    opened.desk.runner.write(gone)
    settled(opened)
    page = opened.window.page
    page.tabs.choose("history")
    settled(opened)
    history = page.history
    assert [history._state(row) for row in history._page.rows] == ["Sent", "Not read yet"]
    history._which.choose("answered")
    settled(opened)
    row = history._current()
    assert row is not None and row.id == letters[0]
    assert history.paper._letter.markdown == Letter.get_by_id(row.id).body
    assert "By template first-pitch 1" in history.about.text()
    assert "too few to say" in history.rates.text()
    history.whom.setText("nobody")
    settled(opened)
    assert history._current() is None
    assert history.title.count() == 2, "all titles, and the one"
