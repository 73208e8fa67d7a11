"""Letters: templates, preview, draft."""

from pathlib import Path
from typing import Any

import click

from outreach.cli.frame import Session, group, plain, subcommand, table
from outreach.services import drafting, refs
from outreach.services.catalogue import show_item
from outreach.services.drafting import LetterOrder, Problem
from outreach.services.letter_openings import openings

letters = group("letters", "Templates, previews and drafts of letters.")

_TEMPLATE = click.option("--template", default="first-pitch", show_default=True, help="The template's name.")
_ITEM = click.option("--item", required=True, help="The title: its id (i3), ISBN, or name.")
_TO = click.option("--to", "people", multiple=True, required=True, help="A person: id (p12), e-mail, @handle, name.")
_OPENING = click.option(
    "--opening", default="", help="The personal first line; without it, one is made where there is evidence for it."
)


@subcommand(letters, "templates")
@click.argument("name", required=False)
def templates(session: Session, name: str | None) -> None:
    """List the templates, or show the one called NAME."""
    with session.reading():
        found = [drafting.template_named(name)] if name else drafting.list_templates()
        data = [
            {
                "name": each.name,
                "label": each.label,
                "kind": each.kind,
                "version": each.version,
                "subject": each.subject,
            }
            for each in found
        ]
        body = found[0].body if name else ""
    if name:
        data[0]["body"] = body
    session.show(
        data,
        lambda: (
            [f"{data[0]['label']}: {data[0]['subject']}", "", body]
            if name
            else table(
                ("Name", "Label", "Kind", "Subject"),
                [(each["name"], each["label"], each["kind"], each["subject"]) for each in data],
            )
        ),
    )


@subcommand(letters, "preview")
@_TEMPLATE
@_ITEM
@_TO
@_OPENING
def preview(session: Session, template: str, item: str, people: tuple[str, ...], opening: str) -> int:
    """Show how letters would read; nothing is kept."""
    with session.reading() as store, session.working("letters") as job:
        order = _order(template, item, people, opening)
        texts, problems = drafting.preview(store, order, job)
    session.show(
        {"letters": plain(texts), "problems": _problems(session, problems)},
        lambda: (
            [
                line
                for each in texts
                for line in (f"To: {each.to_name} <{each.to_address}>", f"Subject: {each.subject}", "", each.text, "")
            ]
            + [each["why"] for each in _problems(session, problems)]
        ),
    )
    return 0


@subcommand(letters, "draft")
@_TEMPLATE
@_ITEM
@_TO
@_OPENING
@click.option("--out", type=click.Path(path_type=Path), help="A folder for the drafts, one .eml file each.")
def draft(session: Session, template: str, item: str, people: tuple[str, ...], opening: str, out: Path | None) -> None:
    """Draft letters, for you to read, change and send; nothing is sent from here.

    With --out, each draft is also an .eml file that a mail program opens. Nobody who asked not to be written to gets
    one, and nobody is pitched the same title twice.

    \b
    Example:
      outreach letters draft --item "The Salt Orchard" --to maya@example.org --to p12 --out drafts
    """
    with session.writing() as store, session.working("letters") as job:
        order = _order(template, item, people, opening)
        made = drafting.draft_letters(store, order, out.expanduser() if out else None, job)
    words = session.words
    data: dict[str, Any] = {
        "letters": [f"l{letter}" for letter in made.letters],
        "files": list(made.files),
        "problems": _problems(session, made.problems),
    }
    session.show(
        data,
        lambda: [
            words.count("letters.drafted", len(made.letters)),
            *(data["files"][:3]),
            *([words.count("letters.more_files", len(made.files) - 3)] if len(made.files) > 3 else []),
            *(each["why"] for each in data["problems"]),
        ],
    )


def _order(template: str, item: str, people: tuple[str, ...], opening: str) -> LetterOrder:
    item_id = refs.item_id(item)
    ids = tuple(dict.fromkeys(refs.person_id(each) for each in people))
    lines = dict.fromkeys(ids, opening) if opening else openings(ids, show_item(item_id).genre_codes)
    return LetterOrder(template, item_id, ids, lines)


def _problems(session: Session, problems: "tuple[Problem, ...] | list[Problem]") -> list[dict[str, str]]:
    return [
        {"id": f"p{each.person_id}", "name": each.name, "why": session.words.say(each.code, **each.facts)}
        for each in problems
    ]
