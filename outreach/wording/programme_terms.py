"""Stored values of programmes, and the words people see for them."""

PROGRAMME_TERMS: dict[str, dict[str, str]] = {
    "programme_kind": {"ambassadors": "Ambassadors", "campus_reps": "Campus reps", "street_team": "Street team"},
    "member_state": {"invited": "Invited", "joined": "Joined", "alumni": "Alumni"},
    "criterion": {
        "aesthetic": "Aesthetics",
        "mood": "Mood",
        "audience": "Audience make-up",
        "audience_taste": "What the audience enjoys",
        "taste": "Own taste",
        "expertise": "Expertise",
        "repute": "Repute",
        "role": "Role",
        "organisation": "Organisation",
        "country": "Country",
        "language": "Language",
        "tag": "Tag",
    },
    "reward_kind": {
        "tokens": "Tokens",
        "swag": "Swag",
        "early_access": "Early access",
        "signed_copy": "Signed copy",
        "visit": "Author visit",
        "fee": "Fee",
        "other": "Something else",
    },
    "reward_tells": {
        "in_kind": "Asks for no post; in kind, so posts this season say so",
        "paid": "Asks for no post; paid, so posts this season say so",
        "posting": "Depends on a post: readers are told it is advertising",
        "approval": "Depends on our say: readers are told it is advertising",
    },
    "cohort_out": {
        "suppressed": "asked not to be contacted",
        "minor": "not of age",
        "archived": "archived",
        "in_it": "invited or in it already",
        "closed": "closed to requests",
        "not_yet": "to be asked later",
        "needed": "known to lack what is needed",
    },
}
