"""The letters that were written: of a person, about a title, in a campaign; to be read, and never changed here."""

from dataclasses import dataclass

from peewee import fn

from outreach.services.drafting.attachments import LetterFile, files_of
from outreach.services.drafting.comparing import Answered, compared
from outreach.services.letters.parts import text_of
from outreach.store.models import Bounce, Campaign, Gift, Item, Letter, LetterTemplate, Reply

#: As many as anybody reads through; what is older is found by the search.
MOST = 500


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """A letter that was written.

    Attributes:
        day: When it went; when it was approved or drafted where it has not gone.
        state: ``draft``, ``approved``, ``queued`` or ``sent``.
        template: By which template, as ``first-pitch 2`` for its second version; empty where that is not known.
        answer: What a person's answer said, such as ``confirmed``; ``unread`` where nobody has judged it, empty where
            there is none.
        bounce: ``hard``, ``soft``, ``delayed`` or ``complaint`` where it came back.
    """

    id: int
    person_id: int
    to_name: str
    item_id: int | None
    title: str
    subject: str
    kind: str
    state: str
    day: str
    template: str
    answer: str
    bounce: str


@dataclass(frozen=True, slots=True)
class WholeLetter:
    """A letter as it went, or as it is to go."""

    record: LetterRecord
    to_address: str
    markdown: str
    text: str
    files: tuple[LetterFile, ...]


def letter_history(
    *, person_id: int | None = None, item_id: int | None = None, campaign_id: int | None = None, sent: bool = False
) -> list[LetterRecord]:
    """Letters, newest first; of what is named, all must hold.

    Args:
        person_id: To whom.
        item_id: About which title.
        campaign_id: Of the gifts of which campaign.
        sent: Only those that went.
    """
    day = fn.COALESCE(Letter.sent_at, Letter.approved_at, Letter.drafted_at)
    query = (
        Letter.select(Letter.id, Letter.person, Letter.to_name, Letter.item, Item.title, Letter.subject, Letter.kind,
                      Letter.state, day, LetterTemplate.name, LetterTemplate.version)
        .left_outer_join(Item).switch(Letter).left_outer_join(LetterTemplate)
    )  # fmt: skip
    if person_id is not None:
        query = query.where(Letter.person == person_id)
    if item_id is not None:
        query = query.where(Letter.item == item_id)
    if campaign_id is not None:
        query = query.where(Letter.gift.in_(Gift.select(Gift.id).where(Gift.campaign == campaign_id)))
    if sent:
        query = query.where(Letter.state == "sent")
    rows = list(query.order_by(day.desc(), Letter.id.desc()).limit(MOST).tuples())
    ids = [row[0] for row in rows]
    heard = Reply.select(Reply.letter, Reply.outcome).where(Reply.letter.in_(ids) & (Reply.is_automatic == 0))
    answers = {letter: outcome or "unread" for letter, outcome in heard.order_by(Reply.received_at).tuples()}
    back = Bounce.select(Bounce.letter, Bounce.kind).where(Bounce.letter.in_(ids))
    bounces = dict(back.order_by(Bounce.received_at).tuples())
    return [
        LetterRecord(letter, person, name, item, title or "", subject, kind, state, at[:10],
                     f"{template} {version}" if template else "", answers.get(letter, ""), bounces.get(letter, ""))
        for letter, person, name, item, title, subject, kind, state, at, template, version in rows
    ]  # fmt: skip


def whole_letter(letter_id: int) -> WholeLetter:
    """A letter with all its words and the names of its files."""
    row = Letter.get_by_id(letter_id)
    record = next(each for each in letter_history(person_id=row.person_id) if each.id == letter_id)
    return WholeLetter(record, row.to_address, row.body, text_of(row.body), tuple(files_of(letter_id)))


def letter_shown(letter_id: int) -> WholeLetter | None:
    """As `whole_letter`; None where it has gone."""
    return whole_letter(letter_id) if Letter.select().where(Letter.id == letter_id).exists() else None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """The history as the window shows it.

    Attributes:
        titles: Titles that letters were written about, by id.
        campaigns: Campaigns that letters were written in, by id.
        rates: How often the templates were answered by which the shown letters went, and how sure that is.
    """

    rows: tuple[LetterRecord, ...]
    titles: tuple[tuple[int, str], ...]
    campaigns: tuple[tuple[int, str], ...]
    rates: tuple[Answered, ...]


def history_page(item_id: int | None = None, campaign_id: int | None = None) -> HistoryPage:
    """The letters about a title and of a campaign, or all, with what else there is to choose from."""
    titles = (
        Item.select(Item.id, Item.title).where(Item.id.in_(Letter.select(Letter.item))).order_by(Item.title, Item.id)
    )
    written = Gift.select(Gift.campaign).where(Gift.id.in_(Letter.select(Letter.gift)))
    campaigns = Campaign.select(Campaign.id, Campaign.name).where(Campaign.id.in_(written))
    rows = letter_history(item_id=item_id, campaign_id=campaign_id)
    used = dict.fromkeys(row.template.rpartition(" ")[0].removesuffix("-b") for row in rows if row.state == "sent")
    rates = [each for name in used if name for each in compared(name) if each.sent]
    return HistoryPage(tuple(rows), tuple(titles.tuples()),
                       tuple(campaigns.order_by(Campaign.name, Campaign.id).tuples()), tuple(rates))  # fmt: skip
