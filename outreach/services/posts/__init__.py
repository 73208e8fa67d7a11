"""Posts: every mention of an item, on social media or off it, and what lies behind it.

`log` notes them, `proposing` says beforehand what would be noted, `nature` decides what lies behind one, `readings` and
`count_files` keep what was counted below them, `stories` keeps pictures of what is gone in a day, `delays` says how
long somebody takes to speak of a gift. Whoever logs posts from elsewhere calls `note_post` inside their own operation.
"""

from outreach.services.posts.kinds import OFF_SOCIAL, Nature, PostKind, kind_of_link
from outreach.services.posts.log import (
    PostRow,
    add_post,
    add_posts,
    edit_post,
    list_posts,
    note_post,
    remove_post,
)
from outreach.services.posts.nature import first_contact, nature_of, renew
from outreach.services.posts.proposing import NewPost, Proposal, propose, read_pasted

__all__ = [
    "OFF_SOCIAL", "Nature", "NewPost", "PostKind", "PostRow", "Proposal", "add_post", "add_posts", "edit_post",
    "first_contact", "kind_of_link", "list_posts", "nature_of", "note_post", "propose", "read_pasted", "remove_post",
    "renew",
]  # fmt: skip
