"""Letters on their way: approve, send, fetch what came back, the outbox, answers."""

import sys
from pathlib import Path
from typing import Any

import click

from outreach.cli.frame import Session, plain, subcommand, table
from outreach.cli.letters_group import letters
from outreach.cli.speaking import said
from outreach.services import refs
from outreach.services.drafting import drafts, handing_out
from outreach.services.letters.files import write_mbox
from outreach.services.mail import accounts, outbox, replies, sending
from outreach.services.mail.outbox import OutboxState
from outreach.services.mail.replies import ReplyOutcome

_REFS = click.argument("refs_", metavar="REF…", nargs=-1)
_NEEDED = click.argument("refs_", metavar="REF…", nargs=-1, required=True)


@subcommand(letters, "approve")
@_NEEDED
def approve(session: Session, refs_: tuple[str, ...]) -> None:
    """Approve drafts that you have read, as they stand. REF are letters, such as l12.

    \b
    Example:
      outreach letters approve l12 l13
    """
    with session.writing() as store:
        ids = [refs.letter_id(each) for each in refs_]
        drafts.approve_drafts(store, ids)
    words = session.words
    session.show({"letters": [f"l{each}" for each in ids]}, lambda: [words.count("letters.approved", len(ids))])


@subcommand(letters, "send")
@_REFS
@click.option("--drafts", is_flag=True, help="Put them into the drafts of your mailbox instead; you send them there.")
@click.option("--mbox", type=click.Path(path_type=Path), help="Write them into one mbox file instead.")
@click.option("--most", default=sending.BATCH, show_default=True, help="How many go in this round.")
@click.option("--pace", type=float, help="Seconds between two letters; the account's setting if it is not named.")
@click.option("--go-on", is_flag=True, help="Send also what waited for more than 12 hours, or was paused.")
@click.option("--try", "is_trial", is_flag=True, help="Only connect and log in, to see whether it works.")
def send(
    session: Session, refs_: tuple[str, ...], drafts: bool, mbox: Path | None, most: int, pace: float | None,
    go_on: bool, is_trial: bool,
) -> int:  # fmt: skip
    """Send approved letters by your own mail account: those named, or all that are approved.

    Nothing goes twice. What may have arrived though the connection broke is listed as unclear, and only you decide
    about it, with “letters outbox”. The password comes from the system's keyring, or is asked for.

    \b
    Examples:
      outreach settings mail.smtp_host smtp.house.example
      outreach settings mail.user hanna@house.example
      outreach letters send --try
      outreach letters send l12 l13
      outreach letters send --drafts
    """
    if is_trial:
        return _try_out(session)
    if drafts or mbox:
        return _hand_out(session, refs_, mbox)
    with session.writing() as store, session.working(said("Letters")) as job:
        outbox.recover(store)
        if go_on:
            outbox.go_on(store)
        outbox.refuse_paused(store, go_on=go_on)
        mail = accounts.account()
        server = mail.outgoing()
        ids = [refs.letter_id(each) for each in refs_] if refs_ else handing_out.approved_letters()
        outbox.hand_over(store, ids, hold_seconds=0)
        done = sending.send_by_account(
            server, accounts.password_of(server, ask), session.ca_file,
            lambda: outbox.take_next(store, stale_too=go_on), lambda letter, said: outbox.settle(store, letter, said),
            job, most=most, pace_seconds=float(mail.pace) if pace is None else pace,
        )  # fmt: skip
        open_ = outbox.lines([state for state in OutboxState if state is not OutboxState.SENT])
    words = session.words
    session.show(
        {"sent": done.sent, "outcomes": {kind.value: number for kind, number in done.by_kind.items()},
         "stopped": done.stopped, "open": [_line(each) for each in open_]},
        lambda: [
            words.count("letters.sent", done.sent),
            *([words.say("outbox.stopped", why=done.stopped)] if done.stopped else []),
            *_outbox_table(session, open_),
        ],
    )  # fmt: skip
    return 0


@subcommand(letters, "outbox")
@click.option("--all", "everything", is_flag=True, help="Also what has been sent.")
@click.option("--hold-back", multiple=True, metavar="REF", help="Take a letter that has not gone out again.")
@click.option("--arrived", multiple=True, metavar="REF", help="An unclear letter did arrive.")
@click.option("--again", multiple=True, metavar="REF", help="An unclear letter did not arrive: send it once more.")
def outbox_(
    session: Session, everything: bool, hold_back: tuple[str, ...], arrived: tuple[str, ...], again: tuple[str, ...]
) -> None:
    """Show what waits to be sent, what was refused, and what is unclear; decide about it.

    An unclear letter may have arrived: look into the sent mail of your account, or ask, before you send it again.

    \b
    Examples:
      outreach letters outbox
      outreach letters outbox --arrived l12 --again l13
    """
    if hold_back or arrived or again:
        with session.writing() as store:
            outbox.recover(store)
            outbox.hold_back(store, [refs.letter_id(each) for each in hold_back])
            outbox.settle_unclear(store, [refs.letter_id(each) for each in arrived], arrived=True)
            outbox.settle_unclear(store, [refs.letter_id(each) for each in again], arrived=False)
    with session.reading():
        found = outbox.lines() if everything else outbox.lines([s for s in OutboxState if s is not OutboxState.SENT])
        paused = outbox.is_paused()
    words = session.words
    session.show(
        {"paused": paused, "letters": [_line(each) for each in found]},
        lambda: [
            *([words.say("outbox.is_paused")] if paused else []),
            *(_outbox_table(session, found) or [words.say("outbox.empty")]),
        ],
    )


@subcommand(letters, "fetch")
def fetch(session: Session) -> None:
    """Fetch answers and letters that came back from your mailbox, which is not changed by it.

    Answers are put with the person and the letter; “letters replies” lists them. An answer that says no more than
    “stop” or “unsubscribe” takes effect at once.

    \b
    Example:
      outreach letters fetch
    """
    from outreach.services.mail.mailbox import open_mailbox
    from outreach.services.mail.transport import trusted

    with session.writing() as store, session.working(said("Mail")) as job:
        server = accounts.account().incoming()
        password = accounts.password_of(server, ask)
        with open_mailbox(server, password, trusted(session.ca_file)) as box:
            fetched = box.new_mail(replies.first_day(store), replies.known_place(), job)
        kept = replies.keep_mail(store, fetched, job)
    facts = {name: getattr(kept, name) for name in ("replies", "bounces", "stopped", "others", "unreadable")}
    session.show(facts, lambda: [session.words.say("mail.fetched", **facts)])


@subcommand(letters, "replies")
@click.argument("ref", required=False)
@click.option("--outcome", type=click.Choice([each.value for each in ReplyOutcome]), help="What the answer REF says.")
@click.option("--reason", default="", help="Why, in their words.")
@click.option("--ask-again", default="", help="With not_now: from when to ask again, such as autumn.")
def replies_(session: Session, ref: str | None, outcome: str | None, reason: str, ask_again: str) -> None:
    """List answers nobody has judged yet, or note what the answer REF says.

    \b
    Examples:
      outreach letters replies
      outreach letters replies r4 --outcome confirmed
    """
    if outcome:
        with session.writing() as store:
            replies.note_reply(store, refs.reply_id(ref or ""), ReplyOutcome(outcome), reason, ask_again)
    with session.reading():
        found = replies.list_replies(unread=True)
    words = session.words
    session.show(
        [{**plain(each), "id": f"r{each.id}"} for each in found],
        lambda: table(
            ("Answer", "From", "Day", "Text"),
            [(f"r{each.id}", each.from_name or each.from_address, words.day(each.received_at[:10]), each.text)
             for each in found],
        ),
    )  # fmt: skip


def _try_out(session: Session) -> int:
    from outreach.services.mail.transport import Password, trusted, try_out

    with session.reading():
        server = accounts.account().outgoing()
    password = accounts.password_of(server, ask)
    try_out(server, Password(password), trusted(session.ca_file))
    is_kept = accounts.keep_password(server, password)
    session.show(
        {"works": True, "kept": is_kept},
        lambda: [session.words.say("mail.works" if is_kept else "mail.works_unkept", host=server.host)],
    )
    return 0


def _hand_out(session: Session, refs_: tuple[str, ...], mbox: Path | None) -> int:
    """Put letters where another program sends them."""
    from outreach.services.mail.mailbox import open_mailbox
    from outreach.services.mail.transport import trusted

    with session.reading() as store, session.working(said("Letters")) as job:
        ids = [refs.letter_id(each) for each in refs_] if refs_ else handing_out.approved_letters()
        messages = [raw for _, raw in handing_out.messages_of(store, ids)]
        if mbox is not None:
            write_mbox(mbox.expanduser(), messages)
        else:
            mail = accounts.account()
            server = mail.incoming()
            with open_mailbox(server, accounts.password_of(server, ask), trusted(session.ca_file)) as box:
                box.keep_drafts(mail.drafts, messages, job)
    words = session.words
    where = str(mbox) if mbox else words.say("mail.drafts_of", user=mail.user)
    session.show(
        {"letters": len(messages), "where": where},
        lambda: [words.count("letters.handed_out", len(messages), where=where)],
    )
    return 0


def _line(line: outbox.OutboxLine) -> dict[str, Any]:
    return {**plain(line), "letter_id": f"l{line.letter_id}", "person_id": f"p{line.person_id}"}


def _outbox_table(session: Session, found: list[outbox.OutboxLine]) -> list[str]:
    if not found:
        return []
    words = session.words
    return list(table(
        ("Letter", "To", "State", "What the server said"),
        [(f"l{each.letter_id}", each.to_name or each.to_address, words.term("outbox_state", each.state), each.reply)
         for each in found],
    ))  # fmt: skip


def ask(whose: str) -> str:
    """Ask for a password; where nobody sits at a terminal, its line is read from what is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    answer: str = click.prompt(whose, hide_input=True, err=True)
    return answer
