"""What the commands say of posts: noting them, putting them right, what was counted below them, stories, deals."""

SENTENCES: dict[str, str] = {
    "posts.edited": "Changed {post}: {person} on {title}. {nature}: {reason}.",
    "posts.removed": "Took {post} off the log.",
    "posts.said_at": "Said at: {outlet}",
    "posts.told_by": "Told by: {name}",
    "posts.head": "{post}: {person} on {title}, {on_day}",
    "posts.lies_behind": "{nature}: {reason}.",
    "posts.before_embargo": "Posted before its reviews were meant to appear ({embargo_day}). Noted, and nothing more.",
    "stories.kept": "Kept {file} with {post}, of {on_day}. Its SHA-256 is {hash}.",
    "stories.line": "Picture: {file}, {width} × {height}, kept on {on_day}, SHA-256 {hash}",
    "counts.noted": "Noted what was counted below {post} on {on_day}.",
    "counts.as_before": "That was noted already; nothing was changed.",
    "counts.rate": "  {share} by {formula}, counts of {on_day}",
    "counts.no_reading": "Nothing was counted below {post} so far.",
    "counts.kept": "{file}: {new:reading|readings} noted, {known} known already.",
    "counts.dry_run": "{file}: {rows:row|rows}, {wrong} of them cannot be kept. Nothing was changed.",
    "deals.changed": "{deal}: {gifts} ({which}).",
    "deals.became": "What depends on a post is no gift without obligation, so it is in kind.",
    "deals.posts": "{posts:post has|posts have} another nature now.",
    "delays.usual": "Usually speaks of a book within {days:day|days} of its arrival ({shortest} to {longest}, of {number} "
    "gifts).",
}
