"""Stored values of clubs, offers, events and venues, and the words people see for them."""

from outreach.wording.programme_terms import PROGRAMME_TERMS

CLUB_TERMS: dict[str, dict[str, str]] = PROGRAMME_TERMS | {
    "club_kind": {"club": "Club", "buddy_read": "Buddy read", "school": "School", "shop": "Shop"},
    "club_state": {"planned": "Planned", "reading": "Reading", "met": "Met", "wound_down": "Wound down quietly"},
    "spoilers": {
        "": "Nothing was agreed",
        "to_milestone": "Only up to where everyone has read",
        "marked": "Spoilers are marked",
        "free": "Everything may be told",
    },
    "offer_state": {"offered": "Offered", "taken_up": "Taken up", "declined": "Not this time", "lapsed": "Lapsed"},
    "session_state": {"planned": "Planned", "met": "Met", "cancelled": "Cancelled"},
    "request_state": {"waiting": "Waits", "joined": "Joined", "not_now": "Not now"},
    "copies_kind": {
        "asked": "asked for",
        "sent": "sent by us",
        "bought": "bought",
        "ordered": "ordered ahead",
        "passed_round": "passed round",
    },
    "event_kind": {
        "signing": "Signing",
        "stock_signing": "Stock signing",
        "workshop": "Workshop",
        "radio": "Radio",
        "talk": "Talk",
    },
    "event_state": {"planned": "Planned", "held": "Held", "cancelled": "Cancelled"},
    "venue_kind": {
        "shop": "Shop",
        "library": "Library",
        "school": "School",
        "radio": "Radio",
        "podcast": "Podcast",
        "newsletter": "Newsletter",
        "society": "Society",
        "festival": "Festival",
        "other": "Other",
    },
    "haunt_kind": {"listens": "Listen to", "reads": "Read", "attends": "Attend"},
}
