"""Clients: in which language and money each is reported to."""

import click

from outreach.cli.catalogue import catalogue
from outreach.cli.frame import Session, subcommand
from outreach.cli.speaking import said
from outreach.services.catalogue.clients import change_client


@subcommand(catalogue, "client")
@click.argument("name")
@click.option("--language", help="The language of reports to them, such as de; empty for yours.")
@click.option("--currency", help="The money of reports to them, such as EUR; empty for none.")
def client(session: Session, name: str, language: str | None, currency: str | None) -> None:
    """Keep in which language and money a client is reported to.

    \b
    Example:
      outreach catalogue client "Finch & Marlow" --language de --currency EUR
    """
    if language is None and currency is None:
        raise click.UsageError(said("Say what is kept: --language, --currency, or both."))
    with session.writing() as store:
        change_client(store, name, language, currency)
    data = {"name": name} | {key: value for key, value in (("language", language), ("currency", currency)) if value}
    session.show(data, lambda: [session.words.say("clients.changed", name=name)])
