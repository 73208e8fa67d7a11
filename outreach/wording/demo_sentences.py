"""What the demo says of each step of the job."""

SENTENCES: dict[str, str] = {
    "demo.made": "Made a sample workspace of fictional people and titles: {people}, {items}, {gifts}, {posts}, {clubs}.",
    "demo.title": "The job, done on it: {title}, out on {pub_day}.",
    "demo.match": "Matched {fits} to it, {strong} of them strong; {never} are never shown.",
    "demo.drafts": "Drafted {letters} as .eml files that a mail program opens: {folder}",
    "demo.allocated": "Gave out {gifts} as proofs: {accepted} accepted, {declined} said not this time, the others have not answered.",
    "demo.labels": "Painted a label sheet: {file}",
    "demo.no_labels": "The label sheet was left out, since a library of the system is missing. On Debian or Ubuntu install: {packages}",
    "demo.carrier": "Wrote a carrier file: {file}",
    "demo.posts": "Logged {posts} and {clubs} that came of it.",
    "demo.review": "Wrote the review: {files}",
    "demo.screens": "Pictures of the window: {folder}",
    "demo.where": "Everything is in {folder}. Look around with “outreach --workspace {workspace} people list”.",
}
