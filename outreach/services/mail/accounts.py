"""The user's own mail account. The password is in the system's keyring, or is asked for; never in a file."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean
from outreach.services.mail.transport import Server
from outreach.store.database import Store
from outreach.store.models import WorkspaceSetting

_PREFIX = "mail."
_KEYRING = "Outreach"
_SECURITIES = ("starttls", "tls")
#: More seconds between two letters than anyone waits.
_SLOWEST = 600
#: Keyrings that keep passwords in a file that anyone can read, or nowhere.
_UNSAFE = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")


@dataclass(frozen=True, slots=True)
class MailAccount:
    """Where letters are handed in and answers are fetched; values as the settings hold them.

    Attributes:
        smtp_security: ``starttls`` or ``tls``; there is no third way.
        imap_host: Empty where answers are not fetched.
        drafts: The folder for drafts; empty for the one that the server names so.
        pace: Seconds between two letters.
    """

    smtp_host: str = ""
    smtp_port: str = "587"
    smtp_security: str = "starttls"
    user: str = ""
    imap_host: str = ""
    imap_port: str = "993"
    imap_security: str = "tls"
    drafts: str = ""
    pace: str = "2"

    def outgoing(self) -> Server:
        """Where letters are handed in.

        Raises:
            KnownError: ``mail.no_account``.
        """
        if not self.smtp_host or not self.user:
            raise KnownError("mail.no_account")
        return Server(self.smtp_host, int(self.smtp_port), self.user, self.smtp_security)

    def incoming(self) -> Server:
        """Where answers are fetched.

        Raises:
            KnownError: ``mail.no_mailbox``.
        """
        if not self.imap_host or not self.user:
            raise KnownError("mail.no_mailbox")
        return Server(self.imap_host, int(self.imap_port), self.user, self.imap_security)


def account() -> MailAccount:
    """The account of this workspace."""
    rows = WorkspaceSetting.select().where(WorkspaceSetting.name.startswith(_PREFIX))
    found = {row.name.removeprefix(_PREFIX): row.value for row in rows}
    return MailAccount(**{each.name: found[each.name] for each in fields(MailAccount) if each.name in found})


def is_mail_setting(name: str) -> bool:
    """Whether a setting such as ``mail.user`` is one of these."""
    return name.startswith(_PREFIX) and name.removeprefix(_PREFIX) in {each.name for each in fields(MailAccount)}


def as_values(mail: MailAccount) -> dict[str, str]:
    """The account's settings by their full names; there is no password among them."""
    return {f"{_PREFIX}{name}": value for name, value in asdict(mail).items()}


def change_account(store: Store, **values: str) -> Changes:
    """Set parts of the account; names as in `MailAccount`.

    Raises:
        KnownError: ``mail.bad_port``, ``mail.bad_security``, ``mail.bad_pace``.
    """
    cleaned = {name: _checked(name, clean(value)) for name, value in values.items()}
    with store.operation(Op.CHANGE_SETTINGS) as written:
        for name, value in cleaned.items():
            WorkspaceSetting.insert(name=f"{_PREFIX}{name}", value=value).on_conflict(
                conflict_target=[WorkspaceSetting.name], preserve=[WorkspaceSetting.value]
            ).execute()
    return written.changes


def password_of(server: Server, ask: Callable[[str], str]) -> str:
    """The password from the keyring; where there is no safe one, from the user, and it is kept nowhere."""
    kept = _keyring_get(server)
    return kept if kept else ask(f"{server.user}, {server.host}")


def keep_password(server: Server, password: str) -> bool:
    """Put a password into the system's keyring; False where there is no safe one, and nothing was kept."""
    import keyring
    from keyring.errors import KeyringError

    if not _is_safe():
        return False
    try:
        keyring.set_password(_KEYRING, _name(server), password)
    except KeyringError:
        return False
    return True


def _keyring_get(server: Server) -> str:
    import keyring
    from keyring.errors import KeyringError

    if not _is_safe():
        return ""
    try:
        return keyring.get_password(_KEYRING, _name(server)) or ""
    except KeyringError:
        return ""


def _is_safe() -> bool:
    import keyring

    chosen = keyring.get_keyring()
    several = getattr(chosen, "backends", None) or [chosen]  # one that asks others in turn
    return not any(type(each).__module__.startswith(_UNSAFE) for each in several)


def _name(server: Server) -> str:
    return f"{server.user}@{server.host}"


def _checked(name: str, value: str) -> str:
    if name.endswith("_port") and not (value.isdecimal() and 0 < int(value) < 2**16):
        raise KnownError("mail.bad_port", value=value)
    if name.endswith("_security") and value not in _SECURITIES:
        raise KnownError("mail.bad_security", value=value)
    if name == "pace" and not (value.isdecimal() and int(value) <= _SLOWEST):
        raise KnownError("mail.bad_pace", value=value, most=_SLOWEST)
    return value
