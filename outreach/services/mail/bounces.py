"""What a mail says that could not be delivered: whom it is about, and whether her address is wrong for good.

Reports for machines come first (RFC 3464, RFC 5965 for complaints); many systems write for people only, so that words
decide for those. In doubt the address is held to be right: "hard" is said only where a status or a phrase says so.
"""

import re
import tomllib
from dataclasses import dataclass
from email.message import Message
from functools import cache
from typing import Any

from outreach.paths import resource

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
#: A line that begins with an address tells what happened to it.
_BEGINS = re.compile(rf"(?m)^[ \t]*<?({_ADDRESS.pattern})>?(?=:|[ \t]*$)")
_SEVERAL = 2
_STATUS = re.compile(r"(?<![0-9.])([245]\.\d{1,3}\.\d{1,3})(?![0-9.])")
#: Where a report for people quotes the letter that came back.
_QUOTED = re.compile(
    r"(?im)^(?:-{2,}.*(?:copy of|original message|message headers|returned message|unsent message).*|"
    r"received: .*|return-path: .*|message-id: .*|--- below this line.*)$"
)
#: So much of a text is looked at; reports say what they have to say at the beginning.
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Bounce:
    """What came back.

    Attributes:
        kind: ``hard``: the address is wrong for good; ``soft``: it may well be right; ``delayed``: still being tried;
            ``complaint``: it arrived, and was reported as unwanted.
        addresses: Whom it is about, as the report writes them; several where it does not tell them apart.
        status: As RFC 3463 has it, such as ``5.1.1``; empty where none is given.
        why: The other system's own words.
        message_ids: Those of the letter that came back.
    """

    kind: str
    addresses: tuple[str, ...]
    status: str = ""
    why: str = ""
    message_ids: tuple[str, ...] = ()


@cache
def words() -> dict[str, tuple[str, ...]]:
    """The words by which bounces are known, from ``resources/bounces.toml``."""
    data = tomllib.loads(resource("bounces.toml").read_text(encoding="utf-8"))
    return {name: tuple(each.lower() for each in found) for name, found in data.items()}


def bounces_of(mail: Message) -> list[Bounce]:
    """What a mail says of letters that came back, one for each reason; none when it is no such mail."""
    if _is_complaint(mail):
        return [Bounce("complaint", _originals(mail), why="feedback report", message_ids=_message_ids(mail))]
    fields = _delivery_fields(mail)
    if not fields and (is_automatic(mail) or not _looks_returned(mail)):
        return []
    said, ids = _reason(_text(mail)), _message_ids(mail)
    if not fields:
        blocks = _blocks(said) or [(_addresses(mail, said), said)]
        parts = [(whom, block, next(iter(_STATUS.findall(block)), "")) for whom, block in blocks]
        return [Bounce(_hardness(status, block), whom, status, _short(block), ids) for whom, block, status in parts]
    found = []
    for each in [each for each in fields if each["action"] in ("failed", "")] or fields:
        whom = _ADDRESS.findall(each.get("original-recipient", "")) or _ADDRESS.findall(each.get("final-recipient", ""))
        told = next((block for named, block in _blocks(said) if list(named) == whom), said)
        why = each.get("diagnostic-code", "") or each.get("x-notes", "") or told
        status = each["status"]
        if not _STATUS.fullmatch(status) or status.endswith(".0.0"):
            status = next(iter(_STATUS.findall(why)), status)
        kind = "delayed" if each["action"] == "delayed" else _hardness(status, why)
        found.append(Bounce(kind, tuple(whom) or _addresses(mail, said), status, _short(why), ids))
    return found


def is_automatic(mail: Message) -> bool:
    """Whether a machine wrote it by itself, such as "out of office"; RFC 3834."""
    submitted = str(mail.get("Auto-Submitted", "no")).lower()
    if submitted.startswith("auto-replied"):
        return not _from_system(mail)
    subject = str(mail.get("Subject", "")).lower()
    return any(name in mail for name in words()["automatic_headers"]) or any(
        subject.startswith(each) for each in words()["automatic_subjects"]
    )


def _is_complaint(mail: Message) -> bool:
    subject = str(mail.get("Subject", "")).lower()
    return any(part.get_content_type() == "message/feedback-report" for part in _parts(mail)) or any(
        subject.startswith(each) for each in words()["complaints"]
    )


def _looks_returned(mail: Message) -> bool:
    if "X-Failed-Recipients" in mail:
        return True
    subject = str(mail.get("Subject", "")).lower()
    is_named = any(each in subject for each in words()["subjects"])
    if _from_system(mail):
        return is_named or any(each in _text(mail).lower() for each in words()["texts"])
    return is_named and str(mail.get("Return-Path", "")).strip() == "<>"


def _from_system(mail: Message) -> bool:
    sender = f"{mail.get('From', '')} {mail.get('Return-Path', '')}".lower()
    return any(each in sender for each in words()["senders"])


def _hardness(status: str, said: str) -> str:
    """Words come before statuses, since many systems answer 5.1.1 to a letter they hold for spam."""
    said = said.lower()
    if status in words()["passing_statuses"] or any(each in said for each in words()["elsewhere"]):
        return "soft"
    if status in words()["gone_statuses"] and status != "5.1.1":
        return "hard"
    is_gone = any(each in said for each in words()["gone"])
    is_passing = any(each in said for each in words()["passing"])
    if is_gone != is_passing:
        return "hard" if is_gone else "soft"
    return "hard" if status == "5.1.1" or (is_gone and status.startswith("5.1.")) else "soft"


def _parts(mail: Message) -> list[Message]:
    return [part for part in mail.walk() if isinstance(part, Message)]


def _delivery_fields(mail: Message) -> list[dict[str, str]]:
    """For each recipient of a delivery report its fields, by lower-case name."""
    found = []
    for part in _parts(mail):
        if part.get_content_type() != "message/delivery-status":
            continue
        payload: Any = part.get_payload()
        blocks = payload if isinstance(payload, list) else []
        for block in blocks:
            fields = {name.lower(): " ".join(str(value).split()) for name, value in block.items()}
            if "final-recipient" in fields or "original-recipient" in fields or "action" in fields:
                fields["action"] = fields.get("action", "").lower().split(" ")[0]
                fields["status"] = fields.get("status", "").split(" ")[0]
                found.append(fields)
    return found


def _blocks(said: str) -> list[tuple[tuple[str, ...], str]]:
    """The parts of a report that begins a line with each address it is about; none where it names but one."""
    begins = list(_BEGINS.finditer(said))
    if len({each[1].lower() for each in begins}) < _SEVERAL:
        return []
    ends = [each.start() for each in begins[1:]] + [len(said)]
    return [((each[1],), said[each.start() : end]) for each, end in zip(begins, ends, strict=True)]


def _addresses(mail: Message, said: str) -> tuple[str, ...]:
    """Whom a report for people is about."""
    found = _ADDRESS.findall(str(mail.get("X-Failed-Recipients", "")))
    if not found:
        own = {each.lower() for each in _ADDRESS.findall(f"{mail.get('To', '')} {mail.get('From', '')}")}
        found = [each for each in _ADDRESS.findall(said) or _originals(mail) if each.lower() not in own]
        found = [each for each in found if not each.lower().startswith("postmaster@")] or list(_originals(mail))
    return tuple(dict.fromkeys(each.rstrip(".") for each in found))


def _originals(mail: Message) -> tuple[str, ...]:
    """To whom the letter that came back had been written."""
    found = []
    for part in _parts(mail)[1:]:
        if "Message-ID" in part or part.get_content_type() == "message/feedback-report":
            found += [str(part.get(name, "")) for name in ("To", "Original-Rcpt-To")]
        if part.get_content_type() == "text/rfc822-headers":
            found += re.findall(r"(?im)^to:(.*)$", _decoded(part))
    return tuple(dict.fromkeys(_ADDRESS.findall(" ".join(found))))


def _message_ids(mail: Message) -> tuple[str, ...]:
    found = [str(mail.get(name, "")) for name in ("In-Reply-To", "References")]
    found += [str(part.get("Message-ID", "")) for part in _parts(mail)[1:]]
    found += re.findall(r"(?im)^message-id:\s*(<[^>\s]+>)", _text(mail))
    return tuple(dict.fromkeys(re.findall(r"<[^<>\s]+@[^<>\s]+>", " ".join(found))))


def _short(said: str) -> str:
    return " ".join(said.split())[:500]


def _text(mail: Message) -> str:
    kept = [_decoded(part) for part in _parts(mail) if part.get_content_maintype() == "text"]
    return "\n".join(kept)[:_LONGEST]


def _decoded(part: Message) -> str:
    raw: Any = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    charset = part.get_content_charset("utf-8")
    try:
        text = raw[: _LONGEST * 4].decode(charset, "replace")
    except LookupError:
        text = raw[: _LONGEST * 4].decode("latin-1")
    return re.sub(r"<[a-zA-Z/!][^>]{0,500}>", " ", text) if part.get_content_subtype() == "html" else text


def _reason(text: str) -> str:
    """What a report says itself, without the letter that it quotes."""
    quoted = _QUOTED.search(text, 40)
    return text[: quoted.start()] if quoted else text
