"""What the commands and reports say."""

#: Whole sentences, by code.
SENTENCES: dict[str, str] = {}

#: Phrases that depend on a number: for one, for many.
COUNTED: dict[str, tuple[str, str]] = {
    "and_more": ("{words} and {number} more", "{words} and {number} more"),
    "people": ("{number} person", "{number} people"),
    "items": ("{number} title", "{number} titles"),
    "gifts": ("{number} gift", "{number} gifts"),
    "posts": ("{number} post", "{number} posts"),
    "rows": ("{number} row", "{number} rows"),
    "copies": ("{number} copy", "{number} copies"),
    "letters": ("{number} letter", "{number} letters"),
    "parcels": ("{number} parcel", "{number} parcels"),
    "clubs": ("{number} club", "{number} clubs"),
}
