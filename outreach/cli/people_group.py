"""The group that all commands about people are in."""

import click

from outreach.cli.frame import group
from outreach.cli.speaking import said

people = group(
    "people",
    "List, show, add, edit, merge, forget people.",
    {
        "people": ("list", "add", "edit", "suppress"),
        "people_whole": ("show", "merge", "forget", "export"),
        "people_lists": ("doubles", "not-same", "roster", "archive", "change", "retention"),
        "people_influence": ("influence", "coverage"),
        "people_records": ("address", "account", "consent", "note", "document", "audience"),
    },
)

VALUES = click.option("--set", "values", multiple=True, metavar="FIELD=TEXT", help="A field, such as role=bookseller.")


def pairs(values: tuple[str, ...]) -> dict[str, str]:
    """``FIELD=TEXT`` options as a dictionary."""
    found = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals:
            raise click.BadParameter(said("“{value}” is not FIELD=TEXT", value=value))
        found[name.strip()] = text
    return found
