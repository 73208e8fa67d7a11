"""What the commands say of programmes, by code."""

#: Whole sentences, by code.
SENTENCES: dict[str, str] = {
    "programmes.started": "Began the programme {name} as {programme}.",
    "programmes.edited": "Changed {programme}.",
    "programmes.line": "{kind}, {deal}, since {opened_day}.",
    "programmes.closed_since": "Closed on {closed_day}.",
    "programmes.from_campaign": "It came from the campaign {campaign}, and stays when that is over.",
    "programmes.size": "{joined} of {target:member|members} wanted, {invited} invited, {alumni} left as alumni.",
    "programmes.size_open": "{joined:member|members}, {invited} invited, {alumni} left as alumni.",
    "programmes.bound": "What its members post in a season is {deal}, and counts as no organic post, whatever the title.",
    "programmes.free": "Nothing is agreed with its members, so what they post is their own.",
    "programmes.looks_for": "Looks for {label}: {share} of the score, by {reads} ({wanted}).",
    "programmes.looks_for_needed": "Looks for {label}: {share} of the score, by {reads} ({wanted}); needed.",
    "programmes.season_line": "{name}: {starts_day} to {ends_day}, {members}.",
    "programmes.weighed": "Noted what {programme} looks for.",
    "programmes.season_planned": "Planned the season {name} of {programme}.",
    "programmes.season_dropped": "Took the season {name} of {programme} away.",
    "programmes.not_known": "{label}: not known",
    "programmes.known": "{label}: {share}, {said}",
    "programmes.between": "{low} to {high}",
    "programmes.proposed": "Proposed {shown} of {considered} who could be scored. How many follow somebody is no part of it.",
    "programmes.nothing_known": "Of {number:person|people} nothing is known that it looks for; they are in no order.",
    "programmes.left_out": "Not proposed: {which}.",
    "programmes.covers": "{label}: known of {known}, {met} have it.",
    "programmes.invited": "Noted that {people} were invited into {programme}.",
    "programmes.joined": "{programme} has {members}.",
    "programmes.left": "{people} are alumni of {programme} from now on.",
    "programmes.taken_out": "Took {people} out of {programme}.",
    "programmes.promoted": "{people} of {campaign} are in {programme} from now on.",
    "programmes.promoted_out": "{number:person|people} stay out: they asked not to be contacted, or are not of age.",
    "programmes.given": "Noted what {people} were given. It is no gift, and is told apart.",
    "programmes.reward_dropped": "Took row {row} of the ledger away.",
    "programmes.unknown_value": "Of {number:row|rows} the value is not known.",
}

#: Phrases that depend on a number: for one, for many.
COUNTED: dict[str, tuple[str, str]] = {
    "programmes": ("{number} programme", "{number} programmes"),
    "candidates": ("{number} candidate", "{number} candidates"),
    "rewards": ("{number} row in the ledger", "{number} rows in the ledger"),
    "kept.programme_member": ("a place in {number} programme", "places in {number} programmes"),
}
