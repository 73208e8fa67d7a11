"""What is said of letters: their kinds, how far they are, and what came back."""

#: By kind, then by stored value.
LETTER_TERMS: dict[str, dict[str, str]] = {
    "letter_kind": {
        "pitch": "Pitch",
        "address": "Asks for the address",
        "note": "Note in the parcel",
        "thanks": "Thank-you",
        "offer": "Offer to an author",
        "invitation": "Invitation to a club",
        "permission": "Asks for permission",
        "disclosure": "Asks to name the gift",
        "delivery": "Says it is on its way",
        "reply": "Answer",
        "reminder": "Reminder of a session",
        "introduction": "Thanks for an introduction",
        "week": "Tells of a week",
    },
    "letter_back": {
        "confirmed": "Yes",
        "pending": "Thinks about it",
        "passed": "Not this time",
        "not_now": "Not now",
        "wrong_person": "Wrong person",
        "stop": "Please stop",
        "unread": "Not read yet",
        "hard": "Address bounced",
        "soft": "Came back for now",
        "delayed": "Delayed",
        "complaint": "Marked as unwanted",
    },
    "letter_state": {"draft": "Draft", "approved": "Approved", "queued": "On its way", "sent": "Sent"},
}
