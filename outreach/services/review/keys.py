"""By what rates are told."""

#: In the order in which they are shown.
AXES = ("genre", "tier", "role", "item", "campaign")
