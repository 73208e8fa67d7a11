"""Sending what is due in the outbox, one letter at a time, at a pace that mail systems take for a person's."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from outreach.changes import Changes
from outreach.jobs import Job
from outreach.services.mail.outbox import Envelope
from outreach.services.mail.transport import Carrier, Password, Server, SmtpCarrier, Verdict, VerdictKind, trusted

#: So many letters go in one batch: personal letters are few, and more at once are taken for mass mail.
BATCH = 50
#: After so many troubles in a row the rest waits: the trouble is not the letters'.
_PATIENCE = 3
_TICK = 0.05

#: Takes the next letter that is due, and keeps what became of one; both on the thread that may write.
Take = Callable[[], tuple[Envelope | None, Changes]]
Settle = Callable[[int, Verdict], Changes]


@dataclass(slots=True)
class Sent:
    """What came of a round of sending.

    Attributes:
        by_kind: How many letters ended how.
        stopped: What the server said when it did not want to go on; empty where all that was due was tried.
    """

    by_kind: dict[VerdictKind, int] = field(default_factory=dict)
    stopped: str = ""

    @property
    def sent(self) -> int:
        """How many were accepted."""
        return self.by_kind.get(VerdictKind.SENT, 0)


def send_by_account(  # noqa: PLR0913 - the account and all that `send_due` needs
    server: Server, password: str, ca_file: Path | None, take: Take, settle: Settle, job: Job, *,
    most: int = BATCH, pace_seconds: float = 2.0,
) -> Sent:  # fmt: skip
    """As `send_due`, by the user's own account; the server is called only once it has let us in.

    Raises:
        KnownError: as `SmtpCarrier.deliver`; then no letter was taken.
    """
    with SmtpCarrier(server, Password(password), trusted(ca_file)) as carrier:
        return send_due(carrier, take, settle, job, most=most, pace_seconds=pace_seconds)


def send_due(
    carrier: Carrier, take: Take, settle: Settle, job: Job, *, most: int = BATCH, pace_seconds: float = 2.0
) -> Sent:
    """Send what is due until nothing is, the batch is full, or the server wants no more.

    Cancelling ends it between two letters.

    Args:
        carrier: The open conversation with the server.
        take: Takes the next letter; it is marked as being sent when this returns.
        settle: Keeps what became of it.
        job: Progress, and whether to go on.
        most: How many go in this round.
        pace_seconds: How long to wait between two.

    Raises:
        KnownError: the server, its certificate or the password is at fault; the letter in hand is queued again.
        Cancelled: when the user stopped it.
    """
    done, troubles = Sent(), 0
    for number in range(most):
        job.report(number)
        envelope, _ = take()
        if envelope is None:
            break
        try:
            verdict = carrier.deliver(envelope.from_address, envelope.to_address, envelope.message, envelope.copied)
        except Exception:
            # It never came to the letter: the server was not reached, or did not let us in.
            settle(envelope.letter_id, Verdict(VerdictKind.UNHEARD))
            raise
        settle(envelope.letter_id, verdict)
        done.by_kind[verdict.kind] = done.by_kind.get(verdict.kind, 0) + 1
        troubles = troubles + 1 if verdict.kind in (VerdictKind.UNHEARD, VerdictKind.UNCLEAR) else 0
        if verdict.ends or troubles >= _PATIENCE:
            done.stopped = verdict.text or verdict.kind.value
            break
        _wait(pace_seconds, job, number + 1)
    return done


def _wait(seconds: float, job: Job, number: int) -> None:
    """Wait between two letters, and stop waiting when the job is cancelled."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        job.report(number)
        time.sleep(min(_TICK, seconds))
