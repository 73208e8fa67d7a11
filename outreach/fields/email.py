"""E-mail addresses: read from cells, compared by a key."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from outreach.fields.text import clean

# RFC 5321, section 4.5.3.1: 64 characters before the @, and 254 in all (256 with the brackets round a path).
_LONGEST = 254
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_COMMON = re.compile(rf"(?=[^@]{{1,64}}@)(?:{_ATOM}\.)*{_ATOM}@(?!.*[Xx][Nn]--)(?:{_LABEL}\.)+[A-Za-z]{{2,63}}")
# Some country domains take mail themselves.
_AT_COUNTRY = re.compile(rf"(?=[^@]{{1,64}}@)(?:{_ATOM}\.)*{_ATOM}@[A-Za-z]{{2}}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# No line breaks: whoever reads a cell splits it first.
_BEFORE = " \t\u00a0\ufeff\u200b,;"
_AFTER = f"{_BEFORE}."
_BETWEEN = re.compile(r":::|[,;\r\n]")
_NAMED = re.compile(r"[^<>]*<([^<>]*)>")


@dataclass(frozen=True, slots=True)
class Email:
    """An address to write to, and the key by which two of them are the same."""

    address: str
    key: str


def parse_email(text: str) -> Email | None:
    """Read one address, also out of ``mailto:`` or ``Name <address>``.

    None for anything that cannot be written to, above all for what hides a line break, a space or a second ``@``. An
    address with a quoted part before the ``@`` is refused too: hardly any mail system takes it.
    """
    written = _trimmed(text) if len(text) <= 4 * _LONGEST else ""
    if written[-1:] == ">" or written[:7].lower() == "mailto:":
        written = _unwrap(written)
    if len(written) > _LONGEST:
        return None
    if _COMMON.fullmatch(written):
        return Email(written, written.lower())
    return _parse_unusual(written) if "@" in written else None


def split_emails(text: str) -> list[str]:
    """The pieces of a cell that may hold several addresses, in their order; each is still to be read."""
    return [piece for piece in map(str.strip, _BETWEEN.split(text)) if piece]


def _trimmed(text: str) -> str:
    return text.lstrip(_BEFORE).rstrip(_AFTER)


def _unwrap(text: str) -> str:
    named = _NAMED.fullmatch(text)
    if named:
        text = _trimmed(named.group(1))
    if text[:7].lower() == "mailto:":
        text = _trimmed(unquote(text[7:].partition("?")[0]))
    return text


def _parse_unusual(written: str) -> Email | None:
    if _CONTROL.search(written):
        return None
    written = clean(written)
    if " " in written or len(written) > _LONGEST:
        return None
    if _COMMON.fullmatch(written) or _AT_COUNTRY.fullmatch(written):
        return Email(written, written.lower())

    import email_validator  # heavy

    try:
        read = email_validator.validate_email(written, check_deliverability=False, strict=True)
    except email_validator.EmailNotValidError:
        return None
    return Email(written, f"{read.local_part}@{read.ascii_domain or read.domain}".casefold())
