"""What is told of a week of a campaign, in sentences."""

SENTENCES: dict[str, str] = {
    "week.days": "{campaign}, from {start_day} to {end_day}.",
    "week.quiet": "{campaign}, from {start_day} to {end_day}: nothing is noted, and that is fine.",
    "week.gift": "With nothing asked in return: {figures}.",
    "week.in_kind": "Agreed in kind, counted apart: {figures}.",
    "week.paid": "Paid, counted apart: {figures}.",
    "week.said": "Said of their own accord: {posts}.",
    "week.said_in_kind": "Said as agreed in kind: {posts}.",
    "week.said_paid": "Said for money: {posts}.",
    "week.post": "{about} ({url})",
    "week.done": "Done: {steps}.",
    "week.due": "To be done: {steps}.",
    "week.step": "{step}, by {by_day}",
    "week.drafted": "Drafted letter {letter} to {person}. Read it, then “outreach letters approve {letter}”.",
    "week.wrote": "Wrote the letter to yourself to {file}. Your mail program opens it to be read and sent.",
}

COUNTED: dict[str, tuple[str, str]] = {
    "week.asked": ("{number} pitched", "{number} pitched"),
    "week.accepted": ("{number} accepted", "{number} accepted"),
    "week.sent": ("{number} shipped", "{number} shipped"),
    "week.delivered": ("{number} delivered", "{number} delivered"),
    "week.posts": ("{number} post", "{number} posts"),
    "week.clubs": ("{number} book club begun", "{number} book clubs begun"),
    "week.copies": ("{number} copy sold by code", "{number} copies sold by code"),
}
