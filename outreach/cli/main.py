"""The root command. Each noun's commands are imported only when they are called, so that every start is fast."""

import importlib
from typing import Any

import click

from outreach import __version__
from outreach.cli.frame import COMMON_OPTIONS, Session
from outreach.cli.speaking import SpeakingGroup, said

#: By command: the module that holds it, and its line in the help, which is shown without importing it.
_COMMANDS = {
    "demo": ("demo", "Make a sample workspace and do the whole job on it."),
    "new": ("workspace", "Make a new, empty workspace."),
    "info": ("workspace", "Say what a workspace holds."),
    "check": ("workspace", "Look a workspace through for anything wrong."),
    "backup": ("workspace", "Copy the workspace into its backups."),
    "restore": ("workspace", "Put a backup in the workspace's place."),
    "migrate": ("workspace", "Bring a workspace up to this program's version."),
    "settings": ("workspace", "Show or change settings: who you are, your initials, your language."),
    "import": ("imports", "Import people, a catalogue, or what someone reads, from a file."),
    "imports": ("imports", "List imports, show one, take one back."),
    "export": ("exports", "Export people or the catalogue to a file."),
    "people": ("people_group", "List, show, add, edit, merge, forget people."),
    "tastes": ("tastes", "Show and write what a person and her followers enjoy, and what that rests on."),
    "policy": ("tastes", "Show, read and keep a person's review policy, which stops what breaks it."),
    "catalogue": ("catalogue", "List, show, add and edit books and products, and their copies."),
    "campaigns": ("campaigns_group", "Goals, budgets, timelines, and what their clients answer."),
    "match": ("match", "Who should get a title, what a person would enjoy, and why."),
    "letters": ("letters_group", "Templates, drafts, approval, sending, answers."),
    "gifts": ("gifts", "Plan gifts and note the answers."),
    "shipments": ("shipments", "Pack, label, track and deliver parcels."),
    "inserts": ("inserts", "Cards, swag and bookplates that go into parcels, and how many are left."),
    "posts": ("posts", "Note who spoke about a title, on social media or off it."),
    "feeds": ("feeds", "Feeds that are looked through for mentions of your titles."),
    "clubs": ("clubs", "Book clubs: members, sessions, copies, authors' hours, calendars."),
    "events": ("events", "Signings, workshops, talks and broadcasts, and what they sold."),
    "venues": ("venues", "Shops, shows and newsletters; what readers listen to, read and attend."),
    "referrals": ("referrals", "Who introduced whom, and whether they were thanked."),
    "programmes": ("programmes", "Ambassadors, campus reps, street teams, and what they were given."),
    "sales": ("sales", "Codes and links, and what was sold with them or without."),
    "review": ("review", "What went out, what came of it, and what is not known."),
}
#: For whoever works on the program; not in the help.
_HIDDEN = {"gallery": "gallery", "match-scores": "match"}


class _Lazy(SpeakingGroup):
    """A group that knows its commands' names before their modules are imported."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS and name not in _HIDDEN:
            return None
        module = importlib.import_module(f"outreach.cli.{_COMMANDS[name][0] if name in _COMMANDS else _HIDDEN[name]}")
        command: click.Command = getattr(module, f"{name}_" if name == "import" else name.replace("-", "_"))
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(said("Commands")):
            formatter.write_dl([(name, said(line)) for name, (_, line) in _COMMANDS.items()])


@click.group(
    cls=_Lazy,
    params=[
        *COMMON_OPTIONS(),
        click.Option(["--read-only"], is_flag=True, help="Open the window for a look: nothing is written."),
    ],
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def outreach(ctx: click.Context, /, *, read_only: bool, **_options: Any) -> int:
    """Gifting outreach for publicists: books to the right people, with nothing asked in return.

    Without a command it opens the window, where there is a display.

    \b
    Examples:
      outreach                                        open the window
      outreach --read-only -w ~/old-list              look at a workspace, and change nothing
      outreach demo                                   look around a sample workspace
      outreach new --workspace ~/spring               start an empty one
      outreach import people list.csv                 bring in your spreadsheet
      outreach match --item "The Salt Orchard"        who should get it, and why
      outreach review report.html                     what came of it
    """
    session = ctx.ensure_object(Session)
    if ctx.invoked_subcommand is not None:
        return 0
    from outreach.cli.window import has_display, open_window

    if has_display():
        return open_window(session, to_look=read_only)
    click.echo(ctx.get_help())
    return 0
