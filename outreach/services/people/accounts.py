"""A person's e-mail addresses and accounts: handles of before, how many follow and when that was read."""

from dataclasses import dataclass
from typing import cast

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.accounts import parse_account, parse_former
from outreach.fields.numbers import parse_count
from outreach.fields.text import clean
from outreach.services.people.fields import whole_day
from outreach.services.people.people import add_account, add_email
from outreach.services.people.suppressions import Marks
from outreach.services.people.tiers import tier
from outreach.services.workspaces.data_rules import data_rules
from outreach.store.database import Store
from outreach.store.models import Account, AccountAlias, AudienceReading, EmailAddress, Person


@dataclass(frozen=True, slots=True)
class Reading:
    """How many followed on a day."""

    day: str
    followers: int
    source: str


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """An account with what it was called before and how its audience grew.

    Attributes:
        readings: The newest first.
        tier: What its newest reading makes it, for context; empty where there is none.
    """

    id: int
    platform: str
    handle: str
    url: str
    aliases: tuple[str, ...]
    readings: tuple[Reading, ...]
    tier: str


def accounts_of(person_id: int) -> tuple[AccountRecord, ...]:
    """The accounts of a person, the first one first."""
    accounts = list(Account.select().where(Account.person == person_id).order_by(Account.id))
    ids = [account.id for account in accounts]
    readings: dict[int, list[Reading]] = {}
    query = AudienceReading.select().where(AudienceReading.account.in_(ids))
    for row in query.order_by(AudienceReading.taken_on.desc(), AudienceReading.id.desc()):
        readings.setdefault(row.account_id, []).append(Reading(row.taken_on, row.followers, row.source))
    aliases: dict[int, list[str]] = {}
    for alias in AccountAlias.select().where(AccountAlias.account.in_(ids)).order_by(AccountAlias.id):
        aliases.setdefault(alias.account_id, []).append(alias.handle)
    starts = data_rules()
    return tuple(
        AccountRecord(
            account.id, account.platform, account.handle, account.url, tuple(aliases.get(account.id, ())),
            tuple(readings.get(account.id, ())),
            tier(readings[account.id][0].followers, starts) if account.id in readings else "",
        )
        for account in accounts
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AccountNews:
    """What is to be noted of an account.

    Attributes:
        profile: Its address, or ``platform:handle``.
        followers: How many follow, such as ``18.4k``.
        on: The day that was read; today where it is empty.
        source: Where it was read.
        alias: A handle that it had before, or has too.
    """

    profile: str
    followers: str = ""
    on: str = ""
    source: str = ""
    alias: str = ""


def save_account(store: Store, person_id: int, news: AccountNews) -> Changes:
    """Give a person an account, or note what is new of one she has: how many follow, what it was called before.

    An account of hers that is known by the handle of before is the same one: it is called by its new handle from now
    on, keeps what was read of it, and is still found by the old one.

    Raises:
        KnownError: as `outreach.services.people.people.add_account`, or ``accounts.bad_count``, ``people.no_day``.
    """
    count = _count(news.followers)
    day = whole_day(news.on) or store.today().isoformat()
    with store.operation(Op.EDIT_PERSON) as written:
        before = _called_before(person_id, news)
        add_account(person_id, news.profile, Marks(store))
        account = _account_of(person_id, news.profile)
        if before is not None and before != account:
            account = _renamed(before, account)
        if count is not None:
            AudienceReading.create(account=account.id, taken_on=day, followers=count, source=clean(news.source))
        if clean(news.alias):
            _add_alias(account, news.alias)
        Person.update(updated_at=store.now()).where(Person.id == person_id).execute()
    return written.changes


def remove_account(store: Store, account_id: int) -> Changes:
    """Take an account off a person, with what was read of it; it can be undone."""
    with store.operation(Op.EDIT_PERSON) as written:
        Account.delete().where(Account.id == account_id).execute()
    return written.changes


def emails_of(person_id: int) -> list[tuple[int, str]]:
    """The e-mail addresses of a person with their ids, the one we use first."""
    rows = EmailAddress.select(EmailAddress.id, EmailAddress.address).where(EmailAddress.person == person_id)
    return list(rows.order_by(EmailAddress.position, EmailAddress.id).tuples())


def save_email(store: Store, person_id: int, text: str) -> Changes:
    """Give a person another e-mail address.

    Raises:
        KnownError: as `outreach.services.people.people.add_email`.
    """
    with store.operation(Op.EDIT_PERSON) as written:
        position = EmailAddress.select().where(EmailAddress.person == person_id).count()
        add_email(person_id, text, position, Marks(store))
        Person.update(updated_at=store.now()).where(Person.id == person_id).execute()
    return written.changes


def use_email(store: Store, email_id: int) -> Changes:
    """Write to this e-mail address of a person from now on."""
    person = EmailAddress.get_by_id(email_id).person_id
    ordered = sorted(emails_of(person), key=lambda row: row[0] != email_id)
    with store.operation(Op.EDIT_PERSON) as written:
        _order_emails([row[0] for row in ordered])
    return written.changes


def remove_email(store: Store, email_id: int) -> Changes:
    """Take an e-mail address off a person. If it asked not to be written to, that stays."""
    person = EmailAddress.get_by_id(email_id).person_id
    with store.operation(Op.EDIT_PERSON) as written:
        EmailAddress.delete().where(EmailAddress.id == email_id).execute()
        _order_emails([row[0] for row in emails_of(person)])
    return written.changes


def _order_emails(ids: list[int]) -> None:
    for position, row_id in enumerate(ids):
        EmailAddress.update(position=position).where(EmailAddress.id == row_id).execute()


def _count(text: str) -> int | None:
    if not text.strip():
        return None
    count = parse_count(text)
    if count is None:
        raise KnownError("accounts.bad_count", value=text)
    return count


def _account_of(person_id: int, profile: str) -> Account:
    parsed = parse_account(profile)
    assert parsed is not None, "it was added a moment ago"
    found: Account = Account.get((Account.person == person_id) & (Account.key == parsed.key))
    return found


def _called_before(person_id: int, news: AccountNews) -> Account | None:
    """The account of hers that has the handle of before, where the new handle is not one of hers yet."""
    now = parse_account(news.profile)
    if now is None or not clean(news.alias):
        return None
    before = parse_former(news.alias, now.platform)
    hers = Account.select().where(Account.person == person_id)
    if before is None or hers.where(Account.key == now.key).exists():
        return None
    return cast("Account | None", hers.where((Account.key == before.key) & (Account.platform == now.platform)).first())


def _renamed(before: Account, now: Account) -> Account:
    """The account of before under the handle of the one that was just added in its place."""
    AccountAlias.get_or_create(account=before.id, key=before.key, defaults={"handle": before.handle})
    called = {"platform": now.platform, "handle": now.handle, "key": now.key, "url": now.url}
    Account.delete().where(Account.id == now.id).execute()
    Account.update(called).where(Account.id == before.id).execute()
    return before


def _add_alias(account: Account, alias: str) -> None:
    parsed = parse_former(alias, account.platform)
    if parsed is None:
        raise KnownError("people.bad_profile", value=alias)
    AccountAlias.get_or_create(account=account.id, key=parsed.key, defaults={"handle": parsed.handle})
