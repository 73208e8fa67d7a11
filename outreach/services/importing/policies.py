"""What becomes of values that are there already, kind by kind."""

from enum import StrEnum


class Policy(StrEnum):
    """What becomes of a value that is there already, where a list brings another one.

    Of what there may be several (e-mail addresses, accounts, tags, tastes, notes) the new one always comes beside the
    old ones; ``replace`` puts it first, or in the place of the notes.
    """

    REPLACE = "replace"
    ADD = "add"
    KEEP = "keep"
