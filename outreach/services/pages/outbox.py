"""The outbox as the window shows it: what waits, what needs a person, what went, and what came back."""

from dataclasses import dataclass

from outreach.services.mail import outbox
from outreach.services.mail.outbox import OutboxState
from outreach.store.database import Store
from outreach.store.models import Bounce, Item, Letter, Outbox

#: The newest letters that were sent are shown; the rest is with the people and titles they belong to.
MOST_SENT = 2000
DECIDE = (OutboxState.UNCLEAR, OutboxState.REFUSED)


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A letter on its way.

    Attributes:
        id: The letter's.
        reply: What the server said last.
        bounce: ``hard``, ``soft``, ``delayed`` or ``complaint`` where it came back; empty where it did not.
        why: What the report said.
        at: When it went, or is to go.
    """

    id: int
    person_id: int
    to_name: str
    to_address: str
    subject: str
    title: str
    message_id: str
    state: str
    reply: str
    bounce: str
    why: str
    at: str

    @property
    def is_decided(self) -> bool:
        """Whether nobody has to do anything about it."""
        return self.state not in DECIDE


@dataclass(frozen=True, slots=True)
class OutboxPage:
    """The outbox.

    Attributes:
        paused: Whether nothing goes until somebody says so.
        stale: How many letters waited too long to go by themselves.
    """

    rows: tuple[OutboxRow, ...]
    paused: bool
    stale: int


def outbox_page(store: Store) -> OutboxPage:
    """What is in the outbox, what needs somebody first, then what goes next, then what went last."""
    bounces = {row.letter_id: row for row in Bounce.select().where(Bounce.letter.is_null(False)).order_by(Bounce.id)}
    query = (
        Outbox.select(Outbox.state, Outbox.not_before, Outbox.settled_at, Outbox.reply_code, Outbox.reply_text,
                      Letter.id, Letter.person, Letter.to_name, Letter.to_address, Letter.subject, Letter.message_id,
                      Item.title)
        .join(Letter)
        .left_outer_join(Item)
    )  # fmt: skip
    open_ = query.where(Outbox.state != OutboxState.SENT).order_by(Outbox.not_before, Outbox.id)
    gone = query.where(Outbox.state == OutboxState.SENT).order_by(Outbox.settled_at.desc(), Outbox.id.desc())
    rows = []
    for each in [*open_.tuples(), *gone.limit(MOST_SENT).tuples()]:
        state, not_before, settled, code, text, letter, person, name, address, subject, message_id, title = each
        bounce = bounces.get(letter)
        said = " ".join(filter(None, (str(code or ""), text)))
        kind, why = (bounce.kind, bounce.why) if bounce else ("", "")
        rows.append(OutboxRow(letter, person, name, address, subject, title or "", message_id, state, said, kind, why,
                              settled or not_before))  # fmt: skip
    rows.sort(key=lambda row: row.is_decided)
    return OutboxPage(tuple(rows), outbox.is_paused(), outbox.stale(store))


def letter_body(letter_id: int) -> str:
    """The Markdown of a letter as it was approved."""
    return str(Letter.get_by_id(letter_id).body)
