"""Troubles with posts, what was counted below them, pictures of stories, and what was agreed."""

SENTENCES: dict[str, str] = {
    "posts.gone": "{post} is not in the log any more.",
    "posts.too_many": "{number} addresses at once are too many; {most} is the most. Import them as a list of posts instead.",
    "posts.unknown_field": "A post has no “{name}”. It has: {known}.",
    "posts.nothing_said": "There is nothing to log: give an address, or say who spoke with --person and about what with "
    "--item.",
    "posts.one_each": "Words, a picture and the like belong to one post; {number} addresses were given. Log them one by one.",
    "posts.no_change": "Say what is different about {post}, for instance --item or --on.",
    "counts.none": "There is no count in it. Give at least one, for instance likes.",
    "counts.bad": "{value} is no count of {name}. A count is a whole number from 0 on.",
    "counts.future": "{on_day} is still to come. Counts are noted with the day they were read.",
    "counts.too_early": "The counts are of {on_day}, and the post is only of {posted_day}. Look at the day again.",
    "counts.no_columns": "{file} has no column that says which post a row is about, or none with counts. It has: {headers}. "
    "It needs “url” and at least one of likes, comments, shares, saves, views, questions.",
    "counts.too_many": "{file} has more than {most} rows. Divide it.",
    "counts.wrong_rows": "{file}: {wrong} of {rows} rows cannot be kept, the first of them row {row}, so none was. Put them "
    "right and import it again.",
    "stories.kind": "{file} is no PNG or JPEG picture. Save the screenshot as one of these.",
    "stories.too_large": "{file} is larger than {megabytes} MB or {pixels} million pixels. Save a smaller copy.",
    "stories.broken": "{file} cannot be shown: the picture is damaged. Take it again, or export it again.",
    "stories.twice": "The very same picture is kept already, with {post} since {on_day}. {file} was not kept again.",
    "deals.no_gifts": "No gift was named.",
    "deals.free_reward": "“{reward}” is more than the copy, so this is no gift with nothing asked in return. Call it in kind "
    "or paid.",
    "posts.no_change@window": "Nothing is different about {post}.",
    "deals.free_reward@window": "“{reward}” is more than the copy, so this is no gift with nothing asked in return. Choose In "
    "kind or Paid.",
    "posts.nothing_said@window": "There is nothing to log: paste an address, or say who spoke and about what.",
}
