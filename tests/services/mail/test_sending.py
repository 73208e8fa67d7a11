"""Letters leave once, or are told as unclear: against a server that breaks off at every point."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item
from outreach.services.drafting.drafts import LetterOrder, approve_drafts, draft_letters, preview_all
from outreach.services.drafting.senders import change_sender
from outreach.services.gifts.gifts import GiftState, list_gifts, plan_gifts
from outreach.services.mail import outbox
from outreach.services.mail.outbox import OutboxState
from outreach.services.mail.sending import Sent, send_due
from outreach.services.mail.transport import Password, Server, SmtpCarrier, trusted, try_out
from outreach.services.people.people import NewPerson, add_person, person_keys
from outreach.services.people.suppressions import SuppressionReason, suppress_keys
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Letter, Outbox
from outreach.store.workspace import Opening
from tests.conftest import NOW
from tests.mailserver import CA, PASSWORD, MailServer


class Clock:
    """The one thing that is set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self):
        return self.now

    def later(self, **spans: float) -> None:
        self.now += timedelta(**spans)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@contextmanager
def opened(folder: Path, clock: Clock) -> Iterator[Store]:
    """A workspace whose clock can be moved, with someone who writes."""
    with workspace.writing(folder, Opening(clock=clock, by="HO")) as store:
        change_sender(store, name="Hanna Okafor", email="hanna@house.example", postal_address="1 Mill Lane, Leeds")
        yield store


def approved_by(desk: Store, count: int, domain: str = "readers.example") -> list[int]:
    """Approved letters about one title to so many people."""
    values = {"author": "Safiya Renn", "hook": "A salt farm.", "imprint": "Finch", "pub_date": "2027-03-03"}
    proofs = NewEdition(EditionFormat.PROOF, copies=1000)
    item, _ = add_item(desk, "The Salt Orchard", values, editions=[proofs])
    people = [add_person(desk, NewPerson(f"Reader {n}", [f"r{n}@{domain}"]))[0] for n in range(count)]
    plan_gifts(desk, item, people)
    order = LetterOrder("first-pitch", item, tuple(people), dict.fromkeys(people, "You wrote of salt in March."))
    letters = list(draft_letters(desk, order).letters)
    approve_drafts(desk, letters)
    return letters


@pytest.fixture
def desk(folder: Path, clock: Clock) -> Iterator[Store]:
    with opened(folder, clock) as store:
        yield store


@pytest.fixture
def approved(desk: Store) -> Callable[[int], list[int]]:
    return lambda count: approved_by(desk, count)


def send(desk: Store, server: MailServer, *, most: int = 1000) -> Sent:
    """One round, as after the program was started anew."""
    outbox.recover(desk)
    place = Server("localhost", server.port, "hanna", "starttls")
    with SmtpCarrier(place, Password(PASSWORD), trusted(CA)) as carrier:
        return send_due(
            carrier, lambda: outbox.take_next(desk), lambda letter, verdict: outbox.settle(desk, letter, verdict),
            Job(), most=most, pace_seconds=0,
        )  # fmt: skip


def states() -> Counter[str]:
    return Counter(row.state for row in Outbox.select())


def test_what_is_approved_goes_as_it_was_approved_once_the_time_to_think_is_over(desk, approved, clock) -> None:
    letters = approved(2)
    frozen = [bytes(row.message) for row in Letter.select().order_by(Letter.id)]
    outbox.hand_over(desk, letters)
    with MailServer() as server:
        assert send(desk, server).sent == 0
        clock.later(seconds=21)
        assert send(desk, server).sent == 2
        assert send(desk, server).sent == 0
    assert [(whom, raw) for whom, raw in server.accepted] == [
        (f"r{n}@readers.example", raw) for n, raw in enumerate(frozen)
    ]
    message = message_from_bytes(frozen[0])
    assert message["List-Unsubscribe"] == "<mailto:hanna@house.example?subject=unsubscribe>"
    assert "X-Unsent" not in message
    assert [row.state for row in Letter.select()] == ["sent", "sent"]
    assert {gift.state for gift in list_gifts(desk)} == {GiftState.ASKED}
    assert server.in_clear == ["EHLO", "STARTTLS"] * 3, "nothing else is said before the line is safe"


@pytest.mark.parametrize(
    ("act", "state", "arrives"),
    [
        ("before_mail", "queued", 0), ("in_data", "unclear", 0), ("unheard", "unclear", 0), ("unanswered", "unclear", 1),
        ("421", "queued", 0), ("450", "later", 0), ("452", "later", 0), ("550", "refused", 0), ("554", "refused", 0),
        ("rcpt 450", "later", 0), ("rcpt 550", "refused", 0),
    ],
)  # fmt: skip
def test_each_way_to_break_off_is_told_as_what_it_is(desk, approved, clock, act, state, arrives) -> None:
    letters = approved(1)
    outbox.hand_over(desk, letters, hold_seconds=0)
    with MailServer({1: act}) as server:
        send(desk, server, most=1)
        assert states() == {state: 1}
        assert len(server.accepted) == arrives
        before = len(server.accepted)
        clock.later(hours=1)
        send(desk, server)
        assert states() == ({state: 1} if state in ("unclear", "refused") else {"sent": 1})
        assert len(server.accepted) - before == (state in ("queued", "later")), "and nothing goes twice"


def test_what_a_program_that_died_was_sending_is_unclear_and_only_a_person_decides(desk, approved) -> None:
    letters = approved(3)
    outbox.hand_over(desk, letters, hold_seconds=0)
    for _ in range(2):
        envelope, _ = outbox.take_next(desk)
        assert envelope is not None
    with MailServer() as server:
        assert send(desk, server).sent == 1
        assert states() == {"unclear": 2, "sent": 1}
        with pytest.raises(KnownError, match=r"outbox\.gone"):
            outbox.hold_back(desk, letters[:1])
        outbox.settle_unclear(desk, letters[:1], arrived=True)
        outbox.settle_unclear(desk, letters[1:2], arrived=False)
        assert send(desk, server).sent == 1
    assert states() == {"sent": 3}
    assert [whom for whom, _ in server.accepted] == ["r2@readers.example", "r1@readers.example"]


def test_a_plan_of_faults_and_restarts_never_sends_twice_and_loses_nothing(desk, approved, clock) -> None:
    chance = random.Random(7)
    acts = ["before_mail", "in_data", "unheard", "unanswered", "421", "450", "rcpt 452", "died", "died after"]
    faults = {number: chance.choice(acts) for number in chance.sample(range(1, 50), 15)}
    outbox.hand_over(desk, approved(50), hold_seconds=0)
    with MailServer({number: act for number, act in faults.items() if not act.startswith("died")}) as server:
        for number in range(60):
            if faults.get(number, "").startswith("died"):
                outbox.take_next(desk)
            send(desk, server, most=chance.randint(1, 9))
            clock.later(minutes=30)
            if not states() - Counter(sent=50, unclear=50, refused=50):
                break
    arrived = Counter(message_from_bytes(raw)["Message-ID"] for _, raw in server.accepted)
    assert max(arrived.values()) == 1
    for row in Outbox.select(Outbox, Letter).join(Letter):
        if row.state == "sent":
            assert arrived[row.letter.message_id] == 1
        else:
            assert row.state == "unclear"
    assert states()["unclear"] <= len(faults)
    assert states().total() == 50


def test_no_undo_makes_a_letter_go_again(desk, approved) -> None:
    letters = approved(1)
    outbox.hand_over(desk, letters, hold_seconds=0)
    assert not desk.undo(), "what came before is history too"
    with MailServer() as server:
        send(desk, server)
        while desk.undo():
            pass
        send(desk, server)
    assert len(server.accepted) == 1
    with pytest.raises(KnownError, match=r"outbox\.not_approved"):
        outbox.hand_over(desk, letters)
    item = Letter.get_by_id(letters[0]).item_id
    person = Letter.get_by_id(letters[0]).person_id
    order = LetterOrder("first-pitch", item, (person,), {person: "Again."})
    texts, problems = preview_all(desk, order)
    assert [problem.code for problem in problems] == ["letters.pitched_before"]
    assert not texts


def test_a_letter_can_be_held_back_until_it_goes(desk, approved) -> None:
    letters = approved(2)
    outbox.hand_over(desk, letters)
    outbox.hold_back(desk, letters[:1])
    assert [row.state for row in Letter.select().order_by(Letter.id)] == ["approved", "queued"]
    assert states() == {"queued": 1}


def test_who_asks_to_stop_while_a_letter_waits_gets_none(desk, approved, clock) -> None:
    letters = approved(2)
    outbox.hand_over(desk, letters, hold_seconds=0)
    first = Letter.get_by_id(letters[0]).person_id
    suppress_keys(desk, person_keys(first), SuppressionReason.ASKED)
    with MailServer() as server:
        assert send(desk, server).sent == 1
    assert states() == {"refused": 1, "sent": 1}
    assert [whom for whom, _ in server.accepted] == ["r1@readers.example"]


def test_what_waited_too_long_goes_only_when_someone_says_so(desk, approved, clock) -> None:
    outbox.hand_over(desk, approved(1), hold_seconds=0)
    clock.later(hours=13)
    with MailServer() as server:
        assert send(desk, server).sent == 0
    with pytest.raises(KnownError, match=r"outbox\.stale"):
        outbox.refuse_paused(desk, go_on=False)
    outbox.refuse_paused(desk, go_on=True)
    assert outbox.take_next(desk, stale_too=True)[0] is not None


def test_a_restored_backup_sends_nothing_by_itself(folder: Path, clock: Clock, opening: Opening) -> None:
    with opened(folder, clock) as desk:
        outbox.hand_over(desk, approved_by(desk, 2), hold_seconds=0)
        copy = workspace.back_up(desk)
        with MailServer() as server:
            assert send(desk, server).sent == 2
    workspace.restore(folder, copy, opening)
    with opened(folder, clock) as desk:
        assert outbox.is_paused()
        with pytest.raises(KnownError, match=r"outbox\.paused"):
            outbox.refuse_paused(desk, go_on=False)
        outbox.go_on(desk)
        outbox.refuse_paused(desk, go_on=False)


@pytest.mark.parametrize("certificate", ["expired", "elsewhere", "selfsigned"])
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_proves_nothing_hears_nothing(certificate: str, security: str) -> None:
    with MailServer(certificate=certificate, security=security) as server:
        place = Server("localhost", server.port, "hanna", security)
        with pytest.raises(KnownError) as refused:
            try_out(place, Password(PASSWORD), trusted(CA))
    assert refused.value.code == "mail.bad_certificate"
    assert not {"AUTH", "MAIL"} & set(server.in_clear)


def test_a_server_without_encryption_is_not_used() -> None:
    with MailServer(security="none") as server, pytest.raises(KnownError, match=r"mail\.no_encryption"):
        try_out(Server("localhost", server.port, "hanna", "starttls"), Password(PASSWORD), trusted(CA))
    assert server.in_clear == ["EHLO", "QUIT"] or server.in_clear == ["EHLO"]


def test_an_authority_nobody_named_is_not_trusted_and_a_wrong_password_is_told() -> None:
    with MailServer() as server:
        place = Server("localhost", server.port, "hanna", "starttls")
        with pytest.raises(KnownError, match=r"mail\.bad_certificate"):
            try_out(place, Password(PASSWORD), trusted())
        with pytest.raises(KnownError, match=r"mail\.wrong_password"):
            try_out(place, Password("wrong"), trusted(CA))
        try_out(place, Password(PASSWORD), trusted(CA))


def test_the_password_is_not_shown() -> None:
    assert PASSWORD not in repr(Password(PASSWORD))


def test_sending_stops_between_two_letters(desk, approved) -> None:
    outbox.hand_over(desk, approved(3), hold_seconds=0)
    job = Job()

    def settle(letter, verdict):
        job.cancel()
        return outbox.settle(desk, letter, verdict)

    with MailServer() as server:
        place = Server("localhost", server.port, "h", "starttls")
        with SmtpCarrier(place, Password(PASSWORD), trusted(CA)) as carrier, pytest.raises(Cancelled):
            send_due(carrier, lambda: outbox.take_next(desk), settle, job, pace_seconds=0)
    assert states() == {"sent": 1, "queued": 2}
    assert len(server.accepted) == 1


def test_a_server_out_of_reach_leaves_everything_as_it_was(desk, approved) -> None:
    outbox.hand_over(desk, approved(1), hold_seconds=0)
    with MailServer() as server:
        port = server.port
    with pytest.raises(KnownError, match=r"mail\.no_server"):
        SmtpCarrier(Server("localhost", port, "h", "starttls"), Password(PASSWORD), trusted(CA)).__enter__()
    assert states() == {"queued": 1}
    assert outbox.lines()[0].state is OutboxState.QUEUED


def test_only_a_draft_is_approved(desk, approved) -> None:
    with pytest.raises(KnownError, match=r"letters\.not_a_draft"):
        approve_drafts(desk, approved(1))
