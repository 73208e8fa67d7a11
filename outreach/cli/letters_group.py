"""The group that all commands about letters are in."""

from outreach.cli.frame import group

letters = group(
    "letters",
    "Templates, drafts, approval, sending, answers.",
    {
        "letters": ("templates", "preview", "draft"),
        "mail": ("approve", "send", "outbox", "fetch", "replies"),
        "letters_kept": ("history", "show", "attachments", "print", "test"),
    },
)
