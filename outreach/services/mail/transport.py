"""The conversation with a mail server, so exact that it is known for each letter how far it came.

Only encrypted connections, only certificates that are checked (RFC 8314). A letter whose last dot was not answered may
have arrived; before that dot it has not.
"""

import smtplib
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from outreach.errors import KnownError

#: How long a server may think about one answer, in seconds; RFC 5321, section 4.5.3.2, is more patient.
_PATIENCE = 60.0
_DOT = b".\r\n"


class VerdictKind(StrEnum):
    """What became of a letter."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    UNCLEAR = "unclear"
    UNHEARD = "unheard"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a server made of a letter.

    Attributes:
        code: Its reply code; 0 where it did not answer.
        ends: Whether the server wants to hear nothing more for now.
    """

    kind: VerdictKind
    code: int = 0
    text: str = ""
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Server:
    """Where letters are handed in, or mail is fetched.

    Attributes:
        security: ``tls`` for encryption from the first byte, ``starttls`` for a connection that turns to it.
    """

    host: str
    port: int
    user: str
    security: str


class TokenSource(Protocol):
    """What proves that it is the user: a password today, an OAuth token where one is to be had."""

    def prove(self, smtp: smtplib.SMTP, user: str) -> None:
        """Log in; raises `smtplib.SMTPAuthenticationError` where that is refused."""


@dataclass(frozen=True, slots=True)
class Password:
    """The user's password, or one made for this program."""

    value: str

    def prove(self, smtp: smtplib.SMTP, user: str) -> None:
        """Log in with it."""
        smtp.login(user, self.value)

    def __repr__(self) -> str:
        return "Password(…)"


class Carrier(Protocol):
    """Takes one letter after another."""

    def deliver(self, from_address: str, to_address: str, message: bytes, copied: Sequence[str] = ()) -> Verdict:
        """Hand a letter in."""


def trusted(ca_file: Path | None = None) -> ssl.SSLContext:
    """Checks certificates and names; TLS 1.2 or newer.

    Raises:
        KnownError: ``mail.bad_ca_file``.
    """
    try:
        context = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except (OSError, ssl.SSLError) as error:
        raise KnownError("mail.bad_ca_file", file=str(ca_file), why=str(error)) from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class SmtpCarrier:
    """An open conversation with the user's mail server."""

    def __init__(self, server: Server, token: TokenSource, context: ssl.SSLContext) -> None:
        self._server = server
        self._token = token
        self._context = context
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        self._connect()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    def deliver(self, from_address: str, to_address: str, message: bytes, copied: Sequence[str] = ()) -> Verdict:
        """Hand a letter in; a connection that broke is made anew first.

        Raises:
            KnownError: ``mail.no_server``, ``mail.bad_certificate``, ``mail.no_encryption``, ``mail.wrong_password``.
        """
        if self._smtp is None:
            self._connect()
        smtp = self._smtp
        assert smtp is not None
        try:
            refusal = self._announce(smtp, from_address, to_address, copied)
            if refusal is not None:
                return refusal
            smtp.send(_stuffed(message))
        except (OSError, smtplib.SMTPException) as error:
            self._leave()
            return Verdict(VerdictKind.UNHEARD, text=str(error))
        try:
            smtp.send(_DOT)
            code, text = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._leave()
            return Verdict(VerdictKind.UNCLEAR, text=str(error))
        return Verdict(VerdictKind.SENT, code, _said(text)) if code == 250 else self._refusal(code, _said(text))

    def _announce(
        self, smtp: smtplib.SMTP, from_address: str, to_address: str, copied: Sequence[str]
    ) -> Verdict | None:
        """Say from whom and to whom; None when the server waits for the letter.

        That someone who is copied in cannot be reached keeps nothing from the one the letter is for.
        """
        code, text = smtp.mail(from_address)
        if code == 250:
            code, text = smtp.rcpt(to_address)
        if code in (250, 251):
            for address in copied:
                smtp.rcpt(address)
            code, text = smtp.docmd("DATA")
        return None if code == 354 else self._refusal(code, _said(text))

    def _refusal(self, code: int, text: str) -> Verdict:
        """Anything but a yes. 421 ends the conversation; RFC 5321, section 3.8."""
        if code == 421 or code < 0:
            self._leave()
            return Verdict(VerdictKind.UNHEARD, max(code, 0), text, ends=True)
        smtp = self._smtp
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                smtp.rset()
        if code in (530, 535, 538):
            raise KnownError("mail.wrong_password", host=self._server.host, user=self._server.user, why=text)
        kind = VerdictKind.LATER if 400 <= code < 500 else VerdictKind.REFUSED
        return Verdict(kind, code, text)

    def _connect(self) -> None:
        server = self._server
        place = f"{server.host}:{server.port}"
        try:
            smtp: smtplib.SMTP
            if server.security == "tls":
                smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=_PATIENCE, context=self._context)
            else:
                smtp = smtplib.SMTP(server.host, server.port, timeout=_PATIENCE)
                _turn_to_tls(smtp, self._context, place)
        except ssl.SSLCertVerificationError as error:
            raise KnownError("mail.bad_certificate", host=place, why=error.verify_message) from error
        except (OSError, smtplib.SMTPException) as error:
            raise KnownError("mail.no_server", host=place, why=_why(error)) from error
        try:
            self._token.prove(smtp, server.user)
        except smtplib.SMTPAuthenticationError as error:
            smtp.close()
            why = _said(error.smtp_error)
            raise KnownError("mail.wrong_password", host=place, user=server.user, why=why) from error
        except (OSError, smtplib.SMTPException) as error:
            smtp.close()
            raise KnownError("mail.no_server", host=place, why=_why(error)) from error
        self._smtp = smtp

    def _leave(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()


def try_out(server: Server, token: TokenSource, context: ssl.SSLContext) -> None:
    """Connect, log in and leave, to see whether it works.

    Raises:
        KnownError: as `SmtpCarrier.deliver`.
    """
    with SmtpCarrier(server, token, context):
        pass


def _turn_to_tls(smtp: smtplib.SMTP, context: ssl.SSLContext, place: str) -> None:
    smtp.ehlo()
    if not smtp.has_extn("starttls"):
        smtp.close()
        raise KnownError("mail.no_encryption", host=place)
    try:
        smtp.starttls(context=context)
        smtp.ehlo()
    except BaseException:
        smtp.close()
        raise


def _stuffed(message: bytes) -> bytes:
    """A message as DATA wants it: a line that begins with a dot has two; RFC 5321, section 4.5.2."""
    body = message if message.endswith(b"\r\n") else message + b"\r\n"
    stuffed = body.replace(b"\r\n.", b"\r\n..")
    return b"." + stuffed if stuffed.startswith(b".") else stuffed


def _said(text: bytes | str) -> str:
    return " ".join((text.decode("utf-8", "replace") if isinstance(text, bytes) else text).split())[:500]


def _why(error: Exception) -> str:
    said: Callable[[Exception], str] = str
    return (getattr(error, "strerror", None) or said(error) or type(error).__name__)[:300]
