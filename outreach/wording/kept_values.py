"""What is kept about one person in the words that the window has for it: codes, days, amounts, yes and no."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from outreach.fields.platforms import platform_name
from outreach.services.shipments.carriers import load_carriers
from outreach.wording.words import Words

#: By table and column the kind of term that a stored code is.
_CODES = {
    ("allocation_line", "reason"): "missed",
    ("attachment", "kind"): "letter_kind",
    ("audience_share", "field"): "audience_field",
    ("author_offer", "state"): "offer_state",
    ("bounce", "kind"): "letter_back",
    ("club", "kind"): "club_kind",
    ("club", "spoilers"): "spoilers",
    ("club", "state"): "club_state",
    ("club_copies", "kind"): "copies_kind",
    ("club_session", "state"): "session_state",
    ("consent", "basis"): "basis",
    ("disclosure_check", "place"): "disclosure_place",
    ("disclosure_check", "seen"): "seen",
    ("event", "kind"): "event_kind",
    ("event", "state"): "event_state",
    ("feed", "kind"): "feed_kind",
    ("feed", "state"): "feed_state",
    ("found_post", "confidence"): "mention_confidence",
    ("found_post", "proofs"): "mention_proof",
    ("found_post", "state"): "found_state",
    ("gift", "deal"): "deal",
    ("gift", "edition"): "format",
    ("gift", "obliges"): "obliges",
    ("gift", "signing"): "signing",
    ("gift", "state"): "gift_state",
    ("gift_step", "state"): "gift_state",
    ("join_request", "state"): "request_state",
    ("letter", "kind"): "letter_kind",
    ("letter", "state"): "letter_state",
    ("other_role", "role"): "role",
    ("outbox", "state"): "outbox_state",
    ("outcome", "evidence"): "sale_evidence",
    ("outcome", "kind"): "outcome",
    ("permission", "edits"): "edits",
    ("permission", "scope"): "scope",
    ("permission", "state"): "permission_state",
    ("person", "role"): "role",
    ("person_document", "kind"): "document_kind",
    ("person_look", "kind"): "look",
    ("person_note", "kind"): "note_kind",
    ("policy_rule", "kind"): "policy_kind",
    ("post", "kind"): "post_kind",
    ("post", "nature"): "nature",
    ("post", "nature_reason"): "nature_reason",
    ("programme_member", "state"): "member_state",
    ("programme_reward", "kind"): "reward_kind",
    ("programme_reward", "obliges"): "obliges",
    ("reading", "source"): "reading_source",
    ("reading", "status"): "reading_status",
    ("reading_subject", "kind"): "taste_kind",
    ("reply", "outcome"): "reply_outcome",
    ("roster_answer", "answer"): "client_answer",
    ("sale", "evidence"): "sale_evidence",
    ("sale", "kind"): "sale_kind",
    ("shipment", "state"): "shipment_state",
    ("taste_evidence", "kind"): "proof",
    ("taste_note", "kind"): "taste_kind",
    ("taste_note", "polarity"): "polarity",
    ("taste_note", "side"): "side",
    ("venue", "kind"): "venue_kind",
}
#: Columns that hold 1 or 0.
_YES_OR_NO = frozenset({
    "allow_private", "allows", "from_proof", "genres_only", "is_adult", "is_automatic", "is_current", "is_given",
    "is_open", "is_sensitive", "liked", "no_pitch", "once_enjoyed",
})  # fmt: skip
#: Columns that hold a day, beside those that end with ``_on``; a moment, beside those with ``_at``.
_DAYS = frozenset({"hope_until", "away_until"})
_MOMENTS = frozenset({"author_slot", "club_session", "not_before"})
#: Amounts in minor units, with the column that has their currency.
_MONEY = {"amount_minor": "currency", "cost_minor": "cost_currency", "postage_minor": "postage_currency",
          "value_minor": "currency"}  # fmt: skip
_CURRENCIES = frozenset(_MONEY.values())


def kept_row(words: Words, table: str, row: Mapping[str, Any]) -> dict[str, str]:
    """A row of a table by its columns, each as it is read; an amount has its currency with it."""
    told = {_MONEY[name]: name for name in row if name in _MONEY}
    return {name: _told(words, table, row, name) for name in row if not (name in _CURRENCIES and name in told)}


def _told(words: Words, table: str, row: Mapping[str, Any], name: str) -> str:
    value = row[name]
    if (table, name) in _CODES:
        return ", ".join(words.term(_CODES[table, name], each) for each in _several(value))
    if name in _YES_OR_NO:
        return words.term("adult", "yes" if value else "no")
    if name in _MONEY and row.get(_MONEY[name]):
        return words.money(value, row[_MONEY[name]])
    if isinstance(value, str):
        return _said(words, table, row, name, value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _said(words: Words, table: str, row: Mapping[str, Any], name: str, value: str) -> str:
    kind = row.get("kind")
    if name.endswith("_on") or name in _DAYS:
        return words.day(value)
    if name.endswith("_at") or name in _MOMENTS:
        return words.moment(value) if "T" in value else words.day(value)
    if name == "subject" and kind == "genre":
        return words.named(value)
    if (table, name, kind) == ("taste_evidence", "text", "shelf"):
        return words.term("reading_source", value)
    is_country = (table, name, row.get("field")) == ("audience_share", "value", "country")
    read = Words.country if is_country else _READ.get((table, name), _READ.get(("", name)))
    return read(words, value) if read is not None else value


def _several(value: str) -> list[str]:
    """The words of a list, as it is stored; else the one word."""
    return list(json.loads(value)) if value.startswith("[") else [value]


def _carrier(_words: Words, code: str) -> str:
    known = load_carriers().get(code)
    return known.name if known else code


#: Other values by table and column, or by column alone, as they are read.
_READ: dict[tuple[str, str], Callable[[Words, str], str]] = {
    ("", "carrier"): _carrier,
    ("", "country"): Words.country,
    ("", "language"): Words.language_name,
    ("", "platform"): lambda _words, code: platform_name(code),
    ("found_post", "words"): lambda _words, stored: ", ".join(_several(stored)),
    ("permission", "territory"): lambda words, codes: ", ".join(map(words.country, codes.split())),
}
