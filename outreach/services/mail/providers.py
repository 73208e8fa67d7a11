"""Mail services that many people use, as `resources/mail.toml` has them."""

import tomllib
from dataclasses import dataclass
from functools import cache

from outreach.paths import resource

SERVERS = ("smtp_host", "smtp_port", "smtp_security", "imap_host", "imap_port", "imap_security")


@dataclass(frozen=True, slots=True)
class Provider:
    """A mail service.

    Attributes:
        needs_app_password: Whether it wants a password made for one program.
        lets_no_passwords: Whether most of its accounts let no program in by a password.
    """

    key: str
    name: str
    values: dict[str, str]
    needs_app_password: bool
    lets_no_passwords: bool


@cache
def providers() -> tuple[Provider, ...]:
    """All services that are known."""
    data = tomllib.loads(resource("mail.toml").read_text(encoding="utf-8"))
    return tuple(
        Provider(key, each["name"], {name: each[name] for name in SERVERS}, bool(each.get("needs_app_password")),
                 bool(each.get("lets_no_passwords")))
        for key, each in data.items() if "smtp_host" in each
    )  # fmt: skip
