"""Letters: templates, preview, draft."""

from pathlib import Path
from typing import Any

import click

from outreach.cli.frame import Session, plain, subcommand, table
from outreach.cli.letters_group import letters
from outreach.cli.speaking import said
from outreach.errors import KnownError
from outreach.services import refs
from outreach.services.catalogue.catalogue import show_item
from outreach.services.drafting import drafts
from outreach.services.drafting.comparing import Answered, compared
from outreach.services.drafting.drafts import Drafted, LetterOrder, Problem
from outreach.services.drafting.openings import openings
from outreach.services.drafting.templates import as_text, doubts, save_template, template_named, versions_of
from outreach.services.letters.files import write_text
from outreach.services.letters.templates import format_template, parse_template
from outreach.wording.letters import why_none

_TEMPLATE = click.option("--template", default="first-pitch", show_default=True, help="The template's name.")
_ITEM = click.option("--item", required=True, help="The title: its id (i3), ISBN, or name.")
_TO = click.option("--to", "people", multiple=True, required=True, help="A person: id (p12), e-mail, @handle, name.")
_OPENING = click.option(
    "--opening", default="", help="The personal first line; without it, one is made where there is evidence for it."
)


@subcommand(letters, "templates")
@click.argument("name", required=False)
@click.option("--set", "file", type=click.Path(path_type=Path), help="Keep the template that stands in this file.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the template NAME into this file, to change it.")
@click.option("--versions", is_flag=True, help="Show every version of NAME, the newest first.")
@click.option("--compare", is_flag=True, help="How many answered NAME, and its twin NAME-b.")
def templates(
    session: Session, name: str | None, file: Path | None, out: Path | None, versions: bool, compare: bool
) -> int:
    """List the templates, or show the one called NAME.

    A template is a file with a header between two lines “+++” (name, label, kind, subject), then the letter in
    Markdown. Every version is kept. The template NAME-b is the twin of NAME: half of the people get it.

    \b
    Examples:
      outreach letters templates first-pitch --out pitch.md
      outreach letters templates --set pitch.md
      outreach letters templates first-pitch --compare
    """
    if file is not None:
        return _set_template(session, file)
    if name and (out or versions or compare):
        return _about_template(session, name, out, versions=versions)
    with session.reading():
        found = [drafts.template_named(name)] if name else drafts.list_templates()
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
                [
                    (each["name"], each["label"], session.words.term("letter_kind", str(each["kind"])), each["subject"])
                    for each in data
                ],
            )
        ),
    )
    return 0


def _set_template(session: Session, file: Path) -> int:
    """Keep the template that stands in a file."""
    try:
        text = parse_template(file.expanduser().read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError("files.unreadable", file=str(file), why=getattr(error, "strerror", "") or "no text") from error
    with session.writing() as store:
        version, _ = save_template(store, text)
    found = [each for each in doubts(text) if not each.stops]
    words = session.words
    session.show(
        {"name": text.name, "version": version, "doubts": [each.facts for each in found]},
        lambda: [words.say("letters.template_saved", name=text.name, version=version),
                 *(words.trouble(KnownError(each.code, **each.facts)) for each in found)],
    )  # fmt: skip
    return 0


def _about_template(session: Session, name: str, out: Path | None, *, versions: bool) -> int:
    """Write a template into a file, list its versions, or compare it with its twin."""
    with session.reading():
        newest = template_named(name)
        if out is not None:
            text = format_template(as_text(newest))
            write_text(out.expanduser(), text)
            session.show({"file": str(out)}, lambda: [str(out)])
        elif versions:
            rows = [{"version": each.version, "subject": each.subject, "created_at": each.created_at}
                    for each in versions_of(name)]  # fmt: skip
            session.show(
                rows, lambda: table(("Version", "Subject", "Made"), [tuple(map(str, r.values())) for r in rows])
            )
        else:
            found = compared(name)
            session.show([plain(each) for each in found], lambda: [_compared(session, each) for each in found])
    return 0


def _compared(session: Session, answered: Answered) -> str:
    words = session.words
    facts = {"name": answered.name, "answered": answered.answered, "sent": answered.sent}
    if answered.likely is None:
        return words.say("letters.too_few_to_say", **facts)
    low, high = answered.likely
    return words.say("letters.answered", low=words.share(low), high=words.share(high), **facts)


@subcommand(letters, "preview")
@_TEMPLATE
@_ITEM
@_TO
@_OPENING
def preview(session: Session, template: str, item: str, people: tuple[str, ...], opening: str) -> int:
    """Show how letters would read, and what was found in each; nothing is kept.

    A line with ! tells what stops a letter from being approved, one with ? what is worth a second thought.

    \b
    Example:
      outreach letters preview --item "The Salt Orchard" --to p12
    """
    with session.reading() as store, session.working(said("Letters")) as job:
        order = _order(template, item, people, opening)
        texts, problems = drafts.preview(store, order, job)
        findings = drafts.checked(store, order, texts)
    found = {
        person: [(each.stops, session.words.trouble(KnownError(each.code, **each.facts))) for each in some]
        for person, some in findings.items()
    }
    session.show(
        {
            "letters": [
                {**plain(each), "findings": [{"stops": stops, "what": what} for stops, what in found[each.person_id]]}
                for each in texts
            ],
            "problems": _problems(session, problems),
        },
        lambda: (
            [
                line
                for each in texts
                for line in (
                    f"{session.words.tr('To')}: {each.to_name} <{each.to_address}>",
                    f"{session.words.tr('Subject')}: {each.subject}",
                    "",
                    each.text,
                    *(f"{'!' if stops else '?'} {what}" for stops, what in found[each.person_id]),
                    "",
                )
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
    with session.writing() as store, session.working(said("Letters")) as job:
        order = _order(template, item, people, opening)
        made = drafts.draft_letters(store, order, out.expanduser() if out else None, job)
    tell_drafted(session, made)


def tell_drafted(session: Session, made: Drafted) -> None:
    """Say which drafts were made, and who could not be written to."""
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
    return [{"id": f"p{each.person_id}", "name": each.name, "why": why_none(session.words, each)} for each in problems]
