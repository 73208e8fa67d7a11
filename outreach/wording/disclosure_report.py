"""The proof of disclosure as a table for a spreadsheet, and as a page to keep or to hand on."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from outreach.services.disclosure.checks import CheckRow
from outreach.services.disclosure.proof import ProofRow
from outreach.services.exporting.csvfile import write_csv
from outreach.services.report.page import write_html
from outreach.services.report.style import STYLE
from outreach.wording.words import Words

_HEADINGS = (
    "Post", "Day", "Person", "Country", "Title", "Address", "What they had of us", "Instruction sent", "By letter",
    "In these words", "Readers should learn", "How it stands", "Checks",
)  # fmt: skip


def write_proof(path: Path, words: Words, rows: Sequence[ProofRow], day: str) -> None:
    """Write the proof: CSV by its ending, else a page.

    Raises:
        KnownError: ``files.not_written``.
    """
    heads = [words.tr(each) for each in _HEADINGS]
    cells = [proof_cells(words, row) for row in rows]
    if path.suffix.casefold() == ".csv":
        write_csv(path, heads, cells)
    else:
        write_html(path, _page(words, heads, cells, day))


def proof_cells(words: Words, row: ProofRow) -> tuple[str, ...]:
    """A line of the table."""
    return (
        f"o{row.post_id}", words.day(row.posted_on), row.person, words.country(row.country) if row.country else "",
        row.title, row.url, ", ".join(words.term("received", each) for each in row.received),
        words.day(row.told_on) if row.told_on else words.say("disclosure.no_letter"), row.told_by, row.told_words,
        words.term("disclosure_needs", row.needs), words.term("disclosure", row.why),
        " ".join(check_words(words, each) for each in row.checks) or words.say("disclosure.no_check"),
    )  # fmt: skip


def check_words(words: Words, check: CheckRow) -> str:
    """A look that was taken, as a sentence."""
    facts = {"check_day": check.checked_on, "by": check.by or "?", "seen": words.term("seen", check.seen)}
    if check.place and check.wording:
        place = words.term("disclosure_place", check.place)
        told = words.say("disclosure.look", **facts, place=place, wording=check.wording)
    elif check.place:
        told = words.say("disclosure.look_place", **facts, place=words.term("disclosure_place", check.place))
    else:
        told = words.say("disclosure.look_bare", **facts)
    return f"{told} {words.say('disclosure.asked_to_add')}" if check.letter else told


def _page(words: Words, heads: Sequence[str], cells: Sequence[Sequence[str]], day: str) -> str:
    title = escape(words.say("disclosure.proof_title"))
    head = "".join(f"<th>{escape(each)}</th>" for each in heads)
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in cells)
    return (
        f'<!doctype html><html lang="{escape(words.locale.replace("_", "-"))}"><meta charset=utf-8>'
        f"<title>{title}</title><style>{STYLE}</style><h1>{title}</h1><p class=scope>{escape(words.day(day))}</p>"
        f"<p class=lead>{escape(words.say('disclosure.proof_lead'))}</p><table><tr>{head}</tr>{rows}</table></html>"
    )
