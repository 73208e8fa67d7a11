"""What the commands say of parcels: what carriers answer, inserts, copies that are signed, costs, paper."""

from outreach.wording.paper_sentences import SENTENCES as PAPER

SENTENCES: dict[str, str] = {
    **PAPER,
    "shipments.would_export": "{parcels} would go to {file}; nothing was written.",
    "tracking.done": "{file}: {rows:row|rows}, {booked} booked, {unchanged} known already, {wrong} left out.",
    "tracking.dry_run": "{file}: {rows:row|rows}; {booked} would be booked, {unchanged} are known already, {wrong} would "
    "be left out. Nothing was changed.",
    "tracking.postage": "Postage: {sums}.",
    "tracking.moved": "{state}: {parcels}.",
    "shipments.replaced": "{shipment} is packed in the place of {before}.",
    "shipments.lost": "{shipment} is lost; its gifts are accepted again.",
    "shipments.could_be": "More than one carrier has such numbers: {carriers}. Say whose it is with --carrier.",
    "shipments.mistyped": "Look at the number again: its check digit is wrong.",
    "inserts.added": "Added {name} as {insert}.",
    "inserts.edited": "Changed {insert}.",
    "inserts.left": "{name}: {left} left.",
    "inserts.uncounted": "{name} is not counted. “outreach inserts count” begins to.",
    "inserts.put": "Put {name} into {parcels} ({which}).",
    "inserts.taken": "Took {name} out of {parcels} ({which}).",
    "signing.asked": "To sign: {gifts} ({which}).",
    "signing.not": "Not to be signed: {gifts} ({which}).",
    "signing.signed": "Signed: {gifts} ({which}).",
    "signing.unsigned": "Still to be signed: {gifts} ({which}).",
    "signing.written": "Wrote {lines} in signing order to {file}.",
    "costs.noted": "Noted for {parcels} ({which}).",
    "costs.copies": "Copies, {deal}: {amounts}",
    "costs.inserts": "Inserts: {amounts}",
    "costs.postage": "Postage: {amounts}",
    "costs.came_back": "It came back, so only the postage was spent.",
    "costs.weight": "Weighs {grams} g",
    "costs.beside": "Beside them: {inserts}",
    "costs.nothing": "Nothing is known of what they cost.",
}

#: Phrases that depend on a number: for one, for many.
COUNTED: dict[str, tuple[str, str]] = {
    "cards": ("{number} card", "{number} cards"),
    "plates": ("{number} bookplate", "{number} bookplates"),
    "inserts": ("{number} insert", "{number} inserts"),
    "signing.lines": ("{number} line", "{number} lines"),
    "signing.waits": (
        "{number} copy in them is still to be signed ({which}).",
        "{number} copies in them are still to be signed ({which}).",
    ),
    "costs.no_postage": (
        "Of {number} parcel the postage is not known.",
        "Of {number} parcels the postage is not known.",
    ),
    "costs.unknown": (
        "Of {number} copy or insert the cost is not known.",
        "Of {number} copies and inserts the cost is not known.",
    ),
    "workspace.files_lost": (
        "{number} cover or document that it speaks of is lost: {file}.",
        "{number} covers or documents that it speaks of are lost, such as {file}.",
    ),
    "check.file_missing": (
        "{number} cover or document is missing: {detail}. Putting the newest backup back brings it back.",
        "{number} covers or documents are missing, such as {detail}. Putting the newest backup back brings them back.",
    ),
    "check.file_damaged": (
        "{number} cover or document is damaged: {detail}. Putting the newest backup back mends it.",
        "{number} covers or documents are damaged, such as {detail}. Putting the newest backup back mends them.",
    ),
    "check.inserts_below_zero": (
        "{number} insert has fewer than none left: x{detail}.",
        "{number} inserts have fewer than none left, such as x{detail}.",
    ),
}
