"""What a post may be used for: asking, answers, where it is used, words that are quoted."""

import click

from outreach.cli.frame import Session, day_option, plain, subcommand, table
from outreach.cli.posts import posts
from outreach.errors import KnownError
from outreach.services import refs
from outreach.services.drafting import post_letters
from outreach.services.drafting.post_letters import author_of
from outreach.services.rights import permissions, quotes
from outreach.services.rights.permissions import NewYes, PermissionRow
from outreach.services.rights.terms import Edits, Ruling, Scope
from outreach.services.rights.uses import note_use, ruling_for, take_down
from outreach.store.database import Store
from outreach.wording import small

__all__ = ["posts"]

_SCOPE = click.option(
    "--for", "scopes", multiple=True, type=click.Choice([scope.value for scope in Scope]),
    help="What for; our own channels if not said.",
)  # fmt: skip


@subcommand(posts, "permission")
@click.argument("ref")
@click.option("--ask", "act", flag_value="ask", help="Draft the letter that asks.")
@click.option("--by-hand", "act", flag_value="by-hand", help="You asked them elsewhere.")
@click.option("--yes", "act", flag_value="yes", help="They said yes.")
@click.option("--no", "act", flag_value="no", help="They said no.")
@click.option("--back", "act", flag_value="back", help="They took the yes back.")
@_SCOPE
@click.option("--answer", default="", help="Their words.")
@click.option("--where", "channels", default="", help="Where exactly, such as “site and newsletter”.")
@click.option("--country", "territory", multiple=True, help="A country in which it may be shown; without, everywhere.")
@click.option("--edits", type=click.Choice([each.value for each in Edits]), default=Edits.NONE.value, show_default=True)
@click.option("--credit", default="", help="How they want to be named.")
@click.option("--not-for", "exclusions", default="", help="What it is not for.")
@click.option("--from", "starts_on", callback=day_option, help="The first day.")
@click.option("--until", "ends_on", callback=day_option, help="The last day; without, no end was agreed.")
@click.option("--on", callback=day_option, help="The day it was asked or answered, if it was not today.")
def permission(
    session: Session, ref: str, act: str | None, scopes: tuple[str, ...], answer: str, channels: str,
    territory: tuple[str, ...], edits: str, credit: str, exclusions: str, starts_on: str | None, ends_on: str | None,
    on: str | None,
) -> None:  # fmt: skip
    """Show what a post may be used for, ask for it, or note the answer. REF is a post, such as o12.

    Linking to a post needs no leave. Showing it on your accounts, using it on your own channels, and paying for its
    reach are three permissions.

    \b
    Examples:
      outreach posts permission o12
      outreach posts permission o12 --ask
      outreach posts permission o12 --yes --for own_channels --until 2027-11-23 --credit "@junipershelves"
    """
    wanted = tuple(map(Scope, scopes)) or (permissions.USUAL_SCOPE,)
    if act is None:
        with session.reading():
            post = refs.post_id(ref)
            rows = permissions.permissions_of(post)
        session.show(rows, lambda: _lines(session, post, rows))
        return
    with session.writing() as store:
        post = refs.post_id(ref)
        day = on or ""
        if act == "ask":
            _ask(session, store, post, wanted)
        elif act == "by-hand":
            for scope in wanted:
                permissions.note_asked(store, post, scope, day)
            _say(session, post, "permission.asked", person=author_of(post))
        elif act == "yes":
            yes = NewYes(wanted, answer, channels, territory, Edits(edits), credit, exclusions, starts_on or "",
                         ends_on or "", day)  # fmt: skip
            permissions.grant(store, post, yes)
            shown = ", ".join(small(session.words.term("scope", scope.value)) for scope in wanted)
            code = "permission.granted_until" if ends_on else "permission.granted"
            _say(session, post, code, scopes=shown, last_day=ends_on or "")
        elif act == "no":
            for scope in wanted:
                permissions.decline(store, post, scope, answer, day)
            _say(session, post, "permission.declined", person=author_of(post))
        else:
            _back(session, store, post, wanted[0], answer, day)


@subcommand(posts, "use")
@click.argument("ref")
@click.argument("place", required=False, default="")
@_SCOPE
@click.option("--on", callback=day_option, help="The day, if it was not today.")
@click.option("--down", is_flag=True, help="It is no longer used there.")
@click.option("--country", "territory", multiple=True, help="Where it would be seen; without, everywhere.")
@click.option("--edits", type=click.Choice([each.value for each in Edits]), default=Edits.NONE.value, show_default=True)
def use(
    session: Session, ref: str, place: str, scopes: tuple[str, ...], on: str | None, down: bool,
    territory: tuple[str, ...], edits: str,
) -> None:  # fmt: skip
    """Say whether a post may be used today, or note the PLACE where it is. REF is a post, such as o12.

    \b
    Examples:
      outreach posts use o12 --for paid --country GB
      outreach posts use o12 "Spring catalogue, page 14"
      outreach posts use o12 "Spring catalogue, page 14" --down
    """
    scope = Scope(scopes[0]) if scopes else permissions.USUAL_SCOPE
    if not place:
        with session.reading() as store:
            post = refs.post_id(ref)
            ruling = ruling_for(store, post, scope, permissions.countries(territory), Edits(edits))
        session.show({"id": f"o{post}", **plain(ruling)}, lambda: [_ruled(session, post, ruling)])
        return
    with session.writing() as store:
        post = refs.post_id(ref)
        held = _held(store, post, scope)
        if down:
            ids = [each.id for each in held.uses if each.place == place and not each.taken_down_on]
            take_down(store, ids, on or "")
            session.show({"id": f"o{post}", "taken_down": len(ids)},
                         lambda: [session.words.say("permission.taken_down", uses=place)])  # fmt: skip
            return
        note_use(store, held.id, place, on or "")
    _say(session, post, "permission.used", place=place)


@subcommand(posts, "quote")
@click.argument("ref")
@click.argument("text", required=False, default="")
@click.option("--passage", default="", help="The passage in full, where it is not the text that is kept.")
@click.option("--source", default="", help="Where it was said, where the post has no address.")
@click.option("--proof/--finished", "from_proof", default=None, help="Whether a proof is quoted.")
@click.option("--checked", type=int, help="The number of a quote that was held against the finished book.")
@click.option("--drop", type=int, help="The number of a quote to let go, because it will not be printed.")
def quote(
    session: Session, ref: str, text: str, passage: str, source: str, from_proof: bool | None, checked: int | None,
    drop: int | None,
) -> None:  # fmt: skip
    """Keep words of a post to print, exactly as they were said; “…” marks what is left out. REF is a post.

    \b
    Examples:
      outreach posts quote o12 "The ending wrecked me. … I will not be taking questions."
      outreach posts quote o12 --checked 3
    """
    if not text and checked is None and drop is None:
        with session.reading():
            post = refs.post_id(ref)
            rows = quotes.quotes_of([post]).get(post, [])
        session.show(rows, lambda: [f"{each.id}  “{each.text}”" for each in rows])
        return
    with session.writing() as store:
        post = refs.post_id(ref)
        if checked is not None:
            quotes.check_quote(store, post, checked)
            made, code = checked, "quote.checked"
        elif drop is not None:
            quotes.drop_quote(store, post, drop)
            made, code = drop, "quote.dropped"
        else:
            made, _ = quotes.keep_quote(store, post, text, passage=passage, source=source, from_proof=from_proof)
            row = next(each for each in quotes.quotes_of([post])[post] if each.id == made)
            code = "quote.to_check" if row.to_check else "quote.kept"
    session.show({"id": made}, lambda: [session.words.say(code, quote=made)])


def _ask(session: Session, store: Store, post: int, scopes: tuple[Scope, ...]) -> None:
    for scope in scopes:
        if scope is not permissions.USUAL_SCOPE:
            raise KnownError("rights.letter_for_own", scope=session.words.term("scope", scope.value))
    permissions.refuse_open(post)
    post_letters.prepare(store)
    permissions.ask_permission(store, post_letters.render(store, post, post_letters.PERMISSION))
    letter = permissions.permissions_of(post)[0].letter_id
    _say(session, post, "permission.drafted", letter=f"l{letter}")


def _back(session: Session, store: Store, post: int, scope: Scope, answer: str, day: str) -> None:
    held = _held(store, post, scope)
    permissions.withdraw(store, held.id, answer, day)
    places = [each.place for each in held.uses if not each.taken_down_on]
    code = "permission.withdrawn" if places else "permission.withdrawn_nowhere"
    _say(session, post, code, places=", ".join(places))


def _held(store: Store, post: int, scope: Scope) -> PermissionRow:
    """The permission that counts for a scope."""
    ruling = permissions.standing(store, [post], scope)[post]
    found = next((row for row in permissions.permissions_of(post) if row.id == ruling.permission), None)
    if found is None:
        raise KnownError("rights.no_permission", post=f"o{post}")
    return found


def _say(session: Session, post: int, code: str, **facts: object) -> None:
    session.show({"id": f"o{post}", **facts}, lambda: [session.words.say(code, post=f"o{post}", **facts)])


def _ruled(session: Session, post: int, ruling: Ruling) -> str:
    words = session.words
    if not ruling.may:
        return words.say("permission.may_not", post=f"o{post}", reason=words.term("ruling", ruling.why))
    if ruling.until:
        return words.say("permission.may_until", post=f"o{post}", last_day=ruling.until)
    return words.say("permission.may", post=f"o{post}")


def _lines(session: Session, post: int, rows: tuple[PermissionRow, ...]) -> list[str]:
    words = session.words
    if not rows:
        return [words.say("permission.none", post=f"o{post}")]
    cells = [
        (
            words.term("scope", row.scope), words.term("permission_state", row.state),
            words.day(row.answered_on or row.asked_on), words.day(row.ends_on), " ".join(row.territory),
            words.term("edits", row.edits), row.credit,
            ", ".join(each.place for each in row.uses if not each.taken_down_on),
        )
        for row in rows
    ]  # fmt: skip
    return list(table(("For", "State", "Day", "Until", "Where", "Changes", "Credit", "Used in"), cells))
