"""What is said of sales: codes and links, what was sold with them, what it was before, and what is not known of it."""

SENTENCES: dict[str, str] = {
    "unknown.no_postage": "Of {number:parcel|parcels} the postage is not known.",
    "unknown.no_cost": "Of {number:copy or insert|copies and inserts} the cost is not known.",
    "unknown.no_amount": "Of {number:copy|copies} sold it is not known what was paid.",
    "unknown.no_code": "{number:copy was|copies were} sold without a code; who sent the buyers is not known.",
    "unknown.no_days": "Of {number:post|posts} it is not known how many days after delivery that was.",
    "unknown.events": "What was spent on events is of campaigns, and not divided among titles or people.",
    "sales.none": "No sales are noted.",
    "sales.no_codes": "No codes are kept.",
    "sales.kept": "Kept the code {named}.",
    "sales.logged": "Noted {copies:copy|copies}.",
    "sales.kept_list": "{file}: {new:sale|sales} noted, {known} known already.",
    "sales.dry_run": "{file}: {rows:row|rows}, {wrong} of them cannot be kept, {known} known already. Nothing was changed.",
    "sales.rated": "Noted what the one is worth in the other.",
}

#: By kind, then by stored value; a part of `outreach.wording.terms`.
SALES_TERMS: dict[str, dict[str, str]] = {
    "sale_evidence": {"claimed": "Claimed", "seen": "Seen", "verified": "Verified"},
    "sale_kind": {
        "sales": "Sales",
        "pre_orders": "Pre-orders",
        "library_orders": "Library orders",
        "club_copies": "Club copies",
    },
}
