"""What came of people, and whom a roster lacks: stored values and the words people see for them, and sentences."""

INFLUENCE_TERMS: dict[str, dict[str, str]] = {
    "came": {
        "joiners": "Joined their clubs",
        "copies": "Copies by code",
        "event_copies": "Copies at events",
        "clubs": "Clubs",
        "referrals": "Introductions",
        "posts": "Organic posts",
    },
    "came_short": {
        "joiners": "Joined",
        "copies": "By code",
        "event_copies": "At events",
        "clubs": "Clubs",
        "referrals": "Introduced",
        "posts": "Organic",
    },
    "came_proof": {
        "joiners": "Joined",
        "copies": "Copies",
        "event_copies": "Copies at an event",
        "clubs": "Club",
        "referrals": "Introduced",
        "posts": "Post",
    },
    "facet": {
        "genres": "Genre",
        "audiences": "Audience",
        "countries": "Country",
        "roles": "Voice",
    },
}

SENTENCES: dict[str, str] = {
    "influence.about": "What came of people. There is no score, and how many follow somebody is not looked at.",
    "influence.nobody": "Nothing has come of anybody yet, as far as is noted.",
    "influence.nothing_of": "Nothing has come of {person} yet, as far as is noted. That is fine.",
    "influence.range": "{low} to {high}",
    "influence.strength": "{number} {strength}",
    "influence.posted": "{part} of {whole:gift|gifts}, likely {low} to {high}",
    "influence.posted_few": "{part} of {whole:gift|gifts}, too few to say",
    "influence.introduced": "{part} of {whole:person|people}, likely {low} to {high}",
    "influence.introduced_few": "{part} of {whole:person|people}, too few to say",
    "influence.apart": "Counted apart: {parts}",
    "influence.apart_part": "{came} {number}, {deal}",
    "influence.before": "before you wrote",
    "influence.wrote": "Wrote {people} to {file}.",
    "coverage.everyone": "Everyone you know, against all titles",
    "coverage.of": "{name}, against its titles",
    "coverage.lacks_genre": "Nobody on it is known to enjoy {genre}.",
    "coverage.lacks_audience": "Nobody’s audience on it is known to enjoy {genre}.",
    "coverage.lacks_roles": "No voice of these kinds is on it: {roles}.",
    "coverage.lacks_countries": "Nobody on it lives in {countries}.",
    "coverage.some": "{name} (you know {number})",
    "coverage.full": "It has somebody for every genre of its titles.",
    "coverage.no_titles": "It is for no title yet, so there is nothing to hold its people against.",
    "coverage.wrote": "Wrote {file}.",
}

COUNTED: dict[str, tuple[str, str]] = {
    "influence.people": ("{number} person of whom something came", "{number} people of whom something came"),
    "coverage.people": ("{number} person", "{number} people"),
    "coverage.titles": ("{number} title", "{number} titles"),
    "coverage.few_genre": ("Only {number} person on it enjoys {genre}.", "Only {number} people on it enjoy {genre}."),
    "coverage.few_audience": (
        "The audience of only {number} person on it enjoys {genre}.",
        "The audiences of only {number} people on it enjoy {genre}.",
    ),
    "coverage.untold_genres": (
        "Of {number} person it is not known what she enjoys.",
        "Of {number} people it is not known what they enjoy.",
    ),
    "coverage.untold_audiences": (
        "Of {number} person it is not known what her audience enjoys.",
        "Of {number} people it is not known what their audiences enjoy.",
    ),
    "coverage.untold_countries": (
        "Of {number} person the country is not known.",
        "Of {number} people the country is not known.",
    ),
    "coverage.untold_roles": (
        "Of {number} person it is not known what kind of voice she is.",
        "Of {number} people it is not known what kind of voice they are.",
    ),
}
