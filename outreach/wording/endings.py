"""What the commands say of gifts that have arrived, of when parcels must leave, and of what was asked first."""

SENTENCES: dict[str, str] = {
    "hopes.proposed": "{gifts} of which hope has reasonably ended. “outreach gifts close --proposed --yes” closes them "
    "quietly; “outreach gifts hope” goes on hoping.",
    "hopes.none": "There is nothing to close: of all that has arrived a word may still come.",
    "hopes.longer": "Goes on hoping for a word about {gifts}.",
    "gifts.shown": "{gift}: {title} for {person}, {stage}.",
    "gifts.leave_by": "Must leave by {weekday} to be there by {arrive_day} ({why} {for_day}).",
    "timeline.no_day": "It is not known on which day it comes out, so nothing can be counted back.",
    "asked.wished": "Said yes on {wished_day}.",
    "asked.confirmed": "Address confirmed on {confirmed_day}.",
    "asked.old": "Address confirmed on {confirmed_day}; ask again before a parcel goes.",
    "asked.never": "Address never confirmed; ask before a parcel goes.",
    "asked.asked": "Asked for the address on {asked_day}.",
    "asked.answered": "Answered on {answered_day}.",
}
