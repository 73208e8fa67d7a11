"""Programmes: whom they look for, seasons, members, what members were given."""

SENTENCES: dict[str, str] = {
    "programmes.no_name": "A programme needs a name.",
    "programmes.name_taken": "There is a programme {name} already ({programme}).",
    "programmes.gone": "There is no programme {programme} any more.",
    "programmes.bad_size": "Between 1 and 1,000,000 members can be wanted. Write a number such as 175.",
    "programmes.bad_day": "“{value}” is no whole day. Write it like 2027-01-10.",
    "programmes.unknown_word": "“{value}” is no {name} of a programme. There are {known}.",
    "programmes.ends_first": "It would end on {ends_day}, before it begins on {starts_day}. Nothing was changed.",
    "programmes.has_rewards": "Members of {name} were given more than a copy, or were paid, so that cannot be called "
    "less. Take those rows off the ledger first. Nothing was changed.",
    "programmes.no_season_name": "A season needs a name, such as “Spring 2027”.",
    "programmes.season_taken": "There is a season {name} already.",
    "programmes.seasons_overlap": "{name} would overlap with {other}. Seasons follow each other. Nothing was changed.",
    "programmes.season_has_rewards": "Members were given something in {name}, so it stays. Nothing was changed.",
    "programmes.unknown_season": "There is no season “{name}”. There are {known}.",
    "programmes.followers": "How many follow somebody is no criterion: it says nothing of how they fit, and nobody is "
    "ranked by it. It is shown beside, as a tier. Choose the look, the make-up of the audience, or what they enjoy.",
    "programmes.sensitive": "{field} is kept only in a person’s own words, and nobody is chosen by it.",
    "programmes.audience_field": "“{value}” names no part of an audience. Write the field first, such as “age: 18 to 24”. "
    "Fields are {known}.",
    "programmes.bad_weight": "A weight is from 1 to 100, not {number}.",
    "programmes.no_words": "Say which words to look for, with commas between them.",
    "programmes.no_criterion": "There is no criterion {row} any more.",
    "programmes.no_criteria": "Say first what the programme looks for, with “outreach programmes criterion”.",
    "programmes.no_criteria@window": "Say first what the programme looks for, with Criteria.",
    "programmes.closed": "{name} closed on {closed_day}. Open it again to change who is in it.",
    "programmes.suppressed": "{person} asked not to be contacted. Nobody was changed.",
    "programmes.minor": "{person} is not of age, and no guardian is noted. Note one first. Nobody was changed.",
    "programmes.future": "{on_day} is still to come. Note it on the day itself.",
    "programmes.not_joined": "{person} is not in this programme now. Nothing was changed.",
    "programmes.before_joining": "{person} joined on {joined_day}, and cannot have left before. Nothing was changed.",
    "programmes.whom": "Say who it is about. Nothing was changed.",
    "programmes.no_member": "{person} is not in this programme. Nothing was changed.",
    "programmes.was_given": "{person} was given something, so they stay as alumni. Nothing was changed.",
    "programmes.nobody": "Nobody of that campaign can be taken in: nobody accepted, or they asked not to be contacted.",
    "programmes.free_reward": "{name} is a programme in which nothing is agreed, and more than a copy is no gift with "
    "nothing asked in return. Make it one in kind or paid first.",
    "programmes.fee_is_paid": "{name} is not a paid programme, so no fee belongs to it. Call it paid first.",
    "programmes.no_season": "{name} has no season on {on_day}. Plan one first, so that posts of that time count with it.",
    "programmes.bad_amount": "Between 1 and 1,000,000,000 can be given, not {number}.",
    "programmes.no_reward": "There is no row {row} in that ledger any more.",
}
