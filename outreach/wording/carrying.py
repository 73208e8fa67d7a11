"""What the commands say of what goes to carriers and comes back."""

CARRYING: dict[str, str] = {
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
}
