"""All that is kept about one person, as a page that she can read, or as data."""

import json
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from outreach.errors import KnownError
from outreach.services.report.style import STYLE
from outreach.store.files import replacing
from outreach.wording.kept_values import kept_row
from outreach.wording.sentences import SENTENCES
from outreach.wording.words import Words

_HTML, _JSON = (".html", ".htm"), ".json"


def write_subject(words: Words, data: Mapping[str, Any], path: Path) -> Path:
    """Write what `outreach.services.people.subject.about` gathered to a file, by its ending.

    Raises:
        KnownError: ``exports.subject``, ``files.not_written``.
    """
    suffix = path.suffix.casefold()
    if suffix not in (*_HTML, _JSON):
        raise KnownError("exports.subject", file=path.name)
    text = as_html(words, data) if suffix in _HTML else json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    try:
        with replacing(path) as made:
            made.write_text(text, encoding="utf-8")
    except OSError as error:
        raise KnownError("files.not_written", file=str(path), why=error.strerror or str(error)) from error
    return path


def as_html(words: Words, data: Mapping[str, Any]) -> str:
    """One page of HTML that needs nothing else."""
    name = str(data["values"].get("name", ""))
    body = [
        f"<h1>{escape(words.say('subject.title', name=name))}</h1>",
        f"<p class=scope>{escape(words.say('subject.made', made_day=data['made_on']))}</p>",
        f"<h2>{escape(words.term('table', 'person'))}</h2>",
        *_row(words, "person", data["values"]),
    ]
    if data["asked_not_to_be_contacted"]:
        body.insert(2, f"<p>{escape(words.say('people.suppressed'))}</p>")
    for table, rows in data.items():
        if isinstance(rows, list):
            body.append(f"<h2>{escape(words.term('table', table))}</h2>")
            for row in rows:
                body += _row(words, table, row)
    title = escape(words.say("subject.title", name=name))
    return (
        f"<!doctype html><html lang={words.locale[:2]}><meta charset=utf-8><title>{title}</title>"
        f"<style>{STYLE} td:first-child{{color:var(--ink3)}} td{{overflow-wrap:anywhere;white-space:pre-wrap}}</style>"
        f"<main>{''.join(body)}</main></html>\n"
    )


def _row(words: Words, table: str, row: Mapping[str, Any]) -> Iterator[str]:
    yield "<table>"
    for name, shown in kept_row(words, table, row).items():
        yield f"<tr><td>{escape(kept_label(words, name))}</td><td>{escape(shown)}</td></tr>"
    yield "</table>"


def kept_label(words: Words, name: str) -> str:
    """What a column is called."""
    return words.say(f"field.{name}") if f"field.{name}" in SENTENCES else words.term("kept", name)
