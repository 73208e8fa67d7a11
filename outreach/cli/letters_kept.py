"""Letters that were written: their history, one of them whole, its files, on paper, and a test to oneself."""

from pathlib import Path
from typing import Any

import click

from outreach.cli.frame import Session, plain, subcommand, table
from outreach.cli.letters_group import letters
from outreach.cli.mail import ask
from outreach.cli.speaking import said
from outreach.errors import KnownError
from outreach.services import refs
from outreach.services.catalogue.catalogue import show_item
from outreach.services.drafting import attachments as files
from outreach.services.drafting import handing_out
from outreach.services.drafting.attachments import LetterFile
from outreach.services.drafting.drafts import sender_known
from outreach.services.drafting.history import LetterRecord, letter_history, whole_letter
from outreach.services.drafting.on_paper import printed_letters
from outreach.services.drafting.templates import template_named
from outreach.services.letters.mailto import mail_link
from outreach.services.mail import accounts
from outreach.services.mail.to_oneself import copy_of_letter, send_to_oneself
from outreach.services.shipments.labels import PAGES, paper_of

_KB = 1024


@subcommand(letters, "history")
@click.option("--person", help="A person: id (p12), e-mail, @handle, name.")
@click.option("--item", help="A title: its id (i3), ISBN, or name.")
@click.option("--campaign", help="A campaign's name.")
@click.option("--sent", is_flag=True, help="Only those that went.")
def history(session: Session, person: str | None, item: str | None, campaign: str | None, sent: bool) -> None:
    """List the letters to a person, about a title, of a campaign, the newest first. Nothing can be changed here.

    \b
    Examples:
      outreach letters history --person p12
      outreach letters history --item "The Salt Orchard" --sent
    """
    with session.reading():
        found = letter_history(
            person_id=refs.person_id(person) if person else None, item_id=refs.item_id(item) if item else None,
            campaign_id=refs.campaign_id(campaign) if campaign else None, sent=sent,
        )  # fmt: skip
    session.show([_record(each) for each in found], lambda: _history_table(session, found))


def _history_table(session: Session, found: list[LetterRecord]) -> list[str]:
    words = session.words
    if not found:
        return [words.say("letters.none_written")]
    return list(table(("Letter", "Day", "To", "Title", "Subject", "State", "Answer"), [
        (f"l{each.id}", words.day(each.day), each.to_name, each.title, each.subject,
         words.term("letter_state", each.state),
         words.term("letter_back", each.bounce or each.answer) if each.bounce or each.answer else "")
        for each in found
    ]))  # fmt: skip


@subcommand(letters, "show")
@click.argument("ref")
@click.option("--link", is_flag=True, help="Only a “mailto:” link that opens the letter in a mail program.")
@click.option("--text", "text_only", is_flag=True, help="Only its words, to be copied.")
def show(session: Session, ref: str, link: bool, text_only: bool) -> None:
    """Show a letter as it went, or as it is to go, with its files.

    \b
    Examples:
      outreach letters show l12
      outreach letters show l12 --text
      outreach letters show l12 --link
    """
    with session.reading():
        letter = whole_letter(refs.letter_id(ref))
    record, words = letter.record, session.words
    address = mail_link(letter.to_address, record.subject, letter.text)
    data = {**_record(record), "to_address": letter.to_address, "text": letter.text, "link": address,
            "attachments": [_file(each) for each in letter.files]}  # fmt: skip
    if link or text_only:
        session.show(data, lambda: [address if link else letter.text])
        return
    session.show(data, lambda: [
        f"{words.tr('To')}: {record.to_name} <{letter.to_address}>",
        f"{words.tr('Subject')}: {record.subject}",
        *([words.say("letters.files_with", files=words.listing([_named(session, each) for each in letter.files]))]
          if letter.files else []),
        "", letter.text,
    ])  # fmt: skip


@subcommand(letters, "attachments")
@click.option("--item", help="The title whose letters carry the file: its id (i3), ISBN, or name.")
@click.option("--to", "person", help="Only the letter to this person.")
@click.option("--template", default="first-pitch", show_default=True, help="Letters of this template's kind.")
@click.option("--letter", help="One draft, such as l12, in the place of a title.")
@click.option("--add", "source", type=click.Path(path_type=Path), help="The file to attach; a copy is kept.")
@click.option("--take-off", type=int, help="The number of an attachment to take off.")
def attachments(
    session: Session, item: str | None, person: str | None, template: str, letter: str | None, source: Path | None,
    take_off: int | None,
) -> None:  # fmt: skip
    """List, add and take off what goes with letters: a press sheet, a cover, a reading guide.

    A file for a title goes with all its letters of that kind, or with one person's. A letter takes it when it is
    drafted, and keeps it as it is. Programs, and more than a mail service takes, are refused.

    \b
    Examples:
      outreach letters attachments --item "The Salt Orchard" --add press-sheet.pdf
      outreach letters attachments --item "The Salt Orchard" --to p12 --add cover.jpg
      outreach letters attachments --item "The Salt Orchard" --take-off 2
    """
    if (item is None) == (letter is None):
        raise click.UsageError(said("Say which letters: --item, or --letter."))
    words, told = session.words, ""
    with session.writing() if source is not None or take_off is not None else session.reading() as store:
        one = refs.letter_id(letter) if letter else None
        about = refs.item_id(item) if item else -1
        kind = template_named(template).kind
        whom = refs.person_id(person) if person else None
        if take_off is not None:
            files.detach(store, take_off)
            told = words.say("letters.detached")
        if source is not None and one is not None:
            files.attach_to_letter(store, one, source)
            told = words.say("letters.attached_to", file=source.name, person=whole_letter(one).record.to_name)
        elif source is not None:
            files.attach(store, about, source, kind=kind, person_id=whom)
            told = words.say("letters.attached", file=source.name, title=str(show_item(about).values["title"]))
        found = files.files_of(one) if one is not None else files.chosen_for(about, kind)
    session.show(
        {"attachments": [_file(each) for each in found]},
        lambda: [*([told] if told else []), *_files_table(session, found)],
    )


def _files_table(session: Session, found: list[LetterFile]) -> list[str]:
    words = session.words
    if not found:
        return [words.say("letters.no_files")]
    everyone = words.say("letters.file_for_all")
    rows = [(str(each.id), _named(session, each), f"p{each.person_id}" if each.person_id else everyone)
            for each in found]  # fmt: skip
    return list(table(("Number", "File", "To"), rows))


@subcommand(letters, "print")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--page", type=click.Choice(list(PAGES)), help="The paper; else the one of your country.")
@click.option("--only", multiple=True, metavar="REF", help="Only these letters; else all that are approved.")
def print_(session: Session, out: Path, page: str | None, only: tuple[str, ...]) -> None:
    """Paint letters on pages, as the PDF OUT, with the address where the window of an envelope is.

    Note cards for parcels are painted by “outreach shipments cards”.

    \b
    Example:
      outreach letters print letters.pdf --only l12
    """
    from outreach.paper.letters import LetterPages
    from outreach.paper.pages import write_pdf
    from outreach.wording.letters import letter_paper
    from outreach.wording.slips import paper_doubts

    words = session.words
    with session.reading() as store:
        ids = [refs.letter_id(each) for each in only] or handing_out.approved_letters()
        me, made, today = sender_known(), printed_letters(ids), store.today().isoformat()
    if not made:
        raise KnownError("letters.none_to_print")
    pages = LetterPages([letter_paper(words, each, me, today) for each in made], page or paper_of(me.country))
    painted = write_pdf(out.expanduser(), pages)
    names = [each.to_name for each in made]
    session.show(
        {"file": str(out), "letters": len(made), "pages": painted.pages,
         "no_font": {names[each]: letters for each, letters in painted.unreadable.items()}},
        lambda: [
            words.say("letters.painted", letters=words.count("letters", len(made)),
                      pages=words.count("pages", painted.pages), file=str(out)),
            *paper_doubts(words, names, painted.cut, painted.unreadable, (), cut="letters.cut"),
        ],
    )  # fmt: skip


@subcommand(letters, "test")
@click.argument("ref")
def test(session: Session, ref: str) -> None:
    """Send the letter REF to yourself, to see how it looks where it is read; nobody else gets it, and nothing is noted.

    \b
    Example:
      outreach letters test l12
    """
    with session.reading() as store:
        server = accounts.account().outgoing()
        message = copy_of_letter(store, refs.letter_id(ref))
        address = send_to_oneself(server, accounts.password_of(server, ask), message, session.ca_file)
    session.show({"sent_to": address}, lambda: [session.words.say("letters.test_went", address=address)])


def _record(record: LetterRecord) -> dict[str, Any]:
    item = f"i{record.item_id}" if record.item_id is not None else None
    return {**plain(record), "id": f"l{record.id}", "person_id": f"p{record.person_id}", "item_id": item}


def _file(file: LetterFile) -> dict[str, Any]:
    return {
        "number": file.id,
        "name": file.name,
        "size": file.size,
        "to": f"p{file.person_id}" if file.person_id else None,
    }


def _named(session: Session, file: LetterFile) -> str:
    return session.words.say("letters.attached_file", file=file.name, size=-(-file.size // _KB))
