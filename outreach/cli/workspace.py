"""Workspaces: new, info, check, backup, restore, migrate; and the settings."""

from pathlib import Path

import click

from outreach import settings as preferences
from outreach.cli.frame import Session, command, plain, table
from outreach.cli.speaking import said
from outreach.errors import KnownError
from outreach.services.drafting import senders
from outreach.services.mail import accounts
from outreach.services.workspaces import data_rules, places, workspaces
from outreach.store import workspace

#: What belongs to this computer, in the order shown.
_OWN = ("initials", "language", "theme", "text_size", "contrast", "density", "motion")


@command("new")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def new(session: Session, folder: Path | None) -> None:
    """Make a new, empty workspace in FOLDER (or where --workspace says), and work on it from now on.

    \b
    Example:
      outreach new ~/spring-list
    """
    place = folder.expanduser().absolute() if folder else session.folder
    workspaces.new_workspace(place, session.opening(), session.words.language)
    remember(session, place)
    session.show(
        {"workspace": str(place)},
        lambda: [session.words.say("workspace.made", folder=str(place)), *_risk(session, place)],
    )


@command("info")
def info(session: Session) -> None:
    """Say where the workspace is and how much it holds; with --json also which backups it has.

    \b
    Examples:
      outreach info
      outreach info --workspace ~/spring-list --json
    """
    with session.reading() as store:
        found, copies = workspaces.info(store), workspaces.copies(store.folder)
    words = session.words
    listed = [{"file": str(each.path), "taken_at": each.taken_at.isoformat(), "bytes": each.bytes} for each in copies]
    session.show(
        {**plain(found), "copies": listed},
        lambda: [
            words.say(
                "workspace.info",
                folder=found.folder,
                megabytes=max(1, found.bytes // 2**20),
                backups=session.words.count("backups", found.backups),
            ),
            *(words.count(f"info.{name}", number) for name, number in found.counts.items() if number),
            *(words.tr("Last backup: {file}", file=str(each.path)) for each in copies[:1]),
            *_risk(session, session.folder),
        ],
    )


@command("check")
def check(session: Session) -> int:
    """Look the workspace through for anything wrong; exits with 1 when something was found, and changes nothing.

    \b
    Example:
      outreach check
    """
    with session.working(said("Looking it through")) as job, session.reading() as store:
        findings = workspaces.check(store, job)
    words = session.words
    session.show(
        {"findings": plain(findings)},
        lambda: (
            [words.count(each.code, each.count, detail=each.detail) for each in findings]
            or [words.say("workspace.sound")]
        ),
    )
    return 1 if findings else 0


@command("backup")
def backup(session: Session) -> None:
    """Copy the workspace into its folder "backups", with covers and documents; older copies are thinned with age.

    \b
    Example:
      outreach backup
    """
    with session.working(said("Backing up")) as job, session.writing() as store:
        made = workspace.back_up(store, job)
    session.show({"backup": str(made)}, lambda: [session.words.say("workspace.backed_up", file=str(made))])


@command("restore")
@click.argument("file", type=click.Path(path_type=Path))
def restore(session: Session, file: Path) -> None:
    """Put the backup FILE in the workspace's place; what was there is kept among the backups.

    \b
    Example:
      outreach restore backups/2026-11-24T081500Z.db
    """
    made = workspace.restore(session.folder, file.expanduser().absolute(), session.opening())
    words = session.words
    session.show(
        {"restored": str(file), "kept": str(made.kept), "lost": [str(each) for each in made.lost]},
        lambda: [
            words.say("workspace.restored", file=str(file), kept=str(made.kept)),
            *([words.count("workspace.files_lost", len(made.lost), file=made.lost[0].name)] if made.lost else []),
        ],
    )


@command("migrate")
def migrate(session: Session) -> None:
    """Bring the workspace up to this program's version; opening it to write does so by itself.

    \b
    Example:
      outreach migrate --workspace ~/spring-list
    """
    with session.writing() as store:
        version = workspaces.info(store).version
    session.show({"version": version}, lambda: [session.words.say("workspace.up_to_date", version=version)])


@command("settings")
@click.argument("name", required=False)
@click.argument("value", required=False)
def settings(session: Session, name: str | None, value: str | None) -> None:
    """Show all settings, or set NAME to VALUE; an empty VALUE puts the first one back.

    The sender's settings (sender.name, sender.email, sender.organisation, sender.postal_address, sender.country,
    sender.signature, sender.language) belong to the workspace and sign its letters, and so do its rules
    (rule.confirm_months and what else is listed) and its mail account (mail.smtp_host, mail.smtp_port,
    mail.smtp_security, mail.user, mail.imap_host, mail.imap_port, mail.imap_security, mail.drafts, mail.pace); a
    password is never a setting. What else there is belongs to this computer: initials, language, theme, text_size,
    contrast, density, motion.

    \b
    Examples:
      outreach settings
      outreach settings initials HO
      outreach settings text_size 115
      outreach settings sender.name "Hanna Okafor"
      outreach settings rule.confirm_months 12
    """
    shown = {each: getattr(session.settings, each) for each in _OWN}
    if name is not None and value is not None:
        if senders.is_sender_setting(name):
            with session.writing() as store:
                senders.change_sender(store, **{name.removeprefix("sender."): value.replace("\\n", "\n")})
        elif data_rules.is_rule_setting(name):
            with session.writing() as store:
                data_rules.change_rule(store, name.removeprefix("rule."), value)
        elif accounts.is_mail_setting(name):
            with session.writing() as store:
                accounts.change_account(store, **{name.removeprefix("mail."): value})
        else:
            preferences.save(session.home, preferences.changed(session.settings, name, value))
            shown[name] = value
    shown["workspace"] = str(session.folder)
    try:
        with session.reading():
            shown |= senders.as_values(senders.sender()) | data_rules.as_values(data_rules.data_rules())
            shown |= accounts.as_values(accounts.account())
    except KnownError as error:
        if error.code != "workspace.missing":
            raise
    if name is not None and name not in shown:
        raise KnownError("settings.unknown", name=name)
    chosen = {name: shown[name]} if name is not None else shown
    session.show(chosen, lambda: table(("Setting", "Value"), [(key, text) for key, text in chosen.items()]))


def _risk(session: Session, folder: Path) -> list[str]:
    """What speaks against the place of a workspace, if anything does."""
    risk = places.risk_of(folder)
    return [session.words.say(risk.code, what=risk.what)] if risk else []


def remember(session: Session, folder: Path) -> None:
    """Work on this workspace from now on, unless another one is named."""
    preferences.save(session.home, preferences.remembered(session.settings, folder))
